#pragma once

#include <vector>

#include "plan/constraints.hpp"
#include "plan/schedule.hpp"
#include "plan/search.hpp"

namespace designation {

/// The days worth trying for the decisions of a term's anniversaries, and what a pass may be needed on, where the next
/// year counts from the anniversary.
struct DecisionDays {
    std::vector<std::vector<Day>> of;  ///< each anniversary, earliest first
    std::vector<Day> needed_on;        ///< in order
};

DecisionDays decision_days(const Beginning& beginning, Day through, const Rules& rules, const Constraints& constraints);

/// A few days for each decision, where the next year counts from it, among which good plans are soon found: around the
/// anniversary, on the edges of the window, where a pass just carries one renewal more, and where renewals on their
/// anniversaries reach beyond the span from there on.
class CandidateDays {
 public:
    /// `spare` days more than it takes to reach beyond the span are tried: they make up for renewals decided before
    /// their anniversaries.
    CandidateDays(const Beginning& beginning, Interval span, const Rules& rules, const Constraints& constraints,
                  int spare);

    /// In order, for the next decision; its window may begin late.
    std::vector<Day> candidates(const Standing& standing, Interval window) const;

 private:
    Day last_before_anniversary(Day day) const noexcept;

    const Rules& rules_;
    const Constraints& constraints_;
    int spare_;
    std::vector<Day> reaching_;  ///< the first days from which so many renewals on anniversaries reach beyond the span
};

}  // namespace designation
