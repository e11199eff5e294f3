#pragma once

#include <optional>

#include "designation/facts.hpp"
#include "designation/rules.hpp"
#include "designation/verdict.hpp"

namespace designation {

using Benefits = PerValue<Benefit, Verdict>;

/// SSD-B1 to SSD-B5 on a day. `first_awarded_on` is that of the first award that ever counted; `events_known` tells
/// whether its absence means that there was none.
Benefits benefits(const PartnerView& partner, Verdict in_force, std::optional<Day> first_awarded_on, bool events_known,
                  Day on, const Rules& rules) noexcept;

/// SSD-B5: what the early adoption discount amounts to; nothing where no contract in force states its value.
std::optional<Money> early_adoption_discount(const PartnerView& partner, Day on, const Rules& rules) noexcept;

}  // namespace designation
