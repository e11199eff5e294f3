#include <designation/editions.hpp>
#include <designation/json.hpp>
#include <memory>

#include "answer.hpp"
#include "bind.hpp"
#include "convert.hpp"
#include "dict_of.hpp"
#include "document_of.hpp"
#include "policy_value.hpp"

namespace py = pybind11;
using namespace designation;

namespace {

Answer answer(std::shared_ptr<Partner> partner, const py::handle& as_of, std::shared_ptr<Rules> rules) {
    const Assessment value = assess(*partner, day_of(as_of), *rules);
    return {value, std::move(partner), std::move(rules)};
}

py::dict provenance(const Answer& self) {
    return dict_of(self.value, *self.partner, *self.rules)[py::str("provenance")];
}

}  // namespace

void bind_assessment(py::module_& module) {
    const auto part = [](auto member) { return [member](const Answer& self) { return self.value.*member; }; };
    py::class_<Answer>(module, "Assessment",
                       R"(The answer as of a day. `print` gives a page; `to_dict` the contract's keys.

Example:
    >>> import designation as dsg
    >>> partner = dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
    >>> assessment = dsg.assess(partner, as_of="2027-01-15")
    >>> assessment.term.status, assessment.days_left, [str(name) for name in assessment.renewal.missing]
    (<Status: 'renewal_open'>, 46, ['capability', 'performance', 'csat']))")
        .def_property_readonly("as_of", part(&Assessment::as_of), "The day of the answer.")
        .def_property_readonly(
            "edition", [](const Answer& self) { return self.rules->rulebook->edition; }, "The rulebook's edition.")
        .def_property_readonly(
            "rulebook", [](const Answer& self) { return std::const_pointer_cast<Rulebook>(self.rules->rulebook); },
            "The rulebook that the answer follows, whose wording explains it.")
        .def_property_readonly(
            "policy", [](const Answer& self) { return PolicyValue{self.rules->policy, {}}; },
            "The policy that the answer follows.")
        .def_property_readonly(
            "partner", [](const Answer& self) { return std::const_pointer_cast<Partner>(self.partner); },
            "Whose answer it is.")
        .def_property_readonly("eligibility", part(&Assessment::eligibility), "SSD-P.")
        .def_property_readonly("evaluations", part(&Assessment::evaluations), "SSD-E.")
        .def_property_readonly("term", part(&Assessment::term), "SSD-T.")
        .def_property_readonly("renewal", part(&Assessment::renewal), "SSD-R; None unless the designation is held.")
        .def_property_readonly("journey", part(&Assessment::journey), "SSD-J.")
        .def_property_readonly("fees", part(&Assessment::fees), "SSD-F.")
        .def_property_readonly("benefits", part(&Assessment::benefits), "SSD-B.")
        .def_property_readonly(
            "findings", [](const Answer& self) { return findings(*self.partner, self.value.as_of, *self.rules); },
            "Sorted by day, then code.")
        .def_property_readonly(
            "actions",
            [](const py::object& self) { return py::module_::import("designation._core").attr("actions")(self); },
            "What is to be done next, soonest first: by whom, from when, by when, at what fee.")
        .def_property_readonly(
            "days_left", [](const Answer& self) { return days_left(self.value); },
            "Days to the anniversary while the term runs; None otherwise.")
        .def_property_readonly("provenance", &provenance,
                               "The engine's version and the digests of rulebook and policy.")
        .def(
            "to_dict", [](const Answer& self) { return dict_of(self.value, *self.partner, *self.rules); },
            "The keys of the format, and beside them days_left, actions, amounts and provenance.")
        .def(
            "explain",
            [](const py::object& self, const py::object& of) {
                return py::module_::import("designation._core").attr("explain")(self, of);
            },
            py::arg("of") = "SSD-T7",
            R"(Why it answers so: by default why the designation is in force or is not.

Args:
    of: A rule's id, such as "SSD-R" for the renewal, "SSD-B1" for the badge or "SSD-F2" for the fees due; or one of
        `findings`.

Raises:
    ValueError: `of` is not the id of a rule, or not a finding of this assessment.

Example:
    >>> import designation as dsg
    >>> partner = dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
    >>> assessment = dsg.assess(partner, as_of="2027-01-15")
    >>> assessment.explain().verdict, assessment.explain().facts_needed
    (<Verdict: 'met'>, ['/csp_authorizations', '/support_contracts', '/solutions_partner_designations'])
    >>> assessment.explain("SSD-R").why_not
    'SSD-R3 Capability at renewal is not met: no pass; required: a pass in force on 2027-03-02; possible from 2027-01-15')")
        .def(
            "to_json",
            [](const Answer& self, std::optional<int> indent) {
                return to_json(self.value, *self.partner, *self.rules, indent.value_or(-1));
            },
            py::arg("indent") = py::none(), "What `to_dict` says, as JSON text.")
        .def("__eq__",
             [](const Answer& self, const py::object& other) {
                 return py::isinstance<Answer>(other) && self == other.cast<const Answer&>();
             })
        .def("__hash__",
             [](const Answer& self) {
                 return py::hash(py::make_tuple(self.partner->record().id, self.value.as_of, self.value.term.status));
             })
        .def("__repr__",
             [](const Answer& self) {
                 return "<Assessment of " + py::repr(py::str(self.partner->record().id)).cast<std::string>() +
                        " as of " + to_string(self.value.as_of) + ": " +
                        std::string(to_string(self.value.term.status)) + '>';
             })
        .def("__reduce__", [](const Answer& self) {
            const py::object restore = py::module_::import("designation._core").attr("restore_assessment");
            py::object policy = dict_of(self.rules->policy);
            return py::make_tuple(restore,
                                  py::make_tuple(std::const_pointer_cast<Partner>(self.partner), self.value.as_of,
                                                 std::const_pointer_cast<Rulebook>(self.rules->rulebook), policy));
        });

    module.def("assess", &answer, py::arg("partner"), py::arg("as_of"), py::arg("rules"),
               "Assesses a partner as of a day.");
    module.def(
        "restore_assessment",
        [](std::shared_ptr<Partner> partner, const py::object& as_of, std::shared_ptr<Rulebook> rulebook,
           const py::dict& policy) {
            const Policy choices = *read_python(policy, {}, json::read_policy);
            return answer(std::move(partner), as_of, std::make_shared<Rules>(make_rules(std::move(rulebook), choices)));
        },
        "An assessment from its pickle.");
}
