#pragma once

#include <vector>

#include "plan/constraints.hpp"
#include "plan/schedule.hpp"
#include "plan/search.hpp"

namespace designation {

/// The days on which to try a decision, and the days on which its passes must be in force, where the next year counts
/// from the anniversary.
struct DecisionDays {
    /// Earliest anniversary first. An interval of several days stands for those that are left out: no schedule with a
    /// decision on one of them is better than one with the first day's decision and the last day's passes.
    std::vector<std::vector<Interval>> by_anniversary;
    std::vector<Day> reference_days;  ///< of all anniversaries, sorted
};

/// Return the days that follow from a constant by at most `depth` passes, each of which lasts to a day of the next, and
/// the intervals between them.
DecisionDays decision_days(const Start& start, Day through, const Rules& rules, const Constraints& constraints,
                           int depth);

/// Picks a few days for each decision among which good plans are found soon, where the next year counts from the
/// decision: the days next to the anniversary, both ends of the window, the last day on which a pass supports one more
/// renewal, and the first days from which 1, 2, ... renewals on their anniversaries reach beyond the span.
class CandidateDays {
 public:
    /// Each day that just reaches beyond the span brings the `extra_days` after it, which make up for renewals before
    /// their anniversaries.
    CandidateDays(const Start& start, Interval span, const Rules& rules, const Constraints& constraints,
                  int extra_days);

    /// Return the candidates for the next decision, sorted, within `window`.
    std::vector<Day> candidates(const Standing& standing, Interval window) const;

 private:
    Day last_day_with_anniversary_before(Day day) const noexcept;

    const Rules& rules_;
    const Constraints& constraints_;
    int extra_days_;
    std::vector<Day> reaching_days_;  ///< from which 1, 2, ... renewals reach beyond the span
};

}  // namespace designation
