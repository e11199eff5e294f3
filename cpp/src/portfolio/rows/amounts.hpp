#pragma once

#include <cstdint>
#include <optional>

#include "designation/money.hpp"
#include "portfolio/import/batch.hpp"

namespace designation::portfolio {

/// Return the amount at a position; nullopt if it is null, out of range or has more than four decimal places.
std::optional<Amount> amount_at(const ArrowColumn& column, std::int64_t at) noexcept;

/// Return whether the annual value of a contract is null or valid.
bool has_valid_value(const Periods& contracts, std::int64_t at) noexcept;

}  // namespace designation::portfolio
