#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "designation/rulebook.hpp"
#include "designation/rules.hpp"

namespace DESIGNATION_API designation {

/// The editions of the program that the library carries, the default first.
std::span<const std::string_view> editions() noexcept;

/// The JSON text of a built-in edition as it stands in `cpp/rulebooks`; empty where there is none of that name.
std::string_view builtin_rulebook_text(std::string_view edition) noexcept;

/// A built-in edition; null where there is none of that name.
std::shared_ptr<const Rulebook> builtin_rulebook(std::string_view edition);

/// The default edition with the default policy.
const Rules& builtin_rules();

/// The edition that the policy names, or the default one, with the policy's overrides.
/// Throws InputError where there is no such edition, or the policy does not fit it.
Rules make_rules(const Policy& policy);

/// A rulebook of one's own with a policy's overrides. Throws InputError where the policy does not fit it,
/// std::invalid_argument where the rulebook is null.
Rules make_rules(std::shared_ptr<const Rulebook> rulebook, const Policy& policy = {});

}  // namespace designation
