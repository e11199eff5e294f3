#include "support.hpp"

using namespace support;

namespace {

Problems policy_problems(const std::string& text) {
    return problems([&] { dsg::parse_policy(text); });
}

}  // namespace

TEST_CASE("an empty policy overrides nothing") {
    for (const char* text : {"{}", R"({"format": "designation/policy@1"})",
                             R"({"format": null, "edition": null, "interpretations": null, "availability": null,
                                 "fees": null, "planning": null, "thresholds": null, "notes": null, "$schema": null})",
                             R"({"availability": {"badge": null}, "planning": {"blocked": null},
                                 "thresholds": {"csat": null}})"}) {
        CHECK(dsg::parse_policy(text) == dsg::Policy{});
    }
}

TEST_CASE("everything in a policy is read, kept and written back") {
    const std::string text = R"({
        "$schema": "policy.schema.json", "format": "designation/policy@1", "edition": "2026-04", "notes": "ours",
        "interpretations": {"leap_day": "roll_forward", "failed_reevaluation": "latest_outcome_governs",
            "renewal_anchor": "decision", "late_renewal": "ignored", "after_anniversary": "in_force",
            "prerequisite_lapse": "suspend", "pass_reference_day": "decision", "announcement": "unconfirmed"},
        "availability": {"unified_for_partners": {"available_from": "2027-03-01", "announced_by": null},
            "elevated_support": {}, "badge": {"not_before": "2025-11-18"}},
        "fees": {"csat": [{"from": "2028-01-01", "amount": 600.25}, {"from": "2027-01-01", "amount": 550}]},
        "planning": {"lead_days": {"csat": 30, "capability": 0}, "blocked": [
            {"from": "2026-12-20", "through": "2027-01-03"}, {"from": "2027-07-01", "through": "2027-07-01"}],
            "budgets": [{"fiscal_year": 2027, "at_most": 3350}, {"fiscal_year": 2028, "at_most": 0.5}]},
        "thresholds": {"case_rate": {"at_most": 4.0, "per": 1000000, "unit": "USD"}, "csat": {"at_least": 4.5}}})";
    const dsg::Policy policy = dsg::parse_policy(text);
    CHECK(policy.edition == "2026-04");
    CHECK(policy.interpretations.late_renewal == dsg::LateRenewal::ignored);
    const auto& unified = policy.availability[dsg::Offer::unified_for_partners];
    REQUIRE(unified);
    CHECK_FALSE(unified->not_before);
    CHECK((unified->announced_by && !*unified->announced_by));
    CHECK(str(*unified->available_from) == "2027-03-01");
    CHECK(policy.availability[dsg::Offer::elevated_support] == dsg::AvailabilityOverride{});
    CHECK_FALSE(policy.availability[dsg::Offer::performance_credits]);
    REQUIRE(policy.fees[dsg::Evaluation::csat].size() == 2);
    CHECK(str(policy.fees[dsg::Evaluation::csat].front().from) == "2027-01-01");
    CHECK(policy.planning.lead_days[dsg::Evaluation::csat] == 30);
    CHECK_FALSE(policy.planning.lead_days[dsg::Evaluation::performance]);
    CHECK(policy.planning.blocked.size() == 2);
    CHECK(str(policy.planning.budgets.back().at_most) == "0.5");
    CHECK(policy.thresholds.case_rate->per == 1000000);
    CHECK(policy.thresholds.csat_at_least == 4.5);
    CHECK(dsg::parse_policy(dsg::to_json(policy)) == policy);
    CHECK(dsg::parse_policy(dsg::to_json(policy, 2)) == policy);
    const dsg::Rules rules = dsg::make_rules(policy);
    CHECK(rules.policy == policy);
    CHECK(rules.rulebook->edition == "2026-04");
    CHECK(rules.policy_digest != dsg::builtin_rules().policy_digest);
}

