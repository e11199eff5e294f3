#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "designation/explanation.hpp"

namespace designation {

inline std::string pointer_to(FactList list) { return '/' + std::string(to_string(list)); }
inline std::string pointer_to(FactList list, std::size_t index) {
    return pointer_to(list) + '/' + std::to_string(index);
}

/// Return the records that explain whether an accepted record is in force on a day: the accepted ones in force; without
/// any, the others in force; without any, the last to end and the next to begin, accepted or not.
template <class Fact, class Accepts>
std::vector<FactUsed> facts_used(FactList list, const ListView<Fact>& records, Day on, Accepts accepts) {
    if (!records) return {{pointer_to(list), NotGiven{}}};
    if (records->empty()) return {{pointer_to(list), NoRecords{}}};
    std::vector<FactUsed> accepted;
    std::vector<FactUsed> not_accepted;
    const Fact* last_ended = nullptr;
    const Fact* next_beginning = nullptr;
    const auto used = [&](const Fact& fact) {
        return FactUsed{pointer_to(list, static_cast<std::size_t>(&fact - records->data())), fact};
    };
    for (const Fact& fact : *records) {
        if (fact.period.contains(on)) {
            (accepts(fact) ? accepted : not_accepted).push_back(used(fact));
        } else if (fact.period.from > on) {
            if (!next_beginning || fact.period.from < next_beginning->period.from) next_beginning = &fact;
        } else if (!last_ended || fact.period.through > last_ended->period.through) {
            last_ended = &fact;
        }
    }
    if (!accepted.empty()) return accepted;
    if (!not_accepted.empty()) return not_accepted;
    std::vector<FactUsed> nearest;
    for (const Fact* fact : {last_ended, next_beginning}) {
        if (fact) nearest.push_back(used(*fact));
    }
    return nearest;
}

/// Return an explanation on which the verdict of its parent does not depend.
inline Explanation as_context(Explanation explanation) {
    explanation.counts = false;
    return explanation;
}

/// Return the first day after `on` on which an accepted record begins.
template <class Fact, class Accepts>
std::optional<Day> next_start(const ListView<Fact>& records, Day on, Accepts accepts) {
    std::optional<Day> next;
    if (!records) return next;
    for (const Fact& fact : *records) {
        if (fact.period.from > on && accepts(fact) && (!next || fact.period.from < *next)) next = fact.period.from;
    }
    return next;
}

/// Return facts as text: `psfp from 2026-01-01 through 2026-12-31 (/support_contracts/1)`.
std::string describe(const std::vector<FactUsed>& facts);

/// Return the names of the values in a set as text: `direct_bill or distributor`.
template <class Enum>
std::string join_names(SetOf<Enum> set) {
    std::string text;
    for (std::size_t i = 0; i < count_of<Enum>; ++i) {
        if (set.contains(static_cast<Enum>(i))) text += (text.empty() ? "" : " or ") + std::string(enum_names<Enum>[i]);
    }
    return text;
}

}  // namespace designation
