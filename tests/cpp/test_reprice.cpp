#include <designation/reprice.hpp>

#include "support.hpp"

using namespace support;

namespace {

dsg::Plans plans_of(const std::string& events, const char* as_of, const char* through) {
    return dsg::plan(with_events(events), {day(as_of), day(through)}, rules());
}

}  // namespace

TEST_CASE("a plan can be repriced on the same days") {
    const dsg::Plan best = *plans_of(attained("2026-12-12"), "2027-09-15", "2027-12-31").recommended;
    const dsg::RepricedPlan repriced =
        dsg::reprice(best, rules(R"({"fees": {"csat": [{"from": "2027-10-13", "amount": 549.5}]}})"));
    CHECK(str(repriced.planned_fees) == "1850");
    CHECK(str(repriced.fees) == "1899.5");
    std::string fees;
    for (const dsg::RepricedStep& step : repriced.steps) {
        fees += str(step.on) + ' ' + str(step.type) + ' ' + str(step.planned_fee) + ' ' + str(step.fee) + "; ";
    }
    CHECK(fees ==
          "2027-10-13 case_rate_determined 1350 1350; "
          "2027-10-13 csat_evaluated 500 549.5; 2027-10-13 renewal_approved 0 0; ");
    dsg::Rules without_csat = rules();
    std::erase_if(without_csat.steps, [](const auto& step) { return step.step == dsg::Step::csat; });
    CHECK_THROWS_WITH(dsg::reprice(best, without_csat), "edition 2025-11 has no csat evaluation");
}
