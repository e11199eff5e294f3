#include "support.hpp"

using namespace support;
using dsg::Evaluation;

namespace {

constexpr const char* event_of[] = {"capability_evaluated", "case_rate_determined", "csat_evaluated"};

}  // namespace

TEST_CASE("a pass is in force from its date until its validity ends", "[SSD-E1][SSD-E2][SSD-E3]") {
    struct Row {
        Evaluation evaluation;
        const char* passed_on;
        const char* as_of;
        const char* clamp;
        const char* through_clamp;
        const char* roll_forward;
        const char* through_roll_forward;
    };
    constexpr auto capability = Evaluation::capability;
    constexpr auto performance = Evaluation::performance;
    constexpr auto csat = Evaluation::csat;
    const Row rows[] = {
        {capability, "2026-01-20", "2026-01-19", "unmet", "null", "unmet", "null"},               // the day before
        {capability, "2026-01-20", "2026-01-20", "met", "2028-01-19", "met", "2028-01-19"},       // the day
        {capability, "2026-01-20", "2028-01-19", "met", "2028-01-19", "met", "2028-01-19"},       // its last day
        {capability, "2026-01-20", "2028-01-20", "unmet", "2028-01-19", "unmet", "2028-01-19"},   // the day after
        {capability, "2026-02-28", "2028-02-27", "met", "2028-02-27", "met", "2028-02-27"},       // into a leap year
        {capability, "2026-02-28", "2028-02-28", "unmet", "2028-02-27", "unmet", "2028-02-27"},   // the day after
        {capability, "2026-03-01", "2028-02-29", "met", "2028-02-29", "met", "2028-02-29"},       // ends on a leap day
        {capability, "2026-03-01", "2028-03-01", "unmet", "2028-02-29", "unmet", "2028-02-29"},   // the day after
        {capability, "2028-02-29", "2030-02-27", "met", "2030-02-27", "met", "2030-02-28"},       // from a leap day
        {capability, "2028-02-29", "2030-02-28", "unmet", "2030-02-27", "met", "2030-02-28"},     // where they differ
        {capability, "2028-02-29", "2030-03-01", "unmet", "2030-02-27", "unmet", "2030-02-28"},   // the day after
        {capability, "2098-03-01", "2100-02-28", "met", "2100-02-28", "met", "2100-02-28"},       // 2100: no leap day
        {capability, "2098-03-01", "2100-03-01", "unmet", "2100-02-28", "unmet", "2100-02-28"},   // the day after
        {performance, "2026-02-10", "2026-02-09", "unmet", "null", "unmet", "null"},              // the day before
        {performance, "2026-02-10", "2026-02-10", "met", "2027-02-09", "met", "2027-02-09"},      // the day
        {performance, "2026-02-10", "2027-02-09", "met", "2027-02-09", "met", "2027-02-09"},      // its last day
        {performance, "2026-02-10", "2027-02-10", "unmet", "2027-02-09", "unmet", "2027-02-09"},  // the day after
        {performance, "2028-02-29", "2029-02-27", "met", "2029-02-27", "met", "2029-02-28"},      // from a leap day
        {performance, "2028-02-29", "2029-02-28", "unmet", "2029-02-27", "met", "2029-02-28"},    // where they differ
        {performance, "2028-02-29", "2029-03-01", "unmet", "2029-02-27", "unmet", "2029-02-28"},  // the day after
        {csat, "2026-02-15", "2026-02-14", "unmet", "null", "unmet", "null"},                     // the day before
        {csat, "2026-02-15", "2026-02-15", "met", "2027-02-14", "met", "2027-02-14"},             // the day
        {csat, "2026-02-15", "2027-02-14", "met", "2027-02-14", "met", "2027-02-14"},             // its last day
        {csat, "2026-02-15", "2027-02-15", "unmet", "2027-02-14", "unmet", "2027-02-14"},         // the day after
        {csat, "2027-03-01", "2028-02-29", "met", "2028-02-29", "met", "2028-02-29"},             // ends on a leap day
        {csat, "2027-03-01", "2028-03-01", "unmet", "2028-02-29", "unmet", "2028-02-29"},         // the day after
        {csat, "2028-02-29", "2029-02-28", "unmet", "2029-02-27", "met", "2029-02-28"},           // from a leap day
        {csat, "2096-02-29", "2097-02-28", "unmet", "2097-02-27", "met", "2097-02-28"},  // the last before 2100
        {csat, "2099-02-28", "2100-02-27", "met", "2100-02-27", "met", "2100-02-27"},    // into 2100
        {csat, "2099-03-01", "2100-02-28", "met", "2100-02-28", "met", "2100-02-28"},    // 2100: no leap day
        {csat, "1900-02-28", "1901-02-27", "met", "1901-02-27", "met", "1901-02-27"},    // from 1900
        {csat, "1900-03-01", "1901-02-28", "met", "1901-02-28", "met", "1901-02-28"},    // after its February
        {csat, "1904-02-29", "1905-02-28", "unmet", "1905-02-27", "met", "1905-02-28"},  // the first leap day
        {csat, "2199-12-31", "2199-12-31", "met", "2200-12-30", "met", "2200-12-30"},    // the last day there is
    };
    const dsg::Rules roll_forward = reading("leap_day", "roll_forward");
    for (const Row& row : rows) {
        CAPTURE(str(row.evaluation), row.passed_on, row.as_of);
        const dsg::Partner p =
            with_events(std::string(row.passed_on) + ' ' + event_of[static_cast<int>(row.evaluation)] + " pass");
        const auto clamped = assess_on(p, row.as_of).evaluations[row.evaluation];
        CHECK(str(clamped.verdict) == row.clamp);
        CHECK(str(clamped.valid_through) == row.through_clamp);
        CHECK(clamped.passed_on.has_value() == clamped.valid_through.has_value());
        const auto rolled = assess_on(p, row.as_of, roll_forward).evaluations[row.evaluation];
        CHECK(str(rolled.verdict) == row.roll_forward);
        CHECK(str(rolled.valid_through) == row.through_roll_forward);
    }
}

