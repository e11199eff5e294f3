#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "designation/action.hpp"
#include "designation/assessment.hpp"

namespace DESIGNATION_API designation {

/// A fact that is not given.
struct NotGiven {
    friend bool operator==(NotGiven, NotGiven) = default;
};

/// A list that is known to be empty.
struct NoRecords {
    friend bool operator==(NoRecords, NoRecords) = default;
};

/// A fact that a rule used.
struct FactUsed {
    std::string pointer;  ///< JSON Pointer into the partner's document; for a date not announced yet, into a policy
    std::variant<NotGiven, NoRecords, Authorization, SupportContract, SolutionsPartnerDesignation, Event> value;
    std::optional<Amount> fee = std::nullopt;  ///< of an evaluation, where fees are explained
    friend bool operator==(const FactUsed&, const FactUsed&) = default;
};

/// A source that a rule relies on.
struct CitedSource {
    std::string title;
    std::string section;  ///< empty for the whole source
    Grade grade{};
    std::string url;  ///< empty if the source has none
    friend bool operator==(const CitedSource&, const CitedSource&) = default;
};

/// Why a rule is not met.
struct Shortfall {
    std::string found;                 ///< the facts that the rule found
    std::string required;              ///< what it asks for
    std::optional<Day> possible_from;  ///< the first day on which it can be met, if that is known
    friend bool operator==(const Shortfall&, const Shortfall&) = default;
};

/// The action that would make an unmet rule met.
struct RemedyAction {
    std::string text;  ///< the rulebook's
    Actor actor{};
    std::optional<Day> by;
    std::optional<Amount> fee;
    friend bool operator==(const RemedyAction&, const RemedyAction&) = default;
};

/// The result of a rule that has no verdict.
using RuleValue = std::variant<std::monostate, bool, Status, Step, Day, Amount>;

/// Why a rule has its result: a tree down to facts and sources.
struct Explanation {
    Rule rule{};
    std::string title;
    std::string path;                ///< JSON Pointer to the result in the assessment; empty if it is not there
    std::optional<Verdict> verdict;  ///< absent if the rule has none
    RuleValue value;                 ///< the result at `path` if it is not a verdict
    bool counts = true;              ///< the parent's verdict is Kleene's AND of the children that count
    std::vector<FactUsed> facts;
    std::vector<CitedSource> citations;  ///< the main source first
    std::optional<Shortfall> shortfall;  ///< if the verdict is not met and no child explains why
    std::optional<RemedyAction> remedy;  ///< if the verdict is unmet and the rulebook has a remedy
    std::vector<Explanation> children;
    friend bool operator==(const Explanation&, const Explanation&) = default;
};

/// Return why the assessment has its result for a rule; by default, why the designation is in force or not. The
/// assessment must be one of that partner under those rules.
Explanation explain(const Assessment& assessment, const PartnerView& partner, const Rules& rules, Rule rule = Rule::t7);

/// Return why the assessment raises a finding.
Explanation explain(const Assessment& assessment, const PartnerView& partner, const Rules& rules,
                    const Finding& finding);

/// Return the pointers of the facts that would settle what is unknown, without repetition. Facts that nobody can
/// provide are not among them.
std::vector<std::string> facts_needed(const Explanation& explanation);

/// Return the lowest explanation in the tree that is the reason for a verdict of unmet or unknown; null if the verdict
/// is met or absent.
const Explanation* root_cause(const Explanation& explanation) noexcept;

/// Return the root cause as one line: the rule, what was found, what is required, and the first possible day.
std::optional<std::string> why_not(const Explanation& explanation);

}  // namespace designation
