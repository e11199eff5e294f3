#include "designation/plan.hpp"

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "designation/history.hpp"
#include "plan/constraints.hpp"
#include "plan/latest_days.hpp"
#include "plan/repeats.hpp"
#include "plan/schedule.hpp"
#include "plan/search.hpp"

namespace designation {

namespace {

Standing standing_of(const PartnerView& partner, Day as_of, const Rules& rules) {
    History history = replay(partner, as_of, rules);
    return {history.passes, history.term};
}

/// Return the cycle of the earliest award: each evaluation that is needed on the first day that the policy allows, and
/// the award on the last of them. An existing pass that would end before the award is taken again, and no pass is taken
/// so early that it would. Return nullopt if that is after `Day::latest()`.
std::optional<Cycle> earliest_award(const Standing& standing, Day as_of, const Rules& rules,
                                    const Constraints& constraints) {
    PerValue<Evaluation, std::optional<Day>> not_before;
    for (const Evaluation evaluation : evaluations_of(rules)) {
        if (!standing.passes.in_force(evaluation, as_of, rules))
            not_before[evaluation] = constraints.earliest(evaluation);
    }
    for (;;) {
        Cycle cycle{EventType::badge_awarded, constraints.first_allowed(as_of), {}};
        for (const Evaluation evaluation : evaluations_of(rules)) {
            if (!not_before[evaluation]) continue;
            Day day = constraints.first_allowed(*not_before[evaluation]);
            const auto paid_in = [&](int year) {
                Amount paid;
                for (const Evaluation other : all_evaluations) {
                    const auto& on = cycle.taken_on[other];
                    if (on && fiscal_year(*on, rules) == year) paid += fee(other, *on, rules);
                }
                return paid;
            };
            while (day <= Day::latest()) {
                const int year = fiscal_year(day, rules);
                if (constraints.fits_budget(fee(evaluation, day, rules), paid_in(year), year)) break;
                day = constraints.first_allowed(constraints.fee_period(evaluation, day).through + 1);
            }
            if (day > Day::latest()) return std::nullopt;
            cycle.taken_on[evaluation] = day;
            cycle.on = std::max(cycle.on, day);
        }
        if (cycle.on > Day::latest()) return std::nullopt;
        bool all_in_force = true;
        for (const Evaluation evaluation : evaluations_of(rules)) {
            const auto& day = cycle.taken_on[evaluation];
            if (day ? valid_through(evaluation, *day, rules) >= cycle.on
                    : standing.passes.in_force(evaluation, cycle.on, rules)) {
                continue;
            }
            all_in_force = false;
            const Day first = first_pass_in_force_on(evaluation, cycle.on, rules);
            not_before[evaluation] = std::max(constraints.earliest(evaluation), first);
        }
        if (all_in_force) return cycle;
    }
}

SearchResult search_under(const Planning& planning, const Standing& standing, const PartnerView& partner, Interval span,
                          const Rules& rules, const Checkpoint& checkpoint, SetOf<Evaluation> not_repeated = {}) {
    const Constraints constraints(partner, span.from, rules, planning);
    Start start{standing, span.from, {}, {}, not_repeated};
    if (!standing.term.is_held_on(span.from, rules)) {
        const auto cycle = earliest_award(standing, span.from, rules, constraints);
        if (!cycle) return {};
        start.not_repeated = {};  // an award takes exactly the evaluations that are not met
        apply(*cycle, start.standing, span.from, rules);
        start.day = cycle->on;
        start.schedule.push_back(*cycle);
        for (const Evaluation evaluation : all_evaluations) {
            const auto& day = cycle->taken_on[evaluation];
            if (day) start.fees += fee(evaluation, *day, rules);
        }
    }
    return search(start, span, rules, constraints, checkpoint);
}

/// Return constraints of the policy's planning that together allow no plan, while without any one of them there is one.
std::vector<std::string> conflicting_constraints(const Standing& standing, const PartnerView& partner, Interval span,
                                                 const Rules& rules, const Checkpoint& checkpoint) {
    const Planning& all = rules.policy.planning;
    struct Constraint {
        std::string pointer;
        bool is_kept = true;
    };
    std::vector<Constraint> constraints;
    for (const Evaluation evaluation : all_evaluations) {
        if (all.lead_days[evaluation]) {
            constraints.push_back({"/planning/lead_days/" + std::string(to_string(evaluation))});
        }
    }
    for (std::size_t i = 0; i < all.blocked.size(); ++i) {
        constraints.push_back({"/planning/blocked/" + std::to_string(i)});
    }
    for (std::size_t i = 0; i < all.budgets.size(); ++i) {
        constraints.push_back({"/planning/budgets/" + std::to_string(i)});
    }
    const auto kept_planning = [&] {
        Planning planning;
        auto constraint = constraints.begin();
        for (const Evaluation evaluation : all_evaluations) {
            const auto& days = all.lead_days[evaluation];
            if (days && constraint++->is_kept) planning.lead_days[evaluation] = days;
        }
        for (const Interval& period : all.blocked) {
            if (constraint++->is_kept) planning.blocked.push_back(period);
        }
        for (const FiscalYearBudget& budget : all.budgets) {
            if (constraint++->is_kept) planning.budgets.push_back(budget);
        }
        return planning;
    };
    for (Constraint& constraint : constraints) {
        constraint.is_kept = false;
        constraint.is_kept = !search_under(kept_planning(), standing, partner, span, rules, checkpoint).front.empty();
    }
    std::vector<std::string> pointers;
    for (Constraint& constraint : constraints) {
        if (constraint.is_kept) pointers.push_back(std::move(constraint.pointer));
    }
    return pointers;
}

const StepParameters* parameters_of(Step step, const Rules& rules) noexcept {
    const auto found = std::ranges::find(rules.steps, step, &StepParameters::step);
    return found == rules.steps.end() ? nullptr : &*found;
}

std::vector<PlanStep> steps_of(const Schedule& schedule, const Schedule& latest, Standing standing, Day as_of,
                               SetOf<Evaluation> passed, const Rules& rules) {
    const Planning& planning = rules.policy.planning;
    std::vector<PlanStep> steps;
    for (std::size_t i = 0; i < schedule.size(); ++i) {
        const Cycle& cycle = schedule[i];
        std::optional<Day> anniversary;
        if (cycle.decision == EventType::renewal_approved) anniversary = standing.term.record()->anniversary.day;
        const std::size_t first = steps.size();
        for (const StepParameters& parameters : rules.steps) {
            const auto evaluation = evaluation_of(parameters.step);
            const auto day = evaluation ? cycle.taken_on[*evaluation] : std::nullopt;
            if (!day) continue;
            const Day last = *latest[i].taken_on[*evaluation];
            steps.push_back({*day, last, event_of(*evaluation), parameters.actor, parameters.then,
                             fee(*evaluation, *day, rules), planning.retry_days[*evaluation],
                             safe_by(*evaluation, {*day, last}, as_of, planning),
                             i == 0 && passed.contains(*evaluation), anniversary,
                             valid_through(*evaluation, *day, rules), std::nullopt});
        }
        std::ranges::stable_sort(std::span(steps).subspan(first), {}, &PlanStep::on);
        apply(cycle, standing, as_of, rules);
        const StepParameters* award = parameters_of(Step::award, rules);
        steps.push_back({cycle.on, latest[i].on, cycle.decision, award ? award->actor : Actor::microsoft, std::nullopt,
                         Amount{}, std::nullopt, std::nullopt, false, anniversary, std::nullopt,
                         standing.term.record()->anniversary.day});
    }
    return steps;
}

/// Record for each plan the interpretations under whose other reading its schedule is invalid or lapses differently.
void add_readings(std::vector<Plan>& plans, const std::vector<Candidate>& candidates, const PartnerView& partner,
                  Interval span, const Rules& rules) {
    Rules other = rules;
    for_each_interpretation(
        [&]<class Reading>(Interpretation interpretation, Reading& reading) {
            static_assert(count_of<Reading> == 2);
            const Reading chosen = reading;
            reading = chosen == Reading{} ? Reading{1} : Reading{};
            const Standing standing = standing_of(partner, span.from, other);
            for (std::size_t i = 0; i < plans.size(); ++i) {
                if (lapsed_days(candidates[i].schedule, standing, span, other) != plans[i].lapsed_days) {
                    plans[i].readings.insert(interpretation);
                }
            }
            reading = chosen;
        },
        other.readings);
}

}  // namespace

std::optional<Amount> saved_by_repeats(const Plans& plans) noexcept {
    if (!plans.recommended || !plans.without_repeats) return std::nullopt;
    return Amount::ten_thousandths(plans.without_repeats->fees.ten_thousandths() -
                                   plans.recommended->fees.ten_thousandths());
}

Plans plan(const PartnerView& partner, Interval span, const Rules& rules, Amount worth, const Checkpoint& checkpoint) {
    if (!span.has_end() || span.through < span.from) {
        throw std::invalid_argument("the span of a plan must end on or after its first day");
    }
    Plans result;
    if (!partner.events) return result;
    const Standing standing = standing_of(partner, span.from, rules);
    const Planning& planning = rules.policy.planning;
    SearchResult found = search_under(planning, standing, partner, span, rules, checkpoint);
    if (found.front.empty()) {
        result.impossible = {found.blocked_anniversary,
                             conflicting_constraints(standing, partner, span, rules, checkpoint)};
        return result;
    }
    const std::size_t size_of_front = found.front.size();
    const SetOf<Evaluation> passed = passed_since_decision(partner, span.from, standing.term);
    const Recommendation choice = recommend(found.front, passed, worth, [&](SetOf<Evaluation> not_repeated) {
        return search_under(planning, standing, partner, span, rules, checkpoint, not_repeated);
    });
    const Constraints constraints(partner, span.from, rules, planning);
    std::vector<Plan>& plans = result.front;
    for (const Candidate& each : found.front) {
        const bool begins_with_award =
            !each.schedule.empty() && each.schedule.front().decision == EventType::badge_awarded;
        const Schedule latest = latest_schedule(each.schedule, standing, span.from, rules, constraints);
        plans.push_back({each.fees,
                         each.lapsed_days,
                         begins_with_award ? each.schedule.front().on : span.from,
                         each.held_until,
                         steps_of(each.schedule, latest, standing, span.from, passed, rules),
                         {},
                         count_repeats(each.schedule, passed)});
    }
    add_readings(plans, found.front, partner, span, rules);
    result.recommended = plans[choice.recommended];
    if (choice.without_repeats) result.without_repeats = plans[*choice.without_repeats];
    plans.erase(plans.begin() + static_cast<std::ptrdiff_t>(size_of_front), plans.end());
    return result;
}

}  // namespace designation
