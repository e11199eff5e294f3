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

bool awarded(const Cycle& cycle, Standing& standing, const Rules& rules) noexcept {
    const bool ready = std::ranges::all_of(evaluations_of(rules),
                                           [&](Evaluation e) { return standing.passes.in_force(e, cycle.on, rules); });
    return ready && standing.term.award(cycle.on, rules).counts;
}

bool renewed(const Cycle& cycle, Standing& standing, const Rules& rules) noexcept {
    const TermRecord before = *standing.term.record();
    const Renewal readiness =
        renewal(Verdict::met, standing.passes, before.decided_on, before.anniversary.day, cycle.on, rules);
    const TermState::Renewal decision = standing.term.renewal(cycle.on, rules);
    return readiness.verdict == Verdict::met && decision.counts && !decision.outside_window && !decision.gap;
}

}  // namespace

std::optional<int> take(const Cycle& cycle, Standing& standing, Day as_of, const Rules& rules) noexcept {
    const bool renews = cycle.decision == EventType::renewal_approved;
    if (standing.term.held(cycle.on, rules) != renews) return std::nullopt;
    for (const Evaluation evaluation : all_evaluations) {
        const auto& day = cycle.taken[evaluation];
        if (day) standing.passes.take({*day, event_of(evaluation), Outcome::pass}, rules);
    }
    if (!renews) return awarded(cycle, standing, rules) ? std::optional(0) : std::nullopt;
    const Day anniversary = standing.term.record()->anniversary.day;
    if (!renewed(cycle, standing, rules)) return std::nullopt;
    return lapsed_days(anniversary, as_of, cycle.on, rules);
}

std::optional<int> lapsed_days(const Schedule& schedule, Standing standing, Interval span,
                               const Rules& rules) noexcept {
    const bool begins_with_an_award = !schedule.empty() && schedule.front().decision == EventType::badge_awarded;
    if (begins_with_an_award == standing.term.held(span.from, rules)) return std::nullopt;
    int total = 0;
    for (std::size_t i = 0; i < schedule.size(); ++i) {
        // What is taken on the day of an award counts for it, too.
        for (const Evaluation evaluation : all_evaluations) {
            const auto day = i + 1 < schedule.size() ? schedule[i + 1].taken[evaluation] : std::nullopt;
            if (!day || *day > schedule[i].on) continue;
            standing.passes.take({*day, event_of(evaluation), Outcome::pass}, rules);
        }
        const auto lapsed = take(schedule[i], standing, span.from, rules);
        if (!lapsed) return std::nullopt;
        total += *lapsed;
    }
    if (standing.term.record()->anniversary.day <= span.through) return std::nullopt;
    return total;
}

}  // namespace designation
