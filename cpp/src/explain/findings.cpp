#include <algorithm>
#include <utility>

#include "explain/explainer.hpp"

namespace designation {

namespace {

/// Detach a node from the assessment, because it describes another day.
void remove_paths(Explanation& explanation) {
    explanation.path.clear();
    explanation.counts = false;
    for (Explanation& child : explanation.children) remove_paths(child);
}

std::vector<EventType> types_that_raise(FindingCode code) {
    switch (code) {
        case FindingCode::registered_without_prerequisites: return {EventType::interest_registered};
        case FindingCode::eligibility_differs: return {EventType::eligibility_decided};
        case FindingCode::step_out_of_order:
            return {EventType::capability_evaluated, EventType::case_rate_determined, EventType::csat_evaluated};
        case FindingCode::renewal_gap:
        case FindingCode::renewal_outside_window:
        case FindingCode::renewal_unready: return {EventType::renewal_approved};
        case FindingCode::prerequisite_lapsed: return {};
        default: return {EventType::badge_awarded};
    }
}

}  // namespace

Explanation Explainer::explain(const Finding& finding) const {
    const FindingText& text = rules_.rulebook->findings[finding.code];
    Explanation node = new_node(text.rule, std::nullopt);
    node.title = text.text;
    node.value = finding.on;
    if (partner_.events) {
        const auto all = findings(partner_, assessment_.as_of, rules_);
        const auto found = std::ranges::find(all, finding);
        if (found != all.end()) node.path = "/findings/" + std::to_string(found - all.begin()) + "/on";
        for (const EventType type : types_that_raise(finding.code)) {
            for (FactUsed& fact : events_on(type, finding.on)) node.facts.push_back(std::move(fact));
        }
    }
    const Assessment that_day = assess(partner_, finding.on, rules_);
    node.children = Explainer(that_day, partner_, rules_).explain_cause(finding.code);
    for (Explanation& child : node.children) remove_paths(child);
    return node;
}

std::vector<Explanation> Explainer::explain_cause(FindingCode code) const {
    switch (code) {
        case FindingCode::award_before_launch: return {explain_availability(Offer::badge)};
        case FindingCode::award_without_capability: return {explain_evaluation(Evaluation::capability)};
        case FindingCode::award_without_performance: return {explain_evaluation(Evaluation::performance)};
        case FindingCode::award_without_csat: return {explain_evaluation(Evaluation::csat)};
        case FindingCode::eligibility_differs:
        case FindingCode::prerequisite_lapsed:
        case FindingCode::registered_without_prerequisites: return {explain_eligibility()};
        case FindingCode::renewal_unready:
            return {explain_eligibility(), explain_evaluation(Evaluation::capability),
                    explain_evaluation(Evaluation::performance), explain_evaluation(Evaluation::csat)};
        default: return {};
    }
}

}  // namespace designation
