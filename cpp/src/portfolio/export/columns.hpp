#pragma once

#include <span>
#include <string_view>

#include "designation/portfolio.hpp"
#include "portfolio/export/arrays.hpp"

namespace designation::portfolio {

enum class Kind : std::uint8_t { text, day, word, flag, amount, words, findings };

/// What a column holds, what it needs, and whether it may be null in a row that was read.
struct ColumnSpec {
    Kind kind;
    Part needs;
    bool nullable;
    std::span<const std::string_view> words;
};

ColumnSpec spec_of(PortfolioColumn column) noexcept;

/// The columns of an answer: what they are called and how they lie.
Schema schema_of(std::span<const PortfolioColumn> columns);

/// What of an assessment the columns need.
Parts parts_of(std::span<const PortfolioColumn> columns);

}  // namespace designation::portfolio
