#include <designation/json.hpp>

#include "bind.hpp"
#include "convert.hpp"
#include "dict_of.hpp"
#include "document_of.hpp"
#include "policy_value.hpp"

namespace py = pybind11;
using namespace designation;

namespace {

Policy policy_of(const py::handle& document, std::string_view file, const Rulebook* rulebook) {
    return *read_python(document, file, [rulebook](json::Reader& reader, const json::Node& root) {
        return json::read_fitting_policy(reader, root, rulebook);
    });
}

}  // namespace

void bind_policy(py::module_& module) {
    py::class_<PolicyValue, std::shared_ptr<PolicyValue>>(module, "Policy",
                                                          R"(What a user chooses and overrides; it never invents.

Args:
    edition: A built-in edition; leave it out for a rulebook of one's own.
    interpretations: A reading for each question that has two.
    availability: Days for what was announced: `{offer: {"available_from": ...}}`.
    fees: Amounts by the day from which each holds: `{evaluation: [{"from": ..., "amount": ...}]}`.
    planning: Lead days, blocked days and budgets.
    thresholds: The user's own, for support metrics.

Raises:
    InputError: Every problem at once.

Example:
    >>> import designation as dsg
    >>> policy = dsg.Policy(interpretations={"after_anniversary": "in_force"})
    >>> policy.to_dict()["interpretations"]
    {'after_anniversary': 'in_force'})")
        .def(py::init([](const py::kwargs& document) { return PolicyValue{policy_of(document, {}, nullptr), {}}; }))
        .def_property_readonly(
            "edition", [](const PolicyValue& self) { return self.policy.edition; },
            "None where the policy leaves it to the default or to the rulebook.")
        .def(
            "to_dict", [](const PolicyValue& self) { return dict_of(self.policy); }, "The policy's document.")
        .def(
            "to_json",
            [](const PolicyValue& self, std::optional<int> indent) {
                return to_json(self.policy, indent.value_or(-1));
            },
            py::arg("indent") = py::none(), "The policy's document as JSON text.")
        .def("__eq__",
             [](const PolicyValue& self, const py::object& other) {
                 return py::isinstance<PolicyValue>(other) && self.policy == other.cast<const PolicyValue&>().policy;
             })
        .def("__hash__", [](const PolicyValue& self) { return py::hash(py::str(to_json(self.policy))); })
        .def("__repr__", [](const PolicyValue& self) { return "Policy(" + to_json(self.policy) + ')'; })
        .def(py::pickle([](const PolicyValue& self) { return dict_of(self.policy); },
                        [](const py::dict& state) {
                            // It was held against its rulebook when it was made.
                            return PolicyValue{*read_python(state, {}, json::read_policy), {}};
                        }));

    module.def(
        "read_policy",
        [](const py::dict& document, std::string_view file, const Rulebook* rulebook) {
            return PolicyValue{policy_of(document, file, rulebook), {}};
        },
        py::arg("document"), py::arg("file") = "", py::arg("rulebook") = py::none(), "A policy from a dict.");
}
