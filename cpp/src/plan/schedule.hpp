#pragma once

#include <optional>
#include <vector>

#include "designation/evaluation.hpp"
#include "designation/facts.hpp"
#include "designation/term.hpp"

namespace designation {

/// What a partner's events leave: the passes and the term.
struct Standing {
    Passes passes;
    TermState term;
};

/// A decision, and the evaluations that are taken and passed since the one before.
struct Cycle {
    EventType decision = EventType::renewal_approved;
    Day on;
    PerValue<Evaluation, std::optional<Day>> taken;
};

using Schedule = std::vector<Cycle>;

/// The evaluations that the edition's journey names, in its order.
Sequence<Evaluation> evaluations_of(const Rules& rules) noexcept;

/// The days that a renewal decided on a day lets the designation lapse (spec, section 14).
int lapsed_days(Day anniversary, Day as_of, Day on, const Rules& rules) noexcept;

/// The first day on which a pass would still be in force on another day.
Day first_pass_in_force_on(Evaluation evaluation, Day on, const Rules& rules) noexcept;

/// Takes what a cycle does, and gives its lapsed days. Nothing where its decision is not to be had so: a renewal of
/// what is not held, outside its window or without the evaluations that carry it; an award of what is held, or without
/// them.
std::optional<int> take(const Cycle& cycle, Standing& standing, Day as_of, const Rules& rules) noexcept;

/// The lapsed days of a whole schedule; nothing where it does not keep the designation through the span.
std::optional<int> lapsed_days(const Schedule& schedule, Standing standing, Interval span, const Rules& rules) noexcept;

}  // namespace designation
