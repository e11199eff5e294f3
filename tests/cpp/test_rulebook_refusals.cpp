#include "support.hpp"

using namespace support;

namespace {

Problems refusals(const std::string& text) {
    return problems([&] { dsg::parse_rulebook(text); });
}

/// Return the pointers and codes of the problems, without lines and columns.
Problems without_places(Problems problems) {
    for (std::string& problem : problems) problem = problem.substr(problem.find(' ') + 1);
    return problems;
}

json edition_text() { return json::parse(dsg::builtin_rulebook_text("2025-11")); }

/// Return the problems of the default edition with another value of one member.
Problems with_member(const std::string& pointer, const json& value) {
    json book = edition_text();
    book[json::json_pointer(pointer)] = value;
    return without_places(refusals(book.dump()));
}

Problems without_member(const std::string& pointer) {
    json book = edition_text();
    const json::json_pointer place(pointer);
    book[place.parent_pointer()].erase(place.back());
    return without_places(refusals(book.dump()));
}

json parsed(const char* text) { return json::parse(text); }

}  // namespace

TEST_CASE("a rulebook without a required member is refused") {
    for (const char* member :
         {"/edition", "/title", "/prerequisites", "/evaluations", "/term", "/journey", "/availability", "/benefits",
          "/fees", "/fiscal_year", "/interpretations", "/rules", "/findings", "/requests", "/sources"}) {
        CAPTURE(member);
        const Problems problems = without_member(member);
        CHECK(problems == Problems{"(root) missing_key"});
    }
    CHECK(refusals("{}").size() == 15);
    CHECK(refusals("[]") == Problems{"1:1 (root) type"});
    struct Row {
        const char* member;
        const char* problem;
    };
    for (const Row& row : {
             Row{"/prerequisites/csp_authorization", "/prerequisites missing_key"},
             Row{"/prerequisites/support_contract/types", "/prerequisites/support_contract missing_key"},
             Row{"/prerequisites/solutions_partner/areas", "/prerequisites/solutions_partner missing_key"},
             Row{"/evaluations/csat", "/evaluations missing_key"},
             Row{"/evaluations/csat/validity_years", "/evaluations/csat missing_key"},
             Row{"/evaluations/csat/each_cycle", "/evaluations/csat missing_key"},
             Row{"/term/years", "/term missing_key"},
             Row{"/term/renewal_window", "/term missing_key"},
             Row{"/term/renewal_window/opens_days_before", "/term/renewal_window missing_key"},
             Row{"/term/renewal_window/closes_days_after", "/term/renewal_window missing_key"},
             Row{"/availability/marketplace_visibility", "/availability missing_key"},
             Row{"/availability/badge/words", "/availability/badge missing_key"},
             Row{"/availability/badge/citations", "/availability/badge missing_key"},
             Row{"/benefits/badge", "/benefits missing_key"},
             Row{"/benefits/early_adoption_discount/contract", "/benefits/early_adoption_discount missing_key"},
             Row{"/fees/currency", "/fees missing_key"},
             Row{"/fees/schedule", "/fees missing_key"},
             Row{"/fees/schedule/csat", "/fees/schedule gap"},
             Row{"/fiscal_year/first_month", "/fiscal_year missing_key"},
             Row{"/interpretations/leap_day", "/interpretations missing_key"},
             Row{"/interpretations/leap_day/default", "/interpretations/leap_day missing_key"},
             Row{"/interpretations/leap_day/question", "/interpretations/leap_day missing_key"},
             Row{"/interpretations/leap_day/rationale", "/interpretations/leap_day missing_key"},
             Row{"/rules/SSD-P", "/rules missing_key"},
             Row{"/rules/SSD-P/title", "/rules/SSD-P missing_key"},
             Row{"/rules/SSD-P/text", "/rules/SSD-P missing_key"},
             Row{"/rules/SSD-P/citations", "/rules/SSD-P missing_key"},
             Row{"/rules/SSD-P1/remedy/do", "/rules/SSD-P1/remedy missing_key"},
             Row{"/rules/SSD-P1/remedy/actor", "/rules/SSD-P1/remedy missing_key"},
             Row{"/findings/renewal_gap", "/findings missing_key"},
             Row{"/findings/renewal_gap/rule", "/findings/renewal_gap missing_key"},
             Row{"/findings/renewal_gap/text", "/findings/renewal_gap missing_key"},
             Row{"/requests/events", "/requests missing_key"},
             Row{"/sources/article/title", "/sources/article missing_key"},
             Row{"/sources/article/grade", "/sources/article missing_key"},
         }) {
        CAPTURE(row.member);
        CHECK(without_member(row.member) == Problems{row.problem});
    }
    for (const std::size_t step : {0U, 2U, 3U, 4U, 5U}) {
        json book = edition_text();
        book["journey"].erase(step);
        CAPTURE(step);
        Problems expected{"/journey missing_key"};
        if (step == 0 || step == 5) expected.emplace_back("/journey order");
        CHECK(without_places(refusals(book.dump())) == expected);
    }
}

