#include "designation/date.hpp"

#include <array>
#include <cstdio>
#include <stdexcept>

namespace designation {

namespace {

constexpr bool in_range(Day day) noexcept { return Day::earliest() <= day && day <= Day::latest(); }

/// Years that begin on March 1, so that February 29 is the last day of its year and does not shift the other days. Year
/// 0 contains the earliest date.
struct MarchYears {
    static constexpr int first = 1899;
    static constexpr int count = 302;  // the last one begins after the latest date
    std::array<std::int32_t, count + 1> begins{};
    std::array<std::uint16_t, Day::latest() - Day::earliest() + 1> year_of{};

    MarchYears() {
        for (std::size_t i = 0; i < begins.size(); ++i) {
            const std::chrono::year year{first + static_cast<int>(i)};
            begins[i] = Day::derived(std::chrono::sys_days{year / 3 / 1}).days_since_1970();
        }
        std::uint16_t year = 0;
        for (std::size_t i = 0; i < year_of.size(); ++i) {
            while (begins[year + 1U] <= Day::earliest().days_since_1970() + static_cast<int>(i)) ++year;
            year_of[i] = year;
        }
    }
};

}  // namespace

Day::Day(std::chrono::year_month_day day) {
    if (!day.ok()) throw std::out_of_range("not a valid date");
    *this = Day{std::chrono::sys_days{day}};
}

Day::Day(std::chrono::sys_days day) : Day(derived(day)) {
    if (!in_range(*this)) throw std::out_of_range("a date must be from 1900-01-01 to 2199-12-31");
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
    // The position in a March year stays the same, which is quick to compute. February 29 and dates outside the table
    // take the slow path below.
    static const MarchYears table;
    if (in_range(day)) {
        const int year = table.year_of[static_cast<std::size_t>(day - Day::earliest())];
        const auto begin = [&](int number) { return table.begins[static_cast<std::size_t>(number)]; };
        const int later = year + years;
        const bool is_february_29 =
            begin(year + 1) - begin(year) == 366 && day.days_since_1970() + 1 == begin(year + 1);
        if (!is_february_29 && 0 <= later && later < MarchYears::count) {
            return day + (begin(later) - begin(year));
        }
    }
    const auto later = day.civil() + std::chrono::years{years};
    if (later.ok()) return Day::derived(std::chrono::sys_days{later});
    const auto first_of_march = std::chrono::sys_days{later.year() / std::chrono::March / 1};
    return Day::derived(first_of_march) - (reading == LeapDay::clamp ? 1 : 0);
}

}  // namespace designation
