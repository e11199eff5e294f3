#include "support.hpp"

using namespace support;

TEST_CASE("the status of a term follows its anniversary and its renewal window", "[SSD-T2][SSD-T3][SSD-T6][SSD-T7]") {
    struct Row {
        const char* attained_on;
        const char* as_of;
        const char* status;
        const char* in_force;             ///< as lapsed after the anniversary
        const char* in_force_in_overdue;  ///< as in force after the anniversary
    };
    const Row rows[] = {
        {"2026-03-02", "2026-03-01", "not_attained", "unmet", "unmet"},   // the day before the award
        {"2026-03-02", "2026-03-02", "active", "met", "met"},             // the award
        {"2026-03-02", "2026-03-03", "active", "met", "met"},             // the day after
        {"2026-03-02", "2026-12-31", "active", "met", "met"},             // A - 61
        {"2026-03-02", "2027-01-01", "renewal_open", "met", "met"},       // A - 60
        {"2026-03-02", "2027-01-02", "renewal_open", "met", "met"},       // A - 59
        {"2026-03-02", "2027-03-01", "renewal_open", "met", "met"},       // A - 1
        {"2026-03-02", "2027-03-02", "renewal_overdue", "unmet", "met"},  // A
        {"2026-03-02", "2027-03-03", "renewal_overdue", "unmet", "met"},  // A + 1
        {"2026-03-02", "2027-04-01", "renewal_overdue", "unmet", "met"},  // A + 30
        {"2026-03-02", "2027-04-02", "expired", "unmet", "unmet"},        // A + 31
        {"2027-03-01", "2027-12-31", "active", "met", "met"},             // A - 61, over a leap day
        {"2027-03-01", "2028-01-01", "renewal_open", "met", "met"},       // A - 60
        {"2027-03-01", "2028-02-29", "renewal_open", "met", "met"},       // A - 1 is a leap day
        {"2027-03-01", "2028-03-01", "renewal_overdue", "unmet", "met"},  // A
        {"2027-03-01", "2028-03-31", "renewal_overdue", "unmet", "met"},  // A + 30
        {"2027-03-01", "2028-04-01", "expired", "unmet", "unmet"},        // A + 31
        {"2028-02-29", "2028-12-29", "active", "met", "met"},             // from a leap day: A - 61
        {"2028-02-29", "2028-12-30", "renewal_open", "met", "met"},       // A - 60
        {"2028-02-29", "2029-02-27", "renewal_open", "met", "met"},       // A - 1
        {"2028-02-29", "2029-02-28", "renewal_overdue", "unmet", "met"},  // A
        {"2028-02-29", "2029-03-30", "renewal_overdue", "unmet", "met"},  // A + 30
        {"2028-02-29", "2029-03-31", "expired", "unmet", "unmet"},        // A + 31
        {"2099-03-01", "2100-02-28", "renewal_open", "met", "met"},       // 2100 has no leap day: A - 1
        {"2099-03-01", "2100-03-01", "renewal_overdue", "unmet", "met"},  // A
        {"2199-12-31", "2199-12-31", "active", "met", "met"},             // the last day there is
    };
    const dsg::Rules in_force = reading("after_anniversary", "in_force");
    for (const Row& row : rows) {
        CAPTURE(row.attained_on, row.as_of);
        const dsg::Partner p = with_events(attained(row.attained_on));
        const dsg::Term term = assess_on(p, row.as_of).term;
        CHECK(str(term.status) == row.status);
        CHECK(str(term.in_force) == row.in_force);
        CHECK(term.attained_on.has_value() == (term.status != dsg::Status::not_attained));
        CHECK(str(assess_on(p, row.as_of, in_force).term.in_force) == row.in_force_in_overdue);
    }
}

TEST_CASE("a leap day that rolls forward has its anniversary on 1 March", "[SSD-T2]") {
    struct Row {
        const char* as_of;
        const char* status;
    };
    const dsg::Rules roll_forward = reading("leap_day", "roll_forward");
    const dsg::Partner p = with_events(attained("2028-02-29"));
    for (const auto& [as_of, status] : {
             Row{"2028-12-30", "active"},           // A - 61
             Row{"2028-12-31", "renewal_open"},     // A - 60
             Row{"2029-02-28", "renewal_open"},     // A - 1
             Row{"2029-03-01", "renewal_overdue"},  // A
             Row{"2029-03-31", "renewal_overdue"},  // A + 30
             Row{"2029-04-01", "expired"},          // A + 31
         }) {
        CAPTURE(as_of);
        CHECK(str(assess_on(p, as_of, roll_forward).term.status) == status);
    }
}