TEST_CASE("a rulebook whose parts overlap is refused") {
    struct Row {
        const char* member;
        json value;
        const char* problem;
    };
    const Row rows[] = {
        {"/prerequisites/csp_authorization/types",
         {"direct_bill", "distributor", "direct_bill"},
         "/prerequisites/csp_authorization/types/2 overlap"},
        {"/prerequisites/solutions_partner/areas",
         {"security", "security"},
         "/prerequisites/solutions_partner/areas/1 overlap"},
        {"/prerequisites/support_contract/types", parsed(R"([{"type": "asfp"}, {"type": "asfp"}])"),
         "/prerequisites/support_contract/types/1/type overlap"},
        {"/term/renewal_window", parsed(R"({"opens_days_before": 335, "closes_days_after": 30})"),
         "/term/renewal_window overlap"},
        {"/term/renewal_window", parsed(R"({"opens_days_before": 365, "closes_days_after": 0})"),
         "/term/renewal_window overlap"},
        {"/journey/3/step", "capability", "/journey/3/step overlap"},
        {"/availability/elevated_support/not_before", "2026-07-01",
         "/availability/elevated_support/bundled_with overlap"},
        {"/availability/elevated_support/announced_by", "2026-07-01",
         "/availability/elevated_support/bundled_with overlap"},
        {"/availability/elevated_support/available_from", "2026-07-01",
         "/availability/elevated_support/bundled_with overlap"},
        {"/availability/elevated_support/bundled_with", "performance_credits",
         "/availability/elevated_support/bundled_with overlap"},  // a bundle of a bundle
        {"/availability/elevated_support/bundled_with", "elevated_support",
         "/availability/elevated_support/bundled_with overlap"},  // a bundle of itself
        {"/fees/schedule/csat", parsed(R"([{"from": "1900-01-01", "amount": 1}, {"from": "1900-01-01", "amount": 2}])"),
         "/fees/schedule/csat/1/from overlap"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.member, row.value.dump());
        Problems problems = with_member(row.member, row.value);
        if (row.member == std::string("/journey/3/step")) {
            // The performance step is missing, and capability has no second actor.
            CHECK(problems == Problems{"/journey missing_key", row.problem, "/journey/3/then unknown_key"});
        } else {
            CHECK(problems == Problems{row.problem});
        }
    }
    CHECK(
        with_member("/term/renewal_window", parsed(R"({"opens_days_before": 334, "closes_days_after": 30})")).empty());
    CHECK(with_member("/term", parsed(R"({"years": 2, "renewal_window": {"opens_days_before": 365,
                                                                        "closes_days_after": 364}})"))
              .empty());
}

