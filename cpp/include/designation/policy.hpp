#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "designation/rulebook.hpp"

namespace DESIGNATION_API designation {

/// The members of an availability that a policy overrides. A member that is present replaces the edition's, even if its
/// value is absent (null).
struct AvailabilityOverride {
    std::optional<std::optional<Day>> not_before;
    std::optional<std::optional<Day>> announced_by;
    std::optional<std::optional<Day>> available_from;
    friend bool operator==(const AvailabilityOverride&, const AvailabilityOverride&) = default;
};

/// A limit on the fees of a fiscal year, which is named by the year in which it ends.
struct FiscalYearBudget {
    int fiscal_year = 0;
    Amount at_most;
    friend bool operator==(const FiscalYearBudget&, const FiscalYearBudget&) = default;
};

/// The constraints on plans.
struct Planning {
    PerValue<Evaluation, std::optional<int>> lead_days;
    PerValue<Evaluation, std::optional<int>> retry_days;  ///< room for a second try; it does not constrain a plan
    std::vector<Interval> blocked;
    std::vector<FiscalYearBudget> budgets;
    friend bool operator==(const Planning&, const Planning&) = default;
};

/// The user's own thresholds for support metrics. They are not rules of the program.
struct CaseRateThreshold {
    double at_most = 0;
    double per = 0;
    std::string unit;
    friend bool operator==(const CaseRateThreshold&, const CaseRateThreshold&) = default;
};
struct Thresholds {
    std::optional<CaseRateThreshold> case_rate;
    std::optional<double> csat_at_least;
    friend bool operator==(const Thresholds&, const Thresholds&) = default;
};

/// The user's choices and overrides.
struct Policy {
    std::optional<std::string> edition;
    ReadingChoices interpretations;
    PerValue<Offer, std::optional<AvailabilityOverride>> availability;
    PerValue<Evaluation, FeeSchedule> fees;
    Planning planning;
    Thresholds thresholds;
    std::string notes;
    friend bool operator==(const Policy&, const Policy&) = default;
};

}  // namespace designation
