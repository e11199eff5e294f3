#include "plan_schedule.hpp"

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

namespace {

/// Moves the days of a schedule on, one decision after the other, while the whole still holds. Each thing that must
/// hold bounds a day by one that grows with another day, so the later ones of the days of two schedules make a
/// schedule, too: one is latest in every step, and none stands in the way of another for good.
class Later {
 public:
    Later(Schedule& schedule, const Standing& start, Day as_of, const Rules& rules, const Limits& limits)
        : schedule_(schedule), planned_(schedule), start_(start), as_of_(as_of), rules_(rules), limits_(limits) {
        Standing standing = start_;
        for (const Cycle& cycle : schedule_) lapsed_.push_back(*take(cycle, standing, as_of_, rules_));
    }

    bool move() {
        bool moved = false;
        Standing before = start_;
        for (std::size_t i = 0; i < schedule_.size(); ++i) {
            Cycle& cycle = schedule_[i];
            if (cycle.decision == EventType::renewal_approved) moved |= move_decision(i, before);
            for (const Evaluation evaluation : all_evaluations) moved |= move_evaluation(i, evaluation);
            take(cycle, before, as_of_, rules_);
        }
        return moved;
    }

 private:
    bool move_decision(std::size_t i, const Standing& before) {
        Cycle& cycle = schedule_[i];
        const Day anniversary = before.term.record()->anniversary.day;
        const Day was = cycle.on;
        // The last day that holds, between one that does and one that may not.
        Day holds = was;
        Day fails = renewal_window(anniversary, rules_).through + 1;
        const int more = lapsed_days(anniversary, as_of_, fails - 1, rules_) - lapsed_[i];
        if (more > 0) fails = fails - more;
        for (Day next = fails - 1; fails - holds > 1; next = holds + (fails - holds) / 2) {
            cycle.on = next;
            (hold_from(i, before) ? holds : fails) = next;
        }
        cycle.on = std::max(was, limits_.last_allowed(holds));
        return cycle.on != was;
    }

    bool hold_from(std::size_t first, Standing standing) const {
        for (std::size_t i = first; i < schedule_.size(); ++i) {
            const Cycle& cycle = schedule_[i];
            for (const auto& day : cycle.taken.values) {
                if (day && i > first && *day <= schedule_[i - 1].on) return false;
            }
            const auto lapsed = take(cycle, standing, as_of_, rules_);
            if (!lapsed || *lapsed > lapsed_[i]) return false;
        }
        return true;
    }

    bool move_evaluation(std::size_t i, Evaluation evaluation) {
        auto& day = schedule_[i].taken[evaluation];
        if (!day) return false;
        const Day planned = *planned_[i].taken[evaluation];
        const int year = fiscal_year(planned, rules_);
        const Amount price = fee(evaluation, planned, rules_);
        const auto as_planned = [&](Day on) {
            const bool same_year = !limits_.has_budgets() || fiscal_year(on, rules_) == year;
            return same_year && fee(evaluation, on, rules_) == price;
        };
        Day last = limits_.last_allowed(schedule_[i].on);
        while (last > *day && !as_planned(last))
            last = limits_.last_allowed(limits_.stretch(evaluation, last).from - 1);
        if (last <= *day) return false;
        day = last;
        return true;
    }

    Schedule& schedule_;
    const Schedule planned_;
    const Standing& start_;
    Day as_of_;
    const Rules& rules_;
    const Limits& limits_;
    std::vector<int> lapsed_;
};

}  // namespace

Schedule latest(Schedule schedule, const Standing& start, Day as_of, const Rules& rules, const Limits& limits) {
    Later later(schedule, start, as_of, rules, limits);
    while (later.move()) continue;
    return schedule;
}

}  // namespace designation
