#include <designation/plan.hpp>
#include <stdexcept>

#include "support.hpp"

using namespace support;

namespace {

dsg::Plans plan(const std::string& events, const char* as_of, const char* through, const char* policy = "{}") {
    return dsg::plan(with_events(events), {day(as_of), day(through)}, rules(policy));
}

/// Return the fees and the lapsed days of each plan: `"4700/1 5200/0"`.
std::string front(const dsg::Plans& plans) {
    std::string text;
    for (const dsg::Plan& plan : plans.front) {
        text += (text.empty() ? "" : " ") + str(plan.fees) + '/' + std::to_string(plan.lapsed_days);
    }
    return text;
}

/// Return the steps of a plan with their days, or with their latest days: `"2027-12-13 csat_evaluated, ..."`.
std::string steps(const dsg::Plan& plan, dsg::Day dsg::PlanStep::* on = &dsg::PlanStep::on) {
    std::string text;
    for (const dsg::PlanStep& step : plan.steps) {
        text += (text.empty() ? "" : ", ") + str(step.*on) + ' ' + str(step.type);
    }
    return text;
}

}  // namespace

TEST_CASE("the front trades lapsed days for fees, and the plan without lapsed days is recommended") {
    const dsg::Plans plans = plan(attained("2026-12-12"), "2027-09-15", "2028-12-31");
    CHECK(front(plans) == "4700/1 5200/0");
    CHECK(plans.recommended == plans.front.back());
    CHECK(steps(plans.front.front()) ==
          "2027-12-13 case_rate_determined, 2027-12-13 csat_evaluated, 2027-12-13 renewal_approved, "
          "2028-10-13 capability_evaluated, 2028-10-13 case_rate_determined, 2028-10-13 renewal_approved");
    CHECK(steps(plans.front.front(), &dsg::PlanStep::latest) ==
          "2027-12-13 case_rate_determined, 2027-12-13 csat_evaluated, 2027-12-13 renewal_approved, "
          "2028-12-12 capability_evaluated, 2028-12-12 case_rate_determined, 2028-12-12 renewal_approved");
}

TEST_CASE("an evaluation can move past its own decision once the evaluation before it has moved") {
    // A CSAT pass on its latest day, 2029-02-28, is still in force on 2030-02-27, so the next CSAT can move past that
    // day.
    const dsg::Plans plans = plan(
        "2027-10-17 csat_evaluated pass; 2027-11-26 case_rate_determined pass; "
        "2027-12-31 capability_evaluated pass; 2028-03-01 badge_awarded",
        "2029-01-01", "2031-03-06", R"({
        "interpretations": {"leap_day": "roll_forward", "pass_reference_day": "decision"},
        "planning": {"blocked": [
            {"from": "2029-01-02", "through": "2029-02-27"}, {"from": "2029-03-01", "through": "2030-02-26"},
            {"from": "2030-02-28", "through": "2031-01-29"}, {"from": "2031-01-31", "through": "2199-12-31"}]}})");
    REQUIRE(plans.front.size() == 1);
    CHECK(steps(plans.front.front()) ==
          "2029-01-01 case_rate_determined, 2029-01-01 csat_evaluated, 2029-01-01 renewal_approved, "
          "2030-02-27 capability_evaluated, 2030-02-27 case_rate_determined, 2030-02-27 csat_evaluated, "
          "2030-02-27 renewal_approved, 2031-01-30 case_rate_determined, 2031-01-30 renewal_approved");
    CHECK(steps(plans.front.front(), &dsg::PlanStep::latest) ==
          "2029-02-28 case_rate_determined, 2029-02-28 csat_evaluated, 2029-02-28 renewal_approved, "
          "2030-02-27 capability_evaluated, 2030-02-27 case_rate_determined, 2031-01-30 csat_evaluated, "
          "2030-02-27 renewal_approved, 2031-01-30 case_rate_determined, 2031-01-30 renewal_approved");
}

