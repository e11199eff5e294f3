#include "support.hpp"

using namespace support;

namespace {

/// Return the missing evaluations for a renewal of the term attained on 2026-03-02 (anniversary 2027-03-02).
std::string missing(const dsg::Partner& partner, const char* as_of, const dsg::Rules& under) {
    const dsg::Assessment a = assess_on(partner, as_of, under);
    REQUIRE(a.renewal);
    return str(a.renewal->missing);
}

/// Return a partner whose only events after the award are these passes.
dsg::Partner with_passes(const std::string& passes) { return with_events("2026-03-02 badge_awarded;" + passes); }

}  // namespace

TEST_CASE("performance must be passed after the last decision and be in force on the date", "[SSD-R2]") {
    struct Row {
        const char* passed_on;
        const char* as_of;
        bool carries;
    };
    const Row rows[] = {
        {"2026-03-01", "2026-06-01", false},  // the day before the award
        {"2026-03-02", "2026-06-01", false},  // the day of the award
        {"2026-03-03", "2026-06-01", true},   // the day after
        {"2026-03-03", "2026-03-02", false},  // not yet taken
        {"2026-03-03", "2026-03-03", true},   // taken today
        {"2026-03-03", "2027-03-02", true},   // its last day
        {"2026-03-03", "2027-03-03", false},  // the day after
    };
    for (const Row& row : rows) {
        CAPTURE(row.passed_on, row.as_of);
        const dsg::Partner p = with_passes(std::string(row.passed_on) + " case_rate_determined pass");
        CHECK((missing(p, row.as_of, dsg::builtin_rules()).find("performance") == std::string::npos) == row.carries);
    }
}

TEST_CASE("performance must be passed after the last renewal that counted", "[SSD-R2]") {
    const std::string record = "2026-03-02 badge_awarded; 2027-02-10 renewal_approved;";
    struct Row {
        const char* passed_on;
        bool carries;
    };
    for (const auto& [passed_on, carries] :
         {Row{"2027-02-09", false}, Row{"2027-02-10", false}, Row{"2027-02-11", true}}) {
        CAPTURE(passed_on);
        const dsg::Partner p = with_events(record + passed_on + " case_rate_determined pass");
        CHECK((missing(p, "2027-06-01", dsg::builtin_rules()).find("performance") == std::string::npos) == carries);
    }
}

TEST_CASE("capability and CSAT must be in force on the reference day", "[SSD-R3][SSD-R4]") {
    struct Row {
        const char* event;
        const char* passed_on;
        const char* as_of;
        bool by_later;     ///< the later of anniversary and decision
        bool by_decision;  ///< the decision alone
    };
    const Row rows[] = {
        {"csat_evaluated", "2026-03-01", "2027-01-10", false, true},         // ends two days before the anniversary
        {"csat_evaluated", "2026-03-02", "2027-01-10", false, true},         // ends the day before it
        {"csat_evaluated", "2026-03-03", "2027-01-10", true, true},          // ends on it
        {"csat_evaluated", "2026-03-02", "2027-03-01", false, true},         // decided on its last day
        {"csat_evaluated", "2026-03-02", "2027-03-02", false, false},        // on the day after
        {"csat_evaluated", "2026-03-03", "2027-03-02", true, true},          // decided on the anniversary
        {"csat_evaluated", "2026-03-03", "2027-03-03", false, false},        // decided the day after it
        {"csat_evaluated", "2026-03-04", "2027-03-03", true, true},          // the pass reaches that day
        {"csat_evaluated", "2027-03-15", "2027-03-14", false, false},        // not yet taken
        {"csat_evaluated", "2027-03-15", "2027-03-15", true, true},          // taken while overdue
        {"capability_evaluated", "2025-03-01", "2027-01-10", false, true},   // two years: ends two days before
        {"capability_evaluated", "2025-03-02", "2027-01-10", false, true},   // the day before
        {"capability_evaluated", "2025-03-03", "2027-01-10", true, true},    // on the anniversary
        {"capability_evaluated", "2025-03-02", "2027-03-01", false, true},   // decided on its last day
        {"capability_evaluated", "2025-03-02", "2027-03-02", false, false},  // on the day after
        {"capability_evaluated", "2025-03-03", "2027-03-03", false, false},  // decided the day after the anniversary
        {"capability_evaluated", "2025-03-04", "2027-03-03", true, true},    // the pass reaches that day
    };
    const dsg::Rules by_decision = reading("pass_reference_day", "decision");
    for (const Row& row : rows) {
        CAPTURE(row.event, row.passed_on, row.as_of);
        const dsg::Partner p = with_passes(std::string(row.passed_on) + ' ' + row.event + " pass");
        const std::string name = std::string(row.event).starts_with("csat") ? "csat" : "capability";
        CHECK((missing(p, row.as_of, dsg::builtin_rules()).find(name) == std::string::npos) == row.by_later);
        CHECK((missing(p, row.as_of, by_decision).find(name) == std::string::npos) == row.by_decision);
    }
}

