#include "plan/schedule.hpp"

#include <algorithm>

#include "designation/renewal.hpp"

namespace designation {

Sequence<Evaluation> evaluations_of(const Rules& rules) noexcept {
    Sequence<Evaluation> evaluations;
    for (const StepParameters& step : rules.steps) {
        if (const auto evaluation = evaluation_of(step.step)) evaluations.push_back(*evaluation);
    }
    return evaluations;
}

int lapsed_days(Day anniversary, Day as_of, Day on, const Rules& rules) noexcept {
    if (rules.readings.after_anniversary == AfterAnniversary::in_force) return 0;
    return std::max(0, on - std::max(anniversary, as_of));
}

Day first_pass_in_force_on(Evaluation evaluation, Day on, const Rules& rules) noexcept {
    Day pass = add_years(on, -rules.evaluations[evaluation].validity_years, rules.readings.leap_day);
    while (valid_through(evaluation, pass - 1, rules) >= on) pass = pass - 1;
    while (valid_through(evaluation, pass, rules) < on) pass = pass + 1;
    return pass;
}

namespace {

void record_pass(Evaluation evaluation, Day on, Standing& standing, const Rules& rules) noexcept {
    standing.passes.record({on, event_of(evaluation), Outcome::pass}, rules);
}

bool apply_award(Day on, Standing& standing, const Rules& rules) noexcept {
    const bool is_ready = std::ranges::all_of(evaluations_of(rules),
                                              [&](Evaluation e) { return standing.passes.in_force(e, on, rules); });
    return is_ready && standing.term.award(on, rules).counts;
}

bool apply_renewal(Day on, Standing& standing, const Rules& rules) noexcept {
    const TermRecord before = *standing.term.record();
    const Renewal readiness =
        renewal(Verdict::met, standing.passes, before.decided_on, before.anniversary.day, on, rules);
    const TermState::RenewalEffect decision = standing.term.renew(on, rules);
    return readiness.verdict == Verdict::met && decision.counts && !decision.outside_window && !decision.gap;
}

}  // namespace

std::optional<int> apply(const Cycle& cycle, Standing& standing, Day as_of, const Rules& rules) noexcept {
    const bool is_renewal = cycle.decision == EventType::renewal_approved;
    if (standing.term.is_held_on(cycle.on, rules) != is_renewal) return std::nullopt;
    for (const Evaluation evaluation : all_evaluations) {
        if (const auto& day = cycle.taken_on[evaluation]) record_pass(evaluation, *day, standing, rules);
    }
    if (!is_renewal) return apply_award(cycle.on, standing, rules) ? std::optional(0) : std::nullopt;
    const Day anniversary = standing.term.record()->anniversary.day;
    if (!apply_renewal(cycle.on, standing, rules)) return std::nullopt;
    return lapsed_days(anniversary, as_of, cycle.on, rules);
}

std::optional<int> lapsed_days(const Schedule& schedule, Standing standing, Interval span,
                               const Rules& rules) noexcept {
    const bool begins_with_award = !schedule.empty() && schedule.front().decision == EventType::badge_awarded;
    if (begins_with_award == standing.term.is_held_on(span.from, rules)) return std::nullopt;
    int total = 0;
    for (std::size_t i = 0; i < schedule.size(); ++i) {
        // A pass on the day of a decision counts for that decision, even if it was planned for the next one.
        for (const Evaluation evaluation : all_evaluations) {
            const auto day = i + 1 < schedule.size() ? schedule[i + 1].taken_on[evaluation] : std::nullopt;
            if (day && *day <= schedule[i].on) record_pass(evaluation, *day, standing, rules);
        }
        const auto lapsed = apply(schedule[i], standing, span.from, rules);
        if (!lapsed) return std::nullopt;
        total += *lapsed;
    }
    if (standing.term.record()->anniversary.day <= span.through) return std::nullopt;
    return total;
}

}  // namespace designation