TEST_CASE("the last pass counts, and an interpretation decides about a later fail", "[SSD-E1][SSD-E2][SSD-E3]") {
    struct Row {
        const char* events;
        const char* as_of;
        const char* stands;
        const char* governs;
    };
    const Row rows[] = {
        {"", "2026-06-01", "null", "null"},                                // nothing yet
        {"2026-02-01 csat_evaluated fail", "2026-06-01", "null", "null"},  // only a fail
        {"2026-02-01 csat_evaluated pass; 2026-05-01 csat_evaluated fail", "2026-04-30", "2026-02-01",
         "2026-02-01"},  // before the fail
        {"2026-02-01 csat_evaluated pass; 2026-05-01 csat_evaluated fail", "2026-05-01", "2026-02-01",
         "null"},  // the fail
        {"2026-02-01 csat_evaluated fail; 2026-05-01 csat_evaluated pass", "2026-06-01", "2026-05-01",
         "2026-05-01"},  // fail, then pass
        {"2026-02-01 csat_evaluated pass; 2026-05-01 csat_evaluated pass", "2026-06-01", "2026-05-01",
         "2026-05-01"},  // pass again
        {"2026-02-01 csat_evaluated pass; 2026-03-01 csat_evaluated fail; 2026-05-01 csat_evaluated pass", "2026-06-01",
         "2026-05-01", "2026-05-01"},  // and after a fail
        {"2026-02-01 csat_evaluated fail; 2026-02-01 csat_evaluated pass", "2026-06-01", "2026-02-01",
         "2026-02-01"},  // one day: pass last
        {"2026-02-01 csat_evaluated pass; 2026-02-01 csat_evaluated fail", "2026-06-01", "2026-02-01",
         "null"},  // one day: fail last
        {"2026-02-01 csat_evaluated pass; 2026-05-01 capability_evaluated fail", "2026-06-01", "2026-02-01",
         "2026-02-01"},  // another's fail
    };
    const dsg::Rules governs = reading("failed_reevaluation", "latest_outcome_governs");
    for (const Row& row : rows) {
        CAPTURE(row.events, row.as_of);
        const dsg::Partner p = with_events(row.events);
        const auto standing = assess_on(p, row.as_of).evaluations[Evaluation::csat];
        CHECK(str(standing.passed_on) == row.stands);
        CHECK((standing.verdict == dsg::Verdict::met) == standing.passed_on.has_value());
        const auto governed = assess_on(p, row.as_of, governs).evaluations[Evaluation::csat];
        CHECK(str(governed.passed_on) == row.governs);
        CHECK((governed.verdict == dsg::Verdict::met) == governed.passed_on.has_value());
    }
}

