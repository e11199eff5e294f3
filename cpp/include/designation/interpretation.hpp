#pragma once

#include <cstdint>
#include <optional>
#include <type_traits>

#include "designation/date.hpp"

namespace DESIGNATION_API designation {

// Where the program's text can be read two ways, each reading has a name (spec, introduction and section 11).
// The first is the one that the spec takes by default.

enum class FailedReevaluation : std::uint8_t { earlier_pass_stands, latest_outcome_governs };
template <>
inline constexpr std::array<std::string_view, 2> words<FailedReevaluation>{"earlier_pass_stands",
                                                                           "latest_outcome_governs"};

enum class RenewalAnchor : std::uint8_t { anniversary, decision };
template <>
inline constexpr std::array<std::string_view, 2> words<RenewalAnchor>{"anniversary", "decision"};

enum class LateRenewal : std::uint8_t { stands, ignored };
template <>
inline constexpr std::array<std::string_view, 2> words<LateRenewal>{"stands", "ignored"};

enum class AfterAnniversary : std::uint8_t { lapsed, in_force };
template <>
inline constexpr std::array<std::string_view, 2> words<AfterAnniversary>{"lapsed", "in_force"};

enum class PrerequisiteLapse : std::uint8_t { flag, suspend };
template <>
inline constexpr std::array<std::string_view, 2> words<PrerequisiteLapse>{"flag", "suspend"};

enum class PassReferenceDay : std::uint8_t { later_of_anniversary_and_decision, decision };
template <>
inline constexpr std::array<std::string_view, 2> words<PassReferenceDay>{"later_of_anniversary_and_decision",
                                                                         "decision"};

enum class Announcement : std::uint8_t { presumed, unconfirmed };
template <>
inline constexpr std::array<std::string_view, 2> words<Announcement>{"presumed", "unconfirmed"};

/// The eight questions that have two readings.
enum class Interpretation : std::uint8_t {
    leap_day,
    failed_reevaluation,
    renewal_anchor,
    late_renewal,
    after_anniversary,
    prerequisite_lapse,
    pass_reference_day,
    announcement
};
template <>
inline constexpr std::array<std::string_view, 8> words<Interpretation>{
    "leap_day",          "failed_reevaluation", "renewal_anchor",     "late_renewal",
    "after_anniversary", "prerequisite_lapse",  "pass_reference_day", "announcement"};

/// A reading, or what is said of it, for each question.
template <template <class> class Of>
struct ReadingsOf {
    Of<LeapDay> leap_day{};
    Of<FailedReevaluation> failed_reevaluation{};
    Of<RenewalAnchor> renewal_anchor{};
    Of<LateRenewal> late_renewal{};
    Of<AfterAnniversary> after_anniversary{};
    Of<PrerequisiteLapse> prerequisite_lapse{};
    Of<PassReferenceDay> pass_reference_day{};
    Of<Announcement> announcement{};

    friend bool operator==(const ReadingsOf&, const ReadingsOf&) = default;
};

/// One reading of each question.
using Interpretations = ReadingsOf<std::type_identity_t>;

/// The readings that are chosen; the others are left as they are.
using ReadingChoices = ReadingsOf<std::optional>;

/// Calls `visit(question, a.reading, b.reading, ...)` for each question, with the reading of each of the arguments.
template <class Visit, class... Readings>
constexpr void for_each_reading(Visit visit, Readings&... readings) {
    visit(Interpretation::leap_day, readings.leap_day...);
    visit(Interpretation::failed_reevaluation, readings.failed_reevaluation...);
    visit(Interpretation::renewal_anchor, readings.renewal_anchor...);
    visit(Interpretation::late_renewal, readings.late_renewal...);
    visit(Interpretation::after_anniversary, readings.after_anniversary...);
    visit(Interpretation::prerequisite_lapse, readings.prerequisite_lapse...);
    visit(Interpretation::pass_reference_day, readings.pass_reference_day...);
    visit(Interpretation::announcement, readings.announcement...);
}

}  // namespace designation
