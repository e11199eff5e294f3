#include <type_traits>

#include "support.hpp"

using namespace support;

static_assert(std::is_trivially_copyable_v<dsg::Day>);
static_assert(std::is_trivially_copyable_v<dsg::Interval>);
static_assert(std::is_trivially_copyable_v<dsg::Money>);
static_assert(std::is_trivially_copyable_v<dsg::Authorization>);
static_assert(std::is_trivially_copyable_v<dsg::SupportContract>);
static_assert(std::is_trivially_copyable_v<dsg::SolutionsPartnerDesignation>);
static_assert(std::is_trivially_copyable_v<dsg::Event>);
static_assert(std::is_trivially_copyable_v<dsg::PartnerView>);

namespace {

Problems problems_of(dsg::Facts facts) {
    return problems([&] { view(facts); });
}

dsg::Facts with_event(dsg::Event event) {
    dsg::Facts facts;
    facts.events = {{day("2026-01-01"), dsg::EventType::interest_registered}, event};
    return facts;
}

}  // namespace

TEST_CASE("events are equal by their facts, not by their position in the document") {
    const dsg::Event event{day("2026-03-02"), dsg::EventType::csat_evaluated, dsg::Outcome::pass, 0};
    dsg::Event other = event;
    other.position = 7;
    CHECK(other == event);
    other.on = event.on + 1;
    CHECK_FALSE(other == event);
    other = event;
    other.type = dsg::EventType::capability_evaluated;
    CHECK_FALSE(other == event);
    other = event;
    other.outcome = dsg::Outcome::fail;
    CHECK_FALSE(other == event);
}

TEST_CASE("a view sorts the facts that a program filled, and keeps their numbers") {
    dsg::Facts facts;
    facts.events = {{day("2026-02-01"), dsg::EventType::csat_evaluated, dsg::Outcome::fail},
                    {day("2026-01-01"), dsg::EventType::csat_evaluated, dsg::Outcome::pass},
                    {day("2026-02-01"), dsg::EventType::capability_evaluated, dsg::Outcome::pass},
                    {day("2026-02-01"), dsg::EventType::csat_evaluated, dsg::Outcome::pass}};
    const dsg::PartnerView seen = view(facts);
    std::vector<std::uint32_t> positions;
    for (const dsg::Event& event : *seen.events) positions.push_back(event.position);
    CHECK(positions == std::vector<std::uint32_t>{1, 2, 0, 3});
    CHECK_FALSE(seen.csp_authorizations);
    CHECK(seen.events->data() == facts.events->data());
}

TEST_CASE("an unknown list stays unknown in a view, and an empty one stays empty") {
    dsg::Facts facts;
    facts.csp_authorizations.emplace();
    facts.events.emplace();
    const dsg::PartnerView seen = view(facts);
    REQUIRE(seen.csp_authorizations);
    CHECK(seen.csp_authorizations->empty());
    REQUIRE(seen.events);
    CHECK(seen.events->empty());
    CHECK_FALSE(seen.support_contracts);
    CHECK_FALSE(seen.solutions_partner_designations);
}

