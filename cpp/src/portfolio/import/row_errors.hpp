#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "designation/diagnostic.hpp"
#include "portfolio/import/batch.hpp"

namespace designation::portfolio {

/// Return the problems of a row in a batch. Their pointers start at the row.
Diagnostics find_problems(const Batch& batch, std::int64_t row, bool wants_day);

/// Collects the problems of a table's rows: the first ones, and their number.
class RowErrors {
 public:
    static constexpr std::size_t max_kept = 100;

    /// Add the problems of a row, with its number and id in their messages.
    void add(Diagnostics problems, std::int64_t row, std::string_view id);
    /// Add the problems of later rows.
    void add(RowErrors later);
    bool empty() const noexcept { return count_ == 0; }
    /// Return the problems that were kept, and one more that counts the rest.
    Diagnostics release() &&;

 private:
    Diagnostics kept_;
    std::size_t count_ = 0;
    std::size_t rows_ = 0;
};

/// Return problems as one line.
std::string join_problems(const Diagnostics& problems);

}  // namespace designation::portfolio
