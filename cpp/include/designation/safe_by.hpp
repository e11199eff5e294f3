#pragma once

#include <optional>

#include "designation/policy.hpp"

namespace DESIGNATION_API designation {

/// Return the last day for an evaluation that leaves the policy's `planning.retry_days` for a second try, if it can be
/// taken from `possible.from` through `possible.through`. That day is not blocked, and not before the lead time from
/// `as_of` ends. Return nullopt if no possible day leaves room, or if the policy asks for none.
std::optional<Day> safe_by(Evaluation evaluation, Interval possible, Day as_of, const Planning& planning) noexcept;

}  // namespace designation
