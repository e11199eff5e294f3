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

/// A list that is known to be none.
struct NoRecords {
    friend bool operator==(NoRecords, NoRecords) = default;
};

/// A fact that a rule looked at.
struct FactUsed {
    std::string pointer;  ///< JSON Pointer into the partner's document; of a day that was not announced, into a policy
    std::variant<NotGiven, NoRecords, Authorization, SupportContract, SolutionsPartnerDesignation, Event> value;
    friend bool operator==(const FactUsed&, const FactUsed&) = default;
};

/// Where a rule stands, in full.
struct CitedSource {
    std::string title;
    std::string section;  ///< empty for the whole
    Grade grade{};
    std::string url;  ///< empty where the source has none
    friend bool operator==(const CitedSource&, const CitedSource&) = default;
};

/// Why a rule is not met, in the facts seen and what is wanted instead.
struct Shortfall {
    std::string seen;
    std::string wanted;
    std::optional<Day> possible_from;  ///< the first day on which it can be met, as far as that is known
    friend bool operator==(const Shortfall&, const Shortfall&) = default;
};

/// What makes a rule met that is not: an action, in the rulebook's words.
struct Cure {
    std::string text;
    Actor actor{};
    std::optional<Day> by;
    std::optional<Amount> fee;
    friend bool operator==(const Cure&, const Cure&) = default;
};

/// The answer of a rule whose answer is no verdict.
using RuleValue = std::variant<std::monostate, bool, Status, Step, Day, Amount>;

/// Why a rule answers as it does: a tree that opens to facts and sources.
struct Explanation {
    Rule rule{};
    std::string title;
    std::string path;                ///< JSON Pointer of the answer in the assessment; empty where it has none
    std::optional<Verdict> verdict;  ///< nothing for a rule whose answer is no verdict
    RuleValue value;                 ///< the answer at `path`, where that is no verdict
    bool counts = true;  ///< the verdict above is Kleene's AND of those that count; the others stand there to explain
    std::vector<FactUsed> facts;
    std::vector<CitedSource> citations;  ///< the main one first
    std::optional<Shortfall> shortfall;  ///< where a verdict that no other explains is not met
    std::optional<Cure> remedy;          ///< where the verdict is unmet and the rulebook knows one
    std::vector<Explanation> children;
    friend bool operator==(const Explanation&, const Explanation&) = default;
};

/// Why an assessment answers as it does, by a rule: by default why the designation is in force or is not. The
/// assessment must be of that partner, under those rules.
Explanation explain(const Assessment& assessment, const PartnerView& partner, const Rules& rules, Rule rule = Rule::t7);

/// Why a finding of the assessment was raised.
Explanation explain(const Assessment& assessment, const PartnerView& partner, const Rules& rules,
                    const Finding& finding);

/// The pointers of the facts that would settle what is unknown, each once. What nobody can supply is not among them.
std::vector<std::string> facts_needed(const Explanation& explanation);

/// The nearest rule that is not met, or is unknown, and is the reason; null where the verdict is met or is none.
const Explanation* nearest_failing(const Explanation& explanation) noexcept;

/// The same in one line: the rule, what is seen, what is wanted, and from which day it is possible.
std::optional<std::string> why_not(const Explanation& explanation);

}  // namespace designation