TEST_CASE("an invalid policy is refused with its location") {
    struct Row {
        const char* text;
        Problems problems;
    };
    const Row rows[] = {
        {"[]", {"1:1 (root) type"}},
        {R"({"format": "designation/partner@1"})", {"1:12 /format format"}},
        {R"({"edition": "2025-12"})", {"1:13 /edition unknown_value"}},
        {R"({"edition": ""})", {"1:13 /edition range"}},
        {R"({"edition": 2025})", {"1:13 /edition type"}},
        {R"({"editions": "2025-11"})", {"1:2 /editions unknown_key"}},
        {R"({"$schema": 1})", {"1:13 /$schema type"}},
        {R"({"notes": 1})", {"1:11 /notes type"}},
        {R"({"interpretations": []})", {"1:21 /interpretations type"}},
        {R"({"interpretations": {"leap_day": "clamped"}})", {"1:34 /interpretations/leap_day unknown_value"}},
        {R"({"interpretations": {"leapday": "clamp"}})", {"1:22 /interpretations/leapday unknown_key"}},
        {R"({"availability": []})", {"1:18 /availability type"}},
        {R"({"availability": {"badge": []}})", {"1:28 /availability/badge type"}},
        {R"({"availability": {"badges": {}}})", {"1:19 /availability/badges unknown_key"}},
        {R"({"availability": {"badge": {"from": null}}})", {"1:29 /availability/badge/from unknown_key"}},
        {R"({"availability": {"badge": {"not_before": "2026-02-30"}}})", {"1:43 /availability/badge/not_before date"}},
        {R"({"availability": {"badge": {"not_before": "2026-01-02", "announced_by": "2026-01-01"}}})",
         {"1:28 /availability/badge order"}},
        {R"({"availability": {"unified_for_partners": {"not_before": "2027-07-01"}}})",
         {"1:43 /availability/unified_for_partners order"}},  // the edition's announced_by is 2027-06-30
        {R"({"availability": {"elevated_support": {"announced_by": "2026-06-30"}}})",
         {"1:39 /availability/elevated_support order"}},  // the bundle's not_before is 2026-07-01
        {R"({"fees": []})", {"1:10 /fees type"}},
        {R"({"fees": {"csat": {}}})", {"1:19 /fees/csat type"}},
        {R"({"fees": {"csat": [{}]}})", {"1:20 /fees/csat/0 missing_key", "1:20 /fees/csat/0 missing_key"}},
        {R"({"fees": {"csat": [5]}})", {"1:20 /fees/csat/0 type"}},
        {R"({"fees": {"csat": [{"from": "2027-01-01", "amount": -1}]}})", {"1:53 /fees/csat/0/amount range"}},
        {R"({"fees": {"csat": [{"from": "2027-01-01", "amount": 0.00001}]}})", {"1:53 /fees/csat/0/amount range"}},
        {R"({"fees": {"csat": [{"from": "2027-01-01", "amount": "5"}]}})", {"1:53 /fees/csat/0/amount type"}},
        {R"({"fees": {"csat": [{"from": "2027-01-01", "amount": 1}, {"from": "2027-01-01", "amount": 2}]}})",
         {"1:66 /fees/csat/1/from overlap"}},
        {R"({"planning": []})", {"1:14 /planning type"}},
        {R"({"planning": {"lead_days": 5}})", {"1:28 /planning/lead_days type"}},
        {R"({"planning": {"lead_days": {"csat": 2.9}}})", {"1:37 /planning/lead_days/csat type"}},
        {R"({"planning": {"lead_days": {"csat": -1}}})", {"1:37 /planning/lead_days/csat range"}},
        {R"({"planning": {"lead_days": {"csat": 36501}}})", {"1:37 /planning/lead_days/csat range"}},
        {R"({"planning": {"blocked": {}}})", {"1:26 /planning/blocked type"}},
        {R"({"planning": {"blocked": [1]}})", {"1:27 /planning/blocked/0 type"}},
        {R"({"planning": {"blocked": [{"from": "2026-01-02", "through": "2026-01-01"}]}})",
         {"1:61 /planning/blocked/0/through order"}},
        {R"({"planning": {"blocked": [{"from": "2026-01-02"}]}})", {"1:27 /planning/blocked/0 missing_key"}},
        {R"({"planning": {"blocked": [{"through": "1960-01-01"}]}})", {"1:27 /planning/blocked/0 missing_key"}},
        {R"({"planning": {"blocked": [{"from": "x", "through": "2026-01-01"}]}})",
         {"1:36 /planning/blocked/0/from date"}},
        {R"({"planning": {"budgets": {}}})", {"1:26 /planning/budgets type"}},
        {R"({"planning": {"budgets": [1]}})", {"1:27 /planning/budgets/0 type"}},
        {R"({"planning": {"budgets": [{"fiscal_year": 1899, "at_most": 1}]}})",
         {"1:43 /planning/budgets/0/fiscal_year range"}},
        {R"({"planning": {"budgets": [{"fiscal_year": 2027, "at_most": -1}]}})",
         {"1:60 /planning/budgets/0/at_most range"}},
        {R"({"planning": {"budgets": [{"fiscal_year": 2027, "at_most": 1}, {"fiscal_year": 2027, "at_most": 2}]}})",
         {"1:80 /planning/budgets/1/fiscal_year overlap"}},
        {R"({"thresholds": []})", {"1:16 /thresholds type"}},
        {R"({"thresholds": {"case_rate": 4}})", {"1:30 /thresholds/case_rate type"}},
        {R"({"thresholds": {"case_rate": {"at_most": -1, "per": 0, "unit": ""}}})",
         {"1:42 /thresholds/case_rate/at_most range", "1:53 /thresholds/case_rate/per range",
          "1:64 /thresholds/case_rate/unit range"}},
        {R"({"thresholds": {"csat": 4}})", {"1:25 /thresholds/csat type"}},
        {R"({"thresholds": {"csat": {"at_least": 0.9}}})", {"1:38 /thresholds/csat/at_least range"}},
        {R"({"thresholds": {"csat": {"at_least": 5.1}}})", {"1:38 /thresholds/csat/at_least range"}},
        {R"({"thresholds": {"csat": {"at_least": true}}})", {"1:38 /thresholds/csat/at_least type"}},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        CHECK(policy_problems(row.text) == row.problems);
    }
}

TEST_CASE("problems with the edition are reported together with all others") {
    CHECK(policy_problems("{\"interpretations\": {\"leap_day\": \"x\"},\n"
                          " \"availability\": {\"unified_for_partners\": {\"not_before\": \"2027-07-01\"}}}") ==
          Problems{"1:34 /interpretations/leap_day unknown_value", "2:43 /availability/unified_for_partners order"});
}

TEST_CASE("a policy is validated against its custom rulebook") {
    json text = json::parse(dsg::builtin_rulebook_text("2025-11"));
    text["edition"] = "mine";
    text["availability"]["unified_for_partners"]["announced_by"] = nullptr;
    const auto mine = dsg::parse_rulebook(text.dump());
    const auto with_mine = [&](const std::string& policy) {
        return problems([&] { dsg::parse_policy(policy, {}, mine.get()); });
    };
    CHECK(with_mine(R"({"edition": "mine"})").empty());
    CHECK(with_mine(R"({"edition": "2025-11"})") == Problems{"1:13 /edition edition"});
    CHECK(with_mine(R"({"availability": {"unified_for_partners": {"not_before": "2028-01-01"}}})").empty());
    CHECK(policy_problems(R"({"edition": "mine"})") == Problems{"1:13 /edition unknown_value"});
}
