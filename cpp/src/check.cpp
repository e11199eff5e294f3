#include "check.hpp"

#include <array>
#include <cmath>
#include <cstddef>

#include "quote.hpp"

namespace designation {

namespace {

void check_range(std::string_view member, Day day, const Report& report) {
    if (Day::earliest() <= day && day <= Day::latest()) return;
    report(member, "range", "a date must be from 1900-01-01 to 2199-12-31, not " + to_string(day));
}

void check(const DimensionScore& dimension, std::string_view name, const Report& report) {
    const std::string pointer = "dimensions/" + std::string(name) + '/';
    if (!(dimension.out_of > 0) || !std::isfinite(dimension.out_of)) {
        report(pointer + "out_of", "range", "out_of must be above 0");
    } else if (!(dimension.score >= 0 && dimension.score <= dimension.out_of)) {
        report(pointer + "score", "range", "a dimension's score must be from 0 to its out_of");
    }
}

/// Return the number of bytes of the UTF-8 character at the beginning of a text; 0 if there is none.
std::size_t utf8_size(std::string_view text) noexcept {
    const auto byte = [text](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const auto continues = [byte](std::size_t i, unsigned least = 0x80, unsigned most = 0xBF) {
        return byte(i) >= least && byte(i) <= most;
    };
    const unsigned first = byte(0);
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return continues(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        // Not overlong, and not a surrogate.
        const bool is_valid = continues(1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF);
        return is_valid && continues(2) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const bool is_valid = continues(1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF);
        return is_valid && continues(2) && continues(3) ? 4 : 0;
    }
    return 0;
}

}  // namespace

std::span<const Outcome> outcomes_of(EventType type) noexcept {
    static constexpr std::array decisions{Outcome::eligible, Outcome::ineligible};
    static constexpr std::array results{Outcome::pass, Outcome::fail};
    if (type == EventType::eligibility_decided) return decisions;
    if (evaluation_of(type)) return results;
    return {};
}

void check(Interval period, const Report& report) {
    check_range("from", period.from, report);
    if (!period.has_end()) return;
    check_range("through", period.through, report);
    if (period.through < period.from) {
        report("through", "order", "through must not be before from (" + to_string(period.from) + ')');
    }
}

void check(const Money& money, const Report& report) {
    if (money.amount >= Amount{} && money.amount <= Amount::ten_thousandths(Amount::largest)) return;
    report("annual_value/amount", "range", "must be from 0 to 10000000000, not " + to_string(money.amount));
}

void check(const Event& event, const Report& report) {
    check_range("on", event.on, report);
    const auto allowed = outcomes_of(event.type);
    if (event.outcome == Outcome::none && allowed.empty()) return;
    for (const Outcome outcome : allowed) {
        if (event.outcome == outcome) return;
    }
    const std::string type{to_string(event.type)};
    if (allowed.empty()) {
        report("outcome", "unknown_key", type + " has no outcome");
        return;
    }
    const std::string expected = quoted(to_string(allowed[0])) + " or " + quoted(to_string(allowed[1]));
    if (event.outcome == Outcome::none) {
        report("outcome", "missing_key", type + " requires an outcome, " + expected);
    } else {
        report("outcome", "unknown_value",
               "the outcome of " + type + " must be " + expected + ", not " + quoted(to_string(event.outcome)));
    }
}

void check_fields(const EventRecord& event, const Report& report) {
    const auto belongs_to = [&](std::string_view member, bool given, EventType type) {
        if (!given || event.type == type) return given;
        report(member, "unknown_key",
               std::string(to_string(event.type)) + " has no " + std::string(member) + "; only " +
                   std::string(to_string(type)) + " does");
        return false;
    };
    if (belongs_to("dimensions", event.dimensions.has_value(), EventType::capability_evaluated)) {
        check(event.dimensions->support_function, "support_function", report);
        check(event.dimensions->support_staff_skills, "support_staff_skills", report);
        check(event.dimensions->support_performance_metrics, "support_performance_metrics", report);
    }
    if (belongs_to("cases", event.cases.has_value(), EventType::case_volume_validated) && *event.cases < 0) {
        report("cases", "range", "cases must be 0 or more");
    }
    if (belongs_to("rate", event.rate.has_value(), EventType::case_rate_determined) &&
        !(*event.rate >= 0 && std::isfinite(*event.rate))) {
        report("rate", "range", "rate must be a finite number, 0 or more");
    }
    if (belongs_to("score", event.score.has_value(), EventType::csat_evaluated) &&
        !(*event.score >= 1 && *event.score <= 5)) {
        report("score", "range", "score must be from 1 to 5");
    }
}

void check_text(std::string_view member, std::string_view text, const Report& report) {
    if (text.find('\0') != std::string_view::npos) {
        report(member, "nul", "must not contain a NUL character");
        return;
    }
    while (!text.empty()) {
        const std::size_t size = utf8_size(text);
        if (size == 0) {
            report(member, "encoding", "must be UTF-8");
            return;
        }
        text.remove_prefix(size);
    }
}

}  // namespace designation
