#include <functional>

#include "support.hpp"

using namespace support;

TEST_CASE("the first reading of each interpretation is the default in every edition") {
    for (const std::string_view name : dsg::editions()) {
        const auto book = dsg::builtin_rulebook(name);
        CHECK(book->defaults == dsg::Readings{});
        for (const auto& text : book->interpretations.values) {
            CHECK_FALSE(text.question.empty());
            CHECK_FALSE(text.rationale.empty());
        }
    }
    CHECK(dsg::builtin_rules().readings == dsg::Readings{});
}

TEST_CASE("each interpretation has a case in which its two readings differ") {
    struct Row {
        const char* question;
        const char* first;
        const char* second;
        std::string events;
        const char* members;
        const char* as_of;
        const char* answer;  ///< a place in the assessment
        json by_first;
        json by_second;
    };
    const std::string held = attained("2026-03-02");
    const Row rows[] = {
        {"leap_day", "clamp", "roll_forward", attained("2028-02-29"), "{}", "2029-02-28", "/term/status",
         "renewal_overdue", "renewal_open"},
        {"failed_reevaluation", "earlier_pass_stands", "latest_outcome_governs",
         "2026-02-01 csat_evaluated pass; 2026-05-01 csat_evaluated fail", "{}", "2026-06-01",
         "/evaluations/csat/verdict", "met", "unmet"},
        {"renewal_anchor", "anniversary", "decision", held + "2027-02-10 renewal_approved", "{}", "2027-03-01",
         "/term/expires_on", "2028-03-02", "2028-02-10"},
        {"late_renewal", "stands", "ignored", held + "2027-04-02 renewal_approved", "{}", "2027-04-02", "/term/status",
         "active", "expired"},
        {"after_anniversary", "lapsed", "in_force", held, "{}", "2027-03-02", "/term/in_force", "unmet", "met"},
        {"prerequisite_lapse", "flag", "suspend", held, R"({"csp_authorizations": []})", "2026-06-01", "/term/in_force",
         "met", "unmet"},
        {"pass_reference_day", "later_of_anniversary_and_decision", "decision", held, "{}", "2027-01-10",
         "/renewal/missing", json::array({"performance", "csat"}), json::array({"performance"})},
        {"announcement", "presumed", "unconfirmed", held, "{}", "2026-07-01", "/benefits/marketplace_visibility", "met",
         "unknown"},
        {"pilot_contract", "not_counted", "counted", held,
         R"({"support_contracts": [{"type": "ufp", "from": "2026-06-01"}]})", "2026-06-30",
         "/eligibility/prerequisites/support_contract", "unmet", "met"},
    };
    std::size_t questions = 0;
    for (const Row& row : rows) {
        CAPTURE(row.question);
        CHECK(row.question == dsg::enum_names<dsg::Interpretation>[questions++]);
        const dsg::Partner p = with_events(row.events, row.members);
        const json::json_pointer place(row.answer);
        CHECK(answer(p, row.as_of).at(place) == row.by_first);
        CHECK(answer(p, row.as_of, reading(row.question, row.first)).at(place) == row.by_first);
        CHECK(answer(p, row.as_of, reading(row.question, row.second)).at(place) == row.by_second);
    }
    CHECK(questions == dsg::count_of<dsg::Interpretation>);
}

TEST_CASE("a policy's choice of one reading leaves the others as they are") {
    dsg::Readings expected;
    expected.renewal_anchor = dsg::RenewalAnchor::decision;
    CHECK(reading("renewal_anchor", "decision").readings == expected);
    CHECK(rules(R"({"interpretations": {"renewal_anchor": null}})").readings == dsg::Readings{});
}

TEST_CASE("visiting the readings names each interpretation once, in order") {
    std::vector<dsg::Interpretation> seen;
    dsg::Readings all;
    dsg::ReadingChoices none;
    dsg::for_each_interpretation(
        [&seen](dsg::Interpretation question, const auto&, const auto& choice) {
            seen.push_back(question);
            CHECK_FALSE(choice);
        },
        all, none);
    CHECK(str(seen) ==
          "leap_day failed_reevaluation renewal_anchor late_renewal after_anniversary prerequisite_lapse "
          "pass_reference_day announcement pilot_contract");
}
