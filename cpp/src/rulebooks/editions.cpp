#include "designation/editions.hpp"

#include <array>
#include <utility>

#include "designation/json.hpp"
#include "json/digest.hpp"

namespace designation {

namespace {

constexpr std::array<std::string_view, 3> names{"2025-11", "2026-04", "2026-09"};

}  // namespace

std::span<const std::string_view> editions() noexcept { return names; }

std::shared_ptr<const Rulebook> builtin_rulebook(std::string_view edition) {
    static const auto books = [] {
        std::array<std::shared_ptr<const Rulebook>, names.size()> all;
        for (std::size_t i = 0; i < names.size(); ++i) all[i] = parse_rulebook(builtin_rulebook_text(names[i]));
        return all;
    }();
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == edition) return books[i];
    }
    return nullptr;
}

Rules make_rules(std::shared_ptr<const Rulebook> rulebook, const Policy& policy) {
    Rules rules = compile(std::move(rulebook), policy);
    rules.policy_digest = digest(to_json(policy));
    return rules;
}

Rules make_rules(const Policy& policy) {
    const std::string_view edition = policy.edition ? std::string_view(*policy.edition) : names.front();
    auto rulebook = builtin_rulebook(edition);
    if (!rulebook) {
        throw InputError(
            {{"unknown_value", "/edition", "there is no built-in edition \"" + std::string(edition) + '"'}});
    }
    return make_rules(std::move(rulebook), policy);
}

const Rules& builtin_rules() {
    static const Rules rules = make_rules(Policy{});
    return rules;
}

}  // namespace designation
