#include "plan/lower_bound.hpp"

#include <algorithm>

#include "designation/renewal.hpp"

namespace designation {

LowerBound::LowerBound(Interval span, const Rules& rules) : span_(span), rules_(rules) {
    for (const Evaluation evaluation : evaluations_of(rules)) {
        cheapest_[evaluation] = fee(evaluation, span.from, rules);
        for (const FeeFrom& fee : rules.fees[evaluation]) {
            if (fee.from > span.from) cheapest_[evaluation] = std::min(cheapest_[evaluation], fee.amount);
        }
        if (rules.evaluations[evaluation].each_cycle) continue;
        // Years differ by a day, so that it matters on which day a pass is taken.
        for (Day day = span.from; day <= span.through + rules.window_closes_after; day = day + 1) {
            const int by_this = 1 + carried(evaluation, valid_through(evaluation, day, rules), next_anniversary(day));
            by_one_pass_[evaluation] = std::max(by_one_pass_[evaluation], by_this);
        }
    }
}

int LowerBound::carried(Evaluation evaluation, Day valid_through, Day anniversary) const noexcept {
    if (rules_.evaluations[evaluation].each_cycle) return 0;
    for (int count = 0;; ++count) {
        // The sooner each is decided, the sooner the next anniversary.
        const Day soonest = renewal_window(anniversary, rules_).from;
        if (reference_day(anniversary, soonest, rules_) > valid_through) return count;
        anniversary = next_anniversary(soonest);
    }
}

int LowerBound::lapsed_days_short_of(Day day, const std::vector<Day>& reached) const noexcept {
    const int missing = std::max(0, day - reached.back());
    // Lapsed days push an anniversary on by as much, and by a day more where that moves it across a leap day.
    int gained = 0;
    for (std::size_t i = 0; missing > 0 && i + 1 < reached.size(); ++i) {
        const int by = missing + gained;
        const int moved = next_anniversary(reached[i] + by) - reached[i + 1] - by;
        gained += by < 365 ? std::max(0, moved) : 1;
    }
    return std::max(0, missing - gained);
}

bool LowerBound::can_prune(const Standing& standing, Costs so_far, const std::vector<Costs>& known) const {
    const Day anniversary = standing.term.record()->anniversary.day;
    PerValue<Evaluation, int> carried_already;
    for (const Evaluation evaluation : evaluations_of(rules_)) {
        const Attainments* pass = standing.passes.counting(evaluation, rules_);
        carried_already[evaluation] = pass ? carried(evaluation, pass->valid_through, anniversary) : 0;
    }
    Amount fees = so_far.first;
    std::vector<Day> reached{anniversary};  // by as many renewals on their anniversaries
    for (int renewals = 1;; ++renewals) {
        for (const Evaluation evaluation : evaluations_of(rules_)) {
            const int beyond = renewals - 1 - carried_already[evaluation];
            const bool each = rules_.evaluations[evaluation].each_cycle;
            if (each || (beyond >= 0 && beyond % by_one_pass_[evaluation] == 0)) fees += cheapest_[evaluation];
        }
        reached.push_back(next_anniversary(reached.back()));
        const int short_of = lapsed_days_short_of(span_.through + 1, reached);
        if (short_of > renewals * rules_.window_closes_after) continue;
        const bool lapses = rules_.readings.after_anniversary == AfterAnniversary::lapsed;
        const Costs at_least{fees, so_far.second + (lapses ? short_of : 0)};
        const auto as_cheap = [&](const Costs& k) { return k.first <= at_least.first && k.second <= at_least.second; };
        if (std::ranges::none_of(known, as_cheap)) return false;
        if (short_of == 0) return true;
    }
}

}  // namespace designation
