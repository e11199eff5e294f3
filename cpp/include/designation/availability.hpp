#pragma once

#include "designation/rules.hpp"
#include "designation/verdict.hpp"

namespace DESIGNATION_API designation {

/// SSD-A: tell whether an announced offer is available on a date.
Verdict available(Offer offer, Day on, const Rules& rules) noexcept;

}  // namespace designation
