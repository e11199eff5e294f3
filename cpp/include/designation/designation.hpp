#pragma once

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
