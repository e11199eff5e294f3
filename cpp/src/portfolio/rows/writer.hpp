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

/// One row of the answer, or as many as there are days on which it is the same.
struct Answer {
    std::string_view id;
    std::span<const Day> days;  ///< a row for each
    bool failed = false;        ///< null answers
    bool has_day = true;        ///< false: the day is null, too
    Assessment assessment;
    std::optional<Day> next_change_on;
    std::span<const Finding> findings;  ///< without that of the lapse, which carries the row's day
    std::string_view error;
};

/// One column while it is written.
struct Draft {
    Draft(PortfolioColumn of, std::size_t rows);

    PortfolioColumn column;
    Buffer values;    ///< of fixed size, or the bits of a flag
    Buffer validity;  ///< empty until a null may come
    std::int64_t nulls = 0;
    std::vector<std::int32_t> offsets;       ///< of a text or a list
    std::string bytes;                       ///< of a text, or of the texts in a list
    std::vector<std::int32_t> text_offsets;  ///< of the texts in a list
    std::vector<std::int32_t> days;          ///< of findings
};

/// Writes rows into columns.
class Writer {
 public:
    Writer(std::span<const PortfolioColumn> columns, std::size_t rows);

    /// Writes the next rows.
    void write(std::span<const Answer> answers);
    /// The columns, as one chunk.
    Array finish(std::string_view edition) &&;

 private:
    std::size_t rows_;
    std::size_t written_ = 0;
    std::vector<Draft> drafts_;
    struct Failed {
        std::size_t row;
        bool has_day;
    };
    std::vector<Failed> failed_;
};

}  // namespace designation::portfolio
