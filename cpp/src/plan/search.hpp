#pragma once

#include <optional>
#include <vector>

#include "designation/checkpoint.hpp"
#include "plan/constraints.hpp"
#include "plan/schedule.hpp"

namespace designation {

/// A schedule of renewals and what it costs.
struct Candidate {
    Amount fees;
    int lapsed_days = 0;
    Day held_until;
    Schedule schedule;
    bool is_bound = false;  ///< the costs are a lower bound: a decision stands for several days that were not tried
};

struct SearchResult {
    std::vector<Candidate> front;            ///< fees rising, lapsed days falling
    std::optional<Day> blocked_anniversary;  ///< if the front is empty: the latest anniversary that cannot be renewed
};

/// Where the renewals start.
struct Start {
    Standing standing;                 ///< the designation is held
    Day day;                           ///< the first day of the plan on which it is held
    Schedule schedule;                 ///< the award; empty if the designation is already held
    Amount fees;                       ///< of that schedule
    SetOf<Evaluation> not_repeated{};  ///< evaluations not to be taken before the first renewal
};

/// Return the whole Pareto front of fees and lapsed days for renewals at every anniversary in the span.
SearchResult search(const Start& start, Interval span, const Rules& rules, const Constraints& constraints,
                    const Checkpoint& checkpoint);

}  // namespace designation
