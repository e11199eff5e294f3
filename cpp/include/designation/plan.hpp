#pragma once

#include <optional>
#include <string>
#include <vector>

#include "designation/date.hpp"
#include "designation/facts.hpp"
#include "designation/fees.hpp"
#include "designation/interpretation.hpp"
#include "designation/money.hpp"
#include "designation/rules.hpp"

namespace DESIGNATION_API designation {

/// A dated step of a plan: an evaluation that is taken and passed, an award or a renewal.
struct PlanStep {
    Day on;
    Day latest;  ///< the last day on which it still leads to the plan's fees and lapsed days, the other steps moving
                 ///< too
    EventType type{};
    Actor actor{};
    std::optional<Actor> then;  ///< who acts once the first actor has done its part
    Amount fee;
    std::optional<Day> anniversary;    ///< the one whose renewal it is for; absent on the way to the badge
    std::optional<Day> valid_through;  ///< what an evaluation makes true: its pass is in force through this day
    std::optional<Day> expires_on;     ///< what a decision makes true: the anniversary up to which the term then runs
    friend bool operator==(const PlanStep&, const PlanStep&) = default;
};

/// A schedule that keeps the designation, and what it costs.
struct Plan {
    Amount fees;
    int lapsed_days = 0;          ///< on which the term is over and the renewal still to come
    Day held_from;                ///< the day of the plan, or of its award
    Day held_until;               ///< the anniversary that the last decision leaves; it no longer belongs to the term
    std::vector<PlanStep> steps;  ///< in the order of their days
    SetOf<Interpretation> readings;  ///< under their alternatives the schedule is not valid or has other measures
    friend bool operator==(const Plan&, const Plan&) = default;
};

/// Why there is no plan.
struct Impossible {
    std::optional<Day> anniversary;        ///< the one that no plan renews; absent where the badge is not reached
    std::vector<std::string> constraints;  ///< JSON Pointers into the policy: without any of them there is a plan
    friend bool operator==(const Impossible&, const Impossible&) = default;
};

/// Every plan that no other beats on both fees and lapsed days.
struct Plans {
    std::vector<Plan> front;               ///< fees rising, lapsed days falling
    std::optional<Impossible> impossible;  ///< where the events are known and there is no plan
    friend bool operator==(const Plans&, const Plans&) = default;

    /// The cheapest plan among those with the fewest lapsed days; null where there is none.
    const Plan* recommended() const noexcept { return front.empty() ? nullptr : &front.back(); }
};

/// How to keep the designation from `span.from` on and renew it at every anniversary through `span.through`. Events
/// after `span.from` are left out; every evaluation taken passes, and the prerequisites hold. Exact: no day is sampled
/// and no search is cut off. There is nothing in it where the events are unknown. Throws std::invalid_argument where
/// the span has no end or ends before it begins.
Plans plan(const PartnerView& partner, Interval span, const Rules& rules);

}  // namespace designation
