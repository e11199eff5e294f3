#include <set>

#include "support.hpp"

using namespace support;

namespace {

/// Return the default edition with another value of one member; null removes the member.
dsg::Rules changed(const std::string& pointer, const json& value) {
    json book = json::parse(dsg::builtin_rulebook_text("2025-11"));
    book.at(json::json_pointer(pointer)) = value;
    return dsg::make_rules(dsg::parse_rulebook(book.dump()));
}

/// A parameter, another value for it, and the part of an assessment that changes.
struct Change {
    std::string parameter;
    json value;
    dsg::Partner partner;
    const char* as_of;
    const char* answer;  ///< a place in the assessment
    json before;
    json after;
};

void hold(const std::vector<Change>& changes, std::set<std::string>& seen) {
    for (const Change& change : changes) {
        CAPTURE(change.parameter, change.value.dump(), change.as_of, change.answer);
        const json::json_pointer place(change.answer);
        CHECK(change.before != change.after);
        CHECK(answer(change.partner, change.as_of).at(place) == change.before);
        CHECK(answer(change.partner, change.as_of, changed(change.parameter, change.value)).at(place) == change.after);
        seen.insert(change.parameter);
    }
}

const json none = json::array();

dsg::Partner with_one(const char* list, const char* key, const std::string& type) {
    return with(json{{list, {{{key, type}, {"from", "2020-01-01"}}}}}.dump());
}

std::vector<Change> prerequisites() {
    const auto csp = [](const char* type) { return with_one("csp_authorizations", "type", type); };
    const auto contract = [](const char* type) { return with_one("support_contracts", "type", type); };
    constexpr const char* p1 = "/eligibility/prerequisites/csp_authorization";
    constexpr const char* p2 = "/eligibility/prerequisites/support_contract";
    constexpr const char* p3 = "/eligibility/prerequisites/solutions_partner";
    constexpr const char* types = "/prerequisites/csp_authorization/types";
    constexpr const char* contracts = "/prerequisites/support_contract/types";
    constexpr const char* on = "2026-01-01";
    std::vector<Change> changes = {
        {types, {"distributor"}, csp("direct_bill"), on, p1, "met", "unmet"},
        {types, {"direct_bill"}, csp("distributor"), on, p1, "met", "unmet"},
        {types, {"indirect_reseller"}, csp("indirect_reseller"), on, p1, "unmet", "met"},
        {contracts, json::parse(R"([{"type": "psfp"}])"), contract("asfp"), on, p2, "met", "unmet"},
        {contracts, json::parse(R"([{"type": "asfp"}])"), contract("psfp"), on, p2, "met", "unmet"},
        {contracts, json::parse(R"([{"type": "asfp"}])"), contract("ufp"), "2027-07-01", p2, "met", "unmet"},
        {contracts, json::parse(R"([{"type": "ufp"}])"), contract("ufp"), on, p2, "unmet", "met"},
        {contracts, json::parse(R"([{"type": "asfp", "subject_to": "badge"}])"), contract("asfp"), "2025-11-17", p2,
         "met", "unmet"},
        {"/prerequisites/support_contract/types/2/subject_to", "badge", contract("ufp"), on, p2, "unmet", "met"},
    };
    for (const std::string_view area : dsg::enum_names<dsg::SolutionArea>) {
        json others = json::array();
        for (const std::string_view other : dsg::enum_names<dsg::SolutionArea>) {
            if (other != area) others.push_back(other);
        }
        changes.push_back({"/prerequisites/solutions_partner/areas", others,
                           with_one("solutions_partner_designations", "area", std::string(area)), on, p3, "met",
                           "unmet"});
    }
    return changes;
}

std::vector<Change> evaluations_and_term() {
    const dsg::Partner held = with_events(attained("2026-03-02"));
    const dsg::Partner renewed = with_events(attained("2026-03-02") + "2027-02-10 renewal_approved");
    return {
        {"/evaluations/capability/validity_years", 3, held, "2026-06-01", "/evaluations/capability/valid_through",
         "2028-03-01", "2029-03-01"},
        {"/evaluations/performance/validity_years", 2, held, "2026-06-01", "/evaluations/performance/valid_through",
         "2027-03-01", "2028-03-01"},
        {"/evaluations/csat/validity_years", 2, held, "2026-06-01", "/evaluations/csat/valid_through", "2027-03-01",
         "2028-03-01"},
        {"/evaluations/csat/validity_years",
         2,
         held,
         "2026-06-01",
         "/renewal/missing",
         {"performance", "csat"},
         {"performance"}},
        {"/evaluations/capability/each_cycle",
         true,
         held,
         "2026-06-01",
         "/renewal/missing",
         {"performance", "csat"},
         {"capability", "performance", "csat"}},
        {"/evaluations/performance/each_cycle",
         false,
         with_events("2026-03-02 badge_awarded; 2027-03-03 case_rate_determined pass; 2027-03-03 renewal_approved"),
         "2027-06-01",
         "/renewal/missing",
         {"capability", "performance", "csat"},
         {"capability", "csat"}},
        {"/evaluations/csat/each_cycle",
         true,
         with_events("2026-03-02 badge_awarded; 2027-03-03 csat_evaluated pass; 2027-03-03 renewal_approved"),
         "2027-06-01",
         "/renewal/missing",
         {"capability", "performance"},
         {"capability", "performance", "csat"}},
        {"/term/years", 2, held, "2026-06-01", "/term/expires_on", "2027-03-02", "2028-03-02"},
        {"/term/years", 2, with_events(attained("2026-03-02") + "2028-02-10 renewal_approved"), "2028-02-10",
         "/term/expires_on", "2029-03-02", "2030-03-02"},
        {"/term/renewal_window/opens_days_before", 61, held, "2026-12-31", "/term/status", "active", "renewal_open"},
        {"/term/renewal_window/opens_days_before", 0, held, "2026-06-01", "/term/renewal_opens_on", "2027-01-01",
         "2027-03-02"},
        {"/term/renewal_window/opens_days_before", 10, renewed, "2027-02-10", "/term/expires_on", "2028-03-02",
         "2027-03-02"},
        {"/term/renewal_window/closes_days_after", 31, held, "2027-04-02", "/term/status", "expired",
         "renewal_overdue"},
        {"/term/renewal_window/closes_days_after", 0, held, "2027-03-03", "/term/status", "renewal_overdue", "expired"},
    };
}

std::vector<Change> journey() {
    const dsg::Partner registered = with_events("2026-01-01 interest_registered");
    const dsg::Partner eligible_now =
        with_events("2026-01-01 interest_registered; 2026-01-02 eligibility_decided eligible");
    const dsg::Partner capable = with_events(
        "2026-01-01 interest_registered; 2026-01-02 eligibility_decided eligible; 2026-01-03 capability_evaluated "
        "pass");
    const dsg::Partner validated = with_events(
        "2026-01-01 interest_registered; 2026-01-02 eligibility_decided eligible; 2026-01-03 capability_evaluated "
        "pass; 2026-01-04 case_volume_validated");
    const dsg::Partner performing = with_events(
        "2026-01-01 interest_registered; 2026-01-02 eligibility_decided eligible; 2026-01-03 capability_evaluated "
        "pass; 2026-01-04 case_rate_determined pass");
    const dsg::Partner ready =
        with_events("2026-01-01 interest_registered; 2026-01-02 eligibility_decided eligible;" + passes("2026-01-03"));
    const dsg::Partner ineligible =
        with_events("2026-01-01 interest_registered; 2026-01-02 eligibility_decided ineligible");
    constexpr const char* on = "2026-01-31";
    constexpr const char* waiting = "/journey/waiting_on";
    const json csat_first = json::parse(R"([{"step": "register_interest", "actor": "partner"},
        {"step": "csat", "actor": "issi"}, {"step": "capability", "actor": "issi"},
        {"step": "performance", "actor": "issi", "then": "microsoft"}, {"step": "award", "actor": "microsoft"}])");
    return {
        {"/journey/0/actor", "issi", with_events(""), on, waiting, "partner", "issi"},
        {"/journey/1/actor", "issi", registered, on, waiting, "microsoft", "issi"},
        {"/journey/1/then", "issi", ineligible, on, waiting, "partner", "issi"},
        {"/journey/1/then", nullptr, ineligible, on, waiting, "partner", "microsoft"},
        {"/journey/2/actor", "partner", eligible_now, on, waiting, "issi", "partner"},
        {"/journey/3/actor", "partner", capable, on, waiting, "issi", "partner"},
        {"/journey/3/then", "partner", validated, on, waiting, "microsoft", "partner"},
        {"/journey/3/then", nullptr, validated, on, waiting, "microsoft", "issi"},
        {"/journey/4/actor", "partner", performing, on, waiting, "issi", "partner"},
        {"/journey/5/actor", "partner", ready, on, waiting, "microsoft", "partner"},
        {"/journey", csat_first, registered, on, "/journey/step", "eligibility_validation", "csat"},
        {"/journey",
         csat_first,
         ready,
         on,
         "/journey/completed",
         {"register_interest", "eligibility_validation", "capability", "performance", "csat"},
         {"register_interest", "csat", "capability", "performance"}},
        {"/journey",
         csat_first,
         with_events("2025-12-01 badge_awarded"),
         on,
         "/renewal/missing",
         {"capability", "performance", "csat"},
         {"csat", "capability", "performance"}},
        {"/journey", csat_first, with_events("2026-01-01 interest_registered; 2026-01-02 csat_evaluated pass"), on,
         "/findings", json::parse(R"([{"code": "step_out_of_order", "on": "2026-01-02"}])"), none},
        {"/journey", csat_first, with_events(passes("2026-01-02") + "2026-01-02 badge_awarded"), on, "/findings",
         json::parse(R"([{"code": "award_without_eligibility", "on": "2026-01-02"}])"), none},
    };
}

