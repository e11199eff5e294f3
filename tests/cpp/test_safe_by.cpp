#include <designation/action.hpp>
#include <designation/plan.hpp>
#include <designation/safe_by.hpp>

#include "support.hpp"

using namespace support;

namespace {

dsg::Plans plan(const std::string& events, const char* as_of, const char* through, const std::string& policy = "{}") {
    return dsg::plan(with_events(events), {day(as_of), day(through)}, rules(policy));
}

}  // namespace

TEST_CASE("a step has the last day that leaves room for a second try") {
    const auto safe_days = [](const std::string& retry_days) {
        const std::string policy = R"({"planning": {"retry_days": )" + retry_days + "}}";
        const dsg::Plans plans = plan(attained("2026-12-12"), "2027-09-15", "2027-12-31", policy);
        std::string list;
        for (const dsg::PlanStep& step : plans.front.front().steps) {
            list += (list.empty() ? "" : ", ") + str(step.on) + ' ' + str(step.latest) + ' ' + str(step.safe_by);
        }
        return list;
    };
    const std::string any = "2027-10-13 2027-12-12 ";
    CHECK(safe_days("{}") == any + "null, " + any + "null, " + any + "null");
    CHECK(safe_days(R"({"performance": 60, "csat": 0})") == any + "2027-10-13, " + any + "2027-12-12, " + any + "null");
    CHECK(safe_days(R"({"performance": 61})") == any + "null, " + any + "null, " + any + "null");
}

TEST_CASE("the days for a second try are taken from the deadline") {
    const dsg::Partner p = with_events(attained("2026-03-02"));
    const auto safe_days = [&p](const std::string& planning) {
        const dsg::Rules under = rules(R"({"planning": )" + planning + "}");
        std::string list;
        for (const dsg::Action& action : dsg::actions(assess_on(p, "2027-01-10", under), p, under)) {
            list += (list.empty() ? "" : "; ") + str(action.rule) + ' ' +
                    (action.retry_days ? std::to_string(*action.retry_days) : "null") + ' ' + str(action.safe_by);
        }
        return list;
    };
    CHECK(safe_days("{}") == "SSD-R2 null null; SSD-R4 null null; SSD-T4 null null");
    CHECK(safe_days(R"({"retry_days": {"csat": 30}})") == "SSD-R2 null null; SSD-R4 30 2027-01-31; SSD-T4 null null");
    CHECK(safe_days(R"({"retry_days": {"csat": 51}})") == "SSD-R2 null null; SSD-R4 51 2027-01-10; SSD-T4 null null");
    CHECK(safe_days(R"({"retry_days": {"csat": 52}})") == "SSD-R2 null null; SSD-R4 52 null; SSD-T4 null null");
    CHECK(safe_days(R"({"retry_days": {"csat": 30}, "lead_days": {"csat": 21}})") ==
          "SSD-R2 null null; SSD-R4 30 2027-01-31; SSD-T4 null null");
    CHECK(safe_days(R"({"retry_days": {"csat": 30}, "lead_days": {"csat": 22}})") ==
          "SSD-R2 null null; SSD-R4 30 null; SSD-T4 null null");
    CHECK(safe_days(R"({"retry_days": {"csat": 30}, "blocked": [{"from": "2027-01-20", "through": "2027-01-28"},
                        {"from": "2027-01-29", "through": "2027-02-10"}]})") ==
          "SSD-R2 null null; SSD-R4 30 2027-01-19; SSD-T4 null null");
}
