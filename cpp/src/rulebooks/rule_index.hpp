#pragma once

#include <span>
#include <string_view>

#include "designation/rulebook.hpp"

namespace designation {

/// A location of a rulebook, as a JSON Pointer, and the rules that read what is there.
struct LocationRules {
    std::string_view pointer;
    Sequence<Rule> rules;
};

/// Return the locations of the parameters and of the default readings; each includes what is below it.
std::span<const LocationRules> rules_by_location() noexcept;

}  // namespace designation
