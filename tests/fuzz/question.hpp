#pragma once

#include <algorithm>
#include <array>
#include <memory>

#include "laws.hpp"

namespace laws {

/// A partner, a date, and readings, from bytes: two letters choose the date and the readings, and JSON follows.
struct Question {
    dsg::Day as_of;
    dsg::Rules rules;
    std::string_view partner;
};

/// Return the rules under the readings that the bits of a number choose.
inline dsg::Rules rules_of(unsigned bits) {
    dsg::Policy policy;
    dsg::for_each_interpretation(
        [&bits](dsg::Interpretation, auto& reading) {
            using Reading = typename std::remove_cvref_t<decltype(reading)>::value_type;
            reading = static_cast<Reading>(bits & 1U);
            bits >>= 1U;
        },
        policy.interpretations);
    return dsg::make_rules(policy);
}

/// Return the question in bytes; nothing if there are too few.
inline std::optional<Question> question_of(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t choices = 3;
    constexpr int days_per_step = 17;
    if (size < choices) return std::nullopt;
    const dsg::Day first{std::chrono::year{2024} / 2 / 29};
    const unsigned bits = data[1] + data[2] * 256U;
    return Question{first + data[0] * days_per_step, rules_of(bits), text_of(data + choices, size - choices)};
}

/// Ask about the partner of a question, if its document is valid.
template <class Use>
int answer(const std::uint8_t* data, std::size_t size, Use use) {
    if (const auto question = question_of(data, size)) {
        parse_or_refuse([&] { return dsg::parse_partner(question->partner); },
                        [&](const dsg::Partner& partner) { use(partner, question->as_of, question->rules); });
    }
    return 0;
}

}  // namespace laws
