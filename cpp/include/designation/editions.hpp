#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "designation/rulebook.hpp"
#include "designation/rules.hpp"

namespace DESIGNATION_API designation {

/// Return the names of the built-in editions, the default first.
std::span<const std::string_view> editions() noexcept;

/// Return the JSON text of a built-in edition as it is in `cpp/rulebooks`, or an empty text if there is no such
/// edition.
std::string_view builtin_rulebook_text(std::string_view edition) noexcept;

/// Return a built-in edition, or null if there is no such edition.
std::shared_ptr<const Rulebook> builtin_rulebook(std::string_view edition);

/// Return the rules of the default edition with the default policy. The first call builds them, also if several threads
/// call at the same time.
const Rules& builtin_rules();

/// Build the rules of the edition that the policy names, or of the default edition, with the policy's overrides.
/// Throws InputError if there is no such edition or if the policy does not fit it.
Rules make_rules(const Policy& policy);

/// Build the rules of a custom rulebook with a policy's overrides. Throws InputError if the policy does not fit the
/// rulebook, std::invalid_argument if the rulebook is null.
Rules make_rules(std::shared_ptr<const Rulebook> rulebook, const Policy& policy = {});

}  // namespace designation
