#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "designation/enums.hpp"

namespace DESIGNATION_API designation {

/// A calendar date (proleptic Gregorian, no time zone), stored as the number of days since 1970-01-01.
/// A date from a user lies in 1900-01-01 to 2199-12-31; a derived date may lie outside.
class Day {
 public:
    constexpr Day() noexcept = default;

    /// Throws std::out_of_range if the date is not valid (February 30) or is outside 1900-01-01 to 2199-12-31.
    Day(std::chrono::year_month_day day);
    Day(std::chrono::sys_days day);

    /// Build a date that was computed from others; it is not checked.
    static constexpr Day derived(std::int32_t days_since_1970) noexcept {
        Day day;
        day.days_ = days_since_1970;
        return day;
    }
    static constexpr Day derived(std::chrono::sys_days day) noexcept {
        return derived(static_cast<std::int32_t>(day.time_since_epoch().count()));
    }

    static constexpr Day earliest() noexcept { return derived(std::chrono::sys_days{std::chrono::year{1900} / 1 / 1}); }
    static constexpr Day latest() noexcept { return derived(std::chrono::sys_days{std::chrono::year{2199} / 12 / 31}); }

    constexpr std::int32_t days_since_1970() const noexcept { return days_; }
    constexpr std::chrono::year_month_day civil() const noexcept {
        return std::chrono::sys_days{std::chrono::days{days_}};
    }

    friend constexpr auto operator<=>(Day, Day) noexcept = default;
    friend constexpr Day operator+(Day day, int days) noexcept { return derived(day.days_ + days); }
    friend constexpr Day operator-(Day day, int days) noexcept { return derived(day.days_ - days); }
    friend constexpr int operator-(Day a, Day b) noexcept { return a.days_ - b.days_; }

 private:
    std::int32_t days_ = 0;
};

/// Optional dates have no order, because an absent date is neither early nor late. Check that both are present first.
using MaybeDay = const std::optional<Day>&;
void operator<(MaybeDay, MaybeDay) = delete;
void operator<(MaybeDay, Day) = delete;
void operator<(Day, MaybeDay) = delete;
void operator<=(MaybeDay, MaybeDay) = delete;
void operator<=(MaybeDay, Day) = delete;
void operator<=(Day, MaybeDay) = delete;
void operator>(MaybeDay, MaybeDay) = delete;
void operator>(MaybeDay, Day) = delete;
void operator>(Day, MaybeDay) = delete;
void operator>=(MaybeDay, MaybeDay) = delete;
void operator>=(MaybeDay, Day) = delete;
void operator>=(Day, MaybeDay) = delete;

/// Parse `YYYY-MM-DD`. Returns nothing if the text has another form. The result may not be a valid date: check `ok()`.
std::optional<std::chrono::year_month_day> parse_iso(std::string_view text) noexcept;

/// Write `YYYY-MM-DD`.
std::string to_string(Day day);

/// Interpretation `leap_day`: in a common year, February 29 becomes February 28 (`clamp`) or March 1 (`roll_forward`).
enum class LeapDay : std::uint8_t { clamp, roll_forward };
template <>
inline constexpr std::array<std::string_view, 2> enum_names<LeapDay>{"clamp", "roll_forward"};

/// Return the same month and day `years` years later.
Day add_years(Day day, int years, LeapDay reading) noexcept;

/// The dates from `from` through `through`, both included.
struct Interval {
    Day from;
    Day through = no_end();

    /// Later than every date: no end is known.
    static constexpr Day no_end() noexcept { return Day::derived(INT32_MAX); }
    constexpr bool has_end() const noexcept { return through != no_end(); }
    constexpr bool contains(Day day) const noexcept {
        // Both comparisons are always made, because a branch on the first one is often mispredicted.
        return (static_cast<unsigned>(from <= day) & static_cast<unsigned>(day <= through)) != 0;
    }
    friend constexpr bool operator==(Interval, Interval) = default;
};

}  // namespace designation
