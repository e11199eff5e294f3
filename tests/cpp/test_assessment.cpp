#include <thread>

#include "support.hpp"

using namespace support;

static_assert(noexcept(dsg::assess(std::declval<const dsg::PartnerView&>(), dsg::Day{},
                                   std::declval<const dsg::Rules&>())));
static_assert(std::is_trivially_copyable_v<dsg::Assessment>, "an assessment is flat");
static_assert(std::is_trivially_destructible_v<dsg::Assessment>);
static_assert(std::is_trivially_copyable_v<dsg::PartnerView>);

TEST_CASE("a partner without facts is assessed as unknown") {
    const dsg::Assessment a = assess_on(partner({{"id", "p"}}), "2026-01-01");
    CHECK(str(a.eligibility.verdict) == "unknown");
    CHECK(str(a.term.status) == "unknown");
    CHECK(str(a.term.in_force) == "unknown");
    CHECK_FALSE(a.renewal);
    CHECK_FALSE(a.journey.step);
    CHECK_FALSE(a.fees.outstanding);
    CHECK(a.findings.empty());
    CHECK(dsg::findings(partner({{"id", "p"}}), day("2026-01-01"), dsg::builtin_rules()).empty());
}

TEST_CASE("days are left until the anniversary and none from then on") {
    const dsg::Partner p = with_events(attained("2026-03-02"));
    struct Row {
        const char* as_of;
        std::optional<int> left;
    };
    for (const auto& [as_of, left] : {
             Row{"2026-03-01", std::nullopt},  // not attained
             Row{"2026-03-02", 365},           // the award
             Row{"2027-03-01", 1},             // A - 1
             Row{"2027-03-02", std::nullopt},  // A
             Row{"2027-04-02", std::nullopt},  // expired
         }) {
        CAPTURE(as_of);
        CHECK(dsg::days_left(assess_on(p, as_of)) == left);
    }
    CHECK(dsg::days_left(assess_on(with(R"({"events": null})"), "2026-03-02")) == std::nullopt);
}

TEST_CASE("a partner can be assessed on the first and the last supported date") {
    const dsg::Partner p = with_events(attained("1900-01-01") + attained("2199-12-31"));
    CHECK(str(assess_on(p, "1900-01-01").term.status) == "active");
    CHECK(str(assess_on(p, "1900-01-01").term.expires_on) == "1901-01-01");
    CHECK(str(assess_on(p, "2199-12-31").term.expires_on) == "2200-12-31");
    CHECK(answer(p, "2199-12-31")["term"]["renewal_closes_on"] == "2201-01-30");
}

TEST_CASE("a document, its view and facts that a program filled can be assessed") {
    const dsg::Partner p = with_events(attained("2026-03-02"));
    const dsg::Assessment of_document = dsg::assess(p, day("2026-06-01"), dsg::builtin_rules());
    CHECK(dsg::assess(p.view(), day("2026-06-01"), dsg::builtin_rules()) == of_document);
    dsg::Facts facts;
    facts.csp_authorizations = {{dsg::AuthorizationType::direct_bill, {day("1900-01-01")}}};
    facts.support_contracts = {{dsg::ContractType::asfp, {day("1900-01-01")}, {}}};
    facts.solutions_partner_designations = {{dsg::SolutionArea::security, {day("1900-01-01")}}};
    const dsg::Day on = day("2026-03-02");
    facts.events = {{on, dsg::EventType::badge_awarded},
                    {on, dsg::EventType::csat_evaluated, dsg::Outcome::pass},
                    {on, dsg::EventType::case_rate_determined, dsg::Outcome::pass},
                    {on, dsg::EventType::case_volume_validated},
                    {on, dsg::EventType::capability_evaluated, dsg::Outcome::pass},
                    {on, dsg::EventType::eligibility_decided, dsg::Outcome::eligible},
                    {on, dsg::EventType::interest_registered}};
    CHECK(dsg::assess(view(facts), day("2026-06-01"), dsg::builtin_rules()) == of_document);
}

TEST_CASE("several threads give the assessments of one") {
    const dsg::Partner p = with_events(attained("2026-03-02") + "2027-02-10 renewal_approved; 2028-05-01 badge_awarded",
                                       R"({"csp_authorizations": null})");
    const auto all_days = [&p] {
        std::vector<dsg::Assessment> answers;
        for (dsg::Day on = day("2026-01-01"); on < day("2029-12-31"); on = on + 3) {
            answers.push_back(dsg::assess(p, on, dsg::builtin_rules()));
        }
        return answers;
    };
    std::vector<std::vector<dsg::Assessment>> results(4);
    std::vector<std::thread> threads;
    for (auto& result : results) threads.emplace_back([&result, &all_days] { result = all_days(); });
    for (auto& thread : threads) thread.join();
    const auto expected = all_days();
    for (const auto& result : results) CHECK(result == expected);
}

TEST_CASE("an assessment as JSON has the keys of the contract and extras under keys of their own") {
    const dsg::Partner p = with_events(attained("2026-03-02"), R"({"name": "Contoso"})");
    const json a = answer(p, "2026-06-01");
    CHECK(a["format"] == "designation/assessment@1");
    CHECK(a["partner"] == json::parse(R"({"id": "p", "name": "Contoso"})"));
    CHECK(a["as_of"] == "2026-06-01");
    CHECK(a["edition"] == "2025-11");
    CHECK(a["renewal"] == json::parse(R"({"verdict": "unmet", "missing": ["performance", "csat"]})"));
    CHECK(a["fees"]["currency"] == "USD");
    CHECK(a["days_left"] == 274);
    CHECK(a["provenance"]["engine"] == dsg::version);
    CHECK(a["provenance"]["rulebook"] == dsg::builtin_rulebook("2025-11")->digest);
    CHECK(a["provenance"]["policy"] == dsg::builtin_rules().policy_digest);
    CHECK(answer(with_events(""), "2026-06-01")["partner"]["name"] == nullptr);
    CHECK(answer(with_events(""), "2026-06-01")["renewal"] == nullptr);
    CHECK(dsg::to_json(assess_on(p, "2026-06-01"), p, dsg::builtin_rules(), 2).find("\n  \"format\"") !=
          std::string::npos);
}

TEST_CASE("a part of an assessment does not depend on which other parts are requested") {
    const dsg::Partner held = with_events(attained("2026-03-02"));
    const dsg::PartnerView view = held.view();
    const dsg::Day on = day("2027-01-15");
    const dsg::Rules& rules = dsg::builtin_rules();
    const dsg::History history = dsg::replay(view, on, rules);
    const auto with_parts = [&](std::initializer_list<dsg::Part> parts) {
        dsg::Parts wanted;
        for (const dsg::Part part : parts) wanted.insert(part);
        return dsg::assess(view, &history, on, rules, wanted);
    };
    const dsg::Assessment whole = dsg::assess(view, on, rules);
    REQUIRE(whole.renewal);
    CHECK(with_parts({dsg::Part::renewal}).renewal == whole.renewal);
    CHECK(with_parts({dsg::Part::fees}).fees == whole.fees);
    CHECK(with_parts({dsg::Part::journey}).journey == whole.journey);
    CHECK(with_parts({dsg::Part::benefits}).benefits == whole.benefits);
    const dsg::Assessment least = with_parts({});
    CHECK(least.term == whole.term);
    CHECK_FALSE(least.renewal);
    CHECK(least.journey == dsg::Journey{});
    CHECK_FALSE(least.fees.outstanding);
    CHECK(least.benefits == dsg::Benefits{});
}
