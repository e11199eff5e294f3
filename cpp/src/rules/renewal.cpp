#include "designation/renewal.hpp"

#include <algorithm>

namespace designation {

Day reference_day(Day anniversary, Day on, const Rules& rules) noexcept {
    return rules.readings.pass_reference_day == PassReferenceDay::decision ? on : std::max(anniversary, on);
}

bool carries_renewal(Evaluation evaluation, const Passes& passes, Day last_decision, Day anniversary, Day on,
                     const Rules& rules) noexcept {
    const PassRecord* pass = passes.counting(evaluation, rules);
    if (!pass) return false;
    // SSD-R2
    if (rules.evaluations[evaluation].each_cycle) {
        const bool after_decision = *pass->passed_on > last_decision;
        return after_decision & pass->in_force(on);
    }
    // SSD-R3, SSD-R4
    return pass->in_force(reference_day(anniversary, on, rules));
}

Day earliest_pass(Evaluation evaluation, Day last_decision, Day anniversary, Day on, const Rules& rules) noexcept {
    const EvaluationParameters& parameters = rules.evaluations[evaluation];
    const Day decision = std::max(on, renewal_window(anniversary, rules).from);
    const bool on_decision = parameters.each_cycle || rules.readings.pass_reference_day == PassReferenceDay::decision;
    const Day reference = on_decision ? decision : std::max(anniversary, decision);
    Day day = std::max(on, add_years(reference, -parameters.validity_years, rules.readings.leap_day));
    if (parameters.each_cycle) day = std::max(day, last_decision + 1);
    while (valid_through(evaluation, day, rules) < reference) day = day + 1;
    return day;
}

Day renew_by(Day anniversary, Day on, const Rules& rules) noexcept {
    const bool lapses = rules.readings.after_anniversary == AfterAnniversary::lapsed;
    return lapses && on <= anniversary ? anniversary : renewal_window(anniversary, rules).through;
}

std::optional<Day> renewal_overdue_since(Day anniversary, Day on, const Rules& rules) noexcept {
    const bool lapses = rules.readings.after_anniversary == AfterAnniversary::lapsed;
    return lapses && on > anniversary ? std::optional(anniversary) : std::nullopt;
}

// SSD-R
Renewal renewal(Verdict eligibility, const Passes& passes, Day last_decision, Day anniversary, Day on,
                const Rules& rules) noexcept {
    Renewal result;
    result.verdict = eligibility;  // SSD-R1
    for (const StepParameters& step : rules.steps) {
        const auto evaluation = evaluation_of(step.step);
        if (!evaluation) continue;
        const bool carries = carries_renewal(*evaluation, passes, last_decision, anniversary, on, rules);
        result.missing.push_back_if(!carries, *evaluation);
        result.verdict &= met_if(carries);
    }
    return result;
}

}  // namespace designation
