#pragma once

#include "designation/evaluation.hpp"
#include "designation/rules.hpp"
#include "designation/term.hpp"

namespace DESIGNATION_API designation {

/// SSD-R: tell whether the designation can be renewed on a date.
struct Renewal {
    Verdict verdict = Verdict::unknown;
    Sequence<Evaluation> missing;  ///< those among SSD-R2 to SSD-R4 that are unmet, in the edition's order
    friend bool operator==(const Renewal&, const Renewal&) = default;
};

/// Return the date on which the passes of SSD-R3 and SSD-R4 must be in force (interpretation `pass_reference_day`).
Day reference_day(Day anniversary, Day on, const Rules& rules) noexcept;

/// SSD-R2 to SSD-R4: tell whether an evaluation supports a renewal that is decided on a date.
bool carries_renewal(Evaluation evaluation, const Passes& passes, Day last_decision, Day anniversary, Day on,
                     const Rules& rules) noexcept;

/// SSD-R as of a date, for an anniversary, given the date of the last decision that counted.
Renewal renewal(Verdict eligibility, const Passes& passes, Day last_decision, Day anniversary, Day on,
                const Rules& rules) noexcept;

/// Return the first date, not before `on`, on which a pass would support the renewal of an anniversary. The renewal is
/// assumed to be decided on `on` or, if that is later, on the date on which the renewal window opens.
Day earliest_pass(Evaluation evaluation, Day last_decision, Day anniversary, Day on, const Rules& rules) noexcept;

/// Return the deadline of the renewal of an anniversary as of `on`: the anniversary itself, on which a decision leaves
/// no lapsed day. Once it has passed, or if nothing lapses (interpretation `after_anniversary`), the date on which the
/// renewal window closes.
Day renew_by(Day anniversary, Day on, const Rules& rules) noexcept;

/// Return the anniversary once its renewal is overdue: it has passed, and the designation has lapsed.
std::optional<Day> renewal_overdue_since(Day anniversary, Day on, const Rules& rules) noexcept;

}  // namespace designation
