#include "plan/constraints.hpp"

#include <algorithm>
#include <iterator>

namespace designation {

namespace {

/// Return the intervals in order, with those that overlap or touch merged.
std::vector<Interval> merged(std::vector<Interval> intervals) {
    std::ranges::sort(intervals, {}, &Interval::from);
    std::vector<Interval> result;
    for (const Interval& next : intervals) {
        if (!result.empty() && next.from <= result.back().through + 1) {
            result.back().through = std::max(result.back().through, next.through);
        } else {
            result.push_back(next);
        }
    }
    return result;
}

}  // namespace

Constraints::Constraints(const PartnerView& partner, Day as_of, const Rules& rules, const Planning& planning) {
    // No event can have a date after Day::latest(), so the days after it are blocked, too.
    blocked_ = planning.blocked;
    std::erase_if(blocked_, [](const Interval& period) { return period.from > Day::latest(); });
    for (Interval& period : blocked_) period.through = std::min(period.through, Day::latest());
    blocked_.push_back({Day::latest() + 1, Interval::no_end() - 1});
    blocked_ = merged(std::move(blocked_));
    for (const FiscalYearBudget& budget : planning.budgets) {
        Amount incurred;
        for (const Event& event : *partner.events) {
            const auto evaluation = evaluation_of(event.type);
            if (!evaluation || event.on > as_of || fiscal_year(event.on, rules) != budget.fiscal_year) continue;
            incurred += fee(*evaluation, event.on, rules);
        }
        budgets_.push_back({budget.fiscal_year, budget.at_most, incurred});
    }
    for (const Evaluation evaluation : all_evaluations) {
        earliest_[evaluation] = as_of + planning.lead_days[evaluation].value_or(0);
        std::vector<Day>& starts = fee_period_starts_[evaluation];
        for (const FeeFrom& fee : rules.fees[evaluation]) starts.push_back(fee.from);
        for (const FiscalYearBudget& budget : planning.budgets) {
            const Interval year = days_of_fiscal_year(budget.fiscal_year, rules);
            starts.insert(starts.end(), {year.from, year.through + 1});
        }
        std::ranges::sort(starts);
    }
}

Day Constraints::first_allowed(Day from) const noexcept {
    const auto period = std::ranges::lower_bound(blocked_, from, {}, &Interval::through);
    return period != blocked_.end() && period->contains(from) ? period->through + 1 : from;
}

Day Constraints::last_allowed(Day through) const noexcept {
    const auto period = std::ranges::lower_bound(blocked_, through, {}, &Interval::through);
    return period != blocked_.end() && period->contains(through) ? period->from - 1 : through;
}

Interval Constraints::fee_period(Evaluation evaluation, Day around) const noexcept {
    const std::vector<Day>& starts = fee_period_starts_[evaluation];
    const auto next = std::ranges::upper_bound(starts, around);
    return {*std::prev(next), next == starts.end() ? Interval::no_end() : *next - 1};
}

bool Constraints::fits_budget(Amount fee, Amount paid, int year) const noexcept {
    // A fee of zero always fits, even if the year's budget was exceeded before the plan began.
    if (fee == Amount{}) return true;
    return std::ranges::all_of(budgets_, [&](const YearBudget& budget) {
        return budget.year != year || budget.incurred + paid + fee <= budget.at_most;
    });
}

}  // namespace designation
