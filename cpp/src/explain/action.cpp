#include "designation/action.hpp"

#include <algorithm>
#include <functional>
#include <tuple>

#include "designation/safe_by.hpp"

namespace designation {

namespace {

struct Prerequisite {
    Rule rule;
    FactList list;
    Verdict Eligibility::* verdict;
};
constexpr std::array prerequisites{
    Prerequisite{Rule::p1, FactList::csp_authorizations, &Eligibility::csp_authorization},
    Prerequisite{Rule::p2, FactList::support_contracts, &Eligibility::support_contract},
    Prerequisite{Rule::p3, FactList::solutions_partner_designations, &Eligibility::solutions_partner}};

class ActionBuilder {
 public:
    ActionBuilder(const Assessment& assessment, const PartnerView& partner, const Rules& rules)
        : assessment_(assessment), term_(assessment.term), partner_(partner), rules_(rules) {}

    std::vector<Action> build(const History* history) {
        if (lists_prerequisites_alone()) {
            for (const Prerequisite& prerequisite : prerequisites) {
                if (assessment_.eligibility.*prerequisite.verdict == Verdict::unmet)
                    add(prerequisite.rule, Actor::partner);
            }
            return std::move(actions_);
        }
        if (!history) add(Rule::t6, Actor::partner).missing_list = FactList::events;
        for (const Prerequisite& prerequisite : prerequisites) add_prerequisite_actions(prerequisite);
        if (assessment_.renewal) add_renewal_actions(*history);
        if (assessment_.journey.step) add_journey_actions();
        std::ranges::stable_sort(actions_, {}, [](const Action& action) {
            return std::tuple(!action.overdue_since, action.overdue_since.value_or(Day{}),
                              action.by.value_or(action.not_before), action.not_before);
        });
        return std::move(actions_);
    }

 private:
    Action& add(Rule rule, Actor default_actor) {
        const auto& remedy = rules_.rulebook->rules[rule].remedy;
        return actions_.emplace_back(
            Action{rule, remedy ? remedy->actor : default_actor, assessment_.as_of, {}, {}, {}, {}, {}, {}, false});
    }

    bool lists_prerequisites_alone() const {
        const bool is_not_held = !is_held(term_.status) && term_.status != Status::unknown;
        return is_not_held && assessment_.eligibility.verdict == Verdict::unmet;
    }

    void add_prerequisite_actions(const Prerequisite& prerequisite) {
        const auto with_list = [&](auto visit) {
            switch (prerequisite.list) {
                case FactList::csp_authorizations: return visit(partner_.csp_authorizations);
                case FactList::support_contracts: return visit(partner_.support_contracts);
                default: return visit(partner_.solutions_partner_designations);
            }
        };
        const Verdict verdict = assessment_.eligibility.*prerequisite.verdict;
        if (!with_list([](const auto& list) { return list.has_value(); })) {
            Action& action = add(prerequisite.rule, Actor::partner);
            action.actor = Actor::partner;
            action.missing_list = prerequisite.list;
        } else if (verdict == Verdict::met) {
            const auto last = with_list([&](const auto& list) { return last_day_met(*list, prerequisite); });
            if (last) add(prerequisite.rule, Actor::partner).by = last;
        } else if (is_held(term_.status)) {
            const auto unmet = with_list([&](const auto& list) { return days_not_met(*list, prerequisite); });
            if (unmet.has_unmet_day) add_overdue_prerequisite(prerequisite.rule, unmet.first);
        } else if (verdict == Verdict::unmet) {
            add(prerequisite.rule, Actor::partner);
        }
    }

    void add_overdue_prerequisite(Rule rule, Day since) {
        const bool suspends = rules_.readings.prerequisite_lapse == PrerequisiteLapse::suspend;
        Action& action = add(rule, Actor::partner);
        action.by = suspends ? assessment_.as_of : renew_by(*term_.expires_on, assessment_.as_of, rules_);
        action.overdue_since = since;
    }

    /// Return the last day on which a prerequisite that is met stays met, before it is unmet; nullopt if it stays met
    /// up to the horizon, or becomes unknown.
    template <class Fact>
    std::optional<Day> last_day_met(std::span<const Fact> records, const Prerequisite& prerequisite) const {
        const Day horizon =
            assessment_.renewal ? *term_.renewal_closes_on : add_years(assessment_.as_of, 1, rules_.readings.leap_day);
        std::optional<Day> last;
        Verdict after = Verdict::met;
        for (const Fact& record : records) {
            const Day end = record.period.through;
            if (end < assessment_.as_of || end >= horizon || (last && *last <= end)) continue;
            const Verdict next = eligibility(partner_, end + 1, rules_).*prerequisite.verdict;
            if (next == Verdict::met) continue;
            last = end;
            after = next;
        }
        return after == Verdict::unmet ? last : std::nullopt;
    }

