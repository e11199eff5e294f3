#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "designation/words.hpp"

namespace DESIGNATION_API designation {

/// A calendar day (proleptic Gregorian, no time zone), counted from 1970-01-01.
/// A day that a user gives lies in 1900-01-01 to 2199-12-31; a derived day may lie beyond.
class Day {
 public:
    constexpr Day() noexcept = default;

    /// Throws std::out_of_range where the day is impossible (30 February) or outside 1900-01-01 to 2199-12-31.
    Day(std::chrono::year_month_day day);
    Day(std::chrono::sys_days day);

    /// A day computed from others; not checked.
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

/// A day that may be absent has no order: absent is neither early nor late. Ask whether it is there, compare the days.
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

/// Reads `YYYY-MM-DD`; nothing where the text has another shape. The result may be an impossible day (`ok()` tells).
std::optional<std::chrono::year_month_day> parse_iso(std::string_view text) noexcept;

/// Writes `YYYY-MM-DD`.
std::string to_string(Day day);

/// Interpretation `leap_day`: what 29 February becomes in a common year, 28 February or 1 March.
enum class LeapDay : std::uint8_t { clamp, roll_forward };
template <>
inline constexpr std::array<std::string_view, 2> words<LeapDay>{"clamp", "roll_forward"};

/// The same month and day `years` years later.
Day add_years(Day day, int years, LeapDay reading) noexcept;

/// Days from `from` to `through`, both included.
struct Interval {
    Day from;
    Day through = no_end();

    /// Later than every day: no end is known.
    static constexpr Day no_end() noexcept { return Day::derived(INT32_MAX); }
    constexpr bool has_end() const noexcept { return through != no_end(); }
    constexpr bool contains(Day day) const noexcept {
        // Both are looked at, since a branch on the first would often be guessed wrong.
        return (static_cast<unsigned>(from <= day) & static_cast<unsigned>(day <= through)) != 0;
    }
    friend constexpr bool operator==(Interval, Interval) = default;
};

}  // namespace designation
