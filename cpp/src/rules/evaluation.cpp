#include "designation/evaluation.hpp"

#include "designation/rules.hpp"

namespace designation {

void Passes::record(const Event& event, const Rules& rules) noexcept {
    const auto evaluation = evaluation_of(event.type);
    if (!evaluation) return;
    PassRecord& pass = by_evaluation[*evaluation];
    pass.failed_since = event.outcome == Outcome::fail;
    if (event.outcome != Outcome::pass) return;
    pass.passed_on = event.on;
    pass.valid_through = valid_through(*evaluation, event.on, rules);
}

// SSD-E
Day valid_through(Evaluation evaluation, Day passed_on, const Rules& rules) noexcept {
    return add_years(passed_on, rules.evaluations[evaluation].validity_years, rules.readings.leap_day) - 1;
}

const PassRecord* Passes::counting(Evaluation evaluation, const Rules& rules) const noexcept {
    const PassRecord& pass = by_evaluation[evaluation];
    const bool undone =
        pass.failed_since && rules.readings.failed_reevaluation == FailedReevaluation::latest_outcome_governs;
    return pass.passed_on && !undone ? &pass : nullptr;
}

bool Passes::in_force(Evaluation evaluation, Day on, const Rules& rules) const noexcept {
    const PassRecord* pass = counting(evaluation, rules);
    return pass && pass->in_force(on);
}

Evaluations evaluate(const Passes& passes, Day as_of, const Rules& rules) noexcept {
    Evaluations results;
    for (const Evaluation evaluation : all_evaluations) {
        const PassRecord* pass = passes.counting(evaluation, rules);
        if (pass) {
            results[evaluation] = {met_if(as_of <= pass->valid_through), pass->passed_on, pass->valid_through};
        } else {
            results[evaluation].verdict = Verdict::unmet;
        }
    }
    return results;
}

}  // namespace designation
