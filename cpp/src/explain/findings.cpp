#include <algorithm>
#include <utility>

#include "explain/explainer.hpp"

namespace designation {

namespace {

/// Detaches nodes that describe another day from this assessment.
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

Explanation Explainer::of(const Finding& finding) const {
    const FindingText& text = rules_.rulebook->findings[finding.code];
    Explanation made = node(text.rule, std::nullopt);
    made.title = text.text;
    made.value = finding.on;
    if (partner_.events) {
        const auto all = findings(partner_, assessment_.as_of, rules_);
        const auto place = std::ranges::find(all, finding);
        if (place != all.end()) made.path = "/findings/" + std::to_string(place - all.begin()) + "/on";
        for (const EventType type : types_that_raise(finding.code)) {
            for (FactUsed& fact : of_day(type, finding.on)) made.facts.push_back(std::move(fact));
        }
    }
    const Assessment that_day = assess(partner_, finding.on, rules_);
    const Explainer then(that_day, partner_, rules_);
    switch (finding.code) {
        case FindingCode::award_before_launch: made.children.push_back(then.available(Offer::badge)); break;
        case FindingCode::award_without_capability:
            made.children.push_back(then.evaluation(Evaluation::capability));
            break;
        case FindingCode::award_without_performance:
            made.children.push_back(then.evaluation(Evaluation::performance));
            break;
        case FindingCode::award_without_csat: made.children.push_back(then.evaluation(Evaluation::csat)); break;
        case FindingCode::eligibility_differs:
        case FindingCode::prerequisite_lapsed:
        case FindingCode::registered_without_prerequisites: made.children.push_back(then.eligibility()); break;
        case FindingCode::renewal_unready:
            made.children.push_back(then.eligibility());
            for (const Evaluation each : all_evaluations) made.children.push_back(then.evaluation(each));
            break;
        default: break;
    }
    for (Explanation& child : made.children) remove_paths(child);
    return made;
}

}  // namespace designation
