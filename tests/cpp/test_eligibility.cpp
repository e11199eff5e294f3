#include "support.hpp"

using namespace support;

namespace {

dsg::Eligibility eligibility_on(const dsg::Partner& partner, const char* on) {
    return dsg::eligibility(partner, day(on), dsg::builtin_rules());
}

}  // namespace

TEST_CASE("a prerequisite is met from the first day of a record through its last", "[SSD-P1][SSD-P2][SSD-P3]") {
    struct Row {
        const char* from;
        const char* through;
        const char* on;
        const char* verdict;
    };
    const Row rows[] = {
        {"2026-01-10", R"("2026-01-20")", "2026-01-09", "unmet"},  // the day before
        {"2026-01-10", R"("2026-01-20")", "2026-01-10", "met"},    // the first day
        {"2026-01-10", R"("2026-01-20")", "2026-01-11", "met"},    // the day after the first
        {"2026-01-10", R"("2026-01-20")", "2026-01-19", "met"},    // the day before the last
        {"2026-01-10", R"("2026-01-20")", "2026-01-20", "met"},    // the last day
        {"2026-01-10", R"("2026-01-20")", "2026-01-21", "unmet"},  // the day after
        {"2026-01-10", R"("2026-01-10")", "2026-01-10", "met"},    // a record of one day
        {"2026-01-10", R"("2026-01-10")", "2026-01-11", "unmet"},  // the day after it
        {"2028-02-29", R"("2028-02-29")", "2028-02-28", "unmet"},  // the day before a leap day
        {"2028-02-29", R"("2028-02-29")", "2028-02-29", "met"},    // a leap day
        {"2028-02-29", R"("2028-02-29")", "2028-03-01", "unmet"},  // the day after it
        {"2099-01-01", R"("2100-02-28")", "2100-02-28", "met"},    // the last of February 2100
        {"2099-01-01", R"("2100-02-28")", "2100-03-01", "unmet"},  // which is no leap year
        {"2026-01-10", "null", "2026-01-09", "unmet"},             // no end is known: the day before
        {"2026-01-10", "null", "2026-01-10", "met"},               // its first day
        {"2026-01-10", "null", "2199-12-31", "met"},               // the last day there is
        {"1900-01-01", "null", "1900-01-01", "met"},               // the first day there is
    };
    for (const Row& row : rows) {
        CAPTURE(row.from, row.through, row.on);
        const std::string period = std::string(R"("from": ")") + row.from + R"(", "through": )" + row.through + "}]}";
        CHECK(str(eligibility_on(with(R"({"csp_authorizations": [{"type": "direct_bill", )" + period), row.on)
                      .csp_authorization) == row.verdict);
        CHECK(str(eligibility_on(with(R"({"support_contracts": [{"type": "asfp", )" + period), row.on)
                      .support_contract) == row.verdict);
        CHECK(str(eligibility_on(with(R"({"solutions_partner_designations": [{"area": "security", )" + period), row.on)
                      .solutions_partner) == row.verdict);
    }
}

TEST_CASE("each type of record counts as the edition defines", "[SSD-P1][SSD-P2][SSD-P3]") {
    struct Row {
        const char* list;
        const char* verdict;
    };
    const auto record = [](const char* key, const char* type) { return json{{key, type}, {"from", "2020-01-01"}}; };
    for (const auto& [type, verdict] : {Row{"direct_bill", "met"}, Row{"distributor", "met"},
                                        Row{"indirect_provider", "met"}, Row{"indirect_reseller", "unmet"}}) {
        CAPTURE(type);
        const dsg::Partner p = with(json{{"csp_authorizations", {record("type", type)}}}.dump());
        CHECK(str(eligibility_on(p, "2026-06-30").csp_authorization) == verdict);
    }
    for (const auto& [type, verdict] : {Row{"asfp", "met"}, Row{"psfp", "met"}, Row{"ufp", "unmet"}}) {
        CAPTURE(type);
        const dsg::Partner p = with(json{{"support_contracts", {record("type", type)}}}.dump());
        CHECK(str(eligibility_on(p, "2026-06-30").support_contract) == verdict);
    }
    for (const std::string_view area : dsg::enum_names<dsg::SolutionArea>) {
        CAPTURE(area);
        const dsg::Partner p =
            with(json{{"solutions_partner_designations", {record("area", std::string(area).c_str())}}}.dump());
        CHECK(str(eligibility_on(p, "2026-06-30").solutions_partner) == "met");
    }
}

TEST_CASE("a contract for an offer that is not available yet counts under pilot_contract: counted", "[SSD-P2]") {
    const dsg::Partner p =
        with(R"({"support_contracts": [{"type": "ufp", "from": "2026-06-01", "through": "2026-06-30"}]})");
    const dsg::Rules counted = reading("pilot_contract", "counted");
    CHECK(str(dsg::eligibility(p, day("2026-05-31"), counted).support_contract) == "unmet");
    CHECK(str(dsg::eligibility(p, day("2026-06-01"), counted).support_contract) == "met");
    CHECK(str(dsg::eligibility(p, day("2026-06-30"), counted).support_contract) == "met");
    CHECK(str(dsg::eligibility(p, day("2026-07-01"), counted).support_contract) == "unmet");
    CHECK(str(dsg::eligibility(p, day("2026-06-30"), dsg::builtin_rules()).support_contract) == "unmet");
}

TEST_CASE("Unified for Partners counts if it is available", "[SSD-P2]") {
    const dsg::Partner ufp = with(R"({"support_contracts": [{"type": "ufp", "from": "2026-01-01"}]})");
    const dsg::Partner both = with(R"({"support_contracts": [{"type": "ufp", "from": "2026-01-01"},
                                                             {"type": "psfp", "from": "2026-01-01"}]})");
    struct Row {
        const char* on;
        const char* verdict;
    };
    for (const auto& [on, verdict] : {Row{"2026-06-30", "unmet"}, Row{"2026-07-01", "unknown"},
                                      Row{"2027-06-30", "unknown"}, Row{"2027-07-01", "met"}}) {
        CAPTURE(on);
        CHECK(str(eligibility_on(ufp, on).support_contract) == verdict);
        CHECK(str(eligibility_on(both, on).support_contract) == "met");
    }
}

