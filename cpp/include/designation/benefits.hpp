#pragma once

#include <optional>

#include "designation/eligibility.hpp"
#include "designation/facts.hpp"
#include "designation/rules.hpp"
#include "designation/term.hpp"
#include "designation/verdict.hpp"

namespace DESIGNATION_API designation {

using Benefits = PerValue<Benefit, Verdict>;

/// SSD-B1 to SSD-B5 on a day; `kinds` are those in force on it, `state` is null where the events are unknown.
Benefits benefits(const PartnerView& partner, const KindsInForce& kinds, Verdict in_force, const TermState* state,
                  Day on, const Rules& rules) noexcept;

/// Whether a contract of a type is among the kinds in force.
Verdict contract_in_force(const PartnerView& partner, const KindsInForce& kinds, ContractType type) noexcept;

/// SSD-B5: whether no renewal of a contract of that type has begun since the first award that ever counted; `state` is
/// null where the events are unknown.
Verdict next_renewal_is_ahead(const PartnerView& partner, ContractType type, const TermState* state, Day on) noexcept;

/// SSD-B5: what the early adoption discount amounts to; nothing where no contract in force states its value.
std::optional<Money> early_adoption_discount(const PartnerView& partner, Day on, const Rules& rules) noexcept;

}  // namespace designation