TEST_CASE("a term has its dates, and so has an expired one", "[SSD-T1][SSD-T2][SSD-T3]") {
    const dsg::Partner p = with_events(attained("2026-03-02"));
    for (const char* as_of : {"2026-03-02", "2027-01-01", "2027-03-15", "2199-12-31"}) {
        CAPTURE(as_of);
        const dsg::Term term = assess_on(p, as_of).term;
        CHECK(str(term.attained_on) == "2026-03-02");
        CHECK(str(term.expires_on) == "2027-03-02");
        CHECK(str(term.renewal_opens_on) == "2027-01-01");
        CHECK(str(term.renewal_closes_on) == "2027-04-01");
    }
    for (const dsg::Partner& none : {with_events(""), with(R"({"events": null})")}) {
        const dsg::Term term = assess_on(none, "2026-03-02").term;
        CHECK_FALSE(term.attained_on);
        CHECK_FALSE(term.expires_on);
        CHECK_FALSE(term.renewal_opens_on);
        CHECK_FALSE(term.renewal_closes_on);
    }
}

TEST_CASE("anniversaries are computed from the day of the award and never chained", "[SSD-T2]") {
    struct Row {
        const char* attained_on;
        const char* clamp[8];
        const char* roll_forward[8];
    };
    const Row rows[] = {
        {"2028-02-29",
         {"2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29", "2033-02-28", "2034-02-28", "2035-02-28",
          "2036-02-29"},
         {"2029-03-01", "2030-03-01", "2031-03-01", "2032-02-29", "2033-03-01", "2034-03-01", "2035-03-01",
          "2036-02-29"}},
        {"2096-02-29",
         {"2097-02-28", "2098-02-28", "2099-02-28", "2100-02-28", "2101-02-28", "2102-02-28", "2103-02-28",
          "2104-02-29"},
         {"2097-03-01", "2098-03-01", "2099-03-01", "2100-03-01", "2101-03-01", "2102-03-01", "2103-03-01",
          "2104-02-29"}},
        {"2027-02-28",
         {"2028-02-28", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-28", "2033-02-28", "2034-02-28",
          "2035-02-28"},
         {"2028-02-28", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-28", "2033-02-28", "2034-02-28",
          "2035-02-28"}},
    };
    for (const Row& row : rows) {
        for (const bool clamped : {true, false}) {
            const auto& anniversaries = clamped ? row.clamp : row.roll_forward;
            const dsg::Rules under = reading("leap_day", clamped ? "clamp" : "roll_forward");
            std::string record = attained(row.attained_on);
            for (const char* anniversary : anniversaries) {
                CAPTURE(row.attained_on, clamped, anniversary);
                const dsg::Term term = assess_on(with_events(record), anniversary, under).term;
                CHECK(str(term.expires_on) == anniversary);
                CHECK(str(term.status) == "renewal_overdue");
                CHECK(str(term.attained_on) == row.attained_on);
                record += std::string(anniversary) + " renewal_approved;";
            }
        }
    }
}

