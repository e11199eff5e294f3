#include "question.hpp"

namespace {

using namespace laws;

constexpr int horizon = 3 * 366;
constexpr int most_calls = 20'000;

struct Enough {};

void check(const dsg::Plan& plan, dsg::Day first) {
    dsg::Amount fees;
    dsg::Day before = first;
    for (const dsg::PlanStep& step : plan.steps) {
        demand(before <= step.on && step.on <= step.latest, "the steps are in order, and each has a latest day");
        before = step.on;
        fees = fees + step.fee;
    }
    demand(fees == plan.fees, "the fees of a plan are those of its steps");
}

void schedule(const dsg::Partner& partner, dsg::Day as_of, const dsg::Rules& rules) {
    int calls = 0;
    const auto checkpoint = [&calls] {
        if (++calls > most_calls) throw Enough{};
    };
    try {
        const dsg::Plans plans = dsg::plan(partner, {as_of, as_of + horizon}, rules, {}, checkpoint);
        for (std::size_t i = 0; i < plans.front.size(); ++i) {
            check(plans.front[i], as_of);
            if (i == 0) continue;
            demand(plans.front[i - 1].fees < plans.front[i].fees, "the fees rise");
            demand(plans.front[i - 1].lapsed_days > plans.front[i].lapsed_days, "the lapsed days fall");
        }
        demand(plans.front.empty() != plans.recommended.has_value(), "a plan is recommended if there is one");
        if (plans.recommended) {
            check(*plans.recommended, as_of);
            demand(plans.recommended->lapsed_days == plans.front.back().lapsed_days, "it lapses as little as possible");
        }
        demand(plans.impossible.has_value() == (plans.front.empty() && partner.record().events.has_value()),
               "known events without a plan have a reason");
    } catch (const Enough&) {  // the search takes long
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    return answer(data, size, schedule);
}