TEST_CASE("a view refuses an interval out of range or out of order") {
    struct Row {
        dsg::Day from;
        dsg::Day through;
        Problems problems;
    };
    const Row rows[] = {
        {dsg::Day::earliest(), dsg::Interval::no_end(), {}},
        {dsg::Day::earliest(), dsg::Day::latest(), {}},
        {day("2026-01-10"), day("2026-01-10"), {}},
        {day("2026-01-10"), day("2026-01-09"), {"through order"}},
        {dsg::Day::earliest() - 1, dsg::Interval::no_end(), {"from range"}},
        {dsg::Day::latest() + 1, dsg::Interval::no_end(), {"from range"}},
        {day("2026-01-10"), dsg::Day::latest() + 1, {"through range"}},
        {dsg::Day::latest() + 2, dsg::Day::latest() + 1, {"from range", "through range", "through order"}},
    };
    for (const Row& row : rows) {
        CAPTURE(str(row.from));
        const auto expected = [&row](const std::string& list) {
            Problems all;
            for (const std::string& problem : row.problems) all.push_back("0:0 /" + list + "/0/" + problem);
            return all;
        };
        dsg::Facts facts;
        facts.csp_authorizations = {{dsg::AuthorizationType::direct_bill, {row.from, row.through}}};
        CHECK(problems_of(facts) == expected("csp_authorizations"));
        facts = {};
        facts.support_contracts = {{dsg::ContractType::asfp, {row.from, row.through}, {}}};
        CHECK(problems_of(facts) == expected("support_contracts"));
        facts = {};
        facts.solutions_partner_designations = {{dsg::SolutionArea::security, {row.from, row.through}}};
        CHECK(problems_of(facts) == expected("solutions_partner_designations"));
    }
}

TEST_CASE("a view refuses the annual values that the reader refuses") {
    const auto problems_with = [](std::int64_t ten_thousandths) {
        dsg::Facts facts;
        const dsg::Money money{dsg::Amount::ten_thousandths(ten_thousandths), *dsg::Currency::parse("USD")};
        facts.support_contracts = {{dsg::ContractType::psfp, {day("2026-01-01")}, money}};
        return problems_of(facts);
    };
    CHECK(problems_with(0).empty());
    CHECK(problems_with(dsg::Amount::largest).empty());
    CHECK(problems_with(-1) == Problems{"0:0 /support_contracts/0/annual_value/amount range"});
    CHECK(problems_with(dsg::Amount::largest + 1) == Problems{"0:0 /support_contracts/0/annual_value/amount range"});
}

TEST_CASE("a view refuses an outcome that its event type does not have") {
    using dsg::EventType;
    using dsg::Outcome;
    const dsg::Day on = day("2026-01-01");
    for (std::size_t i = 0; i < dsg::count_of<EventType>; ++i) {
        for (std::size_t j = 0; j < dsg::count_of<Outcome>; ++j) {
            const auto type = static_cast<EventType>(i);
            const auto outcome = static_cast<Outcome>(j);
            CAPTURE(str(type), str(outcome));
            const bool decision = type == EventType::eligibility_decided;
            const bool evaluation = dsg::evaluation_of(type).has_value();
            std::string code;
            if (decision || evaluation) {
                const bool fits = decision ? outcome == Outcome::eligible || outcome == Outcome::ineligible
                                           : outcome == Outcome::pass || outcome == Outcome::fail;
                if (!fits) code = outcome == Outcome::none ? "missing_key" : "unknown_value";
            } else if (outcome != Outcome::none) {
                code = "unknown_key";
            }
            const Problems expected = code.empty() ? Problems{} : Problems{"0:0 /events/1/outcome " + code};
            CHECK(problems_of(with_event({on, type, outcome})) == expected);
        }
    }
    CHECK(problems_of(with_event({dsg::Day::latest() + 1, EventType::badge_awarded, Outcome::pass})) ==
          Problems{"0:0 /events/1/on range", "0:0 /events/1/outcome unknown_key"});
}

TEST_CASE("a refused view reports every problem of every list") {
    dsg::Facts facts;
    const dsg::Interval backwards{day("2026-01-02"), day("2026-01-01")};
    facts.csp_authorizations = {{dsg::AuthorizationType::direct_bill, {day("2026-01-01")}},
                                {dsg::AuthorizationType::direct_bill, backwards}};
    facts.support_contracts = {{dsg::ContractType::asfp, backwards, {}}};
    facts.events = {{day("2026-01-01"), dsg::EventType::csat_evaluated}};
    CHECK(problems_of(facts) == Problems{"0:0 /csp_authorizations/1/through order",
                                         "0:0 /support_contracts/0/through order",
                                         "0:0 /events/0/outcome missing_key"});
}
