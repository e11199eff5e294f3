#pragma once

#include <optional>

#include "designation/evaluation.hpp"
#include "designation/journey.hpp"
#include "designation/renewal.hpp"
#include "designation/term.hpp"

namespace DESIGNATION_API designation {

/// The auditor's fee for an evaluation taken on a day.
Amount fee(Evaluation evaluation, Day on, const Rules& rules) noexcept;

/// The fiscal year of a day, named by the year in which it ends.
int fiscal_year(Day on, const Rules& rules) noexcept;

/// The days of a fiscal year.
Interval days_of_fiscal_year(int year, const Rules& rules) noexcept;

/// SSD-F as of a day, in units of the edition's currency; absent where the events are unknown.
struct Fees {
    std::optional<Amount> outstanding;  ///< SSD-F1
    std::optional<Amount> due;          ///< SSD-F2
    std::optional<Amount> incurred;     ///< SSD-F3
    friend bool operator==(const Fees&, const Fees&) = default;
};

/// SSD-F1: the fees as of a day of what is still to be passed.
Amount outstanding(const Evaluations& evaluations, const std::optional<Renewal>& renewal, Day as_of,
                   const Rules& rules) noexcept;

/// SSD-F2: whether what is outstanding can be acted on.
bool is_due(Status status, const AttemptState& attempt) noexcept;

}  // namespace designation
