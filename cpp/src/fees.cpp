#include "designation/fees.hpp"

#include <algorithm>
#include <iterator>

namespace designation {

Amount fee(Evaluation evaluation, Day on, const Rules& rules) noexcept {
    const FeeSchedule& schedule = rules.fees[evaluation];
    const auto later = std::ranges::upper_bound(schedule, on, {}, &FeeFrom::from);
    return std::prev(later)->amount;
}

// SSD-F1
Amount outstanding(const Evaluations& evaluations, const std::optional<Renewal>& renewal, Day as_of,
                   const Rules& rules) noexcept {
    Amount total;
    for (const Evaluation evaluation : all_evaluations) {
        const bool missing =
            renewal ? renewal->missing.contains(evaluation) : evaluations[evaluation].verdict == Verdict::unmet;
        if (missing) total += fee(evaluation, as_of, rules);
    }
    return total;
}

// SSD-F2
bool is_due(Status status, const AttemptState& attempt) noexcept {
    if (status == Status::renewal_open || status == Status::renewal_overdue) return true;
    return !is_held(status) && attempt.open() && attempt.decision_in_attempt() != Outcome::ineligible;
}

}  // namespace designation