std::vector<Change> availability_and_benefits() {
    constexpr const char* badge = "/benefits/badge";
    constexpr const char* seen = "/benefits/marketplace_visibility";
    constexpr const char* elevated = "/benefits/elevated_support";
    constexpr const char* credits = "/benefits/performance_credits";
    constexpr const char* early = "/benefits/early_adoption_discount";
    const dsg::Partner held = with_events(attained("2025-11-10"));
    const std::string later = attained("2026-10-01");
    const dsg::Partner unified = with_events(later, R"({"support_contracts": [{"type": "ufp", "from": "2020-01-01"},
                                                                              {"type": "asfp", "from": "2020-01-01"}]})");
    const dsg::Partner premier = with_events(later, R"({"support_contracts": [{"type": "psfp", "from": "2020-01-01",
                   "annual_value": {"amount": 1000, "currency": "USD"}}]})");
    const dsg::Partner renewed = with_events(later, R"({"support_contracts": [{"type": "psfp", "from": "2020-01-01"},
                                                                              {"type": "psfp", "from": "2027-01-01"}]})");
    const dsg::Partner advanced = with_events(later);
    // The other two dates of the badge only matter if `available_from` is unknown.
    const auto announced = [](const char* not_before, const char* announced_by) {
        return json{{"not_before", not_before},
                    {"announced_by", announced_by},
                    {"words", "x"},
                    {"citations", {{{"source", "article"}}}}};
    };
    const json launched_late = {{"code", "award_before_launch"}, {"on", "2025-11-10"}};
    return {
        {"/availability/badge/available_from", "2025-12-01", held, "2025-11-30", badge, "met", "unmet"},
        {"/availability/badge/available_from", "2025-11-10", held, "2025-11-10", "/findings",
         json::array({launched_late}), none},
        {"/availability/badge/available_from", nullptr, held, "2025-11-18", badge, "met", "unknown"},
        {"/availability/badge", announced("2025-11-20", "2025-11-30"), held, "2025-11-19", badge, "met", "unmet"},
        {"/availability/badge", announced("2025-11-18", "2025-11-30"), held, "2025-11-30", badge, "met", "unknown"},
        {"/availability/marketplace_visibility/not_before", "2026-01-02", held, "2026-01-01", seen, "unknown", "unmet"},
        {"/availability/marketplace_visibility/announced_by", "2026-07-01", held, "2026-07-01", seen, "met", "unknown"},
        {"/availability/marketplace_visibility/available_from", "2026-03-01", held, "2026-03-01", seen, "unknown",
         "met"},
        {"/availability/unified_for_partners/not_before", "2027-01-01", unified, "2026-12-31", elevated, "unknown",
         "unmet"},
        {"/availability/unified_for_partners/announced_by", "2026-12-31", unified, "2027-01-01", credits, "unknown",
         "met"},
        {"/availability/unified_for_partners/available_from", "2026-11-01", unified, "2026-11-01", elevated, "unknown",
         "met"},
        {"/availability/elevated_support/bundled_with", "badge", unified, "2026-11-01", elevated, "unknown", "met"},
        {"/availability/performance_credits/bundled_with", nullptr, unified, "2027-07-01", credits, "met", "unknown"},
        {"/benefits/badge/availability", "marketplace_visibility", held, "2025-11-18", badge, "met", "unmet"},
        {"/benefits/marketplace_visibility/availability", "badge", held, "2025-11-18", seen, "unmet", "met"},
        {"/benefits/elevated_support/availability", "badge", unified, "2026-11-01", elevated, "unknown", "met"},
        {"/benefits/elevated_support/contract", "psfp", unified, "2026-11-01", elevated, "unknown", "unmet"},
        {"/benefits/performance_credits/availability", "badge", unified, "2026-11-01", credits, "unknown", "met"},
        {"/benefits/performance_credits/contract", "asfp", advanced, "2026-11-01", credits, "unmet", "unknown"},
        {"/benefits/early_adoption_discount/contract", "asfp", advanced, "2026-11-01", early, "unmet", "unknown"},
        {"/benefits/early_adoption_discount/before_next_renewal", false, renewed, "2027-01-01", early, "unmet",
         "unknown"},
        {"/benefits/early_adoption_discount/limited_places", false, premier, "2026-11-01", early, "unknown", "met"},
        {"/benefits/early_adoption_discount/percent",
         10,
         premier,
         "2026-11-01",
         "/amounts/early_adoption_discount",
         {{"amount", 50}, {"currency", "USD"}},
         {{"amount", 100}, {"currency", "USD"}}},
        {"/benefits/early_adoption_discount/percent",
         nullptr,
         premier,
         "2026-11-01",
         "/amounts/early_adoption_discount",
         {{"amount", 50}, {"currency", "USD"}},
         nullptr},
        {"/benefits/badge", json::object(), held, "2025-11-10", badge, "unmet", "met"},
    };
}

