#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "designation/facts.hpp"

namespace DESIGNATION_API designation {

/// A word that documents and tables may use for a value of an enumeration: its own, or an alias, such as a former name.
struct Word {
    std::string_view word;
    std::string_view name;         ///< for people
    std::string_view description;  ///< empty if the name says enough
    std::string_view badge;        ///< the badge that Microsoft shows for a solution area; otherwise empty
    std::uint8_t value = 0;        ///< the value that the word is read as
};

/// Return the words of an enumeration. They are data, in the schema of a partner
/// (`cpp/rulebooks/schema/partner.schema.json`), for authorization types, contract types, and solution areas; other
/// enumerations have none.
template <class Enum>
std::span<const Word> words() noexcept {
    return {};
}
template <>
std::span<const Word> words<AuthorizationType>() noexcept;
template <>
std::span<const Word> words<ContractType>() noexcept;
template <>
std::span<const Word> words<SolutionArea>() noexcept;

/// Return the value that a word or an alias is read as, or nothing if there is none.
template <class Enum>
std::optional<Enum> from_word(std::string_view text) noexcept {
    if (const auto value = from_name<Enum>(text)) return value;
    for (const Word& word : words<Enum>()) {
        if (word.word == text) return static_cast<Enum>(word.value);
    }
    return std::nullopt;
}

}  // namespace designation
