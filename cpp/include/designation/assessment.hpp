#pragma once

#include <optional>
#include <vector>

#include "designation/benefits.hpp"
#include "designation/eligibility.hpp"
#include "designation/evaluation.hpp"
#include "designation/facts.hpp"
#include "designation/fees.hpp"
#include "designation/finding.hpp"
#include "designation/history.hpp"
#include "designation/journey.hpp"
#include "designation/renewal.hpp"
#include "designation/rules.hpp"
#include "designation/term.hpp"

namespace designation {

/// The answer as of a day, flat (spec, section 11).
struct Assessment {
    Day as_of;
    Eligibility eligibility;
    Evaluations evaluations;
    Term term;
    std::optional<Renewal> renewal;  ///< only while the designation is held
    Journey journey;
    Fees fees;
    Benefits benefits;
    FindingSet findings;  ///< the codes; `findings()` gives their days
    friend bool operator==(const Assessment&, const Assessment&) = default;
};

/// Assesses a partner as of a day. Pure; allocates nothing.
Assessment assess(const PartnerView& partner, Day as_of, const Rules& rules) noexcept;

/// The same from a replay up to the day; null where the events are unknown.
Assessment assess(const PartnerView& partner, const History* history, Day as_of, const Rules& rules) noexcept;

/// The findings as of a day, sorted by day, then code.
std::vector<Finding> findings(const PartnerView& partner, Day as_of, const Rules& rules);

/// Days to the anniversary while the term runs; nothing otherwise.
std::optional<int> days_left(const Assessment& assessment) noexcept;

}  // namespace designation
