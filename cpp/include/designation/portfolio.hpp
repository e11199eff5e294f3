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
#include "designation/checkpoint.hpp"
#include "designation/diagnostic.hpp"
#include "designation/partner.hpp"
#include "designation/rules.hpp"

namespace DESIGNATION_API designation {

/// The columns of a portfolio's result, in order. Those from `error` on are only in a result if they are asked for.
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
    error,
    deadline,
    overdue_since
};
template <>
inline constexpr std::array<std::string_view, 40> enum_names<PortfolioColumn>{"id",
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
                                                                              "error",
                                                                              "deadline",
                                                                              "overdue_since"};

/// What to do with a row that has an error: `raise` throws InputError with the errors of all rows; `null` leaves the
/// result of the row null and puts its errors into the column `error`.
enum class OnError : std::uint8_t { raise, null };
template <>
inline constexpr std::array<std::string_view, 2> enum_names<OnError>{"raise", "null"};

/// The options of `assess_portfolio`.
struct PortfolioOptions {
    /// A day; the name of a column of days; or several days, with a row of the result for each partner and day.
    std::variant<Day, std::string, std::vector<Day>> as_of;
    std::vector<PortfolioColumn> columns;  ///< the columns to compute, in this order; empty for all
    OnError on_error = OnError::raise;
    unsigned threads = 0;        ///< 0 for one per core
    std::int64_t first_row = 0;  ///< the number of the first row in diagnostics
    Checkpoint checkpoint;       ///< called between the chunks of the result
};

/// The columns computed for a portfolio, in chunks. Immutable; copies share the memory, and threads can share a result.
class PortfolioResult {
 public:
    struct Data;
    explicit PortfolioResult(std::shared_ptr<const Data> data) noexcept : data_(std::move(data)) {}

    std::int64_t rows() const noexcept;
    /// Return the columns of the table that were not read; a member of a list is `events.comment`.
    const std::vector<std::string>& unread() const noexcept;
    /// Export the columns as an Arrow stream, a new one for each call, which keeps their memory alive.
    void stream(ArrowArrayStream& out) const;

 private:
    std::shared_ptr<const Data> data_;
};

/// Assess each row of a table of partners, with the same results as `assess` for each partner. Pulls the stream once,
/// on the thread of the caller, and releases it. The threads that it starts have ended when it returns. Throws
/// InputError if required columns are missing or have the wrong type, or if rows have errors; std::invalid_argument if
/// the stream was already consumed or `as_of` is empty; std::runtime_error if the stream fails.
PortfolioResult assess_portfolio(ArrowArrayStream& table, const PortfolioOptions& options, const Rules& rules);

/// A partner read from a document, or why it could not be read.
struct PortfolioRow {
    std::shared_ptr<const Partner> partner;  ///< null if it could not be read
    std::optional<Day> as_of;                ///< if the options name a column of days
    std::string id;                          ///< if there is no partner
    std::string error;                       ///< if there is no partner
};

/// Assess partners that were read from documents.
PortfolioResult assess_portfolio(std::span<const PortfolioRow> rows, const PortfolioOptions& options,
                                 const Rules& rules);

}  // namespace designation
