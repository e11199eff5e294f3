#include "designation/evaluation.hpp"

#include "designation/rules.hpp"

namespace designation {

void Passes::take(const Event& event, const Rules& rules) noexcept {
    const auto evaluation = evaluation_of(event.type);
    if (!evaluation) return;
    Attainments& attainments = of[*evaluation];
    attainments.failed_since = event.outcome == Outcome::fail;
    if (event.outcome != Outcome::pass) return;
    attainments.passed_on = event.on;
    attainments.valid_through = valid_through(*evaluation, event.on, rules);
}

// SSD-E
Day valid_through(Evaluation evaluation, Day passed_on, const Rules& rules) noexcept {
    return add_years(passed_on, rules.evaluations[evaluation].validity_years, rules.readings.leap_day) - 1;
}

const Attainments* Passes::counting(Evaluation evaluation, const Rules& rules) const noexcept {
    const Attainments& attainments = of[evaluation];
    const bool undone =
        attainments.failed_since && rules.readings.failed_reevaluation == FailedReevaluation::latest_outcome_governs;
    return attainments.passed_on && !undone ? &attainments : nullptr;
}

bool Passes::in_force(Evaluation evaluation, Day on, const Rules& rules) const noexcept {
    const Attainments* pass = counting(evaluation, rules);
    return pass && pass->in_force(on);
}

Evaluations evaluate(const Passes& passes, Day as_of, const Rules& rules) noexcept {
    Evaluations results;
    for (const Evaluation evaluation : all_evaluations) {
        const Attainments* pass = passes.counting(evaluation, rules);
        if (pass) {
            results[evaluation] = {met_if(as_of <= pass->valid_through), pass->passed_on, pass->valid_through};
        } else {
            results[evaluation].verdict = Verdict::unmet;
        }
    }
    return results;
}

}  // namespace designation