std::vector<Change> fees_and_readings() {
    const dsg::Partner fresh = with_events("");
    const dsg::Partner taken = with_events(passes("2026-01-01"));
    const auto one = [](int amount) { return json::array({{{"from", "1900-01-01"}, {"amount", amount}}}); };
    const json two = json::parse(R"([{"from": "2026-01-02", "amount": 600}, {"from": "1900-01-01", "amount": 500}])");
    constexpr const char* outstanding = "/fees/outstanding";
    constexpr const char* incurred = "/fees/incurred";
    const dsg::Partner held = with_events(attained("2026-03-02"));
    std::vector<Change> changes = {
        {"/edition", "mine", fresh, "2026-01-01", "/edition", "2025-11", "mine"},
        {"/fees/currency", "EUR", fresh, "2026-01-01", "/fees/currency", "USD", "EUR"},
        {"/fees/schedule/capability", one(1), fresh, "2026-01-01", outstanding, 3350, 1851},
        {"/fees/schedule/performance", one(1), fresh, "2026-01-01", outstanding, 3350, 2001},
        {"/fees/schedule/csat", one(1), fresh, "2026-01-01", outstanding, 3350, 2851},
        {"/fees/schedule/csat", two, fresh, "2026-01-02", outstanding, 3350, 3450},
        {"/fees/schedule/capability/0/amount", 1500.5, taken, "2026-01-01", incurred, 3350, 3350.5},
        {"/fees/schedule/performance/0/amount", 0, taken, "2026-01-01", incurred, 3350, 2000},
        {"/fees/schedule/csat/0/amount", 501, taken, "2026-01-01", incurred, 3350, 3351},
    };
    const auto reads = [&changes](const char* question, const char* second, const dsg::Partner& partner,
                                  const char* as_of, const char* place, const json& before, const json& after) {
        changes.push_back(
            {std::string("/interpretations/") + question + "/default", second, partner, as_of, place, before, after});
    };
    reads("leap_day", "roll_forward", with_events(attained("2028-02-29")), "2028-06-01", "/term/expires_on",
          "2029-02-28", "2029-03-01");
    reads("failed_reevaluation", "latest_outcome_governs",
          with_events("2026-02-01 csat_evaluated pass; 2026-05-01 csat_evaluated fail"), "2026-06-01",
          "/evaluations/csat/passed_on", "2026-02-01", nullptr);
    reads("renewal_anchor", "decision", with_events(attained("2026-03-02") + "2027-02-10 renewal_approved"),
          "2027-03-01", "/term/expires_on", "2028-03-02", "2028-02-10");
    reads("late_renewal", "ignored", with_events(attained("2026-03-02") + "2027-04-02 renewal_approved"), "2027-04-02",
          "/term/status", "active", "expired");
    reads("after_anniversary", "in_force", held, "2027-03-02", "/term/in_force", "unmet", "met");
    reads("prerequisite_lapse", "suspend", with_events(attained("2026-03-02"), R"({"csp_authorizations": []})"),
          "2026-06-01", "/term/in_force", "met", "unmet");
    reads("pass_reference_day", "decision", held, "2027-01-10", "/renewal/missing", {"performance", "csat"},
          {"performance"});
    reads("announcement", "unconfirmed", held, "2026-07-01", "/benefits/marketplace_visibility", "met", "unknown");
    reads("pilot_contract", "counted", with(R"({"support_contracts": [{"type": "ufp", "from": "2026-01-01"}]})"),
          "2026-06-30", "/eligibility/prerequisites/support_contract", "unmet", "met");
    return changes;
}

