#include <stdexcept>

#include "support.hpp"

using namespace support;

TEST_CASE("a date lies in the calendar from 1900-01-01 to 2199-12-31") {
    struct Row {
        int year;
        unsigned month;
        unsigned day;
        bool accepted;
    };
    const Row rows[] = {
        {1899, 12, 31, false},  // the day before the first
        {1900, 1, 1, true},     // the first
        {1900, 1, 2, true},     // the day after the first
        {2199, 12, 30, true},   // the day before the last
        {2199, 12, 31, true},   // the last
        {2200, 1, 1, false},    // the day after the last
        {2026, 2, 29, false},   // 29 February in a common year
        {2028, 2, 29, true},    // in a leap year
        {1900, 2, 29, false},   // in a century that is common
        {2100, 2, 29, false},   // in the next one
        {2000, 2, 29, true},    // in a century that is leap
        {2026, 4, 31, false},   // 31 April
        {2026, 13, 1, false},   // no such month
        {2026, 0, 1, false},    // no such month
        {2026, 1, 0, false},    // no such day
    };
    for (const Row& row : rows) {
        const std::chrono::year_month_day civil{std::chrono::year{row.year}, std::chrono::month{row.month},
                                                std::chrono::day{row.day}};
        CAPTURE(row.year, row.month, row.day);
        if (row.accepted) {
            CHECK(dsg::Day{civil}.civil() == civil);
            CHECK(dsg::Day{std::chrono::sys_days{civil}} == dsg::Day{civil});
        } else {
            CHECK_THROWS_AS(dsg::Day{civil}, std::out_of_range);
        }
    }
    CHECK_THROWS_AS(dsg::Day{std::chrono::sys_days{dsg::Day::latest().civil()} + std::chrono::days{1}},
                    std::out_of_range);
}

TEST_CASE("a derived date may lie outside the range of input dates") {
    CHECK(str(dsg::Day::earliest() - 1) == "1899-12-31");
    CHECK(str(dsg::Day::latest() + 1) == "2200-01-01");
    CHECK(str(dsg::add_years(day("2199-12-31"), 2, dsg::LeapDay::clamp)) == "2201-12-31");
    CHECK(str(dsg::add_years(day("2199-12-31"), 300, dsg::LeapDay::clamp)) == "2499-12-31");
    CHECK(str(dsg::add_years(day("1900-06-15"), -300, dsg::LeapDay::clamp)) == "1600-06-15");
    CHECK(str(dsg::add_years(day("1900-01-15"), -1, dsg::LeapDay::clamp)) == "1899-01-15");
    CHECK(dsg::Day::derived(-1).days_since_1970() == -1);
    CHECK(str(dsg::Day{}) == "1970-01-01");
}

TEST_CASE("dates are ordered, and their difference is a number of days") {
    CHECK(day("2026-12-31") < day("2027-01-01"));
    CHECK(day("2027-01-01") - day("2026-12-31") == 1);
    CHECK(day("2028-03-01") - day("2028-02-28") == 2);
    CHECK(day("2100-03-01") - day("2100-02-28") == 1);
    CHECK(day("2026-01-01") + 365 == day("2027-01-01"));
    CHECK(day("2028-01-01") + 366 == day("2029-01-01"));
    CHECK(day("2027-03-02") - 60 == day("2027-01-01"));
}

TEST_CASE("an ISO date has four, two and two digits and nothing else") {
    CHECK(dsg::parse_iso("2026-09-15") == std::chrono::year{2026} / 9 / 15);
    CHECK(dsg::parse_iso("0000-01-01") == std::chrono::year{0} / 1 / 1);
    for (const std::string_view text :
         {"", "2026", "2026-9-15", "26-09-15", "2026-09-15 ", " 2026-09-15", "2026/09/15", "2026-09/15", "2026/09-15",
          "20260915", "2026-09-15T00:00:00", "2o26-09-15", "2026-0x-15", "2026-09-1x", "-026-09-15", "2026-+9-15",
          "\xd9\xa2\xd9\xa0\xd9\xa2\xd9\xa6-0"}) {
        CAPTURE(text);
        CHECK_FALSE(dsg::parse_iso(text));
    }
    const auto impossible = dsg::parse_iso("2026-02-30");
    REQUIRE(impossible);
    CHECK_FALSE(impossible->ok());
}

