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
        if (plan.readings.contains(interpretation)) readings.append(std::string(to_string(interpretation)));
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
               "The last day that keeps the plan's fees and lapsed days, if the other steps move as well.")
        .field("type", &PlanStep::type, "The type of the event that the step becomes.")
        .field("actor", &PlanStep::actor, "Who acts.")
        .field("then", &PlanStep::then, "Who acts once the first actor is done; None if nobody else has to.")
        .field("fee", &PlanStep::fee, "The auditor's fee on that day.")
        .field("anniversary", &PlanStep::anniversary, "The anniversary to be renewed; None for steps toward the badge.")
        .field("valid_through", &PlanStep::valid_through,
               "For an evaluation, the last day on which its pass is in force; None for a decision.")
        .field("expires_on", &PlanStep::expires_on,
               "For a decision, the anniversary on which the term then expires; None for an evaluation.");
    module.def(
        "plan",
        [](const std::shared_ptr<Partner>& partner, const py::object& as_of, const py::object& through,
           const std::shared_ptr<Rules>& rules) {
            const Interval span{day_of(as_of), day_of(through)};
            Plans plans;
            {
                const py::gil_scoped_release release_gil;
                plans = plan(*partner, span, *rules);
            }
            py::list front;
            for (const Plan& each : plans.front) front.append(tuple_of(each));
            const Impossible impossible = plans.impossible.value_or(Impossible{});
            return py::make_tuple(plans.events_known, py::tuple(front), impossible.anniversary,
                                  py::tuple(py::cast(impossible.constraints)));
        },
        py::arg("partner"), py::arg("as_of"), py::arg("through"), py::arg("rules"),
        "Return whether the events are known; for each plan its fees, lapsed days, first and last day held, steps and "
        "readings; and, if there is no plan, the anniversary that none can renew and the constraints that prevent it.");
}
