#include <designation/explanation.hpp>
#include <designation/json.hpp>
#include <memory>
#include <variant>

#include "answer.hpp"
#include "bind.hpp"
#include "convert.hpp"
#include "dict_of.hpp"

namespace py = pybind11;
using namespace designation;

namespace {

/// A node of a tree, which keeps the whole tree, and what the tree was made of.
struct Why {
    Answer answer;
    std::variant<Finding, Rule> of;
    std::vector<std::size_t> place;  ///< the children to go through from the root
    std::shared_ptr<const Explanation> node;

    Why child(std::size_t index) const {
        Why made{answer, of, place, {node, &node->children.at(index)}};
        made.place.push_back(index);
        return made;
    }
};

std::variant<Finding, Rule> subject_of(const py::object& of, const Answer& answer) {
    if (py::isinstance<Finding>(of)) {
        const auto finding = of.cast<Finding>();
        for (const Finding& each : findings(*answer.partner, answer.value.as_of, *answer.rules)) {
            if (each == finding) return finding;
        }
        throw py::value_error("the assessment has no such finding");
    }
    if (!PyUnicode_Check(of.ptr())) throw py::type_error("what is explained is a rule's id, or a finding");
    if (const auto rule = from_word<Rule>(of.cast<std::string>())) return *rule;
    throw py::value_error("no rule has the id " + py::repr(of).cast<std::string>() +
                          "; ids are SSD-T7, SSD-P1, SSD-R, ... (designation rulebook show)");
}

Why explain_of(const Answer& answer, const py::object& of, const std::vector<std::size_t>& place) {
    const auto subject = subject_of(of, answer);
    const auto made = [&](const auto& what) {
        return std::make_shared<const Explanation>(explain(answer.value, *answer.partner, *answer.rules, what));
    };
    Why why{answer, subject, {}, std::visit(made, subject)};
    for (const std::size_t index : place) why = why.child(index);
    return why;
}

py::object part(const Why& self, const char* key) { return dict_of(*self.node)[key]; }

}  // namespace

void bind_explanation(py::module_& module) {
    py::class_<Why>(module, "Explanation",
                    R"(Why a rule answers as it does: a tree that opens to facts and sources.

Example:
    >>> import designation as dsg
    >>> partner = dsg.Partner(id="contoso", support_contracts=[], events=[])
    >>> why = dsg.assess(partner, as_of="2026-09-15").explain("SSD-P2")
    >>> why.verdict, why.facts
    (<Verdict: 'unmet'>, [{'pointer': '/support_contracts', 'value': []}])
    >>> why.why_not
    'SSD-P2 Active support contract is unmet: none (/support_contracts); wanted: asfp or psfp or ufp in force on 2026-09-15; possible from 2026-09-15')")
        .def_property_readonly(
            "rule", [](const Why& self) { return std::string(to_string(self.node->rule)); }, "The rule's id.")
        .def_property_readonly(
            "title", [](const Why& self) { return self.node->title; }, "The rule's name, in the rulebook's words.")
        .def_property_readonly(
            "verdict", [](const Why& self) { return self.node->verdict; },
            "The rule's answer; None where that is no verdict.")
        .def_property_readonly(
            "value", [](const Why& self) { return self.node->value; },
            "What the assessment says at `path`, where that is no verdict.")
        .def_property_readonly(
            "path", [](const Why& self) { return self.node->path; },
            "JSON Pointer of the answer in the assessment; empty where it has none.")
        .def_property_readonly(
            "counts", [](const Why& self) { return self.node->counts; },
            "Whether the verdict above depends on this one; others stand there to explain.")
        .def_property_readonly(
            "facts", [](const Why& self) { return part(self, "facts"); },
            "The facts looked at, each with its pointer into the partner's document; None is a fact that is not given.")
        .def_property_readonly(
            "citation", [](const Why& self) { return part(self, "citation"); }, "Where the rule stands.")
        .def_property_readonly(
            "remedy", [](const Why& self) { return self.node->remedy ? part(self, "remedy") : py::none(); },
            "What makes it met, who does it, by when and at what fee; None where it is met or no remedy is known.")
        .def_property_readonly(
            "children",
            [](const Why& self) {
                std::vector<Why> all;
                all.reserve(self.node->children.size());
                for (std::size_t i = 0; i < self.node->children.size(); ++i) all.push_back(self.child(i));
                return all;
            },
            "The explanations below this one.")
        .def_property_readonly(
            "facts_needed", [](const Why& self) { return facts_needed(*self.node); },
            "Pointers of the facts that would settle what is unknown, into the partner's document or a policy.")
        .def_property_readonly(
            "why_not", [](const Why& self) { return why_not(*self.node); },
            "In one line the nearest rule that is not met or unknown; None where the verdict is met or is none.")
        .def_property_readonly(
            "assessment", [](const Why& self) { return self.answer; }, "What is explained.")
        .def(
            "to_dict", [](const Why& self) { return dict_of(*self.node); },
            "The tree as JSON has it, and beside it why_not and facts_needed.")
        .def(
            "to_json",
            [](const Why& self, std::optional<int> indent) { return to_json(*self.node, indent.value_or(-1)); },
            py::arg("indent") = py::none(), "What `to_dict` says, as JSON text.")
        .def("__eq__",
             [](const Why& self, const py::object& other) {
                 return py::isinstance<Why>(other) && *self.node == *other.cast<const Why&>().node;
             })
        .def("__hash__",
             [](const Why& self) { return py::hash(py::make_tuple(to_string(self.node->rule), self.node->verdict)); })
        .def("__repr__",
             [](const Why& self) {
                 const auto& verdict = self.node->verdict;
                 return "<Explanation " + std::string(to_string(self.node->rule)) + ' ' + self.node->title +
                        (verdict ? ": " + std::string(to_string(*verdict)) : "") + '>';
             })
        .def("__reduce__", [](const Why& self) {
            const py::object restore = py::module_::import("designation._core").attr("explain");
            const py::object of = std::holds_alternative<Rule>(self.of)
                                      ? py::object(py::str(std::string(to_string(std::get<Rule>(self.of)))))
                                      : py::cast(std::get<Finding>(self.of));
            return py::make_tuple(restore, py::make_tuple(self.answer, of, self.place));
        });

    module.def("explain", &explain_of, py::arg("assessment"), py::arg("of") = "SSD-T7",
               py::arg("place") = std::vector<std::size_t>{}, "The tree of an answer, or the node at a place of it.");
}
