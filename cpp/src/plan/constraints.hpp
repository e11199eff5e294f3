#pragma once

#include <vector>

#include "designation/fees.hpp"

namespace designation {

/// What a policy's `planning` allows from the day of a plan on (spec, section 14).
class Constraints {
 public:
    Constraints(const PartnerView& partner, Day as_of, const Rules& rules, const Planning& planning);

    /// The first day, not before the one given, on which something may be taken or decided; none where it is the end.
    Day first_allowed(Day from) const noexcept;
    /// The last day, not after the one given, on which something may be taken or decided.
    Day last_allowed(Day through) const noexcept;
    /// The first day on which an evaluation may be taken, blocked days aside.
    Day earliest(Evaluation evaluation) const noexcept { return earliest_[evaluation]; }
    /// The days around a day with one fee, and in one fiscal year where it has a budget.
    Interval stretch(Evaluation evaluation, Day around) const noexcept;
    /// The days on which a stretch begins.
    const std::vector<Day>& edges(Evaluation evaluation) const noexcept { return edges_[evaluation]; }

    bool has_budgets() const noexcept { return !budgets_.empty(); }
    /// Whether a fee fits into the budget of its fiscal year beside what the plan pays in it already.
    bool affordable(Amount fee, Amount beside, int year) const noexcept;

 private:
    struct Room {
        int year;
        Amount at_most;
        Amount incurred;
    };
    std::vector<Interval> blocked_;  ///< in order, a day between each and the next
    PerValue<Evaluation, Day> earliest_;
    PerValue<Evaluation, std::vector<Day>> edges_;
    std::vector<Room> budgets_;
};

}  // namespace designation
