#include "designation/safe_by.hpp"

#include <algorithm>

namespace designation {

namespace {

Day last_unblocked(Day day, const std::vector<Interval>& blocked) noexcept {
    const auto contains_day = [&day](const Interval& period) { return period.contains(day); };
    for (auto period = std::ranges::find_if(blocked, contains_day); period != blocked.end();
         period = std::ranges::find_if(blocked, contains_day)) {
        day = period->from - 1;
    }
    return day;
}

}  // namespace

std::optional<Day> safe_by(Evaluation evaluation, Interval possible, Day as_of, const Planning& planning) noexcept {
    const auto& retry_days = planning.retry_days[evaluation];
    if (!retry_days) return std::nullopt;
    const Day first = std::max(possible.from, as_of + planning.lead_days[evaluation].value_or(0));
    const Day last = last_unblocked(possible.through - *retry_days, planning.blocked);
    return last < first ? std::nullopt : std::optional(last);
}

}  // namespace designation
