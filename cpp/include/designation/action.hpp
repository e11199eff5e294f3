#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "designation/assessment.hpp"
#include "designation/history.hpp"

namespace DESIGNATION_API designation {

/// The next action of the partner, Microsoft, or the auditor. Its text is in the rulebook: `action_text`.
struct Action {
    Rule rule{};  ///< the rule that the action meets, or keeps met
    Actor actor{};
    Day not_before;
    std::optional<Day> by;                 ///< the last day on which it is in time; absent if no rule sets one
    std::optional<Day> overdue_since;      ///< since when it is too late to avoid a gap; absent if it is not
    std::optional<Amount> fee;             ///< the auditor's fee as of the day of the assessment
    std::optional<int> retry_days;         ///< of an evaluation with a deadline: the days for a second try
    std::optional<Day> safe_by;            ///< the last day that leaves them free; absent if no possible day does
    std::optional<FactList> missing_list;  ///< the list to provide, if the action is to provide one
    bool is_for_second_actor = false;      ///< the second actor of a journey's step acts (SSD-J3)
    friend bool operator==(const Action&, const Action&) = default;
};

/// Return the actions: first those that are overdue, the oldest first; then by deadline, or by the first possible day
/// without one; then as listed here. They provide lists that are not given; meet prerequisites that are unmet, or
/// extend those that end before the window closes (within a year if the designation is not held); and do the remaining
/// steps of the journey, or the missing evaluations of the renewal and its decision. The deadline of a renewal is
/// `renew_by`. If the designation is not held and a prerequisite is unmet, the unmet prerequisites are the only
/// actions, because no audit should be paid before they are met.
std::vector<Action> actions(const Assessment& assessment, const PartnerView& partner, const Rules& rules);

/// Return the actions from a replay up to the date of the assessment; `history` is null if the events are unknown.
std::vector<Action> actions(const Assessment& assessment, const PartnerView& partner, const History* history,
                            const Rules& rules);

/// Return the rulebook's text for an action.
std::string_view action_text(const Action& action, const Rulebook& rulebook) noexcept;

}  // namespace designation
