#include "support.hpp"

using namespace support;

namespace {

struct Row {
    const char* events;
    const char* members;  ///< merged into the eligible partner's document
    const char* as_of;
    const char* findings;  ///< every finding
};

void check_findings(const std::vector<Row>& rows, const dsg::Rules& under = dsg::builtin_rules()) {
    for (const Row& row : rows) {
        CAPTURE(row.events, row.members, row.as_of);
        CHECK(found(with_events(row.events, row.members), row.as_of, under) == row.findings);
    }
}

constexpr const char* no_csp = R"({"csp_authorizations": []})";
constexpr const char* unknown_csp = R"({"csp_authorizations": null})";
constexpr const char* csp_until_the_tenth =
    R"({"csp_authorizations": [{"type": "direct_bill", "from": "2020-01-01", "through": "2026-01-10"}]})";

}  // namespace

TEST_CASE("a flawless record raises no finding") {
    const std::string record = attained("2026-03-02") +
                               "2027-02-10 case_rate_determined pass; 2027-02-10 csat_evaluated pass;"
                               "2027-02-15 renewal_approved";
    CHECK(found(with_events(record), "2027-02-15").empty());
    CHECK(found(with_events(record), "2027-02-15", edition("2026-04")).empty());
    CHECK(found(with(R"({"events": null, "csp_authorizations": []})"), "2027-02-15").empty());
}

TEST_CASE("registered_without_prerequisites: a registration without a term while eligibility is unmet", "[SSD-J1]") {
    constexpr const char* registered = "2026-01-10 interest_registered";
    check_findings({
        {registered, no_csp, "2026-01-10", "2026-01-10 registered_without_prerequisites"},
        {registered, no_csp, "2026-01-09", ""},               // the day before
        {registered, "{}", "2026-01-10", ""},                 // eligible
        {registered, unknown_csp, "2026-01-10", ""},          // unknown
        {registered, csp_until_the_tenth, "2026-01-31", ""},  // on the last day of the authorization
        {"2026-01-11 interest_registered", csp_until_the_tenth, "2026-01-31",
         "2026-01-11 registered_without_prerequisites"},  // the day after
        {"2026-01-11 interest_registered; 2026-01-12 interest_registered", csp_until_the_tenth, "2026-01-31",
         "2026-01-11 registered_without_prerequisites; 2026-01-12 registered_without_prerequisites"},
    });
    // A registration during a term raises no finding; from the anniversary on, it does.
    constexpr const char* until_2026 =
        R"({"csp_authorizations": [{"type": "direct_bill", "from": "2020-01-01", "through": "2026-12-31"}]})";
    const std::string record = attained("2026-03-02");
    CHECK(found(with_events(record + "2027-03-01 interest_registered", until_2026), "2027-05-01").empty());
    CHECK(found(with_events(record + "2027-03-02 interest_registered", until_2026), "2027-05-01") ==
          "2027-03-02 registered_without_prerequisites");
}

TEST_CASE("eligibility_differs: Microsoft's decision contradicts the given facts", "[SSD-P]") {
    check_findings({
        {"2026-01-10 eligibility_decided eligible", no_csp, "2026-01-31", "2026-01-10 eligibility_differs"},
        {"2026-01-10 eligibility_decided eligible", "{}", "2026-01-31", ""},
        {"2026-01-10 eligibility_decided eligible", unknown_csp, "2026-01-31", ""},
        {"2026-01-10 eligibility_decided ineligible", "{}", "2026-01-31", "2026-01-10 eligibility_differs"},
        {"2026-01-10 eligibility_decided ineligible", no_csp, "2026-01-31", ""},
        {"2026-01-10 eligibility_decided ineligible", unknown_csp, "2026-01-31", ""},
        {"2026-01-10 eligibility_decided eligible", csp_until_the_tenth, "2026-01-31", ""},  // the last day
        {"2026-01-11 eligibility_decided eligible", csp_until_the_tenth, "2026-01-31",
         "2026-01-11 eligibility_differs"},  // the day after
    });
}

