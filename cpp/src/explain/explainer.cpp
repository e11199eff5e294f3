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

/// A child that stands there to explain.
Explanation beside(Explanation explanation) {
    explanation.counts = false;
    return explanation;
}

}  // namespace

Explainer::Explainer(const Assessment& assessment, const PartnerView& partner, const Rules& rules)
    : assessment_(assessment), partner_(partner), rules_(rules) {
    if (partner.events) history_ = replay(partner, assessment.as_of, rules);
    actions_ = actions(assessment, partner, history_ ? &*history_ : nullptr, rules);
}

Explanation Explainer::of(Rule rule) const {
    switch (rule) {
        case Rule::p: return eligibility();
        case Rule::p1: return csp_authorization();
        case Rule::p2: return support_contract();
        case Rule::p3: return solutions_partner();
        case Rule::e1: return evaluation(Evaluation::capability);
        case Rule::e2: return evaluation(Evaluation::performance);
        case Rule::e3: return evaluation(Evaluation::csat);
        case Rule::t1: return attainment(true);
        case Rule::t2: return validity();
        case Rule::t3: return window();
        case Rule::t4: return term_renewal();
        case Rule::t5: return prerequisites_each_cycle();
        case Rule::t6: return status();
        case Rule::t7: return in_force();
        case Rule::r: return renewal();
        case Rule::r1: return renewal_prerequisites();
        case Rule::r2: return renewal_evaluation(Evaluation::performance);
        case Rule::r3: return renewal_evaluation(Evaluation::capability);
        case Rule::r4: return renewal_evaluation(Evaluation::csat);
        case Rule::j1: return attempt();
        case Rule::j2: return decision();
        case Rule::j3: return next_step();
        case Rule::a: return availabilities();
        case Rule::b1: return benefit(Benefit::badge);
        case Rule::b2: return benefit(Benefit::marketplace_visibility);
        case Rule::b3: return benefit(Benefit::elevated_support);
        case Rule::b4: return benefit(Benefit::performance_credits);
        case Rule::b5: return benefit(Benefit::early_adoption_discount);
        case Rule::f1: return outstanding();
        case Rule::f2: return due();
        case Rule::f3: return incurred();
    }
    return {};
}

Explanation Explainer::node(Rule rule, std::optional<Verdict> verdict, std::string path) const {
    const RuleText& text = rules_.rulebook->rules[rule];
    Explanation made;
    made.rule = rule;
    made.title = text.title;
    made.path = std::move(path);
    made.verdict = verdict;
    made.citations = cited(text.citations);
    if (verdict == Verdict::unmet) made.remedy = cure(rule);
    return made;
}

std::vector<CitedSource> Explainer::cited(const std::vector<Citation>& citations) const {
    std::vector<CitedSource> sources;
    sources.reserve(citations.size());
    for (const Citation& citation : citations) {
        const Source& source = rules_.rulebook->sources.find(citation.source)->second;
        sources.push_back({source.title, citation.section, source.grade, source.url});
    }
    return sources;
}

std::optional<Cure> Explainer::cure(Rule rule) const {
    const auto action =
        std::ranges::find_if(actions_, [rule](const Action& planned) { return planned.rule == rule && !planned.give; });
    if (action != actions_.end()) {
        return Cure{std::string(words_of(*action, *rules_.rulebook)), action->actor, action->by, action->fee};
    }
    const auto& remedy = rules_.rulebook->rules[rule].remedy;
    if (!remedy) return std::nullopt;
    Cure made{remedy->text, remedy->actor, {}, {}};
    for (const Evaluation evaluation : all_evaluations) {
        if (rule == rule_of(evaluation)) made.fee = fee(evaluation, assessment_.as_of, rules_);
    }
    return made;
}

// SSD-T7
Explanation Explainer::in_force() const {
    Explanation made = node(Rule::t7, assessment_.term.in_force, "/term/in_force");
    made.children.push_back(attainment(true));
    if (record()) made.children.push_back(validity());
    if (held() || suspends()) {
        made.children.push_back(prerequisites_each_cycle());
    } else {
        made.children.push_back(eligibility());
    }
    made.children.back().counts = suspends();
    return made;
}

// SSD-T6
Explanation Explainer::status() const {
    Explanation made = node(Rule::t6, std::nullopt, "/term/status");
    made.value = assessment_.term.status;
    made.facts = unless_given(partner_.events);
    made.children.push_back(beside(attainment(true)));
    if (record()) {
        made.children.push_back(beside(validity()));
        made.children.push_back(beside(window()));
    }
    return made;
}

