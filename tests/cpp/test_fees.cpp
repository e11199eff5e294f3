#include "support.hpp"

using namespace support;
using dsg::Evaluation;

namespace {

std::string fees(const dsg::Partner& partner, std::string_view as_of, const dsg::Rules& under = dsg::builtin_rules()) {
    const dsg::Fees fees = assess_on(partner, as_of, under).fees;
    return str(fees.outstanding) + ' ' + str(fees.due) + ' ' + str(fees.incurred);
}

}  // namespace

TEST_CASE("a fee applies from its date until the next one", "[SSD-F1][SSD-F3]") {
    const dsg::Rules under = rules(R"({"fees": {
        "csat": [{"from": "2027-01-01", "amount": 550}, {"from": "2028-02-29", "amount": 600.25}],
        "capability": [{"from": "1900-01-01", "amount": 1}]}})");
    struct Row {
        Evaluation evaluation;
        const char* on;
        const char* amount;
    };
    const Row rows[] = {
        {Evaluation::csat, "1900-01-01", "500"},          // the earliest day
        {Evaluation::csat, "2026-12-31", "500"},          // the day before a new amount
        {Evaluation::csat, "2027-01-01", "550"},          // the day from which it holds
        {Evaluation::csat, "2027-01-02", "550"},          // the day after
        {Evaluation::csat, "2028-02-28", "550"},          // the day before a leap day
        {Evaluation::csat, "2028-02-29", "600.25"},       // the leap day
        {Evaluation::csat, "2028-03-01", "600.25"},       // the day after
        {Evaluation::csat, "2199-12-31", "600.25"},       // the last day
        {Evaluation::capability, "1900-01-01", "1"},      // an amount that replaces the edition's first
        {Evaluation::performance, "2028-02-29", "1350"},  // the edition's stays
    };
    for (const Row& row : rows) {
        CAPTURE(str(row.evaluation), row.on);
        CHECK(str(dsg::fee(row.evaluation, day(row.on), under)) == row.amount);
    }
}

TEST_CASE("outstanding, due and incurred fees follow an attempt", "[SSD-F1][SSD-F2][SSD-F3]") {
    const dsg::Partner p = with_events(
        "2025-12-01 interest_registered; 2025-12-15 eligibility_decided eligible;"
        "2026-01-20 capability_evaluated fail; 2026-02-01 capability_evaluated pass; 2026-02-05 case_volume_validated;"
        "2026-02-10 case_rate_determined pass; 2026-02-25 csat_evaluated pass; 2026-03-02 badge_awarded");
    struct Row {
        const char* as_of;
        const char* fees;  ///< outstanding, due, incurred
    };
    const Row rows[] = {
        {"2025-11-30", "3350 0 0"},        // the day before the attempt: nothing can be acted on
        {"2025-12-01", "3350 3350 0"},     // registered
        {"2026-01-19", "3350 3350 0"},     // the day before the first evaluation
        {"2026-01-20", "3350 3350 1500"},  // a fail costs as much
        {"2026-02-01", "1850 1850 3000"},  // and the pass again
        {"2026-02-05", "1850 1850 3000"},  // the volume costs nothing of its own
        {"2026-02-10", "500 500 4350"},   {"2026-02-25", "0 0 4850"},
        {"2026-03-02", "1850 0 4850"},     // held: what the next renewal needs, not due yet
        {"2026-12-31", "1850 0 4850"},     // the day before the window opens
        {"2027-01-01", "1850 1850 4850"},  // the window is open
        {"2027-04-01", "1850 1850 4850"},  // its last day
        {"2027-04-02", "1850 0 4850"},     // expired, and no attempt is open
        {"2028-02-01", "3350 0 4850"},     // the capability pass has run out as well
    };
    for (const Row& row : rows) {
        CAPTURE(row.as_of);
        CHECK(fees(p, row.as_of) == row.fees);
    }
}

