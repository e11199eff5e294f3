#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "designation/arrow.hpp"
#include "designation/assessment.hpp"
#include "designation/diagnostic.hpp"
#include "designation/partner.hpp"
#include "designation/rules.hpp"

namespace DESIGNATION_API designation {

/// The columns of a portfolio's answer, in their order.
enum class PortfolioColumn : std::uint8_t {
    id,
    as_of,
    edition,
    eligibility,
    csp_authorization,
    support_contract,
    solutions_partner,
    capability,
    performance,
    csat,
    capability_passed_on,
    capability_valid_through,
    performance_passed_on,
    performance_valid_through,
    csat_passed_on,
    csat_valid_through,
    status,
    in_force,
    attained_on,
    expires_on,
    renewal_opens_on,
    renewal_closes_on,
    at_risk,
    renewal,
    renewal_missing,
    step,
    waiting_on,
    fees_outstanding,
    fees_due,
    fees_incurred,
    badge,
    marketplace_visibility,
    elevated_support,
    performance_credits,
    early_adoption_discount,
    findings,
    next_change_on,
    error
};
template <>
inline constexpr std::array<std::string_view, 38> words<PortfolioColumn>{"id",
                                                                         "as_of",
                                                                         "edition",
                                                                         "eligibility",
                                                                         "csp_authorization",
                                                                         "support_contract",
                                                                         "solutions_partner",
                                                                         "capability",
                                                                         "performance",
                                                                         "csat",
                                                                         "capability_passed_on",
                                                                         "capability_valid_through",
                                                                         "performance_passed_on",
                                                                         "performance_valid_through",
                                                                         "csat_passed_on",
                                                                         "csat_valid_through",
                                                                         "status",
                                                                         "in_force",
                                                                         "attained_on",
                                                                         "expires_on",
                                                                         "renewal_opens_on",
                                                                         "renewal_closes_on",
                                                                         "at_risk",
                                                                         "renewal",
                                                                         "renewal_missing",
                                                                         "step",
                                                                         "waiting_on",
                                                                         "fees_outstanding",
                                                                         "fees_due",
                                                                         "fees_incurred",
                                                                         "badge",
                                                                         "marketplace_visibility",
                                                                         "elevated_support",
                                                                         "performance_credits",
                                                                         "early_adoption_discount",
                                                                         "findings",
                                                                         "next_change_on",
                                                                         "error"};

/// What happens to a row that cannot be read: `raise` refuses the table with every problem, `null` keeps the row with
/// null answers and the problems in the column `error`.
enum class OnError : std::uint8_t { raise, null };
template <>
inline constexpr std::array<std::string_view, 2> words<OnError>{"raise", "null"};

/// What is asked of a portfolio.
struct PortfolioQuestion {
    /// One day; the name of a column of days; or days, with one row for each partner and day.
    std::variant<Day, std::string, std::vector<Day>> as_of;
    std::vector<PortfolioColumn> columns;  ///< only these, in this order, are computed; empty: all
    OnError on_error = OnError::raise;
    unsigned threads = 0;        ///< 0: as many as there are cores
    std::int64_t first_row = 0;  ///< the number that diagnostics give to the first row
};

/// The answer to a portfolio's question: columns, in chunks. Immutable; a copy shares the memory.
class PortfolioAnswer {
 public:
    struct Data;
    explicit PortfolioAnswer(std::shared_ptr<const Data> data) noexcept : data_(std::move(data)) {}

    std::int64_t rows() const noexcept;
    /// Columns of the table (`events.comment` for members of their lists) that are not read.
    const std::vector<std::string>& unread() const noexcept;
    /// Gives the columns as an Arrow stream, each time a new one; it keeps the memory alive.
    void stream(ArrowArrayStream& out) const;

 private:
    std::shared_ptr<const Data> data_;
};

/// Assesses each row of a table of partners, columns in and columns out: the same answers as `assess` gives for each
/// partner. The stream is pulled once and then released.
/// Throws InputError where the table has not the columns of a portfolio, or with the problems of its rows;
/// std::invalid_argument for a stream that was consumed, std::runtime_error where the stream fails.
PortfolioAnswer assess_portfolio(ArrowArrayStream& table, const PortfolioQuestion& question, const Rules& rules);

/// A row that was read as a document, or what was wrong with it.
struct PortfolioRow {
    std::shared_ptr<const Partner> partner;  ///< null where it could not be read
    std::optional<Day> as_of;                ///< where the question names a column of days
    std::string id;                          ///< of a row that could not be read
    std::string error;                       ///< why not
};

/// The same for partners that were read as documents.
PortfolioAnswer assess_portfolio(std::span<const PortfolioRow> rows, const PortfolioQuestion& question,
                                 const Rules& rules);

}  // namespace designation