TEST_CASE("a plan depends on the interpretations under whose other reading it is invalid or lapses differently") {
    const dsg::Plans plans = plan(attained("2026-12-12"), "2027-09-15", "2028-12-31");
    using dsg::Interpretation;
    for (std::size_t i = 0; i < dsg::count_of<Interpretation>; ++i) {
        const auto interpretation = static_cast<Interpretation>(i);
        const bool expected =
            interpretation == Interpretation::renewal_anchor || interpretation == Interpretation::after_anniversary;
        CAPTURE(str(interpretation));
        CHECK(plans.front.front().readings.contains(interpretation) == expected);
        CHECK_FALSE(plans.front.back().readings.contains(interpretation));
    }
}

TEST_CASE("an evaluation is taken before its fee rises if the pass still lasts") {
    const char* policy = R"({"fees": {"csat": [{"from": "2027-11-01", "amount": 5000}]}})";
    const dsg::Plans plans = plan(attained("2026-12-12"), "2027-09-15", "2027-12-31", policy);
    CHECK(front(plans) == "1850/0");
    CHECK(str(plans.front.front().steps.back().on) == "2027-10-13");
    CHECK(str(plans.front.front().steps[1].on) <= "2027-10-31");
}

TEST_CASE("a partner without the designation is awarded it on the day of the last evaluation and renews from there") {
    const dsg::Plans plans = plan("", "2026-09-15", "2027-12-31", R"({"planning": {"lead_days": {"csat": 3},
        "blocked": [{"from": "2026-09-15", "through": "2026-09-16"}]}})");
    REQUIRE(plans.front.size() == 1);
    CHECK(
        steps(plans.front.front())
            .starts_with("2026-09-17 capability_evaluated, 2026-09-17 case_rate_determined, 2026-09-18 csat_evaluated, "
                         "2026-09-18 badge_awarded, "));
    CHECK(str(plans.front.front().held_from) == "2026-09-18");
}

TEST_CASE(
    "a budget is spent in the order of the edition, and an evaluation that does not fit waits for the next year") {
    const dsg::Plans plans =
        plan("", "2027-06-29", "2027-12-31", R"({"planning": {"budgets": [{"fiscal_year": 2027, "at_most": 2000}]}})");
    REQUIRE(plans.front.size() == 1);
    CHECK(steps(plans.front.front()) ==
          "2027-06-29 capability_evaluated, 2027-06-29 csat_evaluated, 2027-07-01 case_rate_determined, "
          "2027-07-01 badge_awarded");
}

TEST_CASE("if there is no plan, the constraints that prevent it are named") {
    const dsg::Plans plans = plan(attained("2026-12-12"), "2027-09-15", "2028-12-31", R"({"planning": {
        "lead_days": {"csat": 5},
        "blocked": [{"from": "2027-10-01", "through": "2028-02-01"}, {"from": "2029-01-01", "through": "2029-01-02"}]}})");
    CHECK(plans.front.empty());
    CHECK(plans.recommended == std::nullopt);
    REQUIRE(plans.impossible);
    CHECK(str(plans.impossible->anniversary) == "2027-12-12");
    CHECK(plans.impossible->constraints == std::vector<std::string>{"/planning/blocked/0"});
}

TEST_CASE("unknown events allow no plan, and a span without an anniversary needs no step") {
    const dsg::Partner unknown = partner(json{{"id", "p"}});
    CHECK(dsg::plan(unknown, {day("2026-09-15"), day("2027-12-31")}, dsg::builtin_rules()) == dsg::Plans{});
    CHECK(front(plan(attained("2026-12-12"), "2027-01-01", "2027-12-11")) == "0/0");
}

TEST_CASE("if the next year counts from the decision, a late renewal can move an anniversary past the span") {
    const char* decision = R"({"interpretations": {"renewal_anchor": "decision"}})";
    CHECK(front(plan(attained("2026-12-12"), "2027-09-15", "2028-12-31", decision)) == "1850/20 3700/0");
    CHECK(front(plan(attained("2026-12-12"), "2027-09-15", "2036-09-15", decision)) == "21150/0");
}

