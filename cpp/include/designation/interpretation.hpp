#pragma once

#include <cstdint>
#include <optional>
#include <type_traits>

#include "designation/date.hpp"

namespace DESIGNATION_API designation {

// The program's text leaves some questions open (docs/readings.md). Each question is an interpretation with two
// readings; the first one is the default.

enum class FailedReevaluation : std::uint8_t { earlier_pass_stands, latest_outcome_governs };
template <>
inline constexpr std::array<std::string_view, 2> enum_names<FailedReevaluation>{"earlier_pass_stands",
                                                                                "latest_outcome_governs"};

enum class RenewalAnchor : std::uint8_t { anniversary, decision };
template <>
inline constexpr std::array<std::string_view, 2> enum_names<RenewalAnchor>{"anniversary", "decision"};

enum class LateRenewal : std::uint8_t { stands, ignored };
template <>
inline constexpr std::array<std::string_view, 2> enum_names<LateRenewal>{"stands", "ignored"};

enum class AfterAnniversary : std::uint8_t { lapsed, in_force };
template <>
inline constexpr std::array<std::string_view, 2> enum_names<AfterAnniversary>{"lapsed", "in_force"};

enum class PrerequisiteLapse : std::uint8_t { flag, suspend };
template <>
inline constexpr std::array<std::string_view, 2> enum_names<PrerequisiteLapse>{"flag", "suspend"};

enum class PassReferenceDay : std::uint8_t { later_of_anniversary_and_decision, decision };
template <>
inline constexpr std::array<std::string_view, 2> enum_names<PassReferenceDay>{"later_of_anniversary_and_decision",
                                                                              "decision"};

enum class Announcement : std::uint8_t { presumed, unconfirmed };
template <>
inline constexpr std::array<std::string_view, 2> enum_names<Announcement>{"presumed", "unconfirmed"};

enum class PilotContract : std::uint8_t { not_counted, counted };
template <>
inline constexpr std::array<std::string_view, 2> enum_names<PilotContract>{"not_counted", "counted"};

/// The open questions, each with two readings.
enum class Interpretation : std::uint8_t {
    leap_day,
    failed_reevaluation,
    renewal_anchor,
    late_renewal,
    after_anniversary,
    prerequisite_lapse,
    pass_reference_day,
    announcement,
    pilot_contract
};
template <>
inline constexpr std::array<std::string_view, 9> enum_names<Interpretation>{
    "leap_day",           "failed_reevaluation", "renewal_anchor", "late_renewal",  "after_anniversary",
    "prerequisite_lapse", "pass_reference_day",  "announcement",   "pilot_contract"};

/// One value for each interpretation: `Value` of its reading.
template <template <class> class Value>
struct PerInterpretation {
    Value<LeapDay> leap_day{};
    Value<FailedReevaluation> failed_reevaluation{};
    Value<RenewalAnchor> renewal_anchor{};
    Value<LateRenewal> late_renewal{};
    Value<AfterAnniversary> after_anniversary{};
    Value<PrerequisiteLapse> prerequisite_lapse{};
    Value<PassReferenceDay> pass_reference_day{};
    Value<Announcement> announcement{};
    Value<PilotContract> pilot_contract{};

    friend bool operator==(const PerInterpretation&, const PerInterpretation&) = default;
};

/// A reading for each interpretation.
using Readings = PerInterpretation<std::type_identity_t>;

/// The readings that a policy chooses.
using ReadingChoices = PerInterpretation<std::optional>;

/// Call `visit(interpretation, a.reading, b.reading, ...)` for each interpretation, with its reading in each argument.
template <class Visit, class... Readings>
constexpr void for_each_interpretation(Visit visit, Readings&... readings) {
    visit(Interpretation::leap_day, readings.leap_day...);
    visit(Interpretation::failed_reevaluation, readings.failed_reevaluation...);
    visit(Interpretation::renewal_anchor, readings.renewal_anchor...);
    visit(Interpretation::late_renewal, readings.late_renewal...);
    visit(Interpretation::after_anniversary, readings.after_anniversary...);
    visit(Interpretation::prerequisite_lapse, readings.prerequisite_lapse...);
    visit(Interpretation::pass_reference_day, readings.pass_reference_day...);
    visit(Interpretation::announcement, readings.announcement...);
    visit(Interpretation::pilot_contract, readings.pilot_contract...);
}

}  // namespace designation
