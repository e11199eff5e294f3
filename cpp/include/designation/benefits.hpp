#pragma once

#include <optional>

#include "designation/facts.hpp"
#include "designation/rules.hpp"
#include "designation/term.hpp"
#include "designation/verdict.hpp"

namespace designation {

using Benefits = PerValue<Benefit, Verdict>;

/// SSD-B1 to SSD-B5 on a day; `state` is null where the events are unknown.
Benefits benefits(const PartnerView& partner, Verdict in_force, const TermState* state, Day on,
                  const Rules& rules) noexcept;

/// SSD-B5: what the early adoption discount amounts to; nothing where no contract in force states its value.
std::optional<Money> early_adoption_discount(const PartnerView& partner, Day on, const Rules& rules) noexcept;

}  // namespace designation
