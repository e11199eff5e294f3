#include <designation/editions.hpp>
#include <designation/facts_after.hpp>
#include <designation/json.hpp>
#include <memory>

#include "bind.hpp"
#include "bound_assessment.hpp"
#include "bound_policy.hpp"
#include "convert.hpp"
#include "python_document.hpp"
#include "python_sink.hpp"

namespace py = pybind11;
using namespace designation;

namespace {

BoundAssessment assess_bound(std::shared_ptr<Partner> partner, const py::handle& as_of, std::shared_ptr<Rules> rules) {
    const Assessment value = assess(*partner, to_day(as_of), *rules);
    return {value, std::move(partner), std::move(rules)};
}

py::dict part_of_dict(const BoundAssessment& self, const char* key) {
    return to_dict(self.value, *self.partner, *self.rules)[py::str(key)];
}

}  // namespace

void bind_assessment(py::module_& module) {
    const auto part = [](auto member) { return [member](const BoundAssessment& self) { return self.value.*member; }; };
    py::class_<BoundAssessment>(
        module, "Assessment",
        R"(The result for one partner as of a date. `print` shows a page; `to_dict` returns the keys of the JSON format.

Example:
    >>> import designation as dsg
    >>> partner = dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
    >>> assessment = dsg.assess(partner, as_of="2027-01-15")
    >>> assessment.term.status, assessment.days_left, [str(name) for name in assessment.renewal.missing]
    (<Status: 'renewal_open'>, 46, ['capability', 'performance', 'csat']))")
        .def_property_readonly("as_of", part(&Assessment::as_of), "The date of the assessment.")
        .def_property_readonly(
            "edition", [](const BoundAssessment& self) { return self.rules->rulebook->edition; },
            "The rulebook's edition.")
        .def_property_readonly(
            "rulebook",
            [](const BoundAssessment& self) { return std::const_pointer_cast<Rulebook>(self.rules->rulebook); },
            "The rulebook of the assessment.")
        .def_property_readonly(
            "policy", [](const BoundAssessment& self) { return BoundPolicy{self.rules->policy, {}}; },
            "The policy of the assessment.")
        .def_property_readonly(
            "partner", [](const BoundAssessment& self) { return std::const_pointer_cast<Partner>(self.partner); },
            "The partner.")
        .def_property_readonly("eligibility", part(&Assessment::eligibility), "SSD-P: the prerequisites.")
        .def_property_readonly("evaluations", part(&Assessment::evaluations), "SSD-E: the evaluations.")
        .def_property_readonly("term", part(&Assessment::term), "SSD-T: the term.")
        .def_property_readonly("renewal", part(&Assessment::renewal),
                               "SSD-R: the renewal; None unless the designation is held.")
        .def_property_readonly("journey", part(&Assessment::journey), "SSD-J: the journey to the badge.")
        .def_property_readonly("fees", part(&Assessment::fees), "SSD-F: the fees.")
        .def_property_readonly("benefits", part(&Assessment::benefits), "SSD-B: the benefits.")
        .def_property_readonly(
            "findings",
            [](const BoundAssessment& self) {
                // Without findings no replay has to look for their days.
                if (self.value.findings.empty()) return std::vector<Finding>{};
                return findings(*self.partner, self.value.as_of, *self.rules);
            },
            "The findings, sorted by date, then code.")
        .def_property_readonly(
            "actions",
            [](const py::object& self) { return py::module_::import("designation._core").attr("actions")(self); },
            "The actions to do next, overdue ones first, then by deadline.")
        .def_property_readonly(
            "days_left", [](const BoundAssessment& self) { return days_left(self.value); },
            "Days to the anniversary while the term runs; None otherwise.")
        .def_property_readonly(
            "deadline",
            [](const BoundAssessment& self) -> std::optional<Day> {
                if (!self.value.renewal) return std::nullopt;
                return renew_by(*self.value.term.expires_on, self.value.as_of, *self.rules);
            },
            "The last day on which a renewal is in time; None unless the designation is held.")
        .def_property_readonly(
            "overdue_since",
            [](const BoundAssessment& self) -> std::optional<Day> {
                if (!self.value.renewal) return std::nullopt;
                return renewal_overdue_since(*self.value.term.expires_on, self.value.as_of, *self.rules);
            },
            "The anniversary, if its renewal is overdue; None otherwise.")
        .def_property_readonly(
            "facts_after", [](const BoundAssessment& self) { return part_of_dict(self, "facts_after"); },
            "The facts that do not count yet: their `count`, and the `first` with its date and JSON Pointer.")
        .def_property_readonly(
            "warnings", [](const BoundAssessment& self) { return warnings(*self.partner, self.value.as_of); },
            "A warning for each fact dated more than 20 years after the date of the assessment, at most 100 and one "
            "for the rest.")
        .def_property_readonly(
            "deciding",
            [](const py::object& self) { return py::module_::import("designation._core").attr("deciding")(self); },
            "The interpretations whose other reading changes the status, in force, at risk or the deadline, from the "
            "date through the end of the renewal window, as in JSON.")
        .def_property_readonly(
            "provenance", [](const BoundAssessment& self) { return part_of_dict(self, "provenance"); },
            "The version of the program and the digests of rulebook and policy.")
        .def(
            "to_dict", [](const BoundAssessment& self) { return to_dict(self.value, *self.partner, *self.rules); },
            "Return the assessment as a dict, as in JSON.")
        .def(
            "explain",
            [](const py::object& self, const py::object& of) {
                return py::module_::import("designation._core").attr("explain")(self, of);
            },
            py::arg("of") = "SSD-T7",
            R"(Return the explanation of a result: by default, why the designation is in force or not.

Args:
    of: A rule's id, such as "SSD-R" for the renewal, "SSD-B1" for the badge or "SSD-F2" for the fees due; or one of
        `findings`.

Raises:
    ValueError: `of` is not a rule's id, or not a finding of this assessment.

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
            [](const BoundAssessment& self, std::optional<int> indent) {
                return to_json(self.value, *self.partner, *self.rules, indent.value_or(-1));
            },
            py::arg("indent") = py::none(), "Return the result of `to_dict` as JSON text.")
        .def("__eq__", &is_equal<BoundAssessment>)
        .def("__hash__",
             [](const BoundAssessment& self) {
                 return py::hash(py::make_tuple(self.partner->record().id, self.value.as_of, self.value.term.status));
             })
        .def("__repr__",
             [](const BoundAssessment& self) {
                 return "<Assessment of " + py::repr(py::str(self.partner->record().id)).cast<std::string>() +
                        " as of " + to_string(self.value.as_of) + ": " +
                        std::string(to_string(self.value.term.status)) + '>';
             })
        .def("__reduce__", [](const BoundAssessment& self) {
            const py::object restore = py::module_::import("designation._core").attr("restore_assessment");
            py::object policy = to_dict(self.rules->policy);
            return py::make_tuple(restore,
                                  py::make_tuple(std::const_pointer_cast<Partner>(self.partner), self.value.as_of,
                                                 std::const_pointer_cast<Rulebook>(self.rules->rulebook), policy));
        });

    module.def("assess", &assess_bound, py::arg("partner"), py::arg("as_of"), py::arg("rules"),
               "Assess a partner as of a date.");
    module.def(
        "results",
        [](const BoundAssessment& assessment) {
            PythonSink sink;
            sink.object([&] { json::encode_results(sink, assessment.value, *assessment.rules); });
            return sink.release();
        },
        py::arg("assessment"), "Return the part of an assessment's dict that two assessments are compared by.");
    module.def(
        "restore_assessment",
        [](std::shared_ptr<Partner> partner, const py::object& as_of, std::shared_ptr<Rulebook> rulebook,
           const py::dict& policy) {
            const Policy choices = *read_python(policy, {}, json::read_policy);
            return assess_bound(std::move(partner), as_of,
                                std::make_shared<Rules>(make_rules(std::move(rulebook), choices)));
        },
        "Build an assessment from its pickle.");
}