TEST_CASE("step_out_of_order: a pass in an attempt before an earlier step is done", "[SSD-J2]") {
    const std::string open = "2026-01-01 interest_registered; 2026-01-01 eligibility_decided eligible;";
    struct Case {
        const char* events;
        const char* first;   ///< in edition 2025-11
        const char* second;  ///< in edition 2026-04
    };
    const Case cases[] = {
        {"2026-01-10 capability_evaluated pass", "", "2026-01-10 step_out_of_order"},
        {"2026-01-10 case_rate_determined pass", "2026-01-10 step_out_of_order", ""},
        {"2026-01-10 csat_evaluated pass", "2026-01-10 step_out_of_order", "2026-01-10 step_out_of_order"},
        {"2026-01-10 capability_evaluated pass; 2026-01-10 case_rate_determined pass", "", ""},
        {"2026-01-10 csat_evaluated pass; 2026-01-10 case_rate_determined pass", "2026-01-10 step_out_of_order",
         ""},                                              // all events of the day count
        {"2026-01-10 case_rate_determined fail", "", ""},  // a fail is not a pass
        {"2026-01-10 case_volume_validated", "", ""},      // not an evaluation
    };
    const dsg::Rules second = edition("2026-04");
    for (const Case& c : cases) {
        CAPTURE(c.events);
        CHECK(found(with_events(open + c.events), "2026-01-31") == c.first);
        if (std::string(c.events).find("; ") == std::string::npos) {
            CHECK(found(with_events(open + c.events), "2026-01-31", second) == c.second);
        }
    }
    check_findings({
        {"2026-01-10 capability_evaluated pass", "{}", "2026-01-31", ""},  // no attempt is open
        {"2026-01-10 interest_registered; 2026-01-10 capability_evaluated pass", "{}", "2026-01-31",
         "2026-01-10 step_out_of_order"},  // eligibility is not decided
        {"2026-01-10 interest_registered; 2026-01-10 eligibility_decided eligible; 2026-01-10 capability_evaluated "
         "pass",
         "{}", "2026-01-31", ""},  // decided on that day
        {"2026-01-10 interest_registered; 2026-01-11 eligibility_decided eligible; 2026-01-10 capability_evaluated "
         "pass",
         "{}", "2026-01-31", "2026-01-10 step_out_of_order"},  // decided the day after
        {"2026-01-10 interest_registered; 2026-01-10 eligibility_decided ineligible;"
         "2026-01-10 capability_evaluated pass",
         R"({"csp_authorizations": []})", "2026-01-31",
         "2026-01-10 registered_without_prerequisites; 2026-01-10 step_out_of_order"},  // decided the other way
    });
    // The order does not matter while the designation is held, overdue included; after it expires, it does.
    const std::string held = attained("2026-03-02") + "2027-03-02 interest_registered;";
    CHECK(found(with_events(held + "2027-04-01 csat_evaluated pass"), "2027-05-01").empty());
    CHECK(found(with_events(held + "2027-04-02 csat_evaluated pass"), "2027-05-01") == "2027-04-02 step_out_of_order");
}

TEST_CASE("award_before_launch: an award before the badge was available", "[SSD-A]") {
    CHECK(found(with_events(attained("2025-11-17")), "2025-12-01") == "2025-11-17 award_before_launch");
    CHECK(found(with_events(attained("2025-11-18")), "2025-12-01").empty());
    CHECK(found(with_events(attained("2025-11-17")), "2025-12-01",
                rules(R"({"availability": {"badge": {"not_before": null, "available_from": null}}})"))
              .empty());
}

TEST_CASE("award_without_eligibility: no decision of eligible, in an edition that has the step", "[SSD-J2]") {
    const std::string good = passes("2026-01-10");
    struct Case {
        const char* events;
        bool raised;
    };
    const Case cases[] = {
        {"", true},                                          // no decision
        {"2026-01-09 eligibility_decided eligible", false},  // decided, no attempt
        {"2026-01-10 eligibility_decided eligible", false},  // on the day
        {"2026-01-11 eligibility_decided eligible", true},   // the day after
        {"2026-01-08 eligibility_decided eligible; 2026-01-09 eligibility_decided ineligible", true},
        {"2026-01-08 eligibility_decided ineligible; 2026-01-09 eligibility_decided eligible", false},
        {"2026-01-09 interest_registered; 2026-01-09 eligibility_decided eligible", false},  // on the start
        {"2026-01-09 interest_registered; 2026-01-08 eligibility_decided eligible", true},   // before the start
    };
    for (const Case& c : cases) {
        CAPTURE(c.events);
        const dsg::Partner p = with_events(good + "2026-01-10 badge_awarded;" + c.events);
        CHECK((found(p, "2026-01-31").find("2026-01-10 award_without_eligibility") != std::string::npos) == c.raised);
        CHECK(found(p, "2026-01-31", edition("2026-04")).find("award_without_eligibility") == std::string::npos);
    }
}

TEST_CASE("award_without_*: an evaluation that is unmet on the day of the award", "[SSD-E1][SSD-E2][SSD-E3]") {
    struct Case {
        const char* event;
        const char* code;
        const char* last_day;  ///< of a pass of 2026-01-10
        const char* day_after;
    };
    for (const auto& c : {Case{"capability_evaluated", "award_without_capability", "2028-01-09", "2028-01-10"},
                          Case{"case_rate_determined", "award_without_performance", "2027-01-09", "2027-01-10"},
                          Case{"csat_evaluated", "award_without_csat", "2027-01-09", "2027-01-10"}}) {
        CAPTURE(c.code);
        const std::string passed = std::string("2026-01-10 ") + c.event + " pass;";
        const auto raised = [&](const std::string& on) {
            return found(with_events(passed + on + " badge_awarded"), "2030-01-01").find(c.code) != std::string::npos;
        };
        CHECK(raised("2026-01-09"));        // the day before the pass
        CHECK_FALSE(raised("2026-01-10"));  // the day of the pass
        CHECK_FALSE(raised(c.last_day));    // its last day
        CHECK(raised(c.day_after));         // the day after
    }
    // An award that does not count raises no finding about its evaluations.
    CHECK(found(with_events(attained("2026-03-02") + "2027-03-01 badge_awarded"), "2027-03-01") ==
          "2027-03-01 award_while_held");
}