TEST_CASE("a renewal counts for the last anniversary whose window had opened", "[SSD-T4]") {
    // Attained on 2026-03-02: windows 2027-01-01 to 2027-04-01, and 2028-01-02 to 2028-04-01.
    struct Row {
        const char* on;
        const char* by_anniversary;
        const char* by_decision;
        const char* late_ignored;
        const char* findings;
    };
    const Row rows[] = {
        {"2026-12-31", "2027-03-02", "2027-03-02", "2027-03-02", "outside"},  // A - 61: too early
        {"2027-01-01", "2028-03-02", "2028-01-01", "2028-03-02", ""},         // A - 60
        {"2027-01-02", "2028-03-02", "2028-01-02", "2028-03-02", ""},         // A - 59
        {"2027-03-01", "2028-03-02", "2028-03-01", "2028-03-02", ""},         // A - 1
        {"2027-03-02", "2028-03-02", "2028-03-02", "2028-03-02", ""},         // A
        {"2027-03-03", "2028-03-02", "2028-03-03", "2028-03-02", ""},         // A + 1
        {"2027-04-01", "2028-03-02", "2028-04-01", "2028-03-02", ""},         // A + 30
        {"2027-04-02", "2028-03-02", "2028-04-02", "2027-03-02", "outside"},  // A + 31: late
        {"2028-01-01", "2028-03-02", "2029-01-01", "2027-03-02", "outside"},  // late, the day before the next window
        {"2028-01-02", "2029-03-02", "2029-01-02", "2029-03-02", "gap"},      // the next window opens: a gap
        {"2028-02-29", "2029-03-02", "2029-02-28", "2029-03-02", "gap"},      // on a leap day
        {"2028-04-01", "2029-03-02", "2029-04-01", "2029-03-02", "gap"},      // the next window closes
        {"2028-04-02", "2029-03-02", "2029-04-02", "2027-03-02", "gap outside"},  // late, and a gap
        {"2031-02-01", "2032-03-02", "2032-02-01", "2032-03-02", "gap"},          // a gap of several years
    };
    const dsg::Rules by_decision = reading("renewal_anchor", "decision");
    const dsg::Rules ignored = reading("late_renewal", "ignored");
    for (const Row& row : rows) {
        CAPTURE(row.on);
        const dsg::Partner p = with_events(attained("2026-03-02") + passes(row.on) + row.on + " renewal_approved");
        CHECK(str(assess_on(p, row.on).term.expires_on) == row.by_anniversary);
        CHECK(str(assess_on(p, row.on).term.attained_on) == "2026-03-02");
        CHECK(str(assess_on(p, row.on, by_decision).term.expires_on) == row.by_decision);
        CHECK(str(assess_on(p, row.on, ignored).term.expires_on) == row.late_ignored);

        std::string findings;
        const auto codes = assess_on(p, row.on).findings;
        if (codes.contains(dsg::FindingCode::renewal_gap)) findings += "gap";
        if (codes.contains(dsg::FindingCode::renewal_outside_window)) {
            findings += findings.empty() ? "outside" : " outside";
        }
        CHECK(findings == row.findings);
    }
}

TEST_CASE("under renewal_anchor: decision the years count from the last renewal that counted", "[SSD-T4]") {
    const dsg::Rules by_decision = reading("renewal_anchor", "decision");
    struct Row {
        const char* renewals;
        const char* clamp;
        const char* roll_forward;
    };
    const Row rows[] = {
        {"2027-04-01 renewal_approved; 2028-04-01 renewal_approved", "2029-04-01", "2029-04-01"},
        {"2027-02-10 renewal_approved; 2029-01-15 renewal_approved", "2030-01-15", "2030-01-15"},  // over a gap
        {"2027-02-10 renewal_approved; 2027-12-11 renewal_approved", "2028-02-10", "2028-02-10"},  // too early
        {"2027-02-10 renewal_approved; 2027-12-12 renewal_approved", "2028-12-12", "2028-12-12"},  // the window opens
        {"2027-03-02 renewal_approved; 2028-02-29 renewal_approved", "2029-02-28", "2029-03-01"},  // on a leap day
    };
    const dsg::Rules rolled =
        rules(R"({"interpretations": {"renewal_anchor": "decision", "leap_day": "roll_forward"}})");
    for (const Row& row : rows) {
        CAPTURE(row.renewals);
        const dsg::Partner p = with_events(attained("2026-03-02") + row.renewals);
        CHECK(str(assess_on(p, "2030-06-01", by_decision).term.expires_on) == row.clamp);
        CHECK(str(assess_on(p, "2030-06-01", rolled).term.expires_on) == row.roll_forward);
    }
    // A new term counts from its award.
    const dsg::Partner again =
        with_events(attained("2026-03-02") + "2027-02-10 renewal_approved;" + attained("2028-06-01"));
    CHECK(str(assess_on(again, "2028-06-01", by_decision).term.expires_on) == "2029-06-01");
}

