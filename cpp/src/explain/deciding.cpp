#include "designation/deciding.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>
#include <utility>

#include "designation/timeline.hpp"

namespace designation {

namespace {

constexpr std::array<std::string_view, 4> paths{"/term/status", "/term/in_force", "/term/at_risk", "/deadline"};

/// The values that a reading can decide, in the order of `paths`, from a day on.
struct Outlook {
    Day from;
    std::array<DecidedValue, paths.size()> values;
};

Outlook outlook_on(Day day, const Term& term, const Rules& rules) {
    const std::optional<Day> deadline =
        is_held(term.status) ? std::optional(renew_by(*term.expires_on, day, rules)) : std::nullopt;
    return {day, {term.status, term.in_force, term.at_risk, deadline ? DecidedValue(*deadline) : DecidedValue()}};
}

std::vector<Outlook> outlooks(const PartnerView& partner, Interval days, const Rules& rules) {
    std::vector<Outlook> result;
    Walk walk(partner, days.from, rules);
    for (bool is_inside = true; is_inside;) {
        const Day first = walk.day();
        const Term term = walk.assessment().term;
        result.push_back(outlook_on(first, term, rules));
        is_inside = walk.move_to_next_change(days.through);
        // The deadline moves on the day after the anniversary, on which the state does not change.
        const Day next = is_inside ? walk.day() : days.through + 1;
        if (is_held(term.status) && first <= *term.expires_on && *term.expires_on + 1 < next) {
            result.push_back(outlook_on(*term.expires_on + 1, term, rules));
        }
    }
    return result;
}

/// Return the first day on which the outlooks differ, and the index of the first value that does.
std::optional<std::tuple<Day, std::size_t, DecidedValue, DecidedValue>> first_difference(
    const std::vector<Outlook>& ours, const std::vector<Outlook>& theirs) {
    std::size_t i = 0;
    std::size_t j = 0;
    for (;;) {
        for (std::size_t path = 0; path < paths.size(); ++path) {
            const DecidedValue& value = ours[i].values[path];
            const DecidedValue& other = theirs[j].values[path];
            if (value != other) return std::tuple(std::max(ours[i].from, theirs[j].from), path, value, other);
        }
        const Day none = Interval::no_end();
        const Day next = i + 1 < ours.size() ? ours[i + 1].from : none;
        const Day other_next = j + 1 < theirs.size() ? theirs[j + 1].from : none;
        if (next == none && other_next == none) return std::nullopt;
        if (next <= other_next) ++i;
        if (other_next <= next) ++j;
    }
}

/// Return the last day of the renewal window as of a date; the date itself if the designation is not held.
Day end_of_window(const PartnerView& partner, Day as_of, const Rules& rules) {
    const Term term = assess(partner, as_of, rules).term;
    return is_held(term.status) ? *term.renewal_closes_on : as_of;
}

}  // namespace

std::vector<Deciding> deciding(const PartnerView& partner, Day as_of, const Rules& rules) {
    std::vector<Deciding> result;
    if (!partner.events) return result;
    const Day our_end = end_of_window(partner, as_of, rules);
    Rules turned = rules;
    for_each_interpretation(
        [&]<class Reading>(Interpretation interpretation, Reading& reading) {
            static_assert(count_of<Reading> == 2);
            const Reading chosen = reading;
            const Reading other = chosen == Reading{} ? Reading{1} : Reading{};
            reading = other;
            const Interval days{as_of, std::max(our_end, end_of_window(partner, as_of, turned))};
            const auto found = first_difference(outlooks(partner, days, rules), outlooks(partner, days, turned));
            reading = chosen;
            if (!found) return;
            const auto& [on, path, value, other_value] = *found;
            result.push_back(
                {interpretation, to_string(chosen), to_string(other), on, paths[path], value, other_value});
        },
        turned.readings);
    std::ranges::sort(result, {},
                      [](const Deciding& each) { return std::pair(each.on, to_string(each.interpretation)); });
    return result;
}

}  // namespace designation
