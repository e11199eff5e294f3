#pragma once

#include <optional>

#include "designation/evaluation.hpp"
#include "designation/journey.hpp"
#include "designation/renewal.hpp"
#include "designation/term.hpp"

namespace DESIGNATION_API designation {

/// Return the auditor's fee for an evaluation taken on a date.
Amount fee(Evaluation evaluation, Day on, const Rules& rules) noexcept;

/// Return the fiscal year of a date, named by the calendar year in which it ends.
int fiscal_year(Day on, const Rules& rules) noexcept;

/// Return the first and the last date of a fiscal year.
Interval days_of_fiscal_year(int year, const Rules& rules) noexcept;

/// SSD-F as of a date, in units of the edition's currency; absent if the events are unknown.
struct Fees {
    std::optional<Amount> outstanding;  ///< SSD-F1
    std::optional<Amount> due;          ///< SSD-F2
    std::optional<Amount> incurred;     ///< SSD-F3
    friend bool operator==(const Fees&, const Fees&) = default;
};

/// SSD-F1: return the fees, as of a date, of the evaluations that are still to be passed.
Amount outstanding(const Evaluations& evaluations, const std::optional<Renewal>& renewal, Day as_of,
                   const Rules& rules) noexcept;

/// SSD-F2: tell whether the partner can act on the outstanding fees.
bool is_due(Status status, const AttemptState& attempt) noexcept;

}  // namespace designation
