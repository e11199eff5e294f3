#include "designation/renewal.hpp"

#include <algorithm>

namespace designation {

Day reference_day(Day anniversary, Day on, const Rules& rules) noexcept {
    return rules.readings.pass_reference_day == PassReferenceDay::decision ? on : std::max(anniversary, on);
}

bool carries_renewal(Evaluation evaluation, const Passes& passes, Day last_decision, Day anniversary, Day on,
                     const Rules& rules) noexcept {
    // SSD-R2
    if (rules.evaluations[evaluation].each_cycle) {
        const Attainments* pass = passes.counting(evaluation, rules);
        return pass && *pass->passed_on > last_decision && passes.in_force(evaluation, on, rules);
    }
    // SSD-R3, SSD-R4
    return passes.in_force(evaluation, reference_day(anniversary, on, rules), rules);
}

// SSD-R
Renewal renewal(Verdict eligibility, const Passes& passes, Day last_decision, Day anniversary, Day on,
                const Rules& rules) noexcept {
    Renewal result;
    result.verdict = eligibility;  // SSD-R1
    for (const StepParameters& step : rules.steps) {
        const auto evaluation = evaluation_of(step.step);
        if (!evaluation || carries_renewal(*evaluation, passes, last_decision, anniversary, on, rules)) continue;
        result.missing.push_back(*evaluation);
        result.verdict = Verdict::unmet;
    }
    return result;
}

}  // namespace designation
