#include "plan/constraints.hpp"

#include <algorithm>
#include <iterator>

namespace designation {

namespace {

/// Intervals in order, those that overlap or touch made one.
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
    // Nothing can be put on record after the last day of the calendar.
    blocked_ = planning.blocked;
    std::erase_if(blocked_, [](const Interval& period) { return period.from > Day::latest(); });
    for (Interval& period : blocked_) period.through = std::min(period.through, Day::latest());
    blocked_.push_back({Day::latest() + 1, Interval::no_end() - 1});
    blocked_ = merged(std::move(blocked_));
    for (const Budget& budget : planning.budgets) {
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
        std::vector<Day>& edges = edges_[evaluation];
        for (const FeeFrom& fee : rules.fees[evaluation]) edges.push_back(fee.from);
        for (const Budget& budget : planning.budgets) {
            const Interval year = days_of_fiscal_year(budget.fiscal_year, rules);
            edges.insert(edges.end(), {year.from, year.through + 1});
        }
        std::ranges::sort(edges);
    }
}

Day Constraints::first_allowed(Day from) const noexcept {
    const auto later = std::ranges::lower_bound(blocked_, from, {}, &Interval::through);
    return later != blocked_.end() && later->contains(from) ? later->through + 1 : from;
}

Day Constraints::last_allowed(Day through) const noexcept {
    const auto later = std::ranges::lower_bound(blocked_, through, {}, &Interval::through);
    return later != blocked_.end() && later->contains(through) ? later->from - 1 : through;
}

Interval Constraints::stretch(Evaluation evaluation, Day around) const noexcept {
    const std::vector<Day>& edges = edges_[evaluation];
    const auto next = std::ranges::upper_bound(edges, around);
    return {*std::prev(next), next == edges.end() ? Interval::no_end() : *next - 1};
}

bool Constraints::affordable(Amount fee, Amount beside, int year) const noexcept {
    // A fee of nothing fits anywhere, also into a year in which too much was spent before the plan began.
    if (fee == Amount{}) return true;
    return std::ranges::all_of(
        budgets_, [&](const Room& room) { return room.year != year || room.incurred + beside + fee <= room.at_most; });
}

}  // namespace designation
