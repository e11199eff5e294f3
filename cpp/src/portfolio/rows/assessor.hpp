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
    bool judges;
    std::vector<Day> days;  ///< empty where each row has its own
    Interval span;          ///< from the first of the days through the last
};

/// Assesses rows and writes one chunk of the result.
class Assessor {
 public:
    /// If the options raise errors, those of the rows are added to `problems`.
    Assessor(const AssessorOptions& options, std::size_t rows, RowErrors& problems);

    /// Reads rows of a batch; `number` is what diagnostics call the first.
    void read(const Batch& batch, std::int64_t first, std::int64_t count, std::int64_t number);
    void read(std::span<const PortfolioRow> rows, std::int64_t number);
    Array finish() &&;

 private:
    static constexpr std::size_t rows_of_a_block = 64;

    void read_block(const Batch& batch, std::int64_t first, std::int64_t count, std::int64_t number);
    void assess(std::string_view id, const PartnerView& partner, std::span<const Day> days);
    void assess_on(std::string_view id, const PartnerView& partner, std::span<const Day> day);
    void assess_over(std::string_view id, const PartnerView& partner, std::span<const Day> days);
    void fail(std::string_view id, std::span<const Day> days, bool has_day, std::string why);
    PartnerResult& next_answer(std::string_view id, std::span<const Day> days);
    void write();

    const AssessorOptions& options_;
    RowErrors& problems_;
    Writer writer_;
    Block block_;
    std::vector<std::int32_t> row_days_;
    std::vector<Day> own_days_;
    // One for each answer that is not written yet; the memory is used again.
    std::vector<PartnerResult> answers_;
    std::vector<std::vector<Finding>> findings_;
    std::vector<std::string> errors_;
};

}  // namespace designation::portfolio
