#include <designation/partner.hpp>
#include <designation/plan.hpp>
#include <memory>

#include "bind.hpp"
#include "value.hpp"

namespace py = pybind11;
using namespace designation;

namespace {

py::tuple tuple_of(const Plan& plan) {
    py::list readings;
    for (std::size_t i = 0; i < count_of<Interpretation>; ++i) {
        const auto interpretation = static_cast<Interpretation>(i);
        if (plan.leans_on.contains(interpretation)) readings.append(std::string(to_string(interpretation)));
    }
    return py::make_tuple(plan.fees, plan.lapsed_days, plan.held_from, plan.held_until, py::tuple(py::cast(plan.steps)),
                          py::tuple(readings));
}

}  // namespace

void bind_plan(py::module_& module) {
    ValueClass<PlanStep>(module, "PlanStep",
                         "A dated step of a plan: an evaluation that is taken and passed, an award or a renewal.")
        .field("on", &PlanStep::on, "The day.")
        .field("latest", &PlanStep::latest,
               "The last day on which it still leads to the plan's fees and lapsed days, the other steps moving too.")
        .field("type", &PlanStep::type, "The event that it becomes.")
        .field("actor", &PlanStep::actor, "Who acts.")
        .field("then", &PlanStep::then, "Who acts once the first actor has done its part; None where nobody has to.")
        .field("fee", &PlanStep::fee, "The auditor's fee on that day.")
        .field("anniversary", &PlanStep::anniversary, "The one whose renewal it is for; None on the way to the badge.")
        .field("valid_through", &PlanStep::valid_through,
               "What an evaluation makes true: its pass is in force through this day.")
        .field("expires_on", &PlanStep::expires_on,
               "What a decision makes true: the term runs up to this anniversary, which no longer belongs to it.");
    module.def(
        "plan",
        [](const std::shared_ptr<Partner>& partner, const py::object& as_of, const py::object& through,
           const std::shared_ptr<Rules>& rules) {
            const Interval span{day_of(as_of), day_of(through)};
            Plans plans;
            {
                const py::gil_scoped_release others_run;
                plans = plan(*partner, span, *rules);
            }
            py::list front;
            for (const Plan& each : plans.front) front.append(tuple_of(each));
            return py::make_tuple(plans.events_known, py::tuple(front), plans.unreached,
                                  py::tuple(py::cast(plans.obstacles)));
        },
        py::arg("partner"), py::arg("as_of"), py::arg("through"), py::arg("rules"),
        "Whether the events are known; each plan's fees, lapsed days, days held, steps and readings; where there is no "
        "plan, the anniversary that is not reached and the places in the policy that make it so.");
}
