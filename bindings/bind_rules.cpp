#include <designation/editions.hpp>

#include "bind.hpp"
#include "convert.hpp"
#include "policy_value.hpp"

namespace py = pybind11;
using namespace designation;

void bind_rules(py::module_& module) {
    py::class_<Rules, std::shared_ptr<Rules>>(module, "Rules", "A rulebook's parameters with a policy's overrides.")
        .def_property_readonly(
            "edition", [](const Rules& self) { return self.rulebook->edition; }, "The rulebook's edition.");

    // The rules that every call without a policy and a rulebook uses.
    static const auto defaults = std::make_shared<Rules>(builtin_rules());
    module.def(
        "rules",
        [](PolicyValue* policy, const std::shared_ptr<Rulebook>& rulebook) -> std::shared_ptr<const Rules> {
            if (rulebook) {
                return std::make_shared<Rules>(make_rules(rulebook, policy ? policy->policy : Policy{}));
            }
            if (!policy) return defaults;
            if (!policy->rules) policy->rules = std::make_shared<Rules>(make_rules(policy->policy));
            return policy->rules;
        },
        py::arg("policy") = py::none(), py::arg("rulebook") = py::none());
}
