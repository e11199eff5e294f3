#include "designation/plan.hpp"

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "designation/history.hpp"
#include "plan/constraints.hpp"
#include "plan/latest_days.hpp"
#include "plan/schedule.hpp"
#include "plan/search.hpp"

namespace designation {

namespace {

Standing standing_of(const PartnerView& partner, Day as_of, const Rules& rules) {
    History history = replay(partner, as_of, rules);
    return {history.passes, history.term};
}

/// The first days that the policy allows for the evaluations that are not met, in the edition's order, and the award on
/// the last of them. What would have run out by then is taken, too, and nothing so early that it would. Nothing where
/// the calendar ends before.
std::optional<Cycle> attainment(const Standing& standing, Day as_of, const Rules& rules,
                                const Constraints& constraints) {
    PerValue<Evaluation, std::optional<Day>> from;
    for (const Evaluation evaluation : evaluations_of(rules)) {
        if (!standing.passes.in_force(evaluation, as_of, rules)) from[evaluation] = constraints.earliest(evaluation);
    }
    for (;;) {
        Cycle cycle{EventType::badge_awarded, constraints.first_allowed(as_of), {}};
        for (const Evaluation evaluation : evaluations_of(rules)) {
            if (!from[evaluation]) continue;
            Day day = constraints.first_allowed(*from[evaluation]);
            const auto beside = [&](int year) {
                Amount paid;
                for (const Evaluation other : all_evaluations) {
                    const auto& taken = cycle.taken[other];
                    if (taken && fiscal_year(*taken, rules) == year) paid += fee(other, *taken, rules);
                }
                return paid;
            };
            while (day <= Day::latest()) {
                const int year = fiscal_year(day, rules);
                if (constraints.affordable(fee(evaluation, day, rules), beside(year), year)) break;
                day = constraints.first_allowed(constraints.stretch(evaluation, day).through + 1);
            }
            if (day > Day::latest()) return std::nullopt;
            cycle.taken[evaluation] = day;
            cycle.on = std::max(cycle.on, day);
        }
        if (cycle.on > Day::latest()) return std::nullopt;
        bool lasts = true;
        for (const Evaluation evaluation : evaluations_of(rules)) {
            const auto& taken = cycle.taken[evaluation];
            if (taken ? valid_through(evaluation, *taken, rules) >= cycle.on
                      : standing.passes.in_force(evaluation, cycle.on, rules)) {
                continue;
            }
            lasts = false;
            const Day needed = first_pass_in_force_on(evaluation, cycle.on, rules);
            from[evaluation] = std::max(constraints.earliest(evaluation), needed);
        }
        if (lasts) return cycle;
    }
}

Search plans_under(const Planning& planning, const Standing& standing, const PartnerView& partner, Interval span,
                   const Rules& rules) {
    const Constraints constraints(partner, span.from, rules, planning);
    Beginning beginning{standing, span.from, {}, {}};
    if (!standing.term.held(span.from, rules)) {
        const auto cycle = attainment(standing, span.from, rules, constraints);
        if (!cycle) return {};
        take(*cycle, beginning.standing, span.from, rules);
        beginning.day = cycle->on;
        beginning.schedule.push_back(*cycle);
        for (const Evaluation evaluation : all_evaluations) {
            const auto& taken = cycle->taken[evaluation];
            if (taken) beginning.fees += fee(evaluation, *taken, rules);
        }
    }
    return search(beginning, span, rules, constraints);
}

/// What of a policy's planning makes a plan impossible: without any of it there would be one.
std::vector<std::string> preventing_constraints(const Standing& standing, const PartnerView& partner, Interval span,
                                                const Rules& rules) {
    const Planning& all = rules.policy.planning;
    const auto number_of = [&](Evaluation e) { return all.lead_days[e].has_value(); };
    struct Constraint {
        std::string pointer;
        bool stands = true;
    };
    std::vector<Constraint> constraints;
    for (const Evaluation evaluation : all_evaluations) {
        if (number_of(evaluation)) {
            constraints.push_back({"/planning/lead_days/" + std::string(to_string(evaluation))});
        }
    }
    for (std::size_t i = 0; i < all.blocked.size(); ++i) {
        constraints.push_back({"/planning/blocked/" + std::to_string(i)});
    }
    for (std::size_t i = 0; i < all.budgets.size(); ++i) {
        constraints.push_back({"/planning/budgets/" + std::to_string(i)});
    }
    const auto standing_ones = [&] {
        Planning planning;
        auto constraint = constraints.begin();
        for (const Evaluation evaluation : all_evaluations) {
            if (number_of(evaluation) && constraint++->stands)
                planning.lead_days[evaluation] = all.lead_days[evaluation];
        }
        for (const Interval& period : all.blocked) {
            if (constraint++->stands) planning.blocked.push_back(period);
        }
        for (const Budget& budget : all.budgets) {
            if (constraint++->stands) planning.budgets.push_back(budget);
        }
        return planning;
    };
    for (Constraint& constraint : constraints) {
        constraint.stands = false;
        constraint.stands = !plans_under(standing_ones(), standing, partner, span, rules).front.empty();
    }
    std::vector<std::string> pointers;
    for (Constraint& constraint : constraints) {
        if (constraint.stands) pointers.push_back(std::move(constraint.pointer));
    }
    return pointers;
}

const StepParameters* step_of(Step step, const Rules& rules) noexcept {
    const auto found = std::ranges::find(rules.steps, step, &StepParameters::step);
    return found == rules.steps.end() ? nullptr : &*found;
}

std::vector<PlanStep> steps_of(const Schedule& schedule, const Schedule& latest, Standing standing, Day as_of,
                               const Rules& rules) {
    std::vector<PlanStep> steps;
    for (std::size_t i = 0; i < schedule.size(); ++i) {
        const Cycle& cycle = schedule[i];
        std::optional<Day> anniversary;
        if (cycle.decision == EventType::renewal_approved) anniversary = standing.term.record()->anniversary.day;
        const std::size_t first = steps.size();
        for (const StepParameters& parameters : rules.steps) {
            const auto evaluation = evaluation_of(parameters.step);
            const auto taken = evaluation ? cycle.taken[*evaluation] : std::nullopt;
            if (!taken) continue;
            steps.push_back({*taken, *latest[i].taken[*evaluation], event_of(*evaluation), parameters.actor,
                             parameters.then, fee(*evaluation, *taken, rules), anniversary,
                             valid_through(*evaluation, *taken, rules), std::nullopt});
        }
        std::ranges::stable_sort(std::ranges::subrange(steps.begin() + static_cast<std::ptrdiff_t>(first), steps.end()),
                                 {}, &PlanStep::on);
        take(cycle, standing, as_of, rules);
        const StepParameters* award = step_of(Step::award, rules);
        steps.push_back({cycle.on, latest[i].on, cycle.decision, award ? award->actor : Actor::microsoft, std::nullopt,
                         Amount{}, anniversary, std::nullopt, standing.term.record()->anniversary.day});
    }
    return steps;
}

/// Marks the interpretations under whose alternative the schedules fail or lapse otherwise.
void mark_readings(std::vector<Plan>& plans, const std::vector<Found>& found, const PartnerView& partner, Interval span,
                   const Rules& rules) {
    Rules other = rules;
    for_each_reading(
        [&]<class Reading>(Interpretation question, Reading& reading) {
            static_assert(count_of<Reading> == 2);
            const Reading chosen = reading;
            reading = chosen == Reading{} ? Reading{1} : Reading{};
            const Standing standing = standing_of(partner, span.from, other);
            for (std::size_t i = 0; i < plans.size(); ++i) {
                if (lapsed_days(found[i].schedule, standing, span, other) != plans[i].lapsed_days) {
                    plans[i].readings.insert(question);
                }
            }
            reading = chosen;
        },
        other.readings);
}

}  // namespace

Plans plan(const PartnerView& partner, Interval span, const Rules& rules) {
    if (!span.has_end() || span.through < span.from) {
        throw std::invalid_argument("a plan is for a span that ends on or after the day on which it begins");
    }
    Plans result;
    if (!partner.events) return result;
    const Standing standing = standing_of(partner, span.from, rules);
    const Planning& planning = rules.policy.planning;
    const Search found = plans_under(planning, standing, partner, span, rules);
    if (found.front.empty()) {
        result.impossible = {found.unreached, preventing_constraints(standing, partner, span, rules)};
        return result;
    }
    const Constraints constraints(partner, span.from, rules, planning);
    for (const Found& each : found.front) {
        const bool awarded = !each.schedule.empty() && each.schedule.front().decision == EventType::badge_awarded;
        const Schedule last = latest(each.schedule, standing, span.from, rules, constraints);
        result.front.push_back({each.fees,
                                each.lapsed_days,
                                awarded ? each.schedule.front().on : span.from,
                                each.held_until,
                                steps_of(each.schedule, last, standing, span.from, rules),
                                {}});
    }
    mark_readings(result.front, found.front, partner, span, rules);
    return result;
}

}  // namespace designation
