#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "designation/portfolio.hpp"
#include "portfolio/export/arrays.hpp"
#include "portfolio/export/columns.hpp"

namespace designation::portfolio {

/// The result of a partner on one of the requested days, or on several in sequence on which it is the same.
struct PartnerResult {
    std::string_view id;
    std::span<const Day> days;  ///< a row for each
    bool failed = false;        ///< the partner has errors: only its id, day and error are not null
    bool has_day = true;        ///< if false, the day is null as well
    Assessment assessment;
    std::optional<Day> next_change_on;
    std::span<const Finding> findings;  ///< without the lapsed prerequisite, which has the day of the row
    std::string_view error;
};

/// Builds one column of a chunk.
struct ColumnBuilder {
    ColumnBuilder(PortfolioColumn which, std::size_t rows);

    PortfolioColumn column;
    Buffer values;    ///< of a fixed size; of a flag, bits
    Buffer validity;  ///< empty if no value is null so far
    std::int64_t nulls = 0;
    std::vector<std::int32_t> offsets;       ///< of texts or lists
    std::string bytes;                       ///< of texts, or of the texts in lists
    std::vector<std::int32_t> text_offsets;  ///< of the texts in lists
    std::vector<std::int32_t> days;          ///< of the findings in lists
};

/// Writes results into the columns of one chunk.
class Writer {
 public:
    Writer(std::span<const PortfolioColumn> columns, const Rules& rules, std::size_t rows);

    /// Write the rows of the next results.
    void write(std::span<const PartnerResult> results);
    /// Return the chunk.
    Array finish(std::string_view edition) &&;

 private:
    struct FailedRow {
        std::size_t row;
        bool has_day;
    };

    const Rules& rules_;
    std::size_t rows_;
    std::size_t written_ = 0;
    std::vector<ColumnBuilder> builders_;
    std::vector<FailedRow> failed_rows_;
};

}  // namespace designation::portfolio
