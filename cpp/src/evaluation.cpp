#include "designation/evaluation.hpp"

#include "designation/rules.hpp"

namespace designation {

std::optional<Evaluation> evaluation_of(EventType type) noexcept {
    switch (type) {
        case EventType::capability_evaluated: return Evaluation::capability;
        case EventType::case_rate_determined: return Evaluation::performance;
        case EventType::csat_evaluated: return Evaluation::csat;
        default: return std::nullopt;
    }
}

void Passes::take(const Event& event) noexcept {
    const auto evaluation = evaluation_of(event.type);
    if (!evaluation) return;
    Attainments& attainments = of[*evaluation];
    attainments.failed_since = event.outcome == Outcome::fail;
    if (event.outcome == Outcome::pass) attainments.passed_on = event.on;
}

// SSD-E
std::optional<Day> Passes::counting(Evaluation evaluation, const Rules& rules) const noexcept {
    const Attainments& attainments = of[evaluation];
    const bool undone =
        attainments.failed_since && rules.readings.failed_reevaluation == FailedReevaluation::latest_outcome_governs;
    return undone ? std::nullopt : attainments.passed_on;
}

Day valid_through(Evaluation evaluation, Day passed_on, const Rules& rules) noexcept {
    return add_years(passed_on, rules.evaluations[evaluation].validity_years, rules.readings.leap_day) - 1;
}

bool Passes::in_force(Evaluation evaluation, Day on, const Rules& rules) const noexcept {
    const auto passed_on = counting(evaluation, rules);
    return passed_on && *passed_on <= on && on <= valid_through(evaluation, *passed_on, rules);
}

Evaluations evaluate(const Passes& passes, Day as_of, const Rules& rules) noexcept {
    Evaluations results;
    for (const Evaluation evaluation : all_evaluations) {
        EvaluationResult& result = results[evaluation];
        result.passed_on = passes.counting(evaluation, rules);
        if (result.passed_on) result.valid_through = valid_through(evaluation, *result.passed_on, rules);
        result.verdict = met_if(result.passed_on && as_of <= *result.valid_through);
    }
    return results;
}

}  // namespace designation
