#include "plan/lower_bound.hpp"

#include <algorithm>

#include "designation/renewal.hpp"

namespace designation {

LowerBound::LowerBound(Interval span, const Rules& rules) : span_(span), rules_(rules) {
    for (const Evaluation evaluation : evaluations_of(rules)) {
        lowest_fee_[evaluation] = fee(evaluation, span.from, rules);
        for (const FeeFrom& fee : rules.fees[evaluation]) {
            if (fee.from > span.from) lowest_fee_[evaluation] = std::min(lowest_fee_[evaluation], fee.amount);
        }
        most_renewals_per_pass_[evaluation] = 1;
        if (rules.evaluations[evaluation].each_cycle) continue;
        // Years differ by a day, so the day of the pass matters and every day is tried.
        for (Day day = span.from; day <= span.through + rules.window_closes_after; day = day + 1) {
            const int renewals =
                1 + most_renewals_carried(valid_through(evaluation, day, rules), next_anniversary(day));
            most_renewals_per_pass_[evaluation] = std::max(most_renewals_per_pass_[evaluation], renewals);
        }
    }
}

int LowerBound::most_renewals_carried(Day valid_through, Day anniversary) const noexcept {
    for (int count = 0;; ++count) {
        // An earlier decision brings an earlier next anniversary, so the first day of each window carries the most.
        const Day soonest = renewal_window(anniversary, rules_).from;
        if (reference_day(anniversary, soonest, rules_) > valid_through) return count;
        anniversary = next_anniversary(soonest);
    }
}

int LowerBound::fewest_lapsed_days(Day day, const std::vector<Day>& reached) const noexcept {
    const int missing = std::max(0, day - reached.back());
    // Lapsed days move an anniversary by the same number of days, and by one more where that crosses a leap day.
    int gained = 0;
    for (std::size_t i = 0; missing > 0 && i + 1 < reached.size(); ++i) {
        const int lapsed = missing + gained;
        const int extra = next_anniversary(reached[i] + lapsed) - reached[i + 1] - lapsed;
        gained += lapsed < 365 ? std::max(0, extra) : 1;
    }
    return std::max(0, missing - gained);
}

bool LowerBound::can_prune(const Standing& standing, Costs so_far, const std::vector<Costs>& known) const {
    const TermRecord& term = *standing.term.record();
    const Day anniversary = term.anniversary.day;
    PerValue<Evaluation, int> carried;
    for (const Evaluation evaluation : evaluations_of(rules_)) {
        const PassRecord* pass = standing.passes.counting(evaluation, rules_);
        if (!pass) continue;
        // A pass of each cycle that was recorded after the last decision can carry the next renewal, and no other.
        carried[evaluation] = rules_.evaluations[evaluation].each_cycle
                                  ? static_cast<int>(*pass->passed_on > term.decided_on)
                                  : most_renewals_carried(pass->valid_through, anniversary);
    }
    Amount fees = so_far.fees;
    std::vector<Day> reached{anniversary};  // after each number of renewals on their anniversaries
    for (int renewals = 1;; ++renewals) {
        for (const Evaluation evaluation : evaluations_of(rules_)) {
            const int not_carried = renewals - 1 - carried[evaluation];
            const bool needs_pass = not_carried >= 0 && not_carried % most_renewals_per_pass_[evaluation] == 0;
            if (needs_pass) fees += lowest_fee_[evaluation];
        }
        reached.push_back(next_anniversary(reached.back()));
        const int lapsed = fewest_lapsed_days(span_.through + 1, reached);
        if (lapsed > renewals * rules_.window_closes_after) continue;
        const bool lapses = rules_.readings.after_anniversary == AfterAnniversary::lapsed;
        const Costs at_least{fees, so_far.lapsed_days + (lapses ? lapsed : 0)};
        const auto is_as_cheap = [&](const Costs& plan) {
            return plan.fees <= at_least.fees && plan.lapsed_days <= at_least.lapsed_days;
        };
        if (std::ranges::none_of(known, is_as_cheap)) return false;
        if (lapsed == 0) return true;
    }
}

}  // namespace designation
