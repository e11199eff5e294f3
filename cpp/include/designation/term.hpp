#pragma once

#include <cstdint>
#include <optional>

#include "designation/facts.hpp"
#include "designation/rules.hpp"
#include "designation/verdict.hpp"

namespace DESIGNATION_API designation {

/// SSD-T6.
enum class Status : std::uint8_t { not_attained, active, renewal_open, renewal_overdue, expired, unknown };
template <>
inline constexpr std::array<std::string_view, 6> enum_names<Status>{"not_attained",    "active",  "renewal_open",
                                                                    "renewal_overdue", "expired", "unknown"};

/// Tell whether the designation is held: active, renewal_open or renewal_overdue.
constexpr bool is_held(Status status) noexcept {
    return status == Status::active || status == Status::renewal_open || status == Status::renewal_overdue;
}

/// The anniversary `count` years after a date, always computed from that date: anniversaries are never chained.
struct Anniversary {
    Day origin;
    int count = 0;
    Day day = origin;

    Anniversary next(const Rules& rules) const noexcept {
        const int years = count + rules.term_years;
        return {origin, years, add_years(origin, years, rules.readings.leap_day)};
    }
};

/// SSD-T3: return the renewal window of an anniversary.
Interval renewal_window(Day anniversary, const Rules& rules) noexcept;

/// A term: when the designation was attained, and the anniversary on which the current year ends.
struct TermRecord {
    Day attained_on;
    Anniversary anniversary;
    Day decided_on;        ///< the date of the last decision that counted: the award or a renewal
    Day first_awarded_on;  ///< the date of the first award that ever counted
};

/// SSD-T: the term that the decisions up to a date lead to.
class TermState {
 public:
    struct AwardEffect {
        bool counts = false;
        bool while_held = false;
    };
    struct RenewalEffect {
        bool counts = false;
        bool outside_window = false;
        bool gap = false;
        Day anniversary;  ///< the anniversary for which it counts
    };

    AwardEffect award(Day on, const Rules& rules) noexcept;    ///< SSD-T1
    RenewalEffect renew(Day on, const Rules& rules) noexcept;  ///< SSD-T4

    const std::optional<TermRecord>& record() const noexcept { return record_; }
    Status status(Day on, const Rules& rules) const noexcept;  ///< SSD-T6
    bool is_held_on(Day on, const Rules& rules) const noexcept { return is_held(status(on, rules)); }
    bool is_running(Day on) const noexcept { return record_ && on < record_->anniversary.day; }

 private:
    std::optional<TermRecord> record_;
};

/// The term as of a date. The dates are absent if the designation was never attained or the events are unknown.
struct Term {
    Status status = Status::unknown;
    Verdict in_force = Verdict::unknown;
    std::optional<Day> attained_on;
    std::optional<Day> expires_on;  ///< the anniversary: the first date after the term
    std::optional<Day> renewal_opens_on;
    std::optional<Day> renewal_closes_on;
    bool at_risk = false;
    friend bool operator==(const Term&, const Term&) = default;
};

/// SSD-T7, before the reading `suspend` of `prerequisite_lapse` is applied.
Verdict in_force_by_status(Status status, const Rules& rules) noexcept;

/// SSD-T5 to SSD-T7 as of a date; `state` is null if the events are unknown.
Term term(const TermState* state, Verdict eligibility, Day as_of, const Rules& rules) noexcept;

}  // namespace designation
