#pragma once

#include "designation/evaluation.hpp"
#include "designation/rules.hpp"
#include "designation/term.hpp"

namespace DESIGNATION_API designation {

/// SSD-R: whether a decision taken on the day would renew.
struct Renewal {
    Verdict verdict = Verdict::unknown;
    Sequence<Evaluation> missing;  ///< those among SSD-R2 to SSD-R4 that are unmet, in the edition's order
    friend bool operator==(const Renewal&, const Renewal&) = default;
};

/// The day on which the passes of SSD-R3 and SSD-R4 must be in force (interpretation `pass_reference_day`).
Day reference_day(Day anniversary, Day on, const Rules& rules) noexcept;

/// SSD-R2 to SSD-R4: whether an evaluation carries a renewal decided on a day.
bool carries_renewal(Evaluation evaluation, const Passes& passes, Day last_decision, Day anniversary, Day on,
                     const Rules& rules) noexcept;

/// SSD-R as of a day, for the anniversary given, with the day of the last counted decision.
Renewal renewal(Verdict eligibility, const Passes& passes, Day last_decision, Day anniversary, Day on,
                const Rules& rules) noexcept;

/// The first day from `on` on on which a pass would carry the renewal of an anniversary that is decided as soon as its
/// window, and that day, allow.
Day earliest_pass(Evaluation evaluation, Day last_decision, Day anniversary, Day on, const Rules& rules) noexcept;

/// The last day on which the renewal of an anniversary comes in time, seen from `on`: while the designation stays in
/// force (interpretation `after_anniversary`), and once it is not, until the window closes.
Day renew_by(Day anniversary, Day on, const Rules& rules) noexcept;

}  // namespace designation
