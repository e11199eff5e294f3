#pragma once

#include <vector>

#include "designation/plan.hpp"

namespace DESIGNATION_API designation {

/// A step of a plan with its fee under other prices.
struct RepricedStep {
    Day on;
    EventType type{};
    Amount fee;
    Amount planned_fee;
    friend bool operator==(const RepricedStep&, const RepricedStep&) = default;
};

/// The fees of a plan's steps, on the same days, under other prices.
struct RepricedPlan {
    Amount fees;
    Amount planned_fees;
    Currency currency;  ///< of `fees`
    std::vector<RepricedStep> steps;
    friend bool operator==(const RepricedPlan&, const RepricedPlan&) = default;
};

/// Return the fees of a plan under other rules. Throws std::invalid_argument if their edition lacks an evaluation of
/// the plan.
RepricedPlan reprice(const Plan& plan, const Rules& rules);

}  // namespace designation
