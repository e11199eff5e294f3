#include "designation/explanation.hpp"

#include <algorithm>

#include "explain/explainer.hpp"

namespace designation {

Explanation explain(const Assessment& assessment, const PartnerView& partner, const Rules& rules, Rule rule) {
    return Explainer(assessment, partner, rules).explain(rule);
}

Explanation explain(const Assessment& assessment, const PartnerView& partner, const Rules& rules,
                    const Finding& finding) {
    return Explainer(assessment, partner, rules).explain(finding);
}

namespace {

void collect_facts_needed(const Explanation& explanation, std::vector<std::string>& needed) {
    for (const FactUsed& fact : explanation.facts) {
        if (!std::holds_alternative<NotGiven>(fact.value)) continue;
        if (std::ranges::find(needed, fact.pointer) == needed.end()) needed.push_back(fact.pointer);
    }
    for (const Explanation& child : explanation.children) collect_facts_needed(child, needed);
}

}  // namespace

std::vector<std::string> facts_needed(const Explanation& explanation) {
    std::vector<std::string> needed;
    collect_facts_needed(explanation, needed);
    return needed;
}

const Explanation* root_cause(const Explanation& explanation) noexcept {
    if (!explanation.verdict || explanation.verdict == Verdict::met) return nullptr;
    // Eligibility comes before every other step, so where it is the same, it is the nearest obstacle.
    const auto eligibility = std::ranges::find(explanation.children, Rule::p, &Explanation::rule);
    if (eligibility != explanation.children.end() && eligibility->verdict == explanation.verdict) {
        return root_cause(*eligibility);
    }
    for (const bool counting : {true, false}) {
        for (const Explanation& child : explanation.children) {
            if (child.counts == counting && child.verdict == explanation.verdict) return root_cause(child);
        }
    }
    return &explanation;
}

std::optional<std::string> why_not(const Explanation& explanation) {
    const Explanation* const cause = root_cause(explanation);
    if (!cause) return std::nullopt;
    std::string text = std::string(to_string(cause->rule)) + ' ' + cause->title + " is " +
                       (cause->verdict == Verdict::unmet ? "not met" : "unknown");
    if (const auto& shortfall = cause->shortfall) {
        text += ": " + shortfall->found + "; required: " + shortfall->required;
        if (shortfall->possible_from) text += "; possible from " + to_string(*shortfall->possible_from);
    }
    return text;
}

}  // namespace designation
