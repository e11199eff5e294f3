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

/// What was looked at for the records in force on a day that a rule accepts: these; where there are none, the record
/// that ended last and the one that begins next, accepted or not.
template <class Fact, class Accepts>
std::vector<FactUsed> facts_used(FactList list, const ListView<Fact>& records, Day on, Accepts accepts) {
    if (!records) return {{pointer_to(list), NotGiven{}}};
    if (records->empty()) return {{pointer_to(list), NoRecords{}}};
    std::vector<FactUsed> in_force;
    std::vector<FactUsed> not_accepted;
    const Fact* ended = nullptr;
    const Fact* begins = nullptr;
    const auto used = [&](const Fact& fact) {
        return FactUsed{pointer_to(list, static_cast<std::size_t>(&fact - records->data())), fact};
    };
    for (const Fact& fact : *records) {
        if (fact.period.contains(on)) {
            (accepts(fact) ? in_force : not_accepted).push_back(used(fact));
        } else if (fact.period.from > on) {
            if (!begins || fact.period.from < begins->period.from) begins = &fact;
        } else if (!ended || fact.period.through > ended->period.through) {
            ended = &fact;
        }
    }
    if (!in_force.empty()) return in_force;
    if (!not_accepted.empty()) return not_accepted;
    for (const Fact* fact : {ended, begins}) {
        if (fact) in_force.push_back(used(*fact));
    }
    return in_force;
}

/// The first day after a day on which a record begins that a rule accepts.
template <class Fact, class Accepts>
std::optional<Day> next_beginning(const ListView<Fact>& records, Day on, Accepts accepts) {
    std::optional<Day> next;
    if (!records) return next;
    for (const Fact& fact : *records) {
        if (fact.period.from > on && accepts(fact) && (!next || fact.period.from < *next)) next = fact.period.from;
    }
    return next;
}

/// Facts in a few words: `psfp from 2026-01-01 through 2026-12-31 (/support_contracts/1)`.
std::string in_words(const std::vector<FactUsed>& facts);

/// The words of the values of a set: `direct_bill or distributor`.
template <class Enum, class Contains>
std::string any_of_words(Contains contains) {
    std::string text;
    for (std::size_t i = 0; i < count_of<Enum>; ++i) {
        if (contains(static_cast<Enum>(i))) text += (text.empty() ? "" : " or ") + std::string(words<Enum>[i]);
    }
    return text;
}

}  // namespace designation
