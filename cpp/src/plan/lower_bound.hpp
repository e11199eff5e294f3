#pragma once

#include <utility>
#include <vector>

#include "plan/constraints.hpp"
#include "plan/schedule.hpp"

namespace designation {

using Costs = std::pair<Amount, int>;  ///< fees and lapsed days

/// What the renewals still to come cost at least where the next year counts from the decision, whatever is decided
/// when.
class LowerBound {
 public:
    LowerBound(Interval span, const Rules& rules);

    /// Whether plans that are known cost no more than any that goes on from here can.
    bool can_prune(const Standing& standing, Costs so_far, const std::vector<Costs>& known) const;

 private:
    /// How many renewals passes can carry at most, the next one at an anniversary.
    int carried(Evaluation evaluation, Day valid_through, Day anniversary) const noexcept;
    /// How many lapsed days it takes at least to get to a day by renewals that alone reach these anniversaries.
    int lapsed_days_short_of(Day day, const std::vector<Day>& reached) const noexcept;
    Day next_anniversary(Day decided_on) const noexcept { return Anniversary{decided_on}.next(rules_).day; }

    Interval span_;
    const Rules& rules_;
    PerValue<Evaluation, Amount> cheapest_;
    PerValue<Evaluation, int> by_one_pass_;  ///< how many renewals a pass can carry at most
};

}  // namespace designation
