#pragma once

#include <vector>

#include "designation/evaluation.hpp"
#include "designation/finding.hpp"
#include "designation/journey.hpp"
#include "designation/term.hpp"

namespace designation {

/// What the events up to a day amount to.
struct History {
    Passes passes;
    TermState term;
    AttemptState attempt;
    FindingSet findings;
};

/// Replays the events up to a day, in order (spec, sections 4, 5 and 7). The events must be known.
History replay(const PartnerView& partner, Day as_of, const Rules& rules) noexcept;

/// The findings that the events up to a day raise, by day, then code, each once.
std::vector<Finding> findings_of_events(const PartnerView& partner, Day as_of, const Rules& rules);

}  // namespace designation