// SSD-T1
Explanation Explainer::attainment(bool with_steps) const {
    const TermRecord* const term = record();
    const Verdict verdict = history_ ? met_if(term != nullptr) : Verdict::unknown;
    Explanation made = node(Rule::t1, verdict, "/term/attained_on");
    made.value = value_of(assessment_.term.attained_on);
    made.facts = term ? first_of_day(EventType::badge_awarded, term->attained_on) : unless_given(partner_.events);
    if (verdict == Verdict::met) return made;
    made.shortfall = {history_ ? "no award" : in_words(made.facts), "an award", today()};
    if (history_ && with_steps) made.children = steps(false);
    return made;
}

// SSD-T2
Explanation Explainer::validity() const {
    const TermRecord* const term = record();
    const Verdict verdict = term ? in_force_by_status(assessment_.term.status, rules_) : Verdict::unknown;
    Explanation made = node(Rule::t2, term ? std::optional(verdict) : std::nullopt, "/term/expires_on");
    made.value = value_of(assessment_.term.expires_on);
    if (!term) return made;
    const bool is_renewed = term->decided_on > term->attained_on;
    made.facts = first_of_day(is_renewed ? EventType::renewal_approved : EventType::badge_awarded, term->decided_on);
    if (verdict == Verdict::met) return made;
    const bool is_over = assessment_.term.status == Status::expired;
    made.shortfall = {"the term ended on " + to_string(term->anniversary.day), is_over ? "an award" : "a renewal",
                      assessment_.as_of};
    if (is_over) {
        made.children = steps(false);
    } else {
        made.children.push_back(beside(term_renewal()));
    }
    return made;
}

// SSD-T3
Explanation Explainer::window() const {
    Explanation made = node(Rule::t3, std::nullopt, "/term/renewal_opens_on");
    made.value = value_of(assessment_.term.renewal_opens_on);
    return made;
}

// SSD-T4
Explanation Explainer::term_renewal() const {
    const TermRecord* const term = record();
    Explanation made = node(Rule::t4, std::nullopt);
    if (!term) return made;
    const Interval window = renewal_window(term->anniversary.day, rules_);
    if (assessment_.as_of < term->anniversary.day) {
        if (term->decided_on > term->attained_on) {
            made.verdict = Verdict::met;
            made.facts = first_of_day(EventType::renewal_approved, term->decided_on);
        }
    } else {
        made.verdict = Verdict::unmet;
        made.remedy = cure(Rule::t4);
        made.shortfall = {"no renewal for " + to_string(term->anniversary.day),
                          "one approved from " + to_string(window.from) + " through " + to_string(window.through),
                          held() ? std::optional(assessment_.as_of) : std::nullopt};
    }
    if (held()) made.children.push_back(beside(renewal()));
    return made;
}

// SSD-T5
Explanation Explainer::prerequisites_each_cycle() const {
    Explanation made = node(Rule::t5, assessment_.eligibility.verdict, "/term/at_risk");
    made.value = assessment_.term.at_risk;
    made.children.push_back(eligibility());
    return made;
}

// SSD-R
Explanation Explainer::renewal() const {
    const auto& answer = assessment_.renewal;
    Explanation made =
        node(Rule::r, answer ? std::optional(answer->verdict) : std::nullopt, answer ? "/renewal/verdict" : "/renewal");
    if (!answer) {
        made.facts = unless_given(partner_.events);
        return made;
    }
    made.children.push_back(renewal_prerequisites());
    for (const StepParameters& step : rules_.steps) {
        if (const auto evaluation = evaluation_of(step.step)) made.children.push_back(renewal_evaluation(*evaluation));
    }
    return made;
}

// SSD-R1
Explanation Explainer::renewal_prerequisites() const {
    if (!assessment_.renewal) return node(Rule::r1, std::nullopt);
    Explanation made = node(Rule::r1, assessment_.eligibility.verdict);
    made.children.push_back(eligibility());
    return made;
}

// SSD-R2 to SSD-R4
Explanation Explainer::renewal_evaluation(Evaluation evaluation) const {
    const Rule rule = renewal_rule_of(evaluation);
    if (!assessment_.renewal) return node(rule, std::nullopt);
    const Verdict verdict = met_if(!assessment_.renewal->missing.contains(evaluation));
    Explanation made = node(rule, verdict);
    made.facts = pass(evaluation);
    if (verdict == Verdict::met) return made;
    const TermRecord& term = *record();
    const Day as_of = assessment_.as_of;
    std::string wanted = "a pass ";
    if (rules_.evaluations[evaluation].each_cycle) {
        wanted += "later than " + to_string(term.decided_on) + " and in force on " + to_string(as_of);
    } else {
        const bool on_decision = rules_.readings.pass_reference_day == PassReferenceDay::decision;
        wanted += "in force on " + to_string(on_decision ? as_of : std::max(as_of, term.anniversary.day));
    }
    made.shortfall = {pass_seen(evaluation), std::move(wanted),
                      earliest_pass(evaluation, term.decided_on, term.anniversary.day, as_of, rules_)};
    return made;
}

