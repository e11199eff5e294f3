#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "designation/portfolio.hpp"
#include "designation/timeline.hpp"
#include "portfolio/import/batch.hpp"
#include "portfolio/import/row_errors.hpp"
#include "portfolio/rows/block.hpp"
#include "portfolio/rows/writer.hpp"

namespace designation::portfolio {

/// The options of a portfolio, resolved for the assessor.
struct AssessorOptions {
    AssessorOptions(const PortfolioOptions& requested, const Rules& rules);

    const Rules& rules;
    OnError on_error;
    std::vector<PortfolioColumn> columns;
    bool wants_findings;
    bool wants_next_change;
    Parts parts;
    bool raises_findings;
    std::vector<Day> days;  ///< empty if each row has its own
    Interval span;          ///< from the first of the days through the last
};

/// Assesses rows and writes one chunk of the result.
class Assessor {
 public:
    /// If the options raise errors, those of the rows are added to `problems`.
    Assessor(const AssessorOptions& options, std::size_t rows, RowErrors& problems);

    /// Assess rows of a batch; `row_number` is the number of the first one in diagnostics.
    void read(const Batch& batch, std::int64_t first, std::int64_t count, std::int64_t row_number);
    void read(std::span<const PortfolioRow> rows, std::int64_t row_number);
    Array finish() &&;

 private:
    static constexpr std::size_t rows_per_block = 64;

    void read_block(const Batch& batch, std::int64_t first, std::int64_t count, std::int64_t row_number);
    void assess(std::string_view id, const PartnerView& partner, std::span<const Day> days);
    void assess_day(std::string_view id, const PartnerView& partner, std::span<const Day> day);
    void assess_days(std::string_view id, const PartnerView& partner, std::span<const Day> days);
    void fail(std::string_view id, std::span<const Day> days, bool has_day, std::string why);
    PartnerResult& next_result(std::string_view id, std::span<const Day> days);
    void write();

    const AssessorOptions& options_;
    RowErrors& problems_;
    Writer writer_;
    Block block_;
    std::vector<std::int32_t> row_days_;
    std::vector<Day> checked_days_;
    // One for each result that is not written yet; the memory is reused.
    std::vector<PartnerResult> results_;
    std::vector<std::vector<Finding>> findings_;
    std::vector<std::string> errors_;
};

}  // namespace designation::portfolio
