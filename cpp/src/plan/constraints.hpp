#pragma once

#include <vector>

#include "designation/fees.hpp"

namespace designation {

/// The limits that a policy's `planning` sets on a plan.
class Constraints {
 public:
    /// Every evaluation is at or after `as_of`, the first day of the plan; fees up to then count against the budgets.
    Constraints(const PartnerView& partner, Day as_of, const Rules& rules, const Planning& planning);

    /// Return the first day at or after `from` that is not blocked; `Interval::no_end()` if there is none.
    Day first_allowed(Day from) const noexcept;
    /// Return the last day at or before `through` that is not blocked.
    Day last_allowed(Day through) const noexcept;
    /// Return the first day that the lead time allows for an evaluation; it may be blocked.
    Day earliest(Evaluation evaluation) const noexcept { return earliest_[evaluation]; }
    /// Return the days around a day that have the same fee and, if the fiscal year has a budget, are in the same year.
    Interval fee_period(Evaluation evaluation, Day around) const noexcept;
    /// Return the first day of each fee period.
    const std::vector<Day>& fee_period_starts(Evaluation evaluation) const noexcept {
        return fee_period_starts_[evaluation];
    }

    bool has_budgets() const noexcept { return !budgets_.empty(); }
    /// Return whether a fee fits the budget of a fiscal year in which the plan has already paid `paid`.
    bool fits_budget(Amount fee, Amount paid, int year) const noexcept;

 private:
    struct YearBudget {
        int year;
        Amount at_most;
        Amount incurred;  ///< before the plan begins
    };
    std::vector<Interval> blocked_;  ///< sorted, and at least one day apart
    PerValue<Evaluation, Day> earliest_;
    PerValue<Evaluation, std::vector<Day>> fee_period_starts_;
    std::vector<YearBudget> budgets_;
};

}  // namespace designation
