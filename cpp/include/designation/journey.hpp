#pragma once

#include <optional>

#include "designation/evaluation.hpp"
#include "designation/rules.hpp"
#include "designation/term.hpp"

namespace DESIGNATION_API designation {

/// SSD-J1: the open attempt, if there is one, and the latest decisions.
struct AttemptState {
    std::optional<Day> started_on;
    std::optional<Event> eligibility_decision;  ///< the last one
    std::optional<Day> case_volume_on;          ///< the date of the last validation
    std::optional<Day> case_rate_on;            ///< the date of the last determination

    bool is_open() const noexcept { return started_on.has_value(); }

    /// Return the outcome of the last eligibility decision, or nothing if it is older than the open attempt.
    std::optional<Outcome> decision_in_attempt() const noexcept;
};

/// SSD-J2: tell whether a step is done while the designation is not held.
bool is_done(Step step, const AttemptState& attempt, const Passes& passes, Day on, const Rules& rules) noexcept;

/// The journey as of a date. `step` and `waiting_on` are absent if the designation is held or its status is unknown.
struct Journey {
    std::optional<Step> step;
    Sequence<Step> completed;  ///< in the edition's order
    std::optional<Actor> waiting_on;
    friend bool operator==(const Journey&, const Journey&) = default;
};

/// SSD-J3 as of a date.
Journey journey(Status status, const AttemptState& attempt, const Passes& passes, Day as_of,
                const Rules& rules) noexcept;

}  // namespace designation