    /// The days up to the assessment, without a break and since the award, on which a prerequisite was not met.
    struct DaysNotMet {
        Day first;
        bool has_unmet_day = false;  ///< if false, the prerequisite was unknown on all of them
    };

    template <class Fact>
    DaysNotMet days_not_met(std::span<const Fact> records, const Prerequisite& prerequisite) const {
        // The verdict changes only where a record begins or has ended, or where the rules change.
        const Interval held{*term_.attained_on, assessment_.as_of};
        std::vector<Day> changes{held.from};
        const auto add_change = [&](Day day) {
            if (held.contains(day)) changes.push_back(day);
        };
        for (const Fact& record : records) {
            add_change(record.period.from);
            if (record.period.through < held.through) add_change(record.period.through + 1);
        }
        std::ranges::for_each(rules_.change_days, add_change);
        std::ranges::sort(changes, std::greater{});
        DaysNotMet days{assessment_.as_of};
        for (const Day change : changes) {
            const Verdict verdict = eligibility(partner_, change, rules_).*prerequisite.verdict;
            if (verdict == Verdict::met) break;
            days.first = change;
            days.has_unmet_day |= verdict == Verdict::unmet;
        }
        return days;
    }

    /// Add the evaluations that the renewal lacks, and its decision.
    void add_renewal_actions(const History& history) {
        const Day by = renew_by(*term_.expires_on, assessment_.as_of, rules_);
        const auto overdue_since = renewal_overdue_since(*term_.expires_on, assessment_.as_of, rules_);
        for (const Evaluation evaluation : assessment_.renewal->missing) {
            Action& action = add(renewal_rule_of(evaluation), Actor::issi);
            action.not_before = earliest_pass(evaluation, history.term.record()->decided_on, *term_.expires_on,
                                              assessment_.as_of, rules_);
            action.by = by;
            action.overdue_since = overdue_since;
            action.fee = fee(evaluation, assessment_.as_of, rules_);
            action.retry_days = rules_.policy.planning.retry_days[evaluation];
            action.safe_by = safe_by(evaluation, {action.not_before, by}, assessment_.as_of, rules_.policy.planning);
        }
        Action& decision = add(Rule::t4, Actor::microsoft);
        decision.not_before = std::max(assessment_.as_of, *term_.renewal_opens_on);
        decision.by = by;
        decision.overdue_since = overdue_since;
    }

    /// Add the steps of the journey that are not done.
    void add_journey_actions() {
        const Journey& journey = assessment_.journey;
        for (const StepParameters& step : rules_.steps) {
            if (journey.completed.contains(step.step)) continue;
            Action& action = add(rule_of(step.step), step.actor);
            action.actor = step.step == journey.step ? *journey.waiting_on : step.actor;
            action.is_for_second_actor = step.then && action.actor == step.then && action.actor != step.actor;
            if (const auto evaluation = evaluation_of(step.step)) {
                action.fee = fee(*evaluation, assessment_.as_of, rules_);
            }
        }
    }

    const Assessment& assessment_;
    const Term& term_;
    const PartnerView& partner_;
    const Rules& rules_;
    std::vector<Action> actions_;
};

}  // namespace

std::vector<Action> actions(const Assessment& assessment, const PartnerView& partner, const History* history,
                            const Rules& rules) {
    return ActionBuilder(assessment, partner, rules).build(history);
}

std::vector<Action> actions(const Assessment& assessment, const PartnerView& partner, const Rules& rules) {
    if (!partner.events) return actions(assessment, partner, nullptr, rules);
    const History history = replay(partner, assessment.as_of, rules);
    return actions(assessment, partner, &history, rules);
}

std::string_view action_text(const Action& action, const Rulebook& rulebook) noexcept {
    if (action.missing_list) return rulebook.requests[*action.missing_list];
    const RuleText& rule = rulebook.rules[action.rule];
    if (!rule.remedy) return rule.title;
    return action.is_for_second_actor && !rule.remedy->then.empty() ? rule.remedy->then : rule.remedy->text;
}

}  // namespace designation
