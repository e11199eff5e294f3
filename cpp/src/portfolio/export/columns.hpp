#pragma once

#include <span>
#include <string_view>

#include "designation/portfolio.hpp"
#include "portfolio/export/arrays.hpp"

namespace designation::portfolio {

enum class Kind : std::uint8_t { text, day, word, flag, amount, words, findings };

/// How a column is stored and computed.
struct ColumnSpec {
    Kind kind;
    Part part;      ///< the part of the assessment that it shows
    bool nullable;  ///< in a row without errors
    std::span<const std::string_view> dictionary;
};

ColumnSpec spec_of(PortfolioColumn column) noexcept;

/// Return the Arrow schema of a result with these columns.
Schema schema_of(std::span<const PortfolioColumn> columns);

/// Return the parts of an assessment that the columns show.
Parts parts_of(std::span<const PortfolioColumn> columns);

}  // namespace designation::portfolio
