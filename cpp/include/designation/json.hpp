#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "designation/assessment.hpp"
#include "designation/checkpoint.hpp"
#include "designation/diagnostic.hpp"
#include "designation/explanation.hpp"
#include "designation/partner.hpp"
#include "designation/policy.hpp"
#include "designation/rulebook.hpp"

namespace DESIGNATION_API designation {

/// The options of a reader: the name of the input in its diagnostics, the largest document, and a checkpoint.
struct ReadOptions {
    std::string_view file = {};
    std::size_t largest_document = std::size_t{16} * 1024 * 1024;  ///< bytes
    Checkpoint checkpoint = {};                                    ///< called now and then while a document is read
};

/// A value, or all problems of the input.
template <class T>
using Parsed = std::variant<T, Diagnostics>;

/// Parse a partner's document. Strict: nothing is guessed or dropped, and no record is read in part.
Parsed<Partner> try_parse_partner(std::string_view json, const ReadOptions& options = {});

/// Parse a partner's document. Throws InputError with all problems.
Partner parse_partner(std::string_view json, const ReadOptions& options = {});

/// Parse a policy, and validate it against `rulebook` or, if that is null, against the edition that it names.
Policy parse_policy(std::string_view json, const ReadOptions& options = {}, const Rulebook* rulebook = nullptr);

/// Parse a rulebook. With `"extends": "2025-11"`, missing content comes from that built-in edition.
std::shared_ptr<const Rulebook> parse_rulebook(std::string_view json, const ReadOptions& options = {});

/// Return every problem of a rulebook: what `parse_rulebook` refuses; changes of an extended edition without a
/// citation; and offers without dates, or with dates that contradict each other.
Diagnostics check_rulebook(std::string_view json, const ReadOptions& options = {});

/// Write JSON. A negative `indent` writes one line.
std::string to_json(const Partner& partner, int indent = -1);
std::string to_json(const Policy& policy, int indent = -1);

/// Write the assessment (docs/formats.md), including `days_left`, `actions`, `amounts` and `provenance`.
std::string to_json(const Assessment& assessment, const Partner& partner, const Rules& rules, int indent = -1);

/// Write the tree, `why_not` and `facts_needed`.
std::string to_json(const Explanation& explanation, int indent = -1);

}  // namespace designation
