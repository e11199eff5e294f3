#pragma once

#include <cstdint>
#include <string_view>

#include "designation/date.hpp"

namespace DESIGNATION_API designation {

/// The irregularities that a partner's record can have, in alphabetical order. A finding never changes a result.
enum class FindingCode : std::uint8_t {
    award_before_launch,
    award_while_held,
    award_without_capability,
    award_without_csat,
    award_without_eligibility,
    award_without_performance,
    eligibility_differs,
    prerequisite_lapsed,
    registered_without_prerequisites,
    renewal_gap,
    renewal_outside_window,
    renewal_unready,
    step_out_of_order
};
template <>
inline constexpr std::array<std::string_view, 13> enum_names<FindingCode>{
    "award_before_launch", "award_while_held",          "award_without_capability",
    "award_without_csat",  "award_without_eligibility", "award_without_performance",
    "eligibility_differs", "prerequisite_lapsed",       "registered_without_prerequisites",
    "renewal_gap",         "renewal_outside_window",    "renewal_unready",
    "step_out_of_order"};

/// A code and the day of the event that raised it; ordered by day, then by code.
struct Finding {
    Day on;
    FindingCode code{};
    friend constexpr auto operator<=>(const Finding&, const Finding&) noexcept = default;
};

using FindingSet = SetOf<FindingCode>;

}  // namespace designation
