#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace designation::json {

struct Synonym {
    std::string_view word;
    std::string_view key;
};

/// Words that people use for a key, and that are not spelled like it.
inline constexpr auto synonyms = std::to_array<Synonym>({
    {"begin", "from"},          {"date", "on"},       {"day", "on"},          {"end", "through"},
    {"end_date", "through"},    {"ends", "through"},  {"event_date", "on"},   {"event_type", "type"},
    {"expires", "through"},     {"mpn_id", "id"},     {"mpnid", "id"},        {"occurred", "on"},
    {"since", "from"},          {"start", "from"},    {"start_date", "from"}, {"starts", "from"},
    {"to", "through"},          {"until", "through"}, {"valid_from", "from"}, {"valid_to", "through"},
    {"valid_until", "through"}, {"when", "on"},
});

/// Return the key that a word means, such as "through" for "To" and "on" for "event date"; empty if it means none.
inline std::string_view meaning(std::string_view word) {
    std::string folded;
    for (const char c : word) {
        const bool separates = c == '-' || c == ' ';
        folded += separates ? '_' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    for (const Synonym& synonym : synonyms) {
        if (synonym.word == folded) return synonym.key;
    }
    return {};
}

}  // namespace designation::json
