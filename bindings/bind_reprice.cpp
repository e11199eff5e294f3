#include <designation/reprice.hpp>
#include <memory>

#include "bind.hpp"
#include "value_class.hpp"

namespace py = pybind11;
using namespace designation;

void bind_reprice(py::module_& module) {
    ValueClass<RepricedStep>(module, "RepricedStep", "A step of a plan with its fee under other prices.")
        .field("on", &RepricedStep::on, "The day.")
        .field("type", &RepricedStep::type, "The type of the event that the step becomes.")
        .field("fee", &RepricedStep::fee, "The fee under the other prices.")
        .field("planned_fee", &RepricedStep::planned_fee, "The fee in the plan.");
    ValueClass<RepricedPlan>(module, "RepricedPlan",
                             "The fees of a plan's steps, on the same days, under other prices.")
        .field("fees", &RepricedPlan::fees, "The sum of the fees under the other prices.")
        .field("planned_fees", &RepricedPlan::planned_fees, "The sum of the fees in the plan.")
        .field("currency", &RepricedPlan::currency, "The currency of `fees`.")
        .field("steps", &RepricedPlan::steps, "The steps, in the order of the plan.");
    module.def(
        "reprice", [](const Plan& plan, const std::shared_ptr<Rules>& rules) { return reprice(plan, *rules); },
        py::arg("plan"), py::arg("rules"), "Return the fees of a plan's steps under other rules.");
}