TEST_CASE("award_while_held: an award while the designation is held, overdue included", "[SSD-T1]") {
    const std::string record = attained("2026-03-02");
    const auto raised = [&](const std::string& on) {
        return found(with_events(record + passes(on) + on + " badge_awarded"), "2028-01-01").find("award_while_held") !=
               std::string::npos;
    };
    CHECK(raised("2026-03-03"));
    CHECK(raised("2027-03-01"));
    CHECK(raised("2027-03-02"));
    CHECK(raised("2027-04-01"));
    CHECK_FALSE(raised("2027-04-02"));
}

TEST_CASE("renewal_unready: a renewal that counts but was not ready", "[SSD-R]") {
    const std::string record = attained("2026-03-02");
    const std::string renewed = record + "2027-02-10 renewal_approved;";
    struct Case {
        const char* events;
        const char* members;
        bool raised;
    };
    const Case cases[] = {
        {"2027-02-01 case_rate_determined pass; 2027-02-01 csat_evaluated pass", "{}", false},
        {"2027-02-10 case_rate_determined pass; 2027-02-10 csat_evaluated pass", "{}", false},  // on the day
        {"2027-02-11 case_rate_determined pass; 2027-02-01 csat_evaluated pass", "{}", true},   // the day after
        {"2027-02-01 case_rate_determined pass", "{}", true},  // the CSAT pass ends too early
        {"2027-02-01 csat_evaluated pass", "{}", true},        // the performance pass is too old
        {"2027-02-01 case_rate_determined pass; 2027-02-01 csat_evaluated pass",
         R"({"solutions_partner_designations": []})", true},  // a prerequisite is unmet
        {"2027-02-01 case_rate_determined pass; 2027-02-01 csat_evaluated pass",
         R"({"solutions_partner_designations": null})", false},  // unknown
    };
    for (const Case& c : cases) {
        CAPTURE(c.events, c.members);
        CHECK((found(with_events(renewed + c.events, c.members), "2027-02-10").find("2027-02-10 renewal_unready") !=
               std::string::npos) == c.raised);
    }
    // A renewal that does not count is not checked for readiness.
    CHECK(found(with_events(record + "2026-12-31 renewal_approved"), "2027-02-10") ==
          "2026-12-31 renewal_outside_window");
    // After a gap, readiness is checked at the anniversary for which the renewal counts.
    CHECK(found(with_events(record + "2028-02-01 case_rate_determined pass; 2028-02-01 csat_evaluated pass;"
                                     "2028-02-15 renewal_approved"),
                "2028-02-15") == "2028-02-15 renewal_gap; 2028-02-15 renewal_unready");
    CHECK(found(with_events(record + passes("2028-02-01") + "2028-02-15 renewal_approved"), "2028-02-15") ==
          "2028-02-15 renewal_gap");
}

TEST_CASE("renewal_outside_window and renewal_gap: a renewal before, after and beyond its window", "[SSD-T3][SSD-T4]") {
    const auto codes = [](const std::string& on, const dsg::Rules& under = dsg::builtin_rules()) {
        return found(with_events(attained("2026-03-02") + passes(on) + on + " renewal_approved"), on, under);
    };
    CHECK(codes("2026-12-31") == "2026-12-31 renewal_outside_window");
    CHECK(codes("2027-01-01").empty());
    CHECK(codes("2027-04-01").empty());
    CHECK(codes("2027-04-02") == "2027-04-02 renewal_outside_window");
    CHECK(codes("2028-01-01") == "2028-01-01 renewal_outside_window");
    CHECK(codes("2028-01-02") == "2028-01-02 renewal_gap");
    CHECK(codes("2028-04-02") == "2028-04-02 renewal_gap; 2028-04-02 renewal_outside_window");
    const dsg::Rules ignored = reading("late_renewal", "ignored");
    CHECK(codes("2027-04-02", ignored) == "2027-04-02 renewal_outside_window");
    CHECK(codes("2028-04-02", ignored) == "2028-04-02 renewal_outside_window");
    CHECK(found(with_events("2026-01-10 renewal_approved"), "2026-01-31") == "2026-01-10 renewal_outside_window");
}

TEST_CASE("prerequisite_lapsed: held while eligibility is unmet, dated on the day of the assessment", "[SSD-T5]") {
    const dsg::Partner p =
        with_events(attained("2026-03-02"),
                    R"({"support_contracts": [{"type": "asfp", "from": "2020-01-01", "through": "2026-06-30"}]})");
    CHECK(found(p, "2026-06-30").empty());
    CHECK(found(p, "2026-07-01") == "2026-07-01 prerequisite_lapsed");
    CHECK(found(p, "2026-09-15") == "2026-09-15 prerequisite_lapsed");
    CHECK(found(p, "2027-04-01") == "2027-04-01 prerequisite_lapsed");
    CHECK(found(p, "2027-04-02").empty());
    CHECK(found(with_events(attained("2026-03-02"), unknown_csp), "2026-07-01").empty());
}
