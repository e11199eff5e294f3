#include "designation/fees.hpp"

#include <algorithm>
#include <iterator>

namespace designation {

Amount fee(Evaluation evaluation, Day on, const Rules& rules) noexcept {
    const FeeSchedule& schedule = rules.fees[evaluation];
    if (on >= schedule.back().from) return schedule.back().amount;  // true for most dates
    const auto later = std::ranges::upper_bound(schedule, on, {}, &FeeFrom::from);
    return std::prev(later)->amount;
}

int fiscal_year(Day on, const Rules& rules) noexcept {
    const auto civil = on.civil();
    const auto first = static_cast<unsigned>(rules.fiscal_year_first_month);
    const bool ends_next_year = first > 1 && static_cast<unsigned>(civil.month()) >= first;
    return static_cast<int>(civil.year()) + (ends_next_year ? 1 : 0);
}

Interval days_of_fiscal_year(int year, const Rules& rules) noexcept {
    const auto first = static_cast<unsigned>(rules.fiscal_year_first_month);
    const auto first_day = [first](int fiscal_year) {
        const std::chrono::year civil_year{first > 1 ? fiscal_year - 1 : fiscal_year};
        return Day::derived(std::chrono::sys_days{civil_year / std::chrono::month{first} / 1});
    };
    return {first_day(year), first_day(year + 1) - 1};
}

// SSD-F1
Amount outstanding(const Evaluations& evaluations, const std::optional<Renewal>& renewal, Day as_of,
                   const Rules& rules) noexcept {
    Amount total;
    for (const Evaluation evaluation : all_evaluations) {
        const bool missing =
            renewal ? renewal->missing.contains(evaluation) : evaluations[evaluation].verdict == Verdict::unmet;
        if (missing) total += fee(evaluation, as_of, rules);
    }
    return total;
}

// SSD-F2
bool is_due(Status status, const AttemptState& attempt) noexcept {
    if (status == Status::renewal_open || status == Status::renewal_overdue) return true;
    return !is_held(status) && attempt.is_open() && attempt.decision_in_attempt() != Outcome::ineligible;
}

}  // namespace designation
