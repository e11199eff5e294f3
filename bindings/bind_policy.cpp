#include <designation/json.hpp>

#include "bind.hpp"
#include "bound_policy.hpp"
#include "convert.hpp"
#include "python_document.hpp"
#include "python_sink.hpp"

namespace py = pybind11;
using namespace designation;

namespace {

Policy policy_of(const py::handle& document, std::string_view file, const Rulebook* rulebook) {
    return *read_python(document, file, [rulebook](json::Reader& reader, const json::Node& root) {
        return json::read_policy_for(reader, root, rulebook);
    });
}

}  // namespace

void bind_policy(py::module_& module) {
    py::class_<BoundPolicy, std::shared_ptr<BoundPolicy>>(
        module, "Policy",
        R"(The readings, dates, fees, and limits that a user chooses over those of an edition.

Args:
    edition: A built-in edition; omit it for a custom rulebook.
    interpretations: A reading for each interpretation.
    availability: Dates for offers that were announced: `{offer: {"available_from": ...}}`.
    fees: Amounts, each with the day from which it applies: `{evaluation: [{"from": ..., "amount": ...}]}`.
    planning: Lead days, blocked days, and budgets.
    thresholds: The user's thresholds for support metrics.

Raises:
    InputError: Every problem at once.

Example:
    >>> import designation as dsg
    >>> policy = dsg.Policy(interpretations={"after_anniversary": "in_force"})
    >>> policy.to_dict()["interpretations"]
    {'after_anniversary': 'in_force'})")
        .def(py::init([](const py::kwargs& document) { return BoundPolicy{policy_of(document, {}, nullptr), {}}; }))
        .def_property_readonly(
            "edition", [](const BoundPolicy& self) { return self.policy.edition; },
            "The built-in edition; None for the default edition or that of the rulebook.")
        .def(
            "to_dict", [](const BoundPolicy& self) { return to_dict(self.policy); }, "Return the policy's document.")
        .def(
            "to_json",
            [](const BoundPolicy& self, std::optional<int> indent) {
                return to_json(self.policy, indent.value_or(-1));
            },
            py::arg("indent") = py::none(), "Return the policy's document as JSON text.")
        .def("__eq__",
             [](const BoundPolicy& self, const py::object& other) {
                 return py::isinstance<BoundPolicy>(other) && self.policy == other.cast<const BoundPolicy&>().policy;
             })
        .def("__hash__", [](const BoundPolicy& self) { return py::hash(py::str(to_json(self.policy))); })
        .def("__repr__", [](const BoundPolicy& self) { return "Policy(" + to_json(self.policy) + ')'; })
        .def(py::pickle([](const BoundPolicy& self) { return to_dict(self.policy); },
                        [](const py::dict& state) {
                            // It was checked against its rulebook when it was built.
                            return BoundPolicy{*read_python(state, {}, json::read_policy), {}};
                        }));

    module.def(
        "read_policy",
        [](const py::dict& document, std::string_view file, const Rulebook* rulebook) {
            return BoundPolicy{policy_of(document, file, rulebook), {}};
        },
        py::arg("document"), py::arg("file") = "", py::arg("rulebook") = py::none(), "Read a policy from a dict.");
}
