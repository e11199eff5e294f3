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
inline constexpr std::array<std::string_view, 6> words<Status>{"not_attained",    "active",  "renewal_open",
                                                               "renewal_overdue", "expired", "unknown"};

/// Held: active, renewal_open or renewal_overdue.
constexpr bool is_held(Status status) noexcept {
    return status == Status::active || status == Status::renewal_open || status == Status::renewal_overdue;
}

/// The `count`-th anniversary of a day, always computed from that day and never chained.
struct Anniversary {
    Day origin;
    int count = 0;
    Day day = origin;

    Anniversary next(const Rules& rules) const noexcept {
        const int years = count + rules.term_years;
        return {origin, years, add_years(origin, years, rules.readings.leap_day)};
    }
};

/// SSD-T3: the renewal window of an anniversary, both days included.
Interval renewal_window(Day anniversary, const Rules& rules) noexcept;

/// A term: when the designation was attained, and the anniversary on which the current year ends.
struct TermRecord {
    Day attained_on;
    Anniversary anniversary;
    Day decided_on;        ///< of the last counted decision: the award, or the last renewal that counted
    Day first_awarded_on;  ///< of the first award that ever counted
};

/// SSD-T: the designation's term as the decisions up to a day leave it.
class TermState {
 public:
    /// What a decision did.
    struct Award {
        bool counts = false;
        bool while_held = false;
    };
    struct Renewal {
        bool counts = false;
        bool outside_window = false;
        bool gap = false;
        Day anniversary;  ///< the one that it counts for
    };

    Award award(Day on, const Rules& rules) noexcept;      ///< SSD-T1
    Renewal renewal(Day on, const Rules& rules) noexcept;  ///< SSD-T4

    const std::optional<TermRecord>& record() const noexcept { return record_; }
    Status status(Day on, const Rules& rules) const noexcept;  ///< SSD-T6
    bool held(Day on, const Rules& rules) const noexcept { return is_held(status(on, rules)); }
    bool runs(Day on) const noexcept { return record_ && on < record_->anniversary.day; }

 private:
    std::optional<TermRecord> record_;
};

/// The term as of a day. The days are absent where the designation was never attained or the events are unknown.
struct Term {
    Status status = Status::unknown;
    Verdict in_force = Verdict::unknown;
    std::optional<Day> attained_on;
    std::optional<Day> expires_on;  ///< the anniversary: the first day on which it is no longer valid
    std::optional<Day> renewal_opens_on;
    std::optional<Day> renewal_closes_on;
    bool at_risk = false;
    friend bool operator==(const Term&, const Term&) = default;
};

/// SSD-T7 where no prerequisite suspends it.
Verdict in_force_by_status(Status status, const Rules& rules) noexcept;

/// SSD-T5 to SSD-T7 as of a day; `state` is null where the events are unknown.
Term term(const TermState* state, Verdict eligibility, Day as_of, const Rules& rules) noexcept;

}  // namespace designation
