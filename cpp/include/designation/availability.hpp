#pragma once

#include "designation/rules.hpp"
#include "designation/verdict.hpp"

namespace DESIGNATION_API designation {

/// SSD-A: whether what was announced is there on a day.
Verdict available(Offer offer, Day on, const Rules& rules) noexcept;

}  // namespace designation
