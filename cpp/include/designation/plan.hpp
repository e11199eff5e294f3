#pragma once

#include <optional>
#include <string>
#include <vector>

#include "designation/checkpoint.hpp"
#include "designation/date.hpp"
#include "designation/facts.hpp"
#include "designation/fees.hpp"
#include "designation/interpretation.hpp"
#include "designation/money.hpp"
#include "designation/rules.hpp"
#include "designation/safe_by.hpp"

namespace DESIGNATION_API designation {

/// A dated step of a plan: an evaluation that is taken and passed, an award or a renewal.
struct PlanStep {
    Day on;
    Day latest;  ///< the last day that keeps the plan's fees and lapsed days, if the other steps move as well
    EventType type{};
    Actor actor{};
    std::optional<Actor> then;  ///< who acts once the first actor is done
    Amount fee;
    std::optional<int> retry_days;     ///< of an evaluation: the days that the policy keeps free for a second try
    std::optional<Day> safe_by;        ///< the last day that leaves them free; absent if no possible day does
    bool is_repeat = false;            ///< a second or later pass of an evaluation between two decisions
    std::optional<Day> anniversary;    ///< the anniversary to be renewed; absent for steps toward the badge
    std::optional<Day> valid_through;  ///< of an evaluation: the last day on which its pass is in force
    std::optional<Day> expires_on;     ///< of a decision: the anniversary on which the term then expires
    friend bool operator==(const PlanStep&, const PlanStep&) = default;
};

/// A schedule that keeps the designation, and what it costs.
struct Plan {
    Amount fees;
    int lapsed_days = 0;          ///< after an anniversary and before its renewal
    Day held_from;                ///< the first day of the plan, or the day of its award
    Day held_until;               ///< the anniversary on which the last term expires; not held on that day
    std::vector<PlanStep> steps;  ///< in the order of their days
    /// The interpretations that the plan depends on: under the other reading it is invalid or has other lapsed days.
    SetOf<Interpretation> readings;
    int repeats = 0;  ///< the number of steps that repeat an evaluation
    friend bool operator==(const Plan&, const Plan&) = default;
};

/// Why there is no plan.
struct Impossible {
    std::optional<Day> anniversary;        ///< that no plan can renew; absent if no plan can attain the badge
    std::vector<std::string> constraints;  ///< JSON Pointers into the policy; without any one of them there is a plan
    friend bool operator==(const Impossible&, const Impossible&) = default;
};

/// Every plan that no other plan beats on both fees and lapsed days. Empty if the events are unknown.
struct Plans {
    std::vector<Plan> front;               ///< fees rising, lapsed days falling
    std::optional<Plan> recommended;       ///< of the plans with the fewest lapsed days, by fees and worth of repeats
    std::optional<Plan> without_repeats;   ///< if the recommended plan has repeats: the cheapest that lapses as little
    std::optional<Impossible> impossible;  ///< present if the events are known and there is no plan
    friend bool operator==(const Plans&, const Plans&) = default;
};

/// Return what the repeats of the recommended plan save, against the cheapest plan without repeats that lapses as
/// little; nothing if there are no repeats or no such plan.
std::optional<Amount> saved_by_repeats(const Plans& plans) noexcept;

/// Return the plans that hold the designation from `span.from` on and renew it at every anniversary in the span.
/// Assumes that every evaluation is passed and that the prerequisites stay met; ignores events after `span.from`. The
/// recommended plan avoids a repeat that saves less than `worth`. The result is exact: no day is sampled, and the
/// search is never cut off. Throws std::invalid_argument if the span has no end or ends before it begins.
Plans plan(const PartnerView& partner, Interval span, const Rules& rules, Amount worth = {},
           const Checkpoint& checkpoint = {});

}  // namespace designation
