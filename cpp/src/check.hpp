#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "designation/diagnostic.hpp"
#include "designation/evaluation.hpp"
#include "designation/partner.hpp"

namespace designation {

/// Return the outcomes that an event of that type can have; empty if it has no outcome.
std::span<const Outcome> outcomes_of(EventType type) noexcept;

/// A function that records a problem: the member that has it or is missing, a code, and a message.
using Report = std::function<void(std::string_view member, std::string code, std::string message)>;

void check(Interval period, const Report& report);
void check(const Money& money, const Report& report);
void check(const Event& event, const Report& report);
/// Check the members of an event other than date, type, and outcome.
void check_fields(const EventRecord& event, const Report& report);
/// Check that a text is UTF-8 without NUL.
void check_text(std::string_view member, std::string_view text, const Report& report);

/// Check each fact of a list that a program filled; a problem's pointer is `/list/index/member`.
template <class Fact>
void check_list(const std::optional<std::vector<Fact>>& facts, std::string_view list, Diagnostics& problems) {
    if (!facts) return;
    std::size_t i = 0;
    // One function for the list: to make one may allocate.
    const Report report = [&](std::string_view member, std::string code, std::string message) {
        std::string pointer = '/' + std::string(list) + '/' + std::to_string(i) + '/' + std::string(member);
        problems.push_back({std::move(code), std::move(pointer), std::move(message)});
    };
    for (; i < facts->size(); ++i) {
        const Fact& fact = (*facts)[i];
        if constexpr (requires { fact.period; }) {
            check(fact.period, report);
        } else {
            check(fact, report);
        }
        if constexpr (requires { fact.annual_value; }) {
            if (fact.annual_value) check(*fact.annual_value, report);
        }
        if constexpr (requires { fact.dimensions; }) check_fields(fact, report);
        for_each_field<Fact>([&](const auto& field) {
            using Value = std::remove_cvref_t<decltype(field.get(fact))>;
            if constexpr (std::is_same_v<Value, std::string>) check_text(field.key, field.get(fact), report);
        });
    }
}

/// Set each event's position to its index in the list.
template <class Fact>
void number_events(std::vector<Fact>& events) noexcept {
    for (std::uint32_t i = 0; i < events.size(); ++i) events[i].position = i;
}

}  // namespace designation
