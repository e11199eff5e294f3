#pragma once

/// \file
/// All public headers but availability.hpp. Thread safety, for each of them: there is no global state that changes, so
/// several threads can call every function at the same time, and they can share const objects without a lock. An object
/// that one thread changes must not be used by another meanwhile; a header says where a function changes its argument.

#include "designation/assessment.hpp"
#include "designation/deciding.hpp"
#include "designation/editions.hpp"
#include "designation/explanation.hpp"
#include "designation/facts_after.hpp"
#include "designation/json.hpp"
#include "designation/partner.hpp"
#include "designation/plan.hpp"
#include "designation/portfolio.hpp"
#include "designation/reprice.hpp"
#include "designation/timeline.hpp"
#include "designation/version.hpp"
#include "designation/words.hpp"
