#pragma once

#include <optional>

#include "designation/evaluation.hpp"
#include "designation/rules.hpp"
#include "designation/term.hpp"

namespace DESIGNATION_API designation {

/// SSD-J1: the attempt that is open, if one is, and what was decided of late.
struct AttemptState {
    std::optional<Day> started_on;
    std::optional<Event> eligibility_decision;  ///< the last one
    std::optional<Day> case_volume_on;          ///< of the last validation
    std::optional<Day> case_rate_on;            ///< of the last determination

    bool open() const noexcept { return started_on.has_value(); }

    /// The last eligibility decision, where it is dated on or after the start of the open attempt.
    std::optional<Outcome> decision_in_attempt() const noexcept;
};

/// SSD-J2: whether a step of a designation that is not held is done.
bool is_done(Step step, const AttemptState& attempt, const Passes& passes, Day on, const Rules& rules) noexcept;

/// The journey as of a day. `step` and `waiting_on` are absent where it is held or unknown.
struct Journey {
    std::optional<Step> step;
    Sequence<Step> completed;  ///< in the edition's order
    std::optional<Actor> waiting_on;
    friend bool operator==(const Journey&, const Journey&) = default;
};

/// SSD-J3 as of a day.
Journey journey(Status status, const AttemptState& attempt, const Passes& passes, Day as_of,
                const Rules& rules) noexcept;

}  // namespace designation
