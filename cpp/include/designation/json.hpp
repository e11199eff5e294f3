#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "designation/assessment.hpp"
#include "designation/diagnostic.hpp"
#include "designation/explanation.hpp"
#include "designation/partner.hpp"
#include "designation/policy.hpp"
#include "designation/rulebook.hpp"

namespace DESIGNATION_API designation {

/// What a reader accepts, and the name that its diagnostics give to the input.
struct ReadOptions {
    std::string_view file = {};
    std::size_t largest_document = std::size_t{16} * 1024 * 1024;  ///< bytes
};

/// A value, or every problem of the input.
template <class T>
using Parsed = std::variant<T, Diagnostics>;

/// Reads a partner's document. Strict: nothing is guessed, dropped or half read.
Parsed<Partner> try_parse_partner(std::string_view json, const ReadOptions& options = {});

/// The same; throws InputError with every diagnostic.
Partner parse_partner(std::string_view json, const ReadOptions& options = {});

/// Reads a policy and holds it against the edition that it names, or against `rulebook`.
Policy parse_policy(std::string_view json, const ReadOptions& options = {}, const Rulebook* rulebook = nullptr);

/// Reads a rulebook. `"extends": "2025-11"` takes what it does not give from a built-in edition.
std::shared_ptr<const Rulebook> parse_rulebook(std::string_view json, const ReadOptions& options = {});

/// `indent` below 0 writes one line.
std::string to_json(const Partner& partner, int indent = -1);
std::string to_json(const Policy& policy, int indent = -1);

/// The contract's keys, and beside them `days_left`, `actions`, `amounts` and `provenance`.
std::string to_json(const Assessment& assessment, const Partner& partner, const Rules& rules, int indent = -1);

/// The tree, and beside it `why_not` and `facts_needed`.
std::string to_json(const Explanation& explanation, int indent = -1);

}  // namespace designation
