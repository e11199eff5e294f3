#pragma once

#include <optional>
#include <vector>

#include "plan/constraints.hpp"
#include "plan/schedule.hpp"

namespace designation {

/// A schedule of renewals and what it costs.
struct Found {
    Amount fees;
    int lapsed_days = 0;
    Day held_until;
    Schedule schedule;
};

struct Search {
    std::vector<Found> front;      ///< fees rising, lapsed days falling
    std::optional<Day> unreached;  ///< where it is empty: the last anniversary that came near
};

/// Where the renewals begin: what is held, the first day of the plan on which it is, and what it cost to get there.
struct Beginning {
    Standing standing;
    Day day;
    Schedule schedule;  ///< the award, where there is one
    Amount fees;
};

/// The whole Pareto front of fees and lapsed days of the renewals at every anniversary through a day.
Search search(const Beginning& beginning, Interval span, const Rules& rules, const Constraints& constraints);

}  // namespace designation
