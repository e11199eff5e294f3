#pragma once

#include "designation/rules.hpp"
#include "designation/verdict.hpp"

namespace DESIGNATION_API designation {

/// SSD-A: reduce what was announced of an offer, and how the policy reads it, to two dates. `compile` does it once.
AvailabilityDays availability_days(const Availability& dates, const Readings& readings) noexcept;

/// SSD-A: tell whether an announced offer is available on a date.
Verdict available(Offer offer, Day on, const Rules& rules) noexcept;

}  // namespace designation