TEST_CASE("a year later is the same month and day, with two readings for 29 February") {
    struct Row {
        const char* from;
        int years;
        const char* clamp;
        const char* roll_forward;
    };
    const Row rows[] = {
        {"2026-03-02", 1, "2027-03-02", "2027-03-02"},  // a common day
        {"2027-02-28", 1, "2028-02-28", "2028-02-28"},  // the day before a leap day that comes
        {"2027-03-01", 1, "2028-03-01", "2028-03-01"},  // the day after
        {"2028-02-28", 1, "2029-02-28", "2029-02-28"},  // the day before a leap day that was
        {"2028-02-29", 0, "2028-02-29", "2028-02-29"},  // no year later
        {"2028-02-29", 1, "2029-02-28", "2029-03-01"},  // the leap day, into a common year
        {"2028-02-29", 2, "2030-02-28", "2030-03-01"},  // two years
        {"2028-02-29", 3, "2031-02-28", "2031-03-01"},  // three years
        {"2028-02-29", 4, "2032-02-29", "2032-02-29"},  // into the next leap year
        {"2028-03-01", 1, "2029-03-01", "2029-03-01"},  // the day after a leap day that was
        {"2096-02-29", 4, "2100-02-28", "2100-03-01"},  // 2100 is a common year
        {"2096-02-29", 8, "2104-02-29", "2104-02-29"},  // 2104 is a leap year
        {"1996-02-29", 4, "2000-02-29", "2000-02-29"},  // 2000 was a leap year
        {"1900-02-28", 4, "1904-02-28", "1904-02-28"},  // 1900 was a common year
        {"2026-12-31", 1, "2027-12-31", "2027-12-31"},  // the end of a year
    };
    for (const Row& row : rows) {
        CAPTURE(row.from, row.years);
        CHECK(str(dsg::add_years(day(row.from), row.years, dsg::LeapDay::clamp)) == row.clamp);
        CHECK(str(dsg::add_years(day(row.from), row.years, dsg::LeapDay::roll_forward)) == row.roll_forward);
    }
}

TEST_CASE("an interval includes both its dates, and may be open") {
    struct Row {
        const char* from;
        const char* through;
        const char* on;
        bool contained;
    };
    const Row rows[] = {
        {"2026-01-10", "2026-01-20", "2026-01-09", false},  // the day before from
        {"2026-01-10", "2026-01-20", "2026-01-10", true},   // from
        {"2026-01-10", "2026-01-20", "2026-01-11", true},   // the day after from
        {"2026-01-10", "2026-01-20", "2026-01-20", true},   // through
        {"2026-01-10", "2026-01-20", "2026-01-21", false},  // the day after through
        {"2026-01-10", "2026-01-10", "2026-01-10", true},   // a single day
        {"2026-01-10", "2026-01-10", "2026-01-11", false},  // the day after it
        {"2028-02-01", "2028-02-29", "2028-02-29", true},   // through a leap day
        {"2028-02-01", "2028-02-29", "2028-03-01", false},  // the day after it
        {"2028-02-01", "2028-02-28", "2028-02-29", false},  // through the day before it
        {"1900-01-01", nullptr, "2199-12-31", true},        // no end is known
        {"1900-01-02", nullptr, "1900-01-01", false},       // the day before an open interval
    };
    for (const Row& row : rows) {
        CAPTURE(row.from, row.on);
        const dsg::Interval interval =
            row.through ? dsg::Interval{day(row.from), day(row.through)} : dsg::Interval{day(row.from)};
        CHECK(interval.contains(day(row.on)) == row.contained);
        CHECK(interval.has_end() == (row.through != nullptr));
    }
}