TEST_CASE("a rulebook with a value out of range or order is refused") {
    struct Row {
        const char* member;
        json value;
        const char* problem;
    };
    const Row rows[] = {
        {"/format", "designation/rulebook@2", "/format format"},
        {"/$schema", 1, "/$schema type"},
        {"/notes", 1, "/notes type"},
        {"/notes", {{"/fees", 1}}, "/notes/~1fees type"},
        {"/edition", "", "/edition range"},
        {"/title", "", "/title range"},
        {"/prerequisites/csp_authorization/types", json::array(), "/prerequisites/csp_authorization/types range"},
        {"/prerequisites/csp_authorization/types", "direct_bill", "/prerequisites/csp_authorization/types type"},
        {"/prerequisites/csp_authorization/types/0", "indirect_provider",
         "/prerequisites/csp_authorization/types/0 unknown_value"},
        {"/prerequisites/support_contract/types", json::array(), "/prerequisites/support_contract/types range"},
        {"/prerequisites/support_contract/types/0/type", "premier",
         "/prerequisites/support_contract/types/0/type unknown_value"},
        {"/prerequisites/support_contract/types/2/subject_to", "unified",
         "/prerequisites/support_contract/types/2/subject_to unknown_value"},
        {"/prerequisites/solutions_partner/areas", json::array(), "/prerequisites/solutions_partner/areas range"},
        {"/evaluations/csat/validity_years", 0, "/evaluations/csat/validity_years range"},
        {"/evaluations/csat/validity_years", 101, "/evaluations/csat/validity_years range"},
        {"/evaluations/csat/validity_years", 1.5, "/evaluations/csat/validity_years type"},
        {"/evaluations/csat/each_cycle", 1, "/evaluations/csat/each_cycle type"},
        {"/term/years", 0, "/term/years range"},
        {"/term/years", 101, "/term/years range"},
        {"/term/renewal_window/opens_days_before", -1, "/term/renewal_window/opens_days_before range"},
        {"/term/renewal_window/closes_days_after", 366, "/term/renewal_window/closes_days_after range"},
        {"/journey", json::object(), "/journey type"},
        {"/journey/0", "register_interest", "/journey/0 type"},
        {"/journey/0", {{"step", "register_interest"}}, "/journey/0 missing_key"},
        {"/journey/0", {{"actor", "partner"}}, "/journey/0 missing_key"},
        {"/journey/0/step", "register", "/journey/0/step unknown_value"},
        {"/journey/0/actor", "isv", "/journey/0/actor unknown_value"},
        {"/journey/2/then", "microsoft", "/journey/2/then unknown_key"},
        {"/journey/3/then", "nobody", "/journey/3/then unknown_value"},
        {"/availability/badge/not_before", "2025-11-31", "/availability/badge/not_before date"},
        {"/availability/badge/announced_by", "2025-11-17", "/availability/badge/announced_by order"},
        {"/availability/elevated_support/bundled_with", "it",
         "/availability/elevated_support/bundled_with unknown_value"},
        {"/availability/badge/citations", json::array(), "/availability/badge/citations range"},
        {"/availability/badge/citations/0/source", "nowhere", "/availability/badge/citations/0/source unknown_value"},
        {"/availability/badge/citations/0/source", "", "/availability/badge/citations/0/source range"},
        {"/rules/SSD-P/citations/0/source", "nowhere", "/rules/SSD-P/citations/0/source unknown_value"},
        {"/rules/SSD-P/citations", "article", "/rules/SSD-P/citations type"},
        {"/rules/SSD-P/citations/0", "article", "/rules/SSD-P/citations/0 type"},
        {"/benefits/badge/availability", "it", "/benefits/badge/availability unknown_value"},
        {"/benefits/elevated_support/contract", "it", "/benefits/elevated_support/contract unknown_value"},
        {"/benefits/early_adoption_discount/limited_places", "yes",
         "/benefits/early_adoption_discount/limited_places type"},
        {"/benefits/early_adoption_discount/percent", -1, "/benefits/early_adoption_discount/percent range"},
        {"/benefits/early_adoption_discount/percent", 101, "/benefits/early_adoption_discount/percent range"},
        {"/benefits/badge", 1, "/benefits/badge type"},
        {"/fees/currency", "dollars", "/fees/currency unknown_value"},
        {"/fees/schedule/csat", parsed(R"([{"from": "1900-01-02", "amount": 500}])"), "/fees/schedule/csat gap"},
        {"/fees/schedule/csat", json::array(), "/fees/schedule/csat gap"},
        {"/fees/schedule/csat/0/from", "1900-01-02", "/fees/schedule/csat gap"},
        {"/fiscal_year/first_month", 0, "/fiscal_year/first_month range"},
        {"/fiscal_year/first_month", 13, "/fiscal_year/first_month range"},
        {"/interpretations/leap_day/default", "clamped", "/interpretations/leap_day/default unknown_value"},
        {"/interpretations/leap_day", "clamp", "/interpretations/leap_day type"},
        {"/rules/SSD-P1/remedy/actor", "isv", "/rules/SSD-P1/remedy/actor unknown_value"},
        {"/rules/SSD-P1/remedy", "do", "/rules/SSD-P1/remedy type"},
        {"/findings/renewal_gap/rule", "SSD-X", "/findings/renewal_gap/rule unknown_value"},
        {"/sources/article/grade", "good", "/sources/article/grade unknown_value"},
        {"/rules", json::array(), "/rules type"},
        {"/findings", json::array(), "/findings type"},
        {"/requests/events", 1, "/requests/events type"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.member, row.value.dump());
        CHECK(with_member(row.member, row.value) == Problems{row.problem});
    }
    // A journey must begin with the first step and end with the award.
    json book = edition_text();
    std::swap(book["journey"][0], book["journey"][1]);
    CHECK(without_places(refusals(book.dump())) == Problems{"/journey order"});
    book = edition_text();
    std::swap(book["journey"][4], book["journey"][5]);
    CHECK(without_places(refusals(book.dump())) == Problems{"/journey/5/step unreachable"});
}

