#include <designation/explanation.hpp>

#include "support.hpp"

using namespace support;

namespace {

dsg::Explanation why(const dsg::Partner& of, std::string_view as_of, dsg::Rule rule = dsg::Rule::t7,
                     const dsg::Rules& under = dsg::builtin_rules()) {
    return dsg::explain(assess_on(of, as_of, under), of, under, rule);
}

/// Return the tree as text, with brackets around nodes that do not count: `SSD-T7 met (SSD-T1 met, [SSD-T5 met])`.
std::string shape(const dsg::Explanation& of) {
    std::string text = str(of.rule) + ' ' + str(of.verdict);
    if (!of.counts) text = '[' + text + ']';
    std::string below;
    for (const auto& child : of.children) below += (below.empty() ? "" : ", ") + shape(child);
    return below.empty() ? text : text + " (" + below + ')';
}

std::string facts(const dsg::Explanation& of) {
    std::string list;
    for (const auto& fact : of.facts) list += (list.empty() ? "" : " ") + fact.pointer;
    return list;
}

const char* const eligible_now = "SSD-P met (SSD-P1 met, SSD-P2 met, SSD-P3 met)";

}  // namespace

TEST_CASE("the root is whether the designation is in force; below it are the award, the term and the prerequisites") {
    const dsg::Partner p = with_events(attained("2026-03-02"));
    CHECK(shape(why(p, "2026-09-15")) ==
          "SSD-T7 met (SSD-T1 met, SSD-T2 met, [SSD-T5 met] (" + std::string(eligible_now) + "))");
    CHECK(shape(why(p, "2026-09-15", dsg::Rule::t7, reading("prerequisite_lapse", "suspend"))) ==
          "SSD-T7 met (SSD-T1 met, SSD-T2 met, SSD-T5 met (" + std::string(eligible_now) + "))");
    CHECK(facts(why(p, "2026-09-15").children[0]) == "/events/6");
}

TEST_CASE("a designation never attained has the steps below it, and an overdue term has the renewal") {
    CHECK(shape(why(with_events("2026-01-01 interest_registered"), "2026-01-01")) ==
          "SSD-T7 unmet (SSD-T1 unmet ([SSD-J1 met], [SSD-J2 unmet], [SSD-E1 unmet], [SSD-E2 unmet], [SSD-E3 unmet]), "
          "[SSD-P met] (SSD-P1 met, SSD-P2 met, SSD-P3 met))");
    const dsg::Explanation overdue = why(with_events(attained("2026-03-02")), "2027-03-02");
    CHECK(shape(overdue.children[1]) == "SSD-T2 unmet ([SSD-T4 unmet] ([SSD-R unmet] (SSD-R1 met (" +
                                            std::string(eligible_now) + "), SSD-R3 met, SSD-R2 unmet, SSD-R4 unmet)))");
    CHECK(shape(why(with_events(attained("2026-03-02")), "2027-04-02").children[1]) ==
          "SSD-T2 unmet ([SSD-J1 unmet], [SSD-J2 unmet], [SSD-E1 met], [SSD-E2 unmet], [SSD-E3 unmet])");
}

TEST_CASE("pointers count events in the order of the document, not of the rules") {
    const dsg::Partner p = with_events(
        "2026-02-01 badge_awarded;2026-01-01 csat_evaluated pass;2026-01-01 "
        "csat_evaluated fail;2025-12-01 csat_evaluated pass");
    CHECK(facts(why(p, "2026-03-01", dsg::Rule::t1)) == "/events/0");
    CHECK(facts(why(p, "2026-03-01", dsg::Rule::e3)) == "/events/1");
    CHECK(facts(why(p, "2026-03-01", dsg::Rule::e3, reading("failed_reevaluation", "latest_outcome_governs"))) ==
          "/events/2");
    CHECK(facts(why(p, "2025-12-31", dsg::Rule::e3)) == "/events/3");
    CHECK(facts(why(p, "2026-03-01", dsg::Rule::f3)) == "/events/3 /events/1 /events/2");
}

