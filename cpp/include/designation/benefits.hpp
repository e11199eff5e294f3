#pragma once

#include <optional>

#include "designation/eligibility.hpp"
#include "designation/facts.hpp"
#include "designation/rules.hpp"
#include "designation/term.hpp"
#include "designation/verdict.hpp"

namespace DESIGNATION_API designation {

using Benefits = PerValue<Benefit, Verdict>;

/// SSD-B1 to SSD-B5 on a date. `kinds` are those in force on that date; `state` is null if the events are unknown.
Benefits benefits(const PartnerView& partner, const KindsInForce& kinds, Verdict in_force, const TermState* state,
                  Day on, const Rules& rules) noexcept;

/// Tell whether a contract of a type is in force; unknown if the contracts are.
Verdict contract_in_force(const PartnerView& partner, const KindsInForce& kinds, ContractType type) noexcept;

/// SSD-B5: tell whether the first renewal of a contract of that type after the first award that ever counted is still
/// to come. `state` is null if the events are unknown.
Verdict next_renewal_is_ahead(const PartnerView& partner, ContractType type, const TermState* state, Day on) noexcept;

/// SSD-B5: return the amount of the early adoption discount, or nothing if no contract in force states its value.
std::optional<Money> early_adoption_discount(const PartnerView& partner, Day on, const Rules& rules) noexcept;

}  // namespace designation
