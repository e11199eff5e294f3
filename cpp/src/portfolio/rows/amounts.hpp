#pragma once

#include <cstdint>
#include <optional>

#include "designation/money.hpp"
#include "portfolio/import/batch.hpp"

namespace designation::portfolio {

/// The amount at a position; nothing where it is null or not a decimal with at most four places in range.
std::optional<Amount> amount_at(const ArrowColumn& column, std::int64_t at) noexcept;

/// Whether the annual value of a contract is null or good.
bool is_sound_money(const Periods& contracts, std::int64_t at) noexcept;

}  // namespace designation::portfolio
