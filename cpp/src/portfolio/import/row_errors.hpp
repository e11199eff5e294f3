#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "designation/diagnostic.hpp"
#include "portfolio/import/batch.hpp"

namespace designation::portfolio {

/// What is wrong with a row of a batch; each problem's pointer begins at the row. Empty where nothing is.
Diagnostics problems_of(const Batch& batch, std::int64_t row, bool wants_day);

/// RowErrors of a table: the first ones, and how many there are.
class RowErrors {
 public:
    static constexpr std::size_t most = 100;

    /// Adds the problems of a row under its number and id.
    void add(Diagnostics problems, std::int64_t row, std::string_view id);
    /// Adds those of later rows.
    void add(RowErrors later);
    bool empty() const noexcept { return count_ == 0; }
    /// Those that are kept, and one more that counts the rest.
    Diagnostics take() &&;

 private:
    Diagnostics kept_;
    std::size_t count_ = 0;
    std::size_t rows_ = 0;
};

/// What is wrong with a row, in one line.
std::string in_one_line(const Diagnostics& problems);

}  // namespace designation::portfolio
