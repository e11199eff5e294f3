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

namespace DESIGNATION_API designation {

/// The answer as of a day, flat.
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

/// The parts of an assessment, for those who do not need them all.
enum class Part : std::uint8_t { eligibility, evaluations, term, renewal, journey, fees, benefits, findings };
template <>
inline constexpr std::array<std::string_view, 8> words<Part>{"eligibility", "evaluations", "term",     "renewal",
                                                             "journey",     "fees",        "benefits", "findings"};
using Parts = SetOf<Part>;

/// Assesses a partner as of a day. Pure; allocates nothing.
Assessment assess(const PartnerView& partner, Day as_of, const Rules& rules) noexcept;

/// The same from a replay up to the day; null where the events are unknown. A part that is not wanted may stay as a
/// fresh assessment has it.
Assessment assess(const PartnerView& partner, const History* history, Day as_of, const Rules& rules,
                  Parts wanted = Parts::all()) noexcept;

/// The findings as of a day, sorted by day, then code.
std::vector<Finding> findings(const PartnerView& partner, Day as_of, const Rules& rules);

/// Sorts the findings of a replay, and adds that of prerequisites that lapsed where the term is at risk.
void complete_findings(std::vector<Finding>& found, const Term& term, Day as_of);

/// Days to the anniversary while the term runs; nothing otherwise.
std::optional<int> days_left(const Assessment& assessment) noexcept;

}  // namespace designation
