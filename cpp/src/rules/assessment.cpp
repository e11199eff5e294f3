#include "designation/assessment.hpp"

#include <algorithm>

namespace designation {

Assessment assess(const PartnerView& partner, const History* history, Day as_of, const Rules& rules,
                  Parts wanted) noexcept {
    Assessment result;
    result.as_of = as_of;
    const KindsInForce kinds = kinds_in_force(partner, as_of);
    result.eligibility = eligibility(partner, kinds, as_of, rules);
    if (history) {
        const Status status = history->term.status(as_of, rules);
        const auto& record = history->term.record();
        result.evaluations = evaluate(history->passes, as_of, rules);
        if (is_held(status) && (wanted.contains(Part::renewal) || wanted.contains(Part::fees))) {
            result.renewal = renewal(result.eligibility.verdict, history->passes, record->decided_on,
                                     record->anniversary.day, as_of, rules);
        }
        if (wanted.contains(Part::journey)) {
            result.journey = journey(status, history->attempt, history->passes, as_of, rules);
        }
        if (wanted.contains(Part::fees)) {
            result.fees.outstanding = outstanding(result.evaluations, result.renewal, as_of, rules);
            result.fees.due = is_due(status, history->attempt) ? *result.fees.outstanding : Amount{};
            result.fees.incurred = history->incurred;
        }
        result.findings = history->findings;
    }
    result.term = term(history ? &history->term : nullptr, result.eligibility.verdict, as_of, rules);
    if (result.term.at_risk) result.findings.insert(FindingCode::prerequisite_lapsed);
    if (wanted.contains(Part::benefits)) {
        result.benefits =
            benefits(partner, kinds, result.term.in_force, history ? &history->term : nullptr, as_of, rules);
    }
    return result;
}

Assessment assess(const PartnerView& partner, Day as_of, const Rules& rules) noexcept {
    if (!partner.events) return assess(partner, nullptr, as_of, rules);
    const History history = replay(partner, as_of, rules);
    return assess(partner, &history, as_of, rules);
}

std::vector<Finding> findings(const PartnerView& partner, Day as_of, const Rules& rules) {
    if (!partner.events) return {};
    std::vector<Finding> found;
    Replay replay(partner, rules);
    complete_findings(found, assess(partner, &replay.advance(as_of, &found), as_of, rules).term, as_of);
    return found;
}

void complete_findings(std::vector<Finding>& found, const Term& term, Day as_of) {
    if (term.at_risk) found.push_back({as_of, FindingCode::prerequisite_lapsed});
    std::ranges::sort(found);
}

std::optional<int> days_left(const Assessment& assessment) noexcept {
    const auto& expires_on = assessment.term.expires_on;
    if (!expires_on || assessment.as_of >= *expires_on) return std::nullopt;
    return *expires_on - assessment.as_of;
}

}  // namespace designation
