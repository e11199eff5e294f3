#include "designation/date.hpp"

#include <array>
#include <cstdio>
#include <stdexcept>

namespace designation {

namespace {

constexpr bool in_range(Day day) noexcept { return Day::earliest() <= day && day <= Day::latest(); }

/// For each day that a user may give, 1 where the year that follows it holds a 29 February and 0 where it holds none;
/// 2 for a 29 February itself.
auto leaps_of_years() {
    std::array<std::uint8_t, Day::latest() - Day::earliest() + 1> table{};
    for (int year = 1899; year <= 2199; ++year) {
        const bool longer = std::chrono::year{year + 1}.is_leap();
        Day day = Day::derived(std::chrono::sys_days{std::chrono::year{year} / 3 / 1});
        const Day end = Day::derived(std::chrono::sys_days{std::chrono::year{year + 1} / 3 / 1});
        for (; day < end; day = day + 1) {
            if (in_range(day)) table[static_cast<std::size_t>(day - Day::earliest())] = longer ? 1 : 0;
        }
        if (longer && in_range(end - 1)) table[static_cast<std::size_t>(end - 1 - Day::earliest())] = 2;
    }
    return table;
}

}  // namespace

Day::Day(std::chrono::year_month_day day) {
    if (!day.ok()) throw std::out_of_range("no such day in the calendar");
    *this = Day{std::chrono::sys_days{day}};
}

Day::Day(std::chrono::sys_days day) : Day(derived(day)) {
    if (!in_range(*this)) throw std::out_of_range("a day must be from 1900-01-01 to 2199-12-31");
}

std::optional<std::chrono::year_month_day> parse_iso(std::string_view text) noexcept {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    bool digits = true;
    const auto number = [&](std::size_t first, std::size_t count) {
        unsigned value = 0;
        for (const char c : text.substr(first, count)) {
            digits = digits && c >= '0' && c <= '9';
            value = value * 10 + static_cast<unsigned>(c - '0');
        }
        return value;
    };
    const std::chrono::year_month_day day{std::chrono::year{static_cast<int>(number(0, 4))},
                                          std::chrono::month{number(5, 2)}, std::chrono::day{number(8, 2)}};
    if (!digits) return std::nullopt;
    return day;
}

std::string to_string(Day day) {
    const auto civil = day.civil();
    std::array<char, 16> text{};
    const int size = std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(civil.year()),
                                   static_cast<unsigned>(civil.month()), static_cast<unsigned>(civil.day()));
    return {text.data(), static_cast<std::size_t>(size)};
}

Day add_years(Day day, int years, LeapDay reading) noexcept {
    // Year by year by a table, which is quick; but neither from a 29 February nor beyond the table.
    static const auto leaps = leaps_of_years();
    Day sooner = day;
    for (int left = years; in_range(sooner) && left >= 0; --left) {
        const int leap = leaps[static_cast<std::size_t>(sooner - Day::earliest())];
        if (leap > 1) break;
        if (left == 0) return sooner;
        sooner = sooner + 365 + leap;
    }
    const auto later = day.civil() + std::chrono::years{years};
    if (later.ok()) return Day::derived(std::chrono::sys_days{later});
    const auto first_of_march = std::chrono::sys_days{later.year() / std::chrono::March / 1};
    return Day::derived(first_of_march) - (reading == LeapDay::clamp ? 1 : 0);
}

}  // namespace designation
