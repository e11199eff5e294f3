#pragma once

#include <optional>
#include <vector>

#include "designation/evaluation.hpp"
#include "designation/facts.hpp"
#include "designation/term.hpp"

namespace designation {

/// The passes and the term that a partner's events result in.
struct Standing {
    Passes passes;
    TermState term;
};

/// A decision, and the evaluations that are taken and passed since the decision before it.
struct Cycle {
    EventType decision = EventType::renewal_approved;
    Day on;
    PerValue<Evaluation, std::optional<Day>> taken_on;
};

using Schedule = std::vector<Cycle>;

/// Return the evaluations among the steps of the edition's journey, in its order.
Sequence<Evaluation> evaluations_of(const Rules& rules) noexcept;

/// Return for how many days the designation lapses if the renewal of an anniversary is decided on a day.
int lapsed_days(Day anniversary, Day as_of, Day on, const Rules& rules) noexcept;

/// Return the first day on which a pass would be valid through `on` or later.
Day first_pass_in_force_on(Evaluation evaluation, Day on, const Rules& rules) noexcept;

/// Apply a cycle to a standing and return its lapsed days. Return nullopt if the decision is invalid: a renewal of a
/// designation that is not held, outside its window or without the evaluations that it requires; an award of one that
/// is held, or without the evaluations.
std::optional<int> apply(const Cycle& cycle, Standing& standing, Day as_of, const Rules& rules) noexcept;

/// Return the lapsed days of a schedule; nullopt if it does not keep the designation through the span.
std::optional<int> lapsed_days(const Schedule& schedule, Standing standing, Interval span, const Rules& rules) noexcept;

}  // namespace designation