TEST_CASE("records may overlap, and one in force is enough", "[SSD-P1][SSD-P2][SSD-P3]") {
    const dsg::Partner p = with(R"({"csp_authorizations": [
        {"type": "indirect_reseller", "from": "2020-01-01"},
        {"type": "distributor", "from": "2026-01-10", "through": "2026-01-20"},
        {"type": "direct_bill", "from": "2026-01-15", "through": "2026-01-25"}]})");
    CHECK(str(eligibility_on(p, "2026-01-09").csp_authorization) == "unmet");
    CHECK(str(eligibility_on(p, "2026-01-20").csp_authorization) == "met");
    CHECK(str(eligibility_on(p, "2026-01-25").csp_authorization) == "met");
    CHECK(str(eligibility_on(p, "2026-01-26").csp_authorization) == "unmet");
}

TEST_CASE("eligibility is the AND of three, with an unknown list unknown and an empty one unmet",
          "[SSD-P][SSD-P1][SSD-P2][SSD-P3]") {
    struct Row {
        const char* members;
        const char* csp;
        const char* support;
        const char* solutions;
        const char* all;
    };
    const Row rows[] = {
        {"{}", "met", "met", "met", "met"},
        {R"({"csp_authorizations": null})", "unknown", "met", "met", "unknown"},
        {R"({"support_contracts": null})", "met", "unknown", "met", "unknown"},
        {R"({"solutions_partner_designations": null})", "met", "met", "unknown", "unknown"},
        {R"({"csp_authorizations": []})", "unmet", "met", "met", "unmet"},
        {R"({"support_contracts": []})", "met", "unmet", "met", "unmet"},
        {R"({"solutions_partner_designations": []})", "met", "met", "unmet", "unmet"},
        {R"({"csp_authorizations": [], "support_contracts": null})", "unmet", "unknown", "met", "unmet"},
        {R"({"csp_authorizations": null, "support_contracts": null, "solutions_partner_designations": null})",
         "unknown", "unknown", "unknown", "unknown"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.members);
        const dsg::Eligibility result = eligibility_on(with(row.members), "2026-01-01");
        CHECK(str(result.csp_authorization) == row.csp);
        CHECK(str(result.support_contract) == row.support);
        CHECK(str(result.solutions_partner) == row.solutions);
        CHECK(str(result.verdict) == row.all);
    }
}