TEST_CASE(
    "if the next year counts from the decision, a performance pass that is there already can make the best plan") {
    // A bound that charges its fee again stops the search at 4700/47.
    const dsg::Plans plans = plan(
        "2026-02-05 csat_evaluated pass; 2026-04-20 case_rate_determined pass; 2026-08-18 capability_evaluated pass; "
        "2026-11-18 badge_awarded; 2026-12-06 capability_evaluated pass; 2027-06-13 case_rate_determined pass; "
        "2027-06-30 csat_evaluated pass",
        "2027-08-03", "2030-12-26", R"({
        "interpretations": {"renewal_anchor": "decision", "pass_reference_day": "decision"},
        "planning": {"blocked": [{"from": "2030-06-24", "through": "2030-07-27"}]}})");
    CHECK(front(plans) == "4700/40 5200/39 6550/0");
}

TEST_CASE("the front is exact if it needs a long chain of passes") {
    // The plan begins 27 days after an anniversary, so its first pass can be followed by a chain of many others.
    const dsg::Plans plans = plan(
        "2025-11-23 csat_evaluated pass; 2025-12-21 capability_evaluated pass; 2026-04-12 case_rate_determined pass; "
        "2026-04-15 badge_awarded; 2026-04-23 case_rate_determined pass; 2026-11-21 capability_evaluated pass",
        "2027-05-12", "2032-12-31", R"({"interpretations": {"leap_day": "roll_forward"}})");
    CHECK(front(plans) == "12600/2 13100/1 13600/0");
}

TEST_CASE("a plan of many years is exact, and a checkpoint can end its search") {
    const dsg::Partner partner = with_events(attained("2026-12-12"));
    const dsg::Interval span{day("2027-09-15"), day("2056-12-31")};
    int calls = 0;
    const dsg::Plans plans = dsg::plan(partner, span, rules("{}"), {}, [&calls] { ++calls; });
    CHECK(plans.front.size() == 16);
    CHECK(plans.front.back().lapsed_days == 0);
    CHECK(calls > 1000);
    CHECK_THROWS_AS(dsg::plan(partner, span, rules("{}"), {}, [] { throw std::runtime_error("enough"); }),
                    std::runtime_error);
}

TEST_CASE("a repeat that saves less than its worth is not recommended, and the plan without it is named") {
    // Before the CSAT fee rises on 2027-02-02, a second pass can carry the renewal after the next one.
    const dsg::Partner p = with_events(attained("2026-03-02") + "2026-12-01 csat_evaluated pass");
    const dsg::Rules under = rules(R"({"interpretations": {"pass_reference_day": "decision"},
                                       "fees": {"csat": [{"from": "2027-02-02", "amount": 550}]}})");
    const auto plans_for = [&](std::int64_t worth) {
        return dsg::plan(p, {day("2027-02-01"), day("2028-12-31")}, under,
                         dsg::Amount::ten_thousandths(worth * dsg::Amount::scale));
    };
    const dsg::Plans cheap = plans_for(0);
    REQUIRE(cheap.recommended);
    REQUIRE(cheap.without_repeats);
    CHECK(cheap.recommended == cheap.front.back());
    CHECK(cheap.recommended->repeats == 1);
    CHECK(cheap.without_repeats->repeats == 0);
    CHECK(cheap.without_repeats->lapsed_days == cheap.recommended->lapsed_days);
    CHECK(str(saved_by_repeats(cheap)) == "50");
    CHECK(plans_for(50) == cheap);
    const dsg::Plans kept = plans_for(51);
    CHECK(kept.front == cheap.front);
    CHECK(kept.recommended == cheap.without_repeats);
    CHECK_FALSE(kept.without_repeats);
    CHECK_FALSE(saved_by_repeats(kept));
    std::string repeated;
    for (const dsg::PlanStep& step : cheap.recommended->steps) {
        if (step.is_repeat) repeated += str(step.on) + ' ' + str(step.type);
    }
    CHECK(repeated == "2027-02-01 csat_evaluated");
}

TEST_CASE("a span that has no end or ends before it begins is refused") {
    const dsg::Partner p = with_events(attained("2026-12-12"));
    const dsg::Day on = day("2027-09-15");
    CHECK_THROWS_AS(dsg::plan(p, {on, on - 1}, dsg::builtin_rules()), std::invalid_argument);
    CHECK_THROWS_AS(dsg::plan(p, {on}, dsg::builtin_rules()), std::invalid_argument);
}
