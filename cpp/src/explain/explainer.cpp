#include "explain/explainer.hpp"

#include <algorithm>
#include <utility>

#include "designation/availability.hpp"
#include "explain/facts_used.hpp"

namespace designation {

namespace {

template <class T>
RuleValue value_of(const std::optional<T>& maybe) {
    return maybe ? RuleValue(*maybe) : RuleValue();
}

}  // namespace

Explainer::Explainer(const Assessment& assessment, const PartnerView& partner, const Rules& rules)
    : assessment_(assessment), partner_(partner), rules_(rules) {
    if (partner.events) history_ = replay(partner, assessment.as_of, rules);
    actions_ = actions(assessment, partner, history_ ? &*history_ : nullptr, rules);
}

Explanation Explainer::explain(Rule rule) const {
    switch (rule) {
        case Rule::p: return explain_eligibility();
        case Rule::p1: return explain_csp_authorization();
        case Rule::p2: return explain_support_contract();
        case Rule::p3: return explain_solutions_partner();
        case Rule::e1: return explain_evaluation(Evaluation::capability);
        case Rule::e2: return explain_evaluation(Evaluation::performance);
        case Rule::e3: return explain_evaluation(Evaluation::csat);
        case Rule::t1: return explain_attainment(true);
        case Rule::t2: return explain_validity();
        case Rule::t3: return explain_window();
        case Rule::t4: return explain_term_renewal();
        case Rule::t5: return explain_prerequisites_each_cycle();
        case Rule::t6: return explain_status();
        case Rule::t7: return explain_in_force();
        case Rule::r: return explain_renewal();
        case Rule::r1: return explain_renewal_prerequisites();
        case Rule::r2: return explain_renewal_evaluation(Evaluation::performance);
        case Rule::r3: return explain_renewal_evaluation(Evaluation::capability);
        case Rule::r4: return explain_renewal_evaluation(Evaluation::csat);
        case Rule::j1: return explain_attempt();
        case Rule::j2: return explain_eligibility_decision();
        case Rule::j3: return explain_next_step();
        case Rule::a: return explain_availabilities();
        case Rule::b1: return explain_benefit(Benefit::badge);
        case Rule::b2: return explain_benefit(Benefit::marketplace_visibility);
        case Rule::b3: return explain_benefit(Benefit::elevated_support);
        case Rule::b4: return explain_benefit(Benefit::performance_credits);
        case Rule::b5: return explain_benefit(Benefit::early_adoption_discount);
        case Rule::f1: return explain_outstanding_fees();
        case Rule::f2: return explain_due_fees();
        case Rule::f3: return explain_incurred_fees();
    }
    return {};
}

Explanation Explainer::new_node(Rule rule, std::optional<Verdict> verdict, std::string path) const {
    const RuleText& text = rules_.rulebook->rules[rule];
    Explanation node;
    node.rule = rule;
    node.title = text.title;
    node.path = std::move(path);
    node.verdict = verdict;
    node.citations = cited_sources(text.citations);
    if (verdict == Verdict::unmet) node.remedy = find_remedy(rule);
    return node;
}

std::vector<CitedSource> Explainer::cited_sources(const std::vector<Citation>& citations) const {
    std::vector<CitedSource> sources;
    sources.reserve(citations.size());
    for (const Citation& citation : citations) {
        const Source& source = rules_.rulebook->sources.find(citation.source)->second;
        sources.push_back({source.title, citation.section, source.grade, source.url});
    }
    return sources;
}

std::optional<RemedyAction> Explainer::find_remedy(Rule rule) const {
    const auto action =
        std::ranges::find_if(actions_, [rule](const Action& each) { return each.rule == rule && !each.missing_list; });
    if (action != actions_.end()) {
        return RemedyAction{std::string(action_text(*action, *rules_.rulebook)), action->actor, action->by,
                            action->fee};
    }
    const auto& remedy = rules_.rulebook->rules[rule].remedy;
    if (!remedy) return std::nullopt;
    RemedyAction general{remedy->text, remedy->actor, {}, {}};
    for (const Evaluation evaluation : all_evaluations) {
        if (rule == rule_of(evaluation)) general.fee = fee(evaluation, assessment_.as_of, rules_);
    }
    return general;
}

// SSD-T7
Explanation Explainer::explain_in_force() const {
    Explanation node = new_node(Rule::t7, assessment_.term.in_force, "/term/in_force");
    node.children.push_back(explain_attainment(true));
    if (term_record()) node.children.push_back(explain_validity());
    if (is_held() || lapse_suspends()) {
        node.children.push_back(explain_prerequisites_each_cycle());
    } else {
        node.children.push_back(explain_eligibility());
    }
    node.children.back().counts = lapse_suspends();
    return node;
}

// SSD-T6
Explanation Explainer::explain_status() const {
    Explanation node = new_node(Rule::t6, std::nullopt, "/term/status");
    node.value = assessment_.term.status;
    node.facts = missing_events();
    node.children.push_back(as_context(explain_attainment(true)));
    if (term_record()) {
        node.children.push_back(as_context(explain_validity()));
        node.children.push_back(as_context(explain_window()));
    }
    return node;
}

// SSD-T1
Explanation Explainer::explain_attainment(bool with_steps) const {
    const TermRecord* const term = term_record();
    const Verdict verdict = history_ ? met_if(term != nullptr) : Verdict::unknown;
    Explanation node = new_node(Rule::t1, verdict, "/term/attained_on");
    node.value = value_of(assessment_.term.attained_on);
    node.facts = term ? first_event_on(EventType::badge_awarded, term->attained_on) : missing_events();
    if (verdict == Verdict::met) return node;
    node.shortfall = {history_ ? "no award" : describe(node.facts), "an award", first_possible_day()};
    if (history_ && with_steps) node.children = explain_steps(false);
    return node;
}

// SSD-T2
Explanation Explainer::explain_validity() const {
    const TermRecord* const term = term_record();
    const Verdict verdict = term ? in_force_by_status(assessment_.term.status, rules_) : Verdict::unknown;
    Explanation node = new_node(Rule::t2, term ? std::optional(verdict) : std::nullopt, "/term/expires_on");
    node.value = value_of(assessment_.term.expires_on);
    if (!term) return node;
    const bool is_renewed = term->decided_on > term->attained_on;
    node.facts = first_event_on(is_renewed ? EventType::renewal_approved : EventType::badge_awarded, term->decided_on);
    if (verdict == Verdict::met) return node;
    const bool is_over = assessment_.term.status == Status::expired;
    node.shortfall = {"the term expired on " + to_string(term->anniversary.day), is_over ? "an award" : "a renewal",
                      assessment_.as_of};
    if (is_over) {
        node.children = explain_steps(false);
    } else {
        node.children.push_back(as_context(explain_term_renewal()));
    }
    return node;
}

// SSD-T3
Explanation Explainer::explain_window() const {
    Explanation node = new_node(Rule::t3, std::nullopt, "/term/renewal_opens_on");
    node.value = value_of(assessment_.term.renewal_opens_on);
    return node;
}

// SSD-T4
Explanation Explainer::explain_term_renewal() const {
    const TermRecord* const term = term_record();
    Explanation node = new_node(Rule::t4, std::nullopt);
    if (!term) return node;
    const Interval window = renewal_window(term->anniversary.day, rules_);
    if (assessment_.as_of < term->anniversary.day) {
        if (term->decided_on > term->attained_on) {
            node.verdict = Verdict::met;
            node.facts = first_event_on(EventType::renewal_approved, term->decided_on);
        }
    } else {
        node.verdict = Verdict::unmet;
        node.remedy = find_remedy(Rule::t4);
        node.shortfall = {"no renewal for " + to_string(term->anniversary.day),
                          "a renewal approved from " + to_string(window.from) + " through " + to_string(window.through),
                          is_held() ? std::optional(assessment_.as_of) : std::nullopt};
    }
    if (is_held()) node.children.push_back(as_context(explain_renewal()));
    return node;
}

// SSD-T5
Explanation Explainer::explain_prerequisites_each_cycle() const {
    Explanation node = new_node(Rule::t5, assessment_.eligibility.verdict, "/term/at_risk");
    node.value = assessment_.term.at_risk;
    node.children.push_back(explain_eligibility());
    return node;
}

// SSD-R
Explanation Explainer::explain_renewal() const {
    const auto& renewal = assessment_.renewal;
    Explanation node = new_node(Rule::r, renewal ? std::optional(renewal->verdict) : std::nullopt,
                                renewal ? "/renewal/verdict" : "/renewal");
    if (!renewal) {
        node.facts = missing_events();
        return node;
    }
    node.children.push_back(explain_renewal_prerequisites());
    for (const StepParameters& step : rules_.steps) {
        const auto evaluation = evaluation_of(step.step);
        if (evaluation) node.children.push_back(explain_renewal_evaluation(*evaluation));
    }
    return node;
}

// SSD-R1
Explanation Explainer::explain_renewal_prerequisites() const {
    if (!assessment_.renewal) return new_node(Rule::r1, std::nullopt);
    Explanation node = new_node(Rule::r1, assessment_.eligibility.verdict);
    node.children.push_back(explain_eligibility());
    return node;
}

// SSD-R2 to SSD-R4
Explanation Explainer::explain_renewal_evaluation(Evaluation evaluation) const {
    const Rule rule = renewal_rule_of(evaluation);
    if (!assessment_.renewal) return new_node(rule, std::nullopt);
    const Verdict verdict = met_if(!assessment_.renewal->missing.contains(evaluation));
    Explanation node = new_node(rule, verdict);
    node.facts = evaluation_facts(evaluation);
    if (verdict == Verdict::met) return node;
    const TermRecord& term = *term_record();
    const Day as_of = assessment_.as_of;
    std::string required = "a pass ";
    if (rules_.evaluations[evaluation].each_cycle) {
        required += "after " + to_string(term.decided_on) + " that is in force on " + to_string(as_of);
    } else {
        const bool on_decision = rules_.readings.pass_reference_day == PassReferenceDay::decision;
        required += "in force on " + to_string(on_decision ? as_of : std::max(as_of, term.anniversary.day));
    }
    node.shortfall = {describe_pass(evaluation), std::move(required),
                      earliest_pass(evaluation, term.decided_on, term.anniversary.day, as_of, rules_)};
    return node;
}

// SSD-J1
Explanation Explainer::explain_attempt() const {
    if (is_held()) return new_node(Rule::j1, std::nullopt);
    const auto started_on = history_ ? history_->attempt.started_on : std::nullopt;
    Explanation node = new_node(Rule::j1, history_ ? met_if(started_on.has_value()) : Verdict::unknown);
    node.facts = started_on ? first_event_on(EventType::interest_registered, *started_on) : missing_events();
    if (started_on) return node;
    node.shortfall = {history_ ? "no open attempt" : describe(node.facts), "a registration of interest",
                      first_possible_day()};
    return node;
}

// SSD-J2
Explanation Explainer::explain_eligibility_decision() const {
    if (is_held()) return new_node(Rule::j2, std::nullopt);
    const auto outcome = history_ ? history_->attempt.decision_in_attempt() : std::nullopt;
    Explanation node = new_node(Rule::j2, history_ ? met_if(outcome == Outcome::eligible) : Verdict::unknown);
    node.facts = missing_events();
    if (outcome) {
        const Event& last = *history_->attempt.eligibility_decision;
        node.facts.push_back({pointer_to(FactList::events, last.position), last});
    }
    if (node.verdict == Verdict::met) return node;
    node.shortfall = {node.facts.empty() ? "no eligibility decision in an open attempt" : describe(node.facts),
                      "a decision with the outcome eligible", first_possible_day()};
    return node;
}

// SSD-J3
Explanation Explainer::explain_next_step() const {
    Explanation node = new_node(Rule::j3, std::nullopt, "/journey/step");
    node.value = value_of(assessment_.journey.step);
    node.facts = missing_events();
    if (history_ && !is_held()) node.children = explain_steps(true);
    return node;
}

std::vector<Explanation> Explainer::explain_steps(bool with_award) const {
    std::vector<Explanation> steps;
    for (const StepParameters& step : rules_.steps) {
        if (const auto evaluation = evaluation_of(step.step)) {
            steps.push_back(as_context(explain_evaluation(*evaluation)));
        } else if (step.step == Step::register_interest) {
            steps.push_back(as_context(explain_attempt()));
        } else if (step.step == Step::eligibility_validation) {
            steps.push_back(as_context(explain_eligibility_decision()));
        } else if (with_award) {
            steps.push_back(as_context(term_record() ? explain_validity() : explain_attainment(false)));
            steps.back().children.clear();
        }
    }
    return steps;
}

// SSD-F1
Explanation Explainer::explain_outstanding_fees() const {
    Explanation node = new_node(Rule::f1, std::nullopt, "/fees/outstanding");
    node.value = value_of(assessment_.fees.outstanding);
    node.facts = missing_events();
    for (const Evaluation each : all_evaluations) {
        if (assessment_.renewal && assessment_.renewal->missing.contains(each)) {
            node.children.push_back(as_context(explain_renewal_evaluation(each)));
        } else if (!assessment_.renewal && assessment_.evaluations[each].verdict == Verdict::unmet) {
            node.children.push_back(as_context(explain_evaluation(each)));
        }
    }
    return node;
}

// SSD-F2
Explanation Explainer::explain_due_fees() const {
    Explanation node = new_node(Rule::f2, std::nullopt, "/fees/due");
    node.value = value_of(assessment_.fees.due);
    node.children.push_back(as_context(explain_outstanding_fees()));
    if (!history_) return node;
    if (is_held()) {
        node.children.push_back(as_context(explain_window()));
    } else {
        node.children.push_back(as_context(explain_attempt()));
        node.children.push_back(as_context(explain_eligibility_decision()));
    }
    return node;
}

// SSD-F3
Explanation Explainer::explain_incurred_fees() const {
    Explanation node = new_node(Rule::f3, std::nullopt, "/fees/incurred");
    node.value = value_of(assessment_.fees.incurred);
    node.facts = missing_events();
    if (!partner_.events) return node;
    for (const Event& event : *partner_.events) {
        const std::optional<Evaluation> evaluation = evaluation_of(event.type);
        if (event.on > assessment_.as_of || !evaluation) continue;
        const Amount amount = fee(*evaluation, event.on, rules_);
        node.facts.push_back({pointer_to(FactList::events, event.position), event, amount});
    }
    return node;
}

std::optional<Day> Explainer::first_possible_day() const noexcept {
    return history_ ? std::optional(assessment_.as_of) : std::nullopt;
}

const TermRecord* Explainer::term_record() const noexcept {
    return history_ && history_->term.record() ? &*history_->term.record() : nullptr;
}

std::vector<FactUsed> Explainer::missing_events() const {
    if (partner_.events) return {};
    return {{pointer_to(FactList::events), NotGiven{}}};
}

std::vector<FactUsed> Explainer::events_on(EventType type, Day on) const {
    std::vector<FactUsed> facts;
    for (const Event& each : *partner_.events) {
        if (each.on == on && each.type == type) facts.push_back({pointer_to(FactList::events, each.position), each});
    }
    return facts;
}

std::vector<FactUsed> Explainer::first_event_on(EventType type, Day on) const {
    std::vector<FactUsed> facts = events_on(type, on);
    if (facts.size() > 1) facts.resize(1);
    return facts;
}

}  // namespace designation