TEST_CASE("a CSAT pass of the day after the anniversary lasts until the next one, except for leap days", "[SSD-R4]") {
    struct Row {
        const char* attained_on;
        const char* passed_on;  ///< a day after the first anniversary, on which it is renewed
        bool carries;
    };
    const Row rows[] = {
        {"2025-12-01", "2026-12-01", false},  // on the anniversary
        {"2025-12-01", "2026-12-02", true},   // the day after
        {"2027-02-28", "2028-02-29", false},  // the day after is a leap day
        {"2027-02-28", "2028-03-01", true},   // the day after that
    };
    for (const Row& row : rows) {
        CAPTURE(row.attained_on, row.passed_on);
        const dsg::Partner p = with_events(attained(row.attained_on) + row.passed_on + " csat_evaluated pass;" +
                                           row.passed_on + " renewal_approved");
        const auto decision = assess_on(p, row.passed_on).term;
        CHECK((missing(p, row.passed_on, dsg::builtin_rules()).find("csat") == std::string::npos) == row.carries);
        CHECK(decision.status == dsg::Status::active);
    }
}

TEST_CASE("missing evaluations are in the edition's order", "[SSD-R]") {
    const dsg::Partner p = with_passes("");
    CHECK(missing(p, "2026-06-01", dsg::builtin_rules()) == "capability performance csat");
    CHECK(missing(p, "2026-06-01", edition("2026-04")) == "performance csat capability");
    const dsg::Partner ready = with_passes(passes("2027-01-10"));
    CHECK(missing(ready, "2027-01-10", dsg::builtin_rules()).empty());
}

TEST_CASE("the verdict is the AND of eligibility and the three evaluations", "[SSD-R][SSD-R1]") {
    struct Row {
        const char* members;
        const char* events;
        const char* verdict;
    };
    const std::string all = passes("2027-01-10");
    const Row rows[] = {
        {"{}", all.c_str(), "met"},
        {R"({"csp_authorizations": null})", all.c_str(), "unknown"},
        {R"({"csp_authorizations": []})", all.c_str(), "unmet"},
        {"{}", "", "unmet"},
        {R"({"csp_authorizations": null})", "", "unmet"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.members, row.events);
        const dsg::Partner p = with_events(std::string("2026-03-02 badge_awarded;") + row.events, row.members);
        CHECK(str(assess_on(p, "2027-01-15").renewal->verdict) == row.verdict);
    }
}

TEST_CASE("there is no renewal unless the designation is held", "[SSD-R]") {
    const dsg::Partner p = with_events(attained("2026-03-02"));
    CHECK_FALSE(assess_on(p, "2026-03-01").renewal);
    CHECK(assess_on(p, "2026-03-02").renewal);
    CHECK(assess_on(p, "2027-04-01").renewal);
    CHECK_FALSE(assess_on(p, "2027-04-02").renewal);
    CHECK_FALSE(assess_on(with(R"({"events": null})"), "2026-03-02").renewal);
}

TEST_CASE("the earliest pass is the first that lasts until the earliest decision") {
    for (const char* readings :
         {"{}", R"({"interpretations": {"pass_reference_day": "decision", "leap_day": "roll_forward"}})"}) {
        const dsg::Rules under = rules(readings);
        for (const char* attained_on : {"2027-03-02", "2027-02-28", "2028-02-29", "2031-03-01"}) {
            const dsg::Day anniversary = add_years(day(attained_on), 1, under.readings.leap_day);
            for (const int days : {-366, -365, -364, -61, -60, -1, 0, 30}) {
                const dsg::Day on = std::max(anniversary + days, day(attained_on));
                const dsg::Day decision = std::max(on, dsg::renewal_window(anniversary, under).from);
                for (const dsg::Evaluation evaluation : dsg::all_evaluations) {
                    const auto carries = [&](dsg::Day passed_on) {
                        dsg::Passes passes;
                        passes.by_evaluation[evaluation] = {passed_on, valid_through(evaluation, passed_on, under),
                                                            false};
                        return carries_renewal(evaluation, passes, day(attained_on), anniversary,
                                               std::max(decision, passed_on), under);
                    };
                    dsg::Day first = on;
                    while (!carries(first)) first = first + 1;
                    CAPTURE(attained_on, days, str(evaluation));
                    CHECK(str(earliest_pass(evaluation, day(attained_on), anniversary, on, under)) == str(first));
                }
            }
        }
    }
}

TEST_CASE("the earliest pass is in force on the decision or on the anniversary") {
    const auto earliest = [](dsg::Evaluation evaluation) {
        return str(dsg::earliest_pass(evaluation, day("2027-01-01"), day("2028-03-02"), day("2027-01-01"),
                                      dsg::builtin_rules()));
    };
    CHECK(earliest(dsg::Evaluation::performance) == "2027-01-03");
    CHECK(earliest(dsg::Evaluation::csat) == "2027-03-03");
    CHECK(earliest(dsg::Evaluation::capability) == "2027-01-01");
}