TEST_CASE("a validated case volume is not a pass", "[SSD-E2]") {
    const auto evaluations = assess_on(with_events("2026-02-01 case_volume_validated"), "2026-02-01").evaluations;
    for (const Evaluation evaluation : dsg::all_evaluations) CHECK(str(evaluations[evaluation].verdict) == "unmet");
}

TEST_CASE("an evaluation is unknown if the events are", "[SSD-E1][SSD-E2][SSD-E3]") {
    const auto evaluations = assess_on(with(R"({"events": null})"), "2026-02-01").evaluations;
    for (const Evaluation evaluation : dsg::all_evaluations) {
        CHECK(str(evaluations[evaluation].verdict) == "unknown");
        CHECK_FALSE(evaluations[evaluation].passed_on);
        CHECK_FALSE(evaluations[evaluation].valid_through);
    }
}

TEST_CASE("each evaluation has one event type and one step", "[SSD-E1][SSD-E2][SSD-E3]") {
    int of_events = 0;
    for (std::size_t i = 0; i < dsg::count_of<dsg::EventType>; ++i) {
        of_events += dsg::evaluation_of(static_cast<dsg::EventType>(i)) ? 1 : 0;
    }
    CHECK(of_events == 3);
    CHECK(dsg::evaluation_of(dsg::EventType::capability_evaluated) == Evaluation::capability);
    CHECK(dsg::evaluation_of(dsg::EventType::case_rate_determined) == Evaluation::performance);
    CHECK(dsg::evaluation_of(dsg::EventType::csat_evaluated) == Evaluation::csat);
    CHECK(dsg::evaluation_of(dsg::Step::capability) == Evaluation::capability);
    CHECK(dsg::evaluation_of(dsg::Step::performance) == Evaluation::performance);
    CHECK(dsg::evaluation_of(dsg::Step::csat) == Evaluation::csat);
    CHECK_FALSE(dsg::evaluation_of(dsg::Step::award));
}

TEST_CASE("a pass is never in force before its date", "[SSD-E1][SSD-E2][SSD-E3]") {
    dsg::Passes passes;
    const dsg::Rules& rules = dsg::builtin_rules();
    CHECK_FALSE(passes.in_force(Evaluation::csat, day("2026-02-15"), rules));
    passes.record({day("2026-02-15"), dsg::EventType::csat_evaluated, dsg::Outcome::pass}, rules);
    CHECK_FALSE(passes.in_force(Evaluation::csat, day("2026-02-14"), rules));
    CHECK(passes.in_force(Evaluation::csat, day("2026-02-15"), rules));
    CHECK(passes.in_force(Evaluation::csat, day("2027-02-14"), rules));
    CHECK_FALSE(passes.in_force(Evaluation::csat, day("2027-02-15"), rules));
    CHECK_FALSE(passes.in_force(Evaluation::capability, day("2026-02-15"), rules));
    CHECK_FALSE(dsg::PassRecord{}.in_force(dsg::Day{}));
}