TEST_CASE("an award counts if no term runs", "[SSD-T1]") {
    struct Row {
        const char* on;
        const char* attained_on;
        const char* expires_on;
        bool while_held;
    };
    const Row rows[] = {
        {"2026-03-02", "2026-03-02", "2027-03-02", true},   // on the day of the award
        {"2026-12-31", "2026-03-02", "2027-03-02", true},   // A - 61
        {"2027-03-01", "2026-03-02", "2027-03-02", true},   // A - 1
        {"2027-03-02", "2027-03-02", "2028-03-02", true},   // A
        {"2027-04-01", "2027-04-01", "2028-04-01", true},   // A + 30
        {"2027-04-02", "2027-04-02", "2028-04-02", false},  // A + 31
        {"2028-02-29", "2028-02-29", "2029-02-28", false},  // on a leap day
    };
    for (const Row& row : rows) {
        CAPTURE(row.on);
        const dsg::Partner p = with_events(attained("2026-03-02") + row.on + " badge_awarded");
        const dsg::Assessment a = assess_on(p, row.on);
        CHECK(str(a.term.attained_on) == row.attained_on);
        CHECK(str(a.term.expires_on) == row.expires_on);
        CHECK(a.findings.contains(dsg::FindingCode::award_while_held) == row.while_held);
    }
}

TEST_CASE("a renewal before any award changes nothing", "[SSD-T4]") {
    const dsg::Partner p = with_events("2026-02-15 renewal_approved");
    CHECK(str(assess_on(p, "2026-03-01").term.status) == "not_attained");
    CHECK(found(p, "2026-03-01") == "2026-02-15 renewal_outside_window");
}

TEST_CASE("a term at risk is held with a prerequisite unmet", "[SSD-T5]") {
    struct Row {
        const char* contracts;
        const char* as_of;
        bool at_risk;
        const char* in_force;   ///< prerequisite_lapse: flag
        const char* suspended;  ///< prerequisite_lapse: suspend
    };
    constexpr const char* ends = R"([{"type": "asfp", "from": "2020-01-01", "through": "2026-06-30"}])";
    const Row rows[] = {
        {ends, "2026-06-30", false, "met", "met"},        // the last day of the contract
        {ends, "2026-07-01", true, "met", "unmet"},       // the day after
        {ends, "2027-03-15", true, "unmet", "unmet"},     // overdue
        {ends, "2027-04-01", true, "unmet", "unmet"},     // the last day on which it is held
        {ends, "2027-04-02", false, "unmet", "unmet"},    // expired
        {ends, "2026-03-01", false, "unmet", "unmet"},    // not attained
        {"null", "2026-07-01", false, "met", "unknown"},  // nobody said
        {"null", "2027-04-02", false, "unmet", "unmet"},  // expired, and nobody said
    };
    const dsg::Rules suspend = reading("prerequisite_lapse", "suspend");
    for (const Row& row : rows) {
        CAPTURE(row.contracts, row.as_of);
        const dsg::Partner p =
            with_events(attained("2026-03-02"), std::string(R"({"support_contracts": )") + row.contracts + '}');
        CHECK(assess_on(p, row.as_of).term.at_risk == row.at_risk);
        CHECK(str(assess_on(p, row.as_of).term.in_force) == row.in_force);
        CHECK(assess_on(p, row.as_of, suspend).term.at_risk == row.at_risk);
        CHECK(str(assess_on(p, row.as_of, suspend).term.in_force) == row.suspended);
    }
}

TEST_CASE("the term is unknown if the events are, unless the prerequisites suspend it", "[SSD-T5][SSD-T6][SSD-T7]") {
    const dsg::Partner p = with(R"({"events": null})");
    const dsg::Partner ineligible = with(R"({"events": null, "csp_authorizations": []})");
    const dsg::Rules suspend = reading("prerequisite_lapse", "suspend");
    CHECK(str(assess_on(p, "2026-06-01").term.status) == "unknown");
    CHECK(str(assess_on(p, "2026-06-01").term.in_force) == "unknown");
    CHECK(str(assess_on(p, "2026-06-01", suspend).term.in_force) == "unknown");
    CHECK(str(assess_on(ineligible, "2026-06-01").term.in_force) == "unknown");
    CHECK(str(assess_on(ineligible, "2026-06-01", suspend).term.in_force) == "unmet");
    CHECK_FALSE(assess_on(ineligible, "2026-06-01").term.at_risk);
}