/// Return every parameter in a value; a list is one parameter.
void collect(const json& value, const std::string& pointer, std::vector<std::string>& leaves) {
    if (!value.is_object()) return leaves.push_back(pointer);
    for (const auto& [key, member] : value.items()) {
        const bool wording = key == "words" || key == "citations" || key == "question" || key == "rationale";
        if (!wording) collect(member, pointer + '/' + key, leaves);
    }
}

}  // namespace

TEST_CASE("the assessment follows each parameter of the rulebook") {
    std::set<std::string> seen;
    hold(prerequisites(), seen);
    hold(evaluations_and_term(), seen);
    hold(journey(), seen);
    hold(availability_and_benefits(), seen);
    hold(fees_and_readings(), seen);
    // No assessment depends on the fiscal year; plans do.
    CHECK(dsg::builtin_rules().fiscal_year_first_month == 7);
    CHECK(changed("/fiscal_year/first_month", 1).fiscal_year_first_month == 1);
    seen.insert("/fiscal_year/first_month");
    seen.insert({"/availability/badge/not_before", "/availability/badge/announced_by"});  // as a whole

    std::vector<std::string> leaves;
    const json book = json::parse(dsg::builtin_rulebook_text("2025-11"));
    for (const char* part : {"edition", "prerequisites", "evaluations", "term", "journey", "availability", "benefits",
                             "fees", "fiscal_year", "interpretations"}) {
        collect(book[part], std::string("/") + part, leaves);
    }
    for (const std::string& leaf : leaves) {
        CAPTURE(leaf);
        CHECK(seen.contains(leaf));
    }
    for (std::size_t step = 0; step < book["journey"].size(); ++step) {
        CHECK(seen.contains("/journey/" + std::to_string(step) + "/actor"));
    }
}

