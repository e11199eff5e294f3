#include "check.hpp"

#include <array>

namespace designation {

namespace {

void check_range(std::string_view member, Day day, const Report& report) {
    if (Day::earliest() <= day && day <= Day::latest()) return;
    report(member, "range", "a day must be from 1900-01-01 to 2199-12-31, not " + to_string(day));
}

std::string quoted(std::string_view word) { return '"' + std::string(word) + '"'; }

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

void check(const DimensionScore& dimension, const Report& report) {
    if (dimension.out_of <= 0) {
        report("out_of", "range", "out_of must be above 0");
    } else if (dimension.score < 0 || dimension.score > dimension.out_of) {
        report("score", "range", "a dimension's score must be from 0 to its out_of");
    }
}

void check(const Event& event, const Report& report) {
    check_range("on", event.on, report);
    const auto allowed = outcomes_of(event.type);
    const std::string type{to_string(event.type)};
    if (allowed.empty()) {
        if (event.outcome != Outcome::none) report("outcome", "unknown_key", type + " has no outcome");
        return;
    }
    for (const Outcome outcome : allowed) {
        if (event.outcome == outcome) return;
    }
    const std::string wanted = quoted(to_string(allowed[0])) + " or " + quoted(to_string(allowed[1]));
    if (event.outcome == Outcome::none) {
        report("outcome", "missing_key", type + " needs an outcome, " + wanted);
    } else {
        report("outcome", "unknown_value",
               "the outcome of " + type + " must be " + wanted + ", not " + quoted(to_string(event.outcome)));
    }
}

void check(const EventRecord& event, const Report& report) {
    check(static_cast<const Event&>(event), report);
    const auto belongs_to = [&](std::string_view member, bool given, EventType type) {
        if (!given || event.type == type) return given;
        report(member, "unknown_key",
               std::string(to_string(event.type)) + " has no " + std::string(member) + "; only " +
                   std::string(to_string(type)) + " has");
        return false;
    };
    belongs_to("dimensions", event.dimensions.has_value(), EventType::capability_evaluated);
    if (belongs_to("cases", event.cases.has_value(), EventType::case_volume_validated) && *event.cases < 0) {
        report("cases", "range", "cases must be 0 or more");
    }
    if (belongs_to("rate", event.rate.has_value(), EventType::case_rate_determined) && *event.rate < 0) {
        report("rate", "range", "rate must be 0 or more");
    }
    if (belongs_to("score", event.score.has_value(), EventType::csat_evaluated) &&
        (*event.score < 1 || *event.score > 5)) {
        report("score", "range", "score must be from 1 to 5");
    }
}

}  // namespace designation
