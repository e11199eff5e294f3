#include "designation/editions.hpp"

#include <utility>
#include <vector>

#include "designation/json.hpp"
#include "json/digest.hpp"

namespace designation {

std::shared_ptr<const Rulebook> builtin_rulebook(std::string_view edition) {
    static const auto books = [] {
        std::vector<std::shared_ptr<const Rulebook>> all;
        for (const std::string_view name : editions()) all.push_back(parse_rulebook(builtin_rulebook_text(name)));
        return all;
    }();
    for (std::size_t i = 0; i < books.size(); ++i) {
        if (editions()[i] == edition) return books[i];
    }
    return nullptr;
}

Rules make_rules(std::shared_ptr<const Rulebook> rulebook, const Policy& policy) {
    Rules rules = compile(std::move(rulebook), policy);
    rules.policy_digest = digest(to_json(policy));
    return rules;
}

Rules make_rules(const Policy& policy) {
    const std::string_view edition = policy.edition ? std::string_view(*policy.edition) : editions().front();
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
