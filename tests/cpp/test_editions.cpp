#include <algorithm>

#include "support.hpp"

using namespace support;

TEST_CASE("the editions are in the order of their names, the default first") {
    CHECK(dsg::editions().front() == "2025-11");
    CHECK(std::ranges::is_sorted(dsg::editions()));
    for (const std::string_view name : dsg::editions()) {
        const auto book = dsg::builtin_rulebook(name);
        REQUIRE(book);
        CHECK(book->edition == name);
        CHECK(book == dsg::builtin_rulebook(name));
        CHECK(dsg::parse_rulebook(dsg::builtin_rulebook_text(name))->digest == book->digest);
    }
    CHECK(dsg::builtin_rulebook("2025-11")->digest != dsg::builtin_rulebook("2026-04")->digest);
}

TEST_CASE("an edition that is not built in has no rulebook") {
    CHECK_FALSE(dsg::builtin_rulebook("2025-12"));
    CHECK(dsg::builtin_rulebook_text("2025-12").empty());
    CHECK(dsg::builtin_rulebook_text("").empty());
}

TEST_CASE("the default rules are those of the default edition") {
    CHECK(dsg::builtin_rules().rulebook == dsg::builtin_rulebook("2025-11"));
    CHECK(dsg::builtin_rules().policy == dsg::Policy{});
    const dsg::Rules same = dsg::make_rules(dsg::builtin_rulebook("2025-11"));
    CHECK(static_cast<const dsg::Parameters&>(same) == dsg::builtin_rules());
    CHECK(same.policy_digest == dsg::builtin_rules().policy_digest);
}

TEST_CASE("the later edition differs from the first as the later page says", "[SSD-A][SSD-B4][SSD-J3]") {
    const dsg::Parameters& first = dsg::builtin_rulebook("2025-11")->parameters;
    dsg::Parameters second = dsg::builtin_rulebook("2026-04")->parameters;
    std::vector<dsg::Step> steps;
    for (const auto& step : second.steps) steps.push_back(step.step);
    CHECK(str(steps) == "register_interest performance csat capability award");
    CHECK(str(second.availability[dsg::Offer::unified_for_partners].not_before) == "2027-01-01");
    CHECK(str(second.availability[dsg::Offer::elevated_support].not_before) == "2027-01-01");
    CHECK(second.benefits[dsg::Benefit::performance_credits].percent == 40);
    // Everything else equals the first edition.
    second.steps = first.steps;
    second.availability = first.availability;
    second.benefits[dsg::Benefit::performance_credits].percent.reset();
    CHECK(second == first);
}

TEST_CASE("the edition of September 2026 has newer words and sources, and the parameters of April") {
    const auto april = dsg::builtin_rulebook("2026-04");
    const auto september = dsg::builtin_rulebook("2026-09");
    CHECK(september->parameters == april->parameters);
    CHECK(september->defaults == april->defaults);
    for (const dsg::Rule rule : {dsg::Rule::p2, dsg::Rule::p3}) {
        CHECK(september->rules[rule].text != april->rules[rule].text);
    }
    CHECK(september->offers[dsg::Offer::unified_for_partners].words ==
          "full availability planned for the second half of FY27");
    CHECK(september->sources.at("announcements_2026_09").grade == dsg::Grade::secondary);
}

TEST_CASE("every rule, offer and finding of an edition has wording and citations of existing sources") {
    for (const std::string_view name : dsg::editions()) {
        const auto book = dsg::builtin_rulebook(name);
        CAPTURE(name);
        const auto hold = [&book](const std::vector<dsg::Citation>& citations) {
            CHECK_FALSE(citations.empty());
            for (const auto& citation : citations) CHECK(book->sources.contains(citation.source));
        };
        for (const auto& rule : book->rules.values) {
            CHECK_FALSE(rule.title.empty());
            CHECK_FALSE(rule.text.empty());
            hold(rule.citations);
        }
        for (const auto& offer : book->offers.values) {
            CHECK_FALSE(offer.words.empty());
            hold(offer.citations);
        }
        for (const auto& finding : book->findings.values) {
            CHECK_FALSE(finding.text.empty());
        }
        for (const auto& request : book->requests.values) CHECK_FALSE(request.empty());
    }
}

TEST_CASE("the text of a rulebook is one line, includes the extended edition, and reads back as the same") {
    for (const std::string_view name : dsg::editions()) {
        const auto book = dsg::builtin_rulebook(name);
        CHECK(book->json.find('\n') == std::string::npos);
        const auto again = dsg::parse_rulebook(book->json);
        CHECK(again->parameters == book->parameters);
        CHECK(again->json == book->json);
        CHECK(book->digest.starts_with("fnv1a64:"));
    }
}
