#include "plan/candidate_days.hpp"

#include <algorithm>
#include <map>

#include "designation/renewal.hpp"

namespace designation {

namespace {

void sort_and_deduplicate(std::vector<Day>& days) {
    std::ranges::sort(days);
    // NOLINTNEXTLINE(modernize-use-ranges): clang 14 cannot compile the version of ranges
    days.erase(std::unique(days.begin(), days.end()), days.end());
}

}  // namespace

DecisionDays decision_days(const Start& start, Day through, const Rules& rules, const Constraints& constraints,
                           int depth) {
    std::vector<Day> anniversaries;
    for (Anniversary next = start.standing.term.record()->anniversary; next.day <= through; next = next.next(rules)) {
        anniversaries.push_back(next.day);
    }
    DecisionDays result{std::vector<std::vector<Interval>>(anniversaries.size()), {}};
    std::map<Day, int> references;  // with their depths
    for (std::size_t i = anniversaries.size(); i-- > 0;) {
        const Interval window = renewal_window(anniversaries[i], rules);
        const Day first = std::max(window.from, start.day);
        std::map<Day, int> days;
        const auto keep_lowest = [](std::map<Day, int>& depths, Day day, int found) {
            const auto known = depths.emplace(day, found).first;
            known->second = std::min(known->second, found);
        };
        const auto add_from = [&](Day day, int found) {
            if (day < first || day > window.through) return;
            const Day allowed = constraints.first_allowed(day);
            if (allowed <= window.through) keep_lowest(days, allowed, found);
        };
        // The earliest reference day of this anniversary; the later ones are those of its candidate decisions.
        keep_lowest(references, reference_day(anniversaries[i], first, rules), 0);
        add_from(first, 0);
        for (const Evaluation evaluation : evaluations_of(rules)) {
            add_from(constraints.earliest(evaluation), 0);
            for (const Day day : constraints.fee_period_starts(evaluation)) add_from(day, 0);
            if (rules.evaluations[evaluation].each_cycle) continue;
            const auto begin = references.upper_bound(valid_through(evaluation, first - 1, rules));
            const auto end = references.upper_bound(valid_through(evaluation, window.through, rules));
            std::for_each(begin, end, [&](const auto& reference) {
                add_from(first_pass_in_force_on(evaluation, reference.first, rules), reference.second + 1);
            });
        }
        std::vector<Interval>& tried = result.by_anniversary[i];
        bool is_left_out = false;
        for (const auto& [day, found] : days) {
            keep_lowest(references, reference_day(anniversaries[i], day, rules), found);
            if (is_left_out && found > depth) {
                tried.back().through = day;
            } else {
                tried.push_back({day, day});
            }
            is_left_out = found > depth;
        }
        result.reference_days.push_back(reference_day(anniversaries[i], first, rules));
        for (const Interval& each : tried) {
            result.reference_days.push_back(reference_day(anniversaries[i], each.from, rules));
        }
    }
    sort_and_deduplicate(result.reference_days);
    return result;
}

CandidateDays::CandidateDays(const Start& start, Interval span, const Rules& rules, const Constraints& constraints,
                             int extra_days)
    : rules_(rules), constraints_(constraints), extra_days_(extra_days) {
    for (Day next = span.through + 1; next > start.day; next = reaching_days_.back()) {
        reaching_days_.push_back(last_day_with_anniversary_before(next) + 1);
    }
}

std::vector<Day> CandidateDays::candidates(const Standing& standing, Interval window) const {
    const Day anniversary = standing.term.record()->anniversary.day;
    std::vector<Day> days{constraints_.first_allowed(window.from), constraints_.last_allowed(anniversary),
                          constraints_.first_allowed(anniversary), constraints_.last_allowed(window.through)};
    for (const Day first : reaching_days_) {
        for (int extra = 0; extra <= extra_days_; ++extra) days.push_back(constraints_.first_allowed(first + extra));
    }
    for (const Evaluation evaluation : evaluations_of(rules_)) {
        const PassRecord* pass = standing.passes.counting(evaluation, rules_);
        if (!pass || rules_.evaluations[evaluation].each_cycle) continue;
        days.push_back(constraints_.last_allowed(last_day_with_anniversary_before(pass->valid_through + 1)));
    }
    std::erase_if(days, [&](Day day) { return !window.contains(day); });
    sort_and_deduplicate(days);
    return days;
}

Day CandidateDays::last_day_with_anniversary_before(Day day) const noexcept {
    Day last = add_years(day, -rules_.term_years, rules_.readings.leap_day) - 2;
    while (Anniversary{last + 1}.next(rules_).day < day) last = last + 1;
    return last;
}

}  // namespace designation
