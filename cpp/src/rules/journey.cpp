#include "designation/journey.hpp"

namespace designation {

std::optional<Outcome> AttemptState::decision_in_attempt() const noexcept {
    if (!started_on || !eligibility_decision || eligibility_decision->on < *started_on) return std::nullopt;
    return eligibility_decision->outcome;
}

// SSD-J2
bool is_done(Step step, const AttemptState& attempt, const Passes& passes, Day on, const Rules& rules) noexcept {
    if (const auto evaluation = evaluation_of(step)) return passes.in_force(*evaluation, on, rules);
    switch (step) {
        case Step::register_interest: return attempt.is_open();
        case Step::eligibility_validation: return attempt.decision_in_attempt() == Outcome::eligible;
        default: return false;
    }
}

namespace {

/// Tell whether the first actor of a step is done, so that the second actor acts (SSD-J3).
bool second_actor_acts(Step step, const AttemptState& attempt) noexcept {
    switch (step) {
        case Step::eligibility_validation: return attempt.decision_in_attempt() == Outcome::ineligible;
        case Step::performance:
            return attempt.is_open() && attempt.case_volume_on && *attempt.case_volume_on >= *attempt.started_on &&
                   (!attempt.case_rate_on || *attempt.case_volume_on > *attempt.case_rate_on);
        default: return false;
    }
}

}  // namespace

// SSD-J3
Journey journey(Status status, const AttemptState& attempt, const Passes& passes, Day as_of,
                const Rules& rules) noexcept {
    Journey result;
    if (status == Status::unknown) return result;
    for (const StepParameters& next : rules.steps) {
        if (is_held(status) || is_done(next.step, attempt, passes, as_of, rules)) {
            result.completed.push_back(next.step);
        } else if (!result.step) {
            result.step = next.step;
            result.waiting_on = next.then && second_actor_acts(next.step, attempt) ? next.then : next.actor;
        }
    }
    return result;
}

}  // namespace designation
