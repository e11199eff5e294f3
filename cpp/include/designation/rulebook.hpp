#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "designation/evaluation.hpp"
#include "designation/facts.hpp"
#include "designation/finding.hpp"
#include "designation/interpretation.hpp"
#include "designation/money.hpp"

namespace DESIGNATION_API designation {

enum class Actor : std::uint8_t { partner, microsoft, issi };
template <>
inline constexpr std::array<std::string_view, 3> enum_names<Actor>{"partner", "microsoft", "issi"};

/// The steps of the journey to the badge. An edition defines their order.
enum class Step : std::uint8_t { register_interest, eligibility_validation, capability, performance, csat, award };
template <>
inline constexpr std::array<std::string_view, 6> enum_names<Step>{
    "register_interest", "eligibility_validation", "capability", "performance", "csat", "award"};

/// Return the evaluation of a step, or nothing for the other steps.
constexpr std::optional<Evaluation> evaluation_of(Step step) noexcept {
    switch (step) {
        case Step::capability: return Evaluation::capability;
        case Step::performance: return Evaluation::performance;
        case Step::csat: return Evaluation::csat;
        default: return std::nullopt;
    }
}

/// The announced offers. The date of each is its availability.
enum class Offer : std::uint8_t {
    badge,
    marketplace_visibility,
    unified_for_partners,
    elevated_support,
    performance_credits
};
template <>
inline constexpr std::array<std::string_view, 5> enum_names<Offer>{
    "badge", "marketplace_visibility", "unified_for_partners", "elevated_support", "performance_credits"};

/// SSD-B1 to SSD-B5.
enum class Benefit : std::uint8_t {
    badge,
    marketplace_visibility,
    elevated_support,
    performance_credits,
    early_adoption_discount
};
template <>
inline constexpr std::array<std::string_view, 5> enum_names<Benefit>{
    "badge", "marketplace_visibility", "elevated_support", "performance_credits", "early_adoption_discount"};

/// The ids of the rules.
enum class Rule : std::uint8_t {
    p,
    p1,
    p2,
    p3,
    e1,
    e2,
    e3,
    t1,
    t2,
    t3,
    t4,
    t5,
    t6,
    t7,
    r,
    r1,
    r2,
    r3,
    r4,
    j1,
    j2,
    j3,
    a,
    b1,
    b2,
    b3,
    b4,
    b5,
    f1,
    f2,
    f3
};
template <>
inline constexpr std::array<std::string_view, 31> enum_names<Rule>{
    "SSD-P",  "SSD-P1", "SSD-P2", "SSD-P3", "SSD-E1", "SSD-E2", "SSD-E3", "SSD-T1", "SSD-T2", "SSD-T3", "SSD-T4",
    "SSD-T5", "SSD-T6", "SSD-T7", "SSD-R",  "SSD-R1", "SSD-R2", "SSD-R3", "SSD-R4", "SSD-J1", "SSD-J2", "SSD-J3",
    "SSD-A",  "SSD-B1", "SSD-B2", "SSD-B3", "SSD-B4", "SSD-B5", "SSD-F1", "SSD-F2", "SSD-F3"};

/// Return the rule of an evaluation, of an evaluation at renewal, of a step, or of a benefit.
constexpr Rule rule_of(Evaluation evaluation) noexcept {
    constexpr std::array rules{Rule::e1, Rule::e2, Rule::e3};
    return rules[static_cast<std::size_t>(evaluation)];
}
constexpr Rule renewal_rule_of(Evaluation evaluation) noexcept {
    constexpr std::array rules{Rule::r3, Rule::r2, Rule::r4};
    return rules[static_cast<std::size_t>(evaluation)];
}
constexpr Rule rule_of(Step step) noexcept {
    constexpr std::array rules{Rule::j1, Rule::j2, Rule::e1, Rule::e2, Rule::e3, Rule::t1};
    return rules[static_cast<std::size_t>(step)];
}
constexpr Rule rule_of(Benefit benefit) noexcept {
    constexpr std::array rules{Rule::b1, Rule::b2, Rule::b3, Rule::b4, Rule::b5};
    return rules[static_cast<std::size_t>(benefit)];
}

/// The reliability of a source.
enum class Grade : std::uint8_t { public_page, announcement, article, secondary, interpretation };
template <>
inline constexpr std::array<std::string_view, 5> enum_names<Grade>{"public_page", "announcement", "article",
                                                                   "secondary", "interpretation"};

/// SSD-A: when an announced offer becomes available. An unknown date is absent.
struct Availability {
    std::optional<Day> not_before;
    std::optional<Day> announced_by;
    std::optional<Day> available_from;
    friend bool operator==(const Availability&, const Availability&) = default;
};

/// An amount, and the first date on which it applies.
struct FeeFrom {
    Day from;
    Amount amount;
    friend bool operator==(const FeeFrom&, const FeeFrom&) = default;
};

/// Amounts, sorted by the first date on which each applies.
using FeeSchedule = std::vector<FeeFrom>;

struct EvaluationParameters {
    int validity_years = 1;
    bool each_cycle = false;  ///< re-established each cycle: a renewal requires a pass after the last decision
    friend bool operator==(const EvaluationParameters&, const EvaluationParameters&) = default;
};

struct StepParameters {
    Step step{};
    Actor actor{};
    std::optional<Actor> then;  ///< who acts after the first actor (SSD-J3)
    friend bool operator==(const StepParameters&, const StepParameters&) = default;
};

struct ContractParameters {
    bool accepted = false;
    std::optional<Offer> subject_to;  ///< the offer whose availability decides whether the contract counts
    friend bool operator==(const ContractParameters&, const ContractParameters&) = default;
};

struct BenefitParameters {
    std::optional<Offer> availability;
    std::optional<ContractType> contract;
    bool before_next_renewal = false;
    bool limited_places = false;
    std::optional<int> percent;
    friend bool operator==(const BenefitParameters&, const BenefitParameters&) = default;
};

/// The numbers, dates, orders and flags that the rules read.
struct Parameters {
    SetOf<AuthorizationType> eligible_authorizations;
    PerValue<ContractType, ContractParameters> contracts;
    SetOf<SolutionArea> accepted_areas;
    PerValue<Evaluation, EvaluationParameters> evaluations;
    int term_years = 1;
    int window_opens_before = 0;  ///< days
    int window_closes_after = 0;  ///< days
    std::vector<StepParameters> steps;
    PerValue<Offer, Availability> availability;
    PerValue<Offer, std::optional<Offer>> bundled_with;
    PerValue<Benefit, BenefitParameters> benefits;
    Currency currency;
    PerValue<Evaluation, FeeSchedule> fees;
    int fiscal_year_first_month = 7;
    friend bool operator==(const Parameters&, const Parameters&) = default;
};

struct Source {
    std::string title;
    Grade grade{};
    std::string url;  ///< empty if the source has none
};

/// The source of a statement.
struct Citation {
    std::string source;   ///< a key of `Rulebook::sources`
    std::string section;  ///< empty for the whole source
};

/// What would make an unmet rule met, and who acts.
struct Remedy {
    std::string text;
    Actor actor{};
    std::string then;  ///< what the second actor of a step does (SSD-J3); empty if it is the same
};

struct RuleText {
    std::string title;
    std::string text;
    std::optional<Remedy> remedy;
    std::vector<Citation> citations;
};

struct InterpretationText {
    std::string question;
    std::string rationale;
};

/// The words of an announcement.
struct OfferText {
    std::string words;
    std::vector<Citation> citations;
};

struct FindingText {
    std::string text;
    Rule rule{};
};

/// An edition of the program: its parameters, wording and sources.
struct Rulebook {
    std::string edition;
    std::string title;
    Parameters parameters;
    Readings defaults;
    PerValue<Rule, RuleText> rules;
    PerValue<Interpretation, InterpretationText> interpretations;
    PerValue<Offer, OfferText> offers;
    PerValue<FindingCode, FindingText> findings;
    PerValue<FactList, std::string> requests;  ///< what to ask for if a list is not given
    std::map<std::string, Source, std::less<>> sources;
    std::string json;    ///< the whole content, including the edition that it extends, as one line of JSON
    std::string digest;  ///< the digest of that line, to which a result can be traced
};

}  // namespace designation