TEST_CASE("incurred fees list each evaluation with the fee of its day, passed or failed") {
    const dsg::Partner p =
        with_events("2026-02-01 csat_evaluated fail;2027-02-01 csat_evaluated pass;" + attained("2026-03-02"));
    const dsg::Rules under = rules(R"({"fees": {"csat": [{"from": "2027-01-01", "amount": 550.5}]}})");
    const dsg::Explanation node = why(p, "2027-02-01", dsg::Rule::f3, under);
    std::string fees;
    dsg::Amount total;
    for (const auto& fact : node.facts) {
        REQUIRE(fact.fee);
        fees += str(*fact.fee) + ' ';
        total += *fact.fee;
    }
    CHECK(fees == "500 1500 1350 500 550.5 ");
    CHECK(std::get<dsg::Amount>(node.value) == total);
    CHECK_FALSE(why(p, "2027-02-01", dsg::Rule::e3).facts.front().fee);
}

TEST_CASE("of several decisions on a day, the one that counts is shown") {
    const std::string text = "2026-02-01 badge_awarded;2026-02-01 renewal_approved;2026-02-01 badge_awarded;";
    CHECK(facts(why(with_events(text), "2026-03-01", dsg::Rule::t1)) == "/events/0");
    CHECK(facts(why(with_events(text), "2026-03-01", dsg::Rule::t2)) == "/events/0");
    CHECK(shape(why(with_events(text), "2026-03-01", dsg::Rule::t4)).starts_with("SSD-T4 null "));
    const dsg::Partner renewed = with_events(text + "2027-01-10 renewal_approved;2027-01-10 renewal_approved");
    CHECK(facts(why(renewed, "2027-01-10", dsg::Rule::t2)) == "/events/3");
    CHECK(facts(why(renewed, "2027-01-10", dsg::Rule::t4)) == "/events/3");
    CHECK(shape(why(renewed, "2027-01-10", dsg::Rule::t4)).starts_with("SSD-T4 met "));
}

TEST_CASE("if no record is in force, the last to end and the next to begin are shown") {
    const dsg::Partner p = with(R"({"support_contracts": [
        {"type": "psfp", "from": "2020-01-01", "through": "2020-12-31"},
        {"type": "asfp", "from": "2027-01-01"},
        {"type": "asfp", "from": "2021-01-01", "through": "2021-12-31"},
        {"type": "psfp", "from": "2026-01-01"}]})");
    const dsg::Explanation contract = why(p, "2023-05-01", dsg::Rule::p2);
    CHECK(facts(contract) == "/support_contracts/2 /support_contracts/3");
    REQUIRE(contract.shortfall);
    CHECK(str(contract.shortfall->possible_from) == "2026-01-01");
    CHECK(facts(why(p, "2026-05-01", dsg::Rule::p2)) == "/support_contracts/3");
    CHECK(facts(why(with(R"({"support_contracts": []})"), "2026-05-01", dsg::Rule::p2)) == "/support_contracts");
}

TEST_CASE("a contract that is subject to an offer has the availability of that offer below it") {
    const dsg::Partner p = with(R"({"support_contracts": [{"type": "ufp", "from": "2026-01-01"}]})");
    CHECK(shape(why(p, "2026-06-30", dsg::Rule::p2)) == "SSD-P2 unmet (SSD-A unmet)");
    CHECK(shape(why(p, "2026-07-01", dsg::Rule::p2)) == "SSD-P2 unknown (SSD-A unknown)");
    CHECK(shape(why(p, "2027-07-01", dsg::Rule::p2)) == "SSD-P2 met");
    CHECK(facts_needed(why(p, "2026-07-01", dsg::Rule::p2)) ==
          std::vector<std::string>{"/availability/unified_for_partners/available_from"});
    CHECK(facts_needed(why(p, "2026-07-01", dsg::Rule::b3, rules(R"({"availability": {"elevated_support": {}}})")))
              .back() == "/availability/elevated_support/available_from");
}

