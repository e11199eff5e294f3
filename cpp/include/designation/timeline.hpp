#pragma once

#include <optional>
#include <vector>

#include "designation/assessment.hpp"
#include "designation/date.hpp"
#include "designation/facts.hpp"
#include "designation/rules.hpp"

namespace designation {

/// A maximal run of days on which the state is the same (spec, section 13). The state is the contract of the assessment
/// without `as_of`, its findings taken as a set.
struct Segment {
    Interval days;
    Assessment assessment;  ///< as of the first of the days
};

/// The runs of equal state that cover the days from `span.from` through `span.through`. Exact; the cost grows with the
/// facts and the changes, not with the days. Throws std::invalid_argument where the span has no end or ends before it
/// begins.
std::vector<Segment> timeline(const PartnerView& partner, Interval span, const Rules& rules);

/// The state before and after the first later day on which it differs.
struct Change {
    Assessment before;  ///< as of the day asked for
    Assessment after;   ///< as of the day of the change
};

/// The first day after `as_of` on which the state differs if nothing but the facts happens; nothing where it never
/// does.
std::optional<Change> next_change(const PartnerView& partner, Day as_of, const Rules& rules) noexcept;

}  // namespace designation
