#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "designation/assessment.hpp"
#include "designation/history.hpp"

namespace DESIGNATION_API designation {

/// What somebody does next. Flat; `words_of` says it.
struct Action {
    Rule rule{};  ///< that it makes met, or keeps met
    Actor actor{};
    Day not_before;
    std::optional<Day> by;          ///< the last day on which it is in time; absent where no rule names one
    std::optional<Amount> fee;      ///< the auditor's, as of the day of the assessment
    std::optional<FactList> give;   ///< the list that is not given, where giving it is what is to be done
    bool is_second_actors = false;  ///< the second actor of the step does it (SSD-J3)
    friend bool operator==(const Action&, const Action&) = default;
};

/// What is to be done next, soonest first: by its deadline, or by the day from which it can be done where it has none.
/// Lists that are not given; prerequisites that are not met, or whose records run out before the window closes (where
/// the designation is not held: within a term's length); the steps of the journey, or what the renewal lacks and its
/// decision. A renewal is in time while the designation stays in force, and once it is not, until the window closes.
std::vector<Action> actions(const Assessment& assessment, const PartnerView& partner, const Rules& rules);

/// The same from a replay up to the day; null where the events are unknown.
std::vector<Action> actions(const Assessment& assessment, const PartnerView& partner, const History* history,
                            const Rules& rules);

/// What is to be done, in the rulebook's words.
std::string_view words_of(const Action& action, const Rulebook& rulebook) noexcept;

}  // namespace designation