TEST_CASE("an unknown key of a rulebook is reported with the nearest valid key") {
    struct Row {
        const char* member;
        const char* message;
    };
    for (const Row& row :
         {Row{"/rules/SSD-P9", "unknown key \"SSD-P9\"; did you mean \"SSD-P\"?"},
          Row{"/interpretations/leapday", "unknown key \"leapday\"; did you mean \"leap_day\"?"},
          Row{"/findings/renewal_gaps", "unknown key \"renewal_gaps\"; did you mean \"renewal_gap\"?"},
          Row{"/evaluations/capabilities", "unknown key \"capabilities\"; did you mean \"capability\"?"},
          Row{"/terms", "unknown key \"terms\"; did you mean \"term\"?"}}) {
        json book = edition_text();
        book[json::json_pointer(row.member)] = 1;
        try {
            dsg::parse_rulebook(book.dump());
            FAIL("it was accepted");
        } catch (const dsg::InputError& error) {
            REQUIRE(error.diagnostics().size() == 1);
            CHECK(error.diagnostics().front().pointer == row.member);
            CHECK(error.diagnostics().front().code == "unknown_key");
            CHECK(error.diagnostics().front().message == row.message);
        }
    }
}

TEST_CASE("a rulebook inherits omitted members from the edition that it extends") {
    const auto mine = dsg::parse_rulebook(R"({
  "extends": "2025-11",
  "edition": "mine",
  "term": {"renewal_window": {"opens_days_before": 90}},
  "fees": {"schedule": {"csat": [{"from": "1900-01-01", "amount": 1}]}},
  "availability": {"unified_for_partners": {"announced_by": null}},
  "sources": {"ours": {"title": "Ours", "grade": "secondary"}}})");
    CHECK(mine->edition == "mine");
    dsg::Parameters expected = dsg::builtin_rulebook("2025-11")->parameters;
    expected.window_opens_before = 90;
    expected.fees[dsg::Evaluation::csat].front().amount = *dsg::parse_amount("1");
    for (const auto offer :
         {dsg::Offer::unified_for_partners, dsg::Offer::elevated_support, dsg::Offer::performance_credits}) {
        expected.availability[offer].announced_by.reset();
    }
    CHECK(mine->parameters == expected);
    CHECK(mine->sources.size() == 3);
    CHECK(dsg::parse_rulebook(R"({"extends": "2026-04", "edition": "mine"})")->parameters ==
          dsg::builtin_rulebook("2026-04")->parameters);
    CHECK(dsg::parse_rulebook(mine->json)->parameters == expected);
}

TEST_CASE("a problem of an extending rulebook has its location in that rulebook's text") {
    // The rulebook has the member.
    CHECK(refusals("{\"extends\": \"2025-11\",\n \"term\": {\"years\": 0}}") == Problems{"2:20 /term/years range"});
    CHECK(refusals("{\"extends\": \"2025-11\",\n \"terms\": {}}") == Problems{"2:2 /terms unknown_key"});
    // The rulebook inherits the member: the location is the object that omits it.
    CHECK(refusals("{\"extends\": \"2025-11\", \"availability\": {\n  \"unified_for_partners\": {\n"
                   "    \"not_before\": \"2028-01-01\"}}}") ==
          Problems{"2:27 /availability/unified_for_partners/announced_by order"});
    CHECK(refusals("{\"extends\": \"2025-11\", \"availability\": {\n"
                   "  \"elevated_support\": {\"not_before\": \"2028-01-01\"}}}") ==
          Problems{"2:23 /availability/elevated_support/bundled_with overlap"});
    CHECK(refusals("{\"extends\": \"2025-11\",\n \"journey\": 5}") == Problems{"2:13 /journey type"});
    CHECK(refusals("{\"extends\": \"2025-11\",\n \"term\": null}") == Problems{"2:10 /term missing_key"});
    // A duplicate key is reported, although the edition has the key, too.
    CHECK(refusals("{\"extends\": \"2025-11\",\n \"title\": \"a\",\n \"title\": \"b\"}") ==
          Problems{"3:2 /title duplicate_key"});
    CHECK(refusals("{\"extends\": \"2025-11\",\n \"notes\": \"a\",\n \"notes\": \"b\"}") ==
          Problems{"3:2 /notes duplicate_key"});
    CHECK(refusals("{\"extends\": \"2025-11\", \"term\": {\n \"years\": 1,\n \"years\": 2}}") ==
          Problems{"3:2 /term/years duplicate_key"});
}

TEST_CASE("a rulebook can only extend a built-in edition") {
    CHECK(refusals(R"({"extends": "2025-12"})") == Problems{"1:13 /extends unknown_value"});
    CHECK(refusals(R"({"extends": 5, "title": 6})") == Problems{"1:13 /extends type", "1:25 /title type"});
    json book = edition_text();
    book["extends"] = nullptr;
    CHECK(refusals(book.dump()).empty());
}