TEST_CASE("wording, remedies, citations and sources of a rulebook are read") {
    json text = json::parse(dsg::builtin_rulebook_text("2025-11"));
    text["title"] = "Ours";
    text["notes"] = "free text";
    text["rules"]["SSD-P1"]["title"] = "T";
    text["rules"]["SSD-P1"]["text"] = "X";
    text["rules"]["SSD-P1"]["remedy"] = {{"do", "D"}, {"actor", "microsoft"}, {"then", "E"}};
    text["requests"]["events"] = "G";
    text["rules"]["SSD-P1"]["citations"] =
        json::parse(R"([{"source": "ours", "section": "S"}, {"source": "article"}])");
    text["rules"]["SSD-P2"].erase("remedy");
    text["interpretations"]["leap_day"]["question"] = "Q";
    text["interpretations"]["leap_day"]["rationale"] = "R";
    text["availability"]["badge"]["words"] = "W";
    text["findings"]["renewal_gap"] = {{"rule", "SSD-T3"}, {"text", "F"}};
    text["sources"]["ours"] = {{"title", "O"}, {"grade", "secondary"}, {"url", "https://example.com/"}};
    const auto book = dsg::parse_rulebook(text.dump());
    CHECK(book->title == "Ours");
    const dsg::RuleText& rule = book->rules[dsg::Rule::p1];
    CHECK(rule.title == "T");
    CHECK(rule.text == "X");
    CHECK(rule.remedy->text == "D");
    CHECK(rule.remedy->actor == dsg::Actor::microsoft);
    CHECK(rule.remedy->then == "E");
    CHECK(book->rules[dsg::Rule::p3].remedy->then.empty());
    CHECK(book->requests[dsg::FactList::events] == "G");
    REQUIRE(rule.citations.size() == 2);
    CHECK(rule.citations[0].source == "ours");
    CHECK(rule.citations[0].section == "S");
    CHECK(rule.citations[1].section.empty());
    CHECK_FALSE(book->rules[dsg::Rule::p2].remedy);
    CHECK(book->interpretations[dsg::Interpretation::leap_day].question == "Q");
    CHECK(book->interpretations[dsg::Interpretation::leap_day].rationale == "R");
    CHECK(book->offers[dsg::Offer::badge].words == "W");
    CHECK(book->findings[dsg::FindingCode::renewal_gap].rule == dsg::Rule::t3);
    CHECK(book->findings[dsg::FindingCode::renewal_gap].text == "F");
    const dsg::Source& source = book->sources.find("ours")->second;
    CHECK(source.title == "O");
    CHECK(source.grade == dsg::Grade::secondary);
    CHECK(source.url == "https://example.com/");
    CHECK(book->digest != dsg::builtin_rulebook("2025-11")->digest);
}

