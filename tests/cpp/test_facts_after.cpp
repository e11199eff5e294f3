#include <designation/facts_after.hpp>

#include "support.hpp"

using namespace support;

namespace {

std::string after(const dsg::Partner& of, std::string_view as_of) {
    const dsg::FactsAfter found = dsg::facts_after(of, day(as_of));
    return std::to_string(found.count) +
           (found.first ? ' ' + str(found.first->on) + ' ' + pointer_to(*found.first) : "");
}

std::string warned(const dsg::Partner& of, std::string_view as_of) {
    std::string list;
    for (const dsg::Diagnostic& warning : dsg::warnings(of, day(as_of))) {
        list += (list.empty() ? "" : "; ") + warning.pointer + ' ' + warning.message;
    }
    return list;
}

const dsg::Partner record = dsg::parse_partner(R"({"id": "p",
    "csp_authorizations": [{"type": "direct_bill", "from": "2020-01-01"}],
    "support_contracts": [{"type": "psfp", "from": "2026-11-28"}, {"type": "psfp", "from": "2026-11-29"}],
    "solutions_partner_designations": [{"area": "security", "from": "2027-01-01"}],
    "events": [{"on": "2062-02-20", "type": "badge_awarded"}, {"on": "2026-11-29", "type": "interest_registered"},
               {"on": "2026-11-28", "type": "interest_registered"}]})");

}  // namespace

TEST_CASE("facts after a date are counted, and the first is named") {
    CHECK(after(record, "2026-11-27") == "6 2026-11-28 /support_contracts/0");
    CHECK(after(record, "2026-11-28") == "4 2026-11-29 /support_contracts/1");
    CHECK(after(record, "2026-11-29") == "2 2027-01-01 /solutions_partner_designations/0");
    CHECK(after(record, "2027-01-01") == "1 2062-02-20 /events/0");
    CHECK(after(record, "2062-02-20") == "0");
    CHECK(after(dsg::parse_partner(R"({"id": "p"})"), "2026-11-28") == "0");
    // On one day the rules read an evaluation before an award.
    const std::string_view same_day = R"({"id": "p", "events": [{"on": "2027-01-01", "type": "badge_awarded"},
        {"on": "2027-01-01", "type": "csat_evaluated", "outcome": "pass"}]})";
    CHECK(after(dsg::parse_partner(same_day), "2026-11-28") == "2 2027-01-01 /events/0");
}

TEST_CASE("a fact more than 20 years ahead is a warning") {
    CHECK(warned(record, "2042-02-20").empty());
    CHECK(warned(record, "2042-02-19") == "/events/0/on 2062-02-20 is more than 20 years after 2042-02-19");
    CHECK(warned(record, "2006-11-28") ==
          "/support_contracts/1/from 2026-11-29 is more than 20 years after 2006-11-28; "
          "/solutions_partner_designations/0/from 2027-01-01 is more than 20 years after 2006-11-28; "
          "/events/0/on 2062-02-20 is more than 20 years after 2006-11-28; "
          "/events/1/on 2026-11-29 is more than 20 years after 2006-11-28");
}

TEST_CASE("the first hundred warnings are listed, and the others counted") {
    std::string events;
    for (int number = 0; number < 103; ++number) {
        events += (number == 0 ? "" : ", ") + std::string(R"({"on": "2060-01-01", "type": "interest_registered"})");
    }
    const dsg::Partner many = dsg::parse_partner(R"({"id": "p", "events": [)" + events + "]}");
    const dsg::Diagnostics found = dsg::warnings(many, day("2026-11-28"));
    REQUIRE(found.size() == 101);
    CHECK(found[99].pointer == "/events/99/on");
    CHECK(found[100].code == "more");
    CHECK(found[100].message == "3 other facts are more than 20 years after 2026-11-28");
    CHECK(found[100].count == 3);
}
