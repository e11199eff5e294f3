#include "designation/reprice.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "plan/schedule.hpp"

namespace designation {

RepricedPlan reprice(const Plan& plan, const Rules& rules) {
    RepricedPlan result{{}, plan.fees, rules.currency, {}};
    const Sequence<Evaluation> known = evaluations_of(rules);
    for (const PlanStep& step : plan.steps) {
        RepricedStep& repriced = result.steps.emplace_back(RepricedStep{step.on, step.type, {}, step.fee});
        const auto evaluation = evaluation_of(step.type);
        if (!evaluation) continue;
        if (!known.contains(*evaluation)) {
            throw std::invalid_argument("edition " + rules.rulebook->edition + " has no " +
                                        std::string(to_string(*evaluation)) + " evaluation");
        }
        repriced.fee = fee(*evaluation, step.on, rules);
        result.fees += repriced.fee;
    }
    return result;
}

}  // namespace designation
