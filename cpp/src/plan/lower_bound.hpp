#pragma once

#include <compare>
#include <vector>

#include "plan/constraints.hpp"
#include "plan/schedule.hpp"

namespace designation {

/// What a schedule costs; ordered by fees, then by lapsed days.
struct Costs {
    Amount fees;
    int lapsed_days = 0;
    friend constexpr auto operator<=>(const Costs&, const Costs&) noexcept = default;
};

/// A lower bound on the costs of the remaining renewals, where the next year counts from the decision.
class LowerBound {
 public:
    LowerBound(Interval span, const Rules& rules);

    /// Return whether no plan that continues from this standing can beat the known plans.
    bool can_prune(const Standing& standing, Costs so_far, const std::vector<Costs>& known) const;

 private:
    /// Return how many renewals a pass can carry at most if it is not one of each cycle and the next one is that of
    /// `anniversary`.
    int most_renewals_carried(Day valid_through, Day anniversary) const noexcept;
    /// Return how many lapsed days it takes at least to get to `day`, if renewals on their anniversaries get to the
    /// days in `reached`.
    int fewest_lapsed_days(Day day, const std::vector<Day>& reached) const noexcept;
    Day next_anniversary(Day decided_on) const noexcept { return Anniversary{decided_on}.next(rules_).day; }

    Interval span_;
    const Rules& rules_;
    PerValue<Evaluation, Amount> lowest_fee_;
    PerValue<Evaluation, int> most_renewals_per_pass_;
};

}  // namespace designation