TEST_CASE("every evaluation, step and benefit has its rule") {
    CHECK(str(dsg::Rule::p) == "SSD-P");
    CHECK(str(dsg::Rule::f3) == "SSD-F3");
    CHECK(str(std::vector{rule_of(dsg::Evaluation::performance), renewal_rule_of(dsg::Evaluation::performance),
                          renewal_rule_of(dsg::Evaluation::capability), renewal_rule_of(dsg::Evaluation::csat)}) ==
          "SSD-E2 SSD-R2 SSD-R3 SSD-R4");
    CHECK(str(std::vector{rule_of(dsg::Step::register_interest), rule_of(dsg::Step::eligibility_validation),
                          rule_of(dsg::Step::csat), rule_of(dsg::Step::award)}) == "SSD-J1 SSD-J2 SSD-E3 SSD-T1");
    CHECK(str(rule_of(dsg::Benefit::early_adoption_discount)) == "SSD-B5");
}

TEST_CASE("a rulebook may be written in any layout and order") {
    const json text = json::parse(dsg::builtin_rulebook_text("2025-11"));  // keys sorted by name
    const auto book = dsg::parse_rulebook("\xEF\xBB\xBF" + text.dump(4));
    CHECK(book->parameters == dsg::builtin_rulebook("2025-11")->parameters);
    CHECK(book->defaults == dsg::builtin_rulebook("2025-11")->defaults);
}
