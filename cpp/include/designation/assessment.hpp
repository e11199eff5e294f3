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

/// The assessment of a partner as of a date. Flat: it owns no memory.
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

/// The parts of an assessment that a caller can request.
enum class Part : std::uint8_t { eligibility, evaluations, term, renewal, journey, fees, benefits, findings };
template <>
inline constexpr std::array<std::string_view, 8> enum_names<Part>{"eligibility", "evaluations", "term",     "renewal",
                                                                  "journey",     "fees",        "benefits", "findings"};
using Parts = SetOf<Part>;

/// Assess a partner as of a date. Pure; allocates nothing.
Assessment assess(const PartnerView& partner, Day as_of, const Rules& rules) noexcept;

/// Assess from a replay of the events up to the date; `history` is null if the events are unknown. A part that is not
/// requested may keep its default value.
Assessment assess(const PartnerView& partner, const History* history, Day as_of, const Rules& rules,
                  Parts wanted = Parts::all()) noexcept;

/// Return the findings as of a date, sorted by date, then by code.
std::vector<Finding> findings(const PartnerView& partner, Day as_of, const Rules& rules);

/// Sort the findings of a replay, and add `prerequisite_lapsed` if the term is at risk.
void complete_findings(std::vector<Finding>& found, const Term& term, Day as_of);

/// Return the number of days until the anniversary, or nothing if no term is running.
std::optional<int> days_left(const Assessment& assessment) noexcept;

}  // namespace designation