TEST_CASE("a remedy has the deadline and the fee of its action") {
    const dsg::Explanation renewal = why(with_events(attained("2026-03-02")), "2027-01-15", dsg::Rule::r2);
    REQUIRE(renewal.remedy);
    CHECK(str(renewal.remedy->actor) == "issi");
    CHECK(str(renewal.remedy->by) == "2027-03-02");
    CHECK(str(renewal.remedy->fee) == "1350");
    CHECK_FALSE(why(with_events(attained("2026-03-02")), "2027-01-15", dsg::Rule::e1).remedy);
    // If no action meets the rule, the remedy is the rulebook's, with the fee of an evaluation.
    const dsg::Explanation csat = why(with_events("2026-03-02 badge_awarded"), "2026-09-15", dsg::Rule::e3);
    REQUIRE(csat.remedy);
    CHECK(str(csat.remedy->by) == "null");
    CHECK(str(csat.remedy->fee) == "500");
}

TEST_CASE("why_not states the root cause, what was found, what is required and the first possible day") {
    CHECK(why_not(why(with_events(attained("2026-03-02")), "2026-09-15")) == std::nullopt);
    CHECK(why_not(why(with_events(attained("2026-03-02")), "2026-09-15", dsg::Rule::t6)) == std::nullopt);
    CHECK(why_not(why(with_events(attained("2026-03-02") + passes("2027-02-20")), "2027-03-10")) ==
          "SSD-T4 Renewal is not met: no renewal for 2027-03-02; required: a renewal approved from 2027-01-01 through "
          "2027-04-01; possible from 2027-03-10");
    CHECK(why_not(why(with_events(attained("2026-03-02") + "2027-02-20 csat_evaluated pass"), "2027-03-10")) ==
          "SSD-R2 Performance re-established is not met: case_rate_determined pass on 2026-03-02 (/events/4), in force "
          "through 2027-03-01; required: a pass after 2026-03-02 that is in force on 2027-03-10; possible from "
          "2027-03-10");
    CHECK(why_not(why(with(R"({"events": null})"), "2027-03-10")) ==
          "SSD-T1 Attainment is unknown: not given (/events); required: an award");
}

TEST_CASE("every rule can be explained for partners whose facts are unknown or empty") {
    for (const char* document : {R"({"id": "p"})", R"({"id": "p", "events": [], "support_contracts": []})"}) {
        const dsg::Partner p = dsg::parse_partner(document);
        for (std::size_t i = 0; i < dsg::count_of<dsg::Rule>; ++i) {
            const auto rule = static_cast<dsg::Rule>(i);
            const dsg::Explanation explanation = why(p, "2026-03-02", rule);
            CHECK(explanation.rule == rule);
            CHECK_FALSE(explanation.title.empty());
            CHECK_FALSE(explanation.citations.empty());
            CHECK(json::parse(dsg::to_json(explanation))["rule"] == str(rule));
        }
    }
}

TEST_CASE("a finding has its event, and below it the rules as of the day of that event") {
    const dsg::Partner p = with_events(attained("2025-11-17") + "2026-02-01 badge_awarded",
                                       R"({"support_contracts": [{"type": "asfp", "from": "2026-01-01",
                                           "through": "2026-06-30"}]})");
    const dsg::Rules& rules = dsg::builtin_rules();
    std::string list;
    for (const dsg::Finding& finding : dsg::findings(p, day("2026-09-15"), rules)) {
        const dsg::Explanation of = dsg::explain(assess_on(p, "2026-09-15"), p, rules, finding);
        list += str(finding.code) + ' ' + of.path + ' ' + facts(of);
        for (const auto& child : of.children) list += ' ' + str(child.rule) + ' ' + str(child.verdict) + child.path;
        list += '\n';
    }
    CHECK(list ==
          "award_before_launch /findings/0/on /events/6 SSD-A unmet\n"
          "eligibility_differs /findings/1/on /events/1 SSD-P unmet\n"
          "registered_without_prerequisites /findings/2/on /events/0 SSD-P unmet\n"
          "award_while_held /findings/3/on /events/7\n"
          "prerequisite_lapsed /findings/4/on  SSD-P unmet\n");
}