// SSD-J1
Explanation Explainer::attempt() const {
    if (held()) return node(Rule::j1, std::nullopt);
    const auto started_on = history_ ? history_->attempt.started_on : std::nullopt;
    Explanation made = node(Rule::j1, history_ ? met_if(started_on.has_value()) : Verdict::unknown);
    made.facts = started_on ? first_of_day(EventType::interest_registered, *started_on) : unless_given(partner_.events);
    if (started_on) return made;
    made.shortfall = {history_ ? "no attempt is open" : in_words(made.facts), "interest registered", today()};
    return made;
}

// SSD-J2
Explanation Explainer::decision() const {
    if (held()) return node(Rule::j2, std::nullopt);
    const auto outcome = history_ ? history_->attempt.decision_in_attempt() : std::nullopt;
    Explanation made = node(Rule::j2, history_ ? met_if(outcome == Outcome::eligible) : Verdict::unknown);
    made.facts = unless_given(partner_.events);
    if (outcome) {
        const Event& last = *history_->attempt.eligibility_decision;
        made.facts.push_back({pointer_to(FactList::events, last.position), last});
    }
    if (made.verdict == Verdict::met) return made;
    made.shortfall = {made.facts.empty() ? "no decision in an open attempt" : in_words(made.facts),
                      "the decision: eligible", today()};
    return made;
}

// SSD-J3
Explanation Explainer::next_step() const {
    Explanation made = node(Rule::j3, std::nullopt, "/journey/step");
    made.value = value_of(assessment_.journey.step);
    made.facts = unless_given(partner_.events);
    if (history_ && !held()) made.children = steps(true);
    return made;
}

std::vector<Explanation> Explainer::steps(bool with_award) const {
    std::vector<Explanation> made;
    for (const StepParameters& step : rules_.steps) {
        if (const auto evaluated = evaluation_of(step.step)) {
            made.push_back(beside(evaluation(*evaluated)));
        } else if (step.step == Step::register_interest) {
            made.push_back(beside(attempt()));
        } else if (step.step == Step::eligibility_validation) {
            made.push_back(beside(decision()));
        } else if (with_award) {
            made.push_back(beside(record() ? validity() : attainment(false)));
            made.back().children.clear();
        }
    }
    return made;
}

// SSD-F1
Explanation Explainer::outstanding() const {
    Explanation made = node(Rule::f1, std::nullopt, "/fees/outstanding");
    made.value = value_of(assessment_.fees.outstanding);
    made.facts = unless_given(partner_.events);
    for (const Evaluation each : all_evaluations) {
        if (assessment_.renewal && assessment_.renewal->missing.contains(each)) {
            made.children.push_back(beside(renewal_evaluation(each)));
        } else if (!assessment_.renewal && assessment_.evaluations[each].verdict == Verdict::unmet) {
            made.children.push_back(beside(evaluation(each)));
        }
    }
    return made;
}

// SSD-F2
Explanation Explainer::due() const {
    Explanation made = node(Rule::f2, std::nullopt, "/fees/due");
    made.value = value_of(assessment_.fees.due);
    made.children.push_back(beside(outstanding()));
    if (!history_) return made;
    if (held()) {
        made.children.push_back(beside(window()));
    } else {
        made.children.push_back(beside(attempt()));
        made.children.push_back(beside(decision()));
    }
    return made;
}

// SSD-F3
Explanation Explainer::incurred() const {
    Explanation made = node(Rule::f3, std::nullopt, "/fees/incurred");
    made.value = value_of(assessment_.fees.incurred);
    made.facts = unless_given(partner_.events);
    if (!partner_.events) return made;
    for (const Event& event : *partner_.events) {
        if (event.on > assessment_.as_of || !evaluation_of(event.type)) continue;
        made.facts.push_back({pointer_to(FactList::events, event.position), event});
    }
    return made;
}

std::optional<Day> Explainer::today() const noexcept {
    return history_ ? std::optional(assessment_.as_of) : std::nullopt;
}

const TermRecord* Explainer::record() const noexcept {
    return history_ && history_->term.record() ? &*history_->term.record() : nullptr;
}

std::vector<FactUsed> Explainer::unless_given(const ListView<Event>& events) const {
    if (events) return {};
    return {{pointer_to(FactList::events), NotGiven{}}};
}

std::vector<FactUsed> Explainer::first_of_day(EventType type, Day on) const {
    std::vector<FactUsed> found = of_day(type, on);
    if (found.size() > 1) found.resize(1);
    return found;
}

std::vector<FactUsed> Explainer::of_day(EventType type, Day on) const {
    std::vector<FactUsed> found;
    const auto same = std::ranges::equal_range(*partner_.events, std::pair(on, type), {},
                                               [](const Event& each) { return std::pair(each.on, each.type); });
    for (const Event& each : same) found.push_back({pointer_to(FactList::events, each.position), each});
    return found;
}

}  // namespace designation