TEST_CASE("nothing is due in an attempt that Microsoft found ineligible", "[SSD-F2]") {
    struct Row {
        const char* events;
        const char* fees;
    };
    for (const auto& [record, expected] : {
             Row{"2026-01-10 interest_registered", "3350 3350 0"},
             Row{"2026-01-10 interest_registered; 2026-01-10 eligibility_decided ineligible", "3350 0 0"},
             Row{"2026-01-10 interest_registered; 2026-01-09 eligibility_decided ineligible", "3350 3350 0"},
             Row{"2026-01-10 interest_registered; 2026-01-11 eligibility_decided ineligible;"
                 "2026-01-12 eligibility_decided eligible",
                 "3350 3350 0"},
             Row{"2026-01-10 eligibility_decided eligible", "3350 0 0"},
         }) {
        CAPTURE(record);
        CHECK(fees(with_events(record), "2026-01-31") == expected);
    }
    // While overdue, the renewal is due in spite of a new attempt.
    CHECK(fees(with_events(attained("2026-03-02") +
                           "2027-03-10 interest_registered; 2027-03-11 eligibility_decided ineligible"),
               "2027-03-31") == "1850 1850 3350");
}

TEST_CASE("incurred fees use the fee of their date, and outstanding fees that of the as-of date", "[SSD-F1][SSD-F3]") {
    const dsg::Rules under = rules(R"({"fees": {"csat": [{"from": "2027-01-01", "amount": 550.5}]}})");
    const dsg::Partner p =
        with_events("2026-12-01 interest_registered; 2026-12-31 csat_evaluated fail; 2027-01-01 csat_evaluated fail");
    CHECK(fees(p, "2026-12-31", under) == "3350 3350 500");
    CHECK(fees(p, "2027-01-01", under) == "3400.5 3400.5 1050.5");
    CHECK(fees(p, "2027-01-01") == "3350 3350 1000");
}

TEST_CASE("the first attainment costs 3,350 and renewals 1,850 and 3,350 in turn", "[SSD-F1][SSD-F3][SSD-R]") {
    std::string record = attained("2026-03-02");
    const char* const totals[] = {"3350", "5200", "8550", "10400", "13750"};
    CHECK(str(assess_on(with_events(record), "2026-03-02").fees.incurred) == totals[0]);
    for (int year = 1; year < 5; ++year) {
        const std::string on = std::to_string(2026 + year) + "-02-15";
        record += on + " case_rate_determined pass;" + on + " csat_evaluated pass;";
        if (year % 2 == 0) record += on + " capability_evaluated pass;";
        const dsg::Partner ready = with_events(record);
        CAPTURE(on);
        CHECK(str(assess_on(ready, on).fees.outstanding) == "0");
        CHECK(str(assess_on(ready, on).fees.incurred) == totals[year]);
        CHECK(str(assess_on(ready, on).renewal->verdict) == "met");
        record += on + " renewal_approved;";
        CHECK(found(with_events(record), on).empty());
    }
}

TEST_CASE("fees are unknown if the events are", "[SSD-F1][SSD-F2][SSD-F3]") {
    CHECK(fees(with(R"({"events": null})"), "2026-01-31") == "null null null");
}

TEST_CASE("a fiscal year begins in the rulebook's month and is named after the year in which it ends") {
    const dsg::Rules& under = dsg::builtin_rules();
    CHECK(dsg::fiscal_year(day("2027-06-30"), under) == 2027);
    CHECK(dsg::fiscal_year(day("2027-07-01"), under) == 2028);
    CHECK(str(dsg::days_of_fiscal_year(2028, under).from) == "2027-07-01");
    CHECK(str(dsg::days_of_fiscal_year(2028, under).through) == "2028-06-30");
    dsg::Rules calendar_years = under;
    calendar_years.fiscal_year_first_month = 1;
    CHECK(dsg::fiscal_year(day("2027-12-31"), calendar_years) == 2027);
    CHECK(str(dsg::days_of_fiscal_year(2027, calendar_years).from) == "2027-01-01");
    dsg::Rules from_february = under;
    from_february.fiscal_year_first_month = 2;
    CHECK(dsg::fiscal_year(day("2027-01-31"), from_february) == 2027);
    CHECK(dsg::fiscal_year(day("2027-02-01"), from_february) == 2028);
    CHECK(str(dsg::days_of_fiscal_year(2028, from_february).from) == "2027-02-01");
    CHECK(str(dsg::days_of_fiscal_year(2028, from_february).through) == "2028-01-31");
}

TEST_CASE("nothing is due before the renewal window, even in an open attempt") {
    dsg::AttemptState attempt;
    attempt.started_on = day("2026-03-02");
    CHECK(dsg::is_due(dsg::Status::not_attained, attempt));
    CHECK_FALSE(dsg::is_due(dsg::Status::active, attempt));
    CHECK(dsg::is_due(dsg::Status::renewal_open, {}));
    CHECK_FALSE(dsg::is_due(dsg::Status::expired, {}));
}
