#include <designation/explanation.hpp>
#include <designation/json.hpp>
#include <memory>
#include <variant>

#include "bind.hpp"
#include "bound_assessment.hpp"
#include "convert.hpp"
#include "python_sink.hpp"

namespace py = pybind11;
using namespace designation;

namespace {

/// A node of an explanation. It keeps the whole tree alive, and is pickled as the assessment and the path to the node.
struct ExplanationNode {
    BoundAssessment assessment;
    std::variant<Finding, Rule> subject;  ///< what the root explains
    std::vector<std::size_t> child_path;  ///< the index of the child at each level, from the root to this node
    std::shared_ptr<const Explanation> node;

    ExplanationNode child(std::size_t index) const {
        if (index >= node->children.size()) throw py::value_error("the explanation has no child at this path");
        ExplanationNode result{assessment, subject, child_path, {node, &node->children[index]}};
        result.child_path.push_back(index);
        return result;
    }
};

std::variant<Finding, Rule> subject_of(const py::object& of, const BoundAssessment& assessment) {
    if (py::isinstance<Finding>(of)) {
        const auto finding = of.cast<Finding>();
        for (const Finding& each : findings(*assessment.partner, assessment.value.as_of, *assessment.rules)) {
            if (each == finding) return finding;
        }
        throw py::value_error("the finding must be one of the assessment's findings");
    }
    if (!PyUnicode_Check(of.ptr())) {
        throw py::type_error("must be a rule's id or a finding, not " +
                             py::type::of(of).attr("__name__").cast<std::string>());
    }
    if (const auto rule = from_name<Rule>(of.cast<std::string>())) return *rule;
    throw py::value_error("unknown rule id " + py::repr(of).cast<std::string>() +
                          "; ids are SSD-T7, SSD-P1, SSD-R, ... (designation rulebook show)");
}

ExplanationNode explain_subject(const BoundAssessment& assessment, const py::object& of,
                                const std::vector<std::size_t>& child_path) {
    const auto subject = subject_of(of, assessment);
    const auto root = std::visit(
        [&](const auto& each) {
            return std::make_shared<const Explanation>(
                explain(assessment.value, *assessment.partner, *assessment.rules, each));
        },
        subject);
    ExplanationNode node{assessment, subject, {}, root};
    for (const std::size_t index : child_path) node = node.child(index);
    return node;
}

py::object member(const ExplanationNode& self, const char* key) { return to_dict(*self.node)[key]; }

}  // namespace

void bind_explanation(py::module_& module) {
    py::class_<ExplanationNode>(module, "Explanation",
                                R"(Why a rule has its result: a tree down to facts and sources.

Example:
    >>> import designation as dsg
    >>> partner = dsg.Partner(id="contoso", support_contracts=[], events=[])
    >>> why = dsg.assess(partner, as_of="2026-09-15").explain("SSD-P2")
    >>> why.verdict, why.facts
    (<Verdict: 'unmet'>, [{'pointer': '/support_contracts', 'value': []}])
    >>> why.why_not
    'SSD-P2 Active support contract is not met: none (/support_contracts); required: asfp or psfp or ufp in force on 2026-09-15; possible from 2026-09-15')")
        .def_property_readonly(
            "rule", [](const ExplanationNode& self) { return std::string(to_string(self.node->rule)); },
            "The rule's id.")
        .def_property_readonly(
            "title", [](const ExplanationNode& self) { return self.node->title; }, "The rule's title in the rulebook.")
        .def_property_readonly(
            "verdict", [](const ExplanationNode& self) { return self.node->verdict; },
            "The rule's verdict; None if it has none.")
        .def_property_readonly(
            "value", [](const ExplanationNode& self) { return self.node->value; },
            "The value at `path` in the assessment if it is not a verdict.")
        .def_property_readonly(
            "path", [](const ExplanationNode& self) { return self.node->path; },
            "JSON Pointer to the result in the assessment; empty if it is not there.")
        .def_property_readonly(
            "counts", [](const ExplanationNode& self) { return self.node->counts; },
            "Whether the parent's verdict depends on this one; the other children only explain.")
        .def_property_readonly(
            "facts", [](const ExplanationNode& self) { return member(self, "facts"); },
            "The facts used, each with its pointer into the partner's document; None is a fact that is not given.")
        .def_property_readonly(
            "citation", [](const ExplanationNode& self) { return member(self, "citation"); },
            "The main source that the rule relies on.")
        .def_property_readonly(
            "remedy",
            [](const ExplanationNode& self) { return self.node->remedy ? member(self, "remedy") : py::none(); },
            "What would make the rule met, who does it, by when and at what fee; None if it is met or has no remedy.")
        .def_property_readonly(
            "children",
            [](const ExplanationNode& self) {
                std::vector<ExplanationNode> children;
                children.reserve(self.node->children.size());
                for (std::size_t i = 0; i < self.node->children.size(); ++i) children.push_back(self.child(i));
                return children;
            },
            "The explanations below this one.")
        .def_property_readonly(
            "facts_needed", [](const ExplanationNode& self) { return facts_needed(*self.node); },
            "Pointers of the facts that would settle what is unknown, into the partner's document or a policy.")
        .def_property_readonly(
            "why_not", [](const ExplanationNode& self) { return why_not(*self.node); },
            "The root cause of a verdict of unmet or unknown, as one line; None if the verdict is met or absent.")
        .def_property_readonly(
            "assessment", [](const ExplanationNode& self) { return self.assessment; }, "The assessment explained.")
        .def(
            "to_dict", [](const ExplanationNode& self) { return to_dict(*self.node); },
            "Return the tree as in JSON, with why_not and facts_needed.")
        .def(
            "to_json",
            [](const ExplanationNode& self, std::optional<int> indent) {
                return to_json(*self.node, indent.value_or(-1));
            },
            py::arg("indent") = py::none(), "Return the result of `to_dict` as JSON text.")
        .def("__eq__",
             [](const ExplanationNode& self, const py::object& other) {
                 return py::isinstance<ExplanationNode>(other) &&
                        *self.node == *other.cast<const ExplanationNode&>().node;
             })
        .def("__hash__",
             [](const ExplanationNode& self) {
                 return py::hash(py::make_tuple(to_string(self.node->rule), self.node->verdict));
             })
        .def("__repr__",
             [](const ExplanationNode& self) {
                 const auto& verdict = self.node->verdict;
                 return "<Explanation " + std::string(to_string(self.node->rule)) + ' ' + self.node->title +
                        (verdict ? ": " + std::string(to_string(*verdict)) : "") + '>';
             })
        .def("__reduce__", [](const ExplanationNode& self) {
            const py::object restore = py::module_::import("designation._core").attr("explain");
            const py::object of = std::holds_alternative<Rule>(self.subject)
                                      ? py::object(py::str(std::string(to_string(std::get<Rule>(self.subject)))))
                                      : py::cast(std::get<Finding>(self.subject));
            return py::make_tuple(restore, py::make_tuple(self.assessment, of, self.child_path));
        });

    module.def(
        "explain", &explain_subject, py::arg("assessment"), py::arg("of") = "SSD-T7",
        py::arg("child_path") = std::vector<std::size_t>{},
        "Return the explanation of a rule's result or of a finding, or the node at a path of child indices in it.");
}
