#include "plan/candidate_days.hpp"

#include <algorithm>

#include "designation/renewal.hpp"

namespace designation {

DecisionDays decision_days(const Beginning& beginning, Day through, const Rules& rules,
                           const Constraints& constraints) {
    std::vector<Day> anniversaries;
    for (Anniversary next = beginning.standing.term.record()->anniversary; next.day <= through;
         next = next.next(rules)) {
        anniversaries.push_back(next.day);
    }
    DecisionDays result{std::vector<std::vector<Day>>(anniversaries.size()), {}};
    std::vector<Day>& needed_on = result.needed_on;
    for (std::size_t i = anniversaries.size(); i-- > 0;) {
        const Interval window = renewal_window(anniversaries[i], rules);
        const Day first = std::max(window.from, beginning.day);
        std::vector<Day>& days = result.of[i];
        const auto from = [&](Day day) {
            if (day < first || day > window.through) return;
            const Day allowed = constraints.first_allowed(day);
            if (allowed <= window.through) days.push_back(allowed);
        };
        // The earliest day on which a pass can be needed; the later ones come with the days of the decisions.
        const Day soonest = reference_day(anniversaries[i], first, rules);
        needed_on.insert(std::ranges::lower_bound(needed_on, soonest), soonest);
        from(first);
        for (const Evaluation evaluation : evaluations_of(rules)) {
            from(constraints.earliest(evaluation));
            for (const Day edge : constraints.edges(evaluation)) from(edge);
            if (rules.evaluations[evaluation].each_cycle) continue;
            const auto within = std::ranges::upper_bound(needed_on, valid_through(evaluation, first - 1, rules));
            const auto beyond = std::ranges::upper_bound(needed_on, valid_through(evaluation, window.through, rules));
            for (const Day day : std::ranges::subrange(within, beyond)) {
                from(first_pass_in_force_on(evaluation, day, rules));
            }
        }
        std::ranges::sort(days);
        const auto repeated = std::ranges::unique(days);
        days.erase(repeated.begin(), repeated.end());
        for (const Day day : days) needed_on.push_back(reference_day(anniversaries[i], day, rules));
        std::ranges::sort(needed_on);
        const auto needed_twice = std::ranges::unique(needed_on);
        needed_on.erase(needed_twice.begin(), needed_twice.end());
    }
    return result;
}

CandidateDays::CandidateDays(const Beginning& beginning, Interval span, const Rules& rules,
                             const Constraints& constraints, int spare)
    : rules_(rules), constraints_(constraints), spare_(spare) {
    for (Day next = span.through + 1; next > beginning.day; next = reaching_.back()) {
        reaching_.push_back(last_before_anniversary(next) + 1);
    }
}

std::vector<Day> CandidateDays::candidates(const Standing& standing, Interval window) const {
    const Day due = standing.term.record()->anniversary.day;
    std::vector<Day> days{constraints_.first_allowed(window.from), constraints_.last_allowed(due),
                          constraints_.first_allowed(due), constraints_.last_allowed(window.through)};
    for (const Day first : reaching_) {
        for (int more = 0; more <= spare_; ++more) days.push_back(constraints_.first_allowed(first + more));
    }
    for (const Evaluation evaluation : evaluations_of(rules_)) {
        const Attainments* pass = standing.passes.counting(evaluation, rules_);
        if (!pass || rules_.evaluations[evaluation].each_cycle) continue;
        days.push_back(constraints_.last_allowed(last_before_anniversary(pass->valid_through + 1)));
    }
    std::erase_if(days, [&](Day day) { return !window.contains(day); });
    std::ranges::sort(days);
    const auto repeated = std::ranges::unique(days);
    days.erase(repeated.begin(), repeated.end());
    return days;
}

/// The last day that has its anniversary before another day.
Day CandidateDays::last_before_anniversary(Day day) const noexcept {
    Day last = add_years(day, -rules_.term_years, rules_.readings.leap_day) - 2;
    while (Anniversary{last + 1}.next(rules_).day < day) last = last + 1;
    return last;
}

}  // namespace designation
