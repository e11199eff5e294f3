#pragma once

#include <string_view>
#include <variant>
#include <vector>

#include "designation/assessment.hpp"

namespace DESIGNATION_API designation {

/// A value that an interpretation can decide. No value: there is no renewal, and so no deadline.
using DecidedValue = std::variant<std::monostate, Status, Verdict, bool, Day>;

/// An open question whose other reading gives another answer.
struct Deciding {
    Interpretation interpretation{};
    std::string_view reading;  ///< the one in use
    std::string_view other;
    Day on;                 ///< the first day on which the answers differ
    std::string_view path;  ///< the first value that differs on that day, in the assessment
    DecidedValue value;
    DecidedValue other_value;
    friend bool operator==(const Deciding&, const Deciding&) = default;
};

/// Return the interpretations that decide about status, in force, at risk or the renewal's deadline, from a date
/// through the end of the renewal window under either reading; on the date alone if the designation is not held. Each
/// reading is turned by itself. Sorted by the first day, then by name; empty if the events are unknown.
std::vector<Deciding> deciding(const PartnerView& partner, Day as_of, const Rules& rules);

}  // namespace designation
