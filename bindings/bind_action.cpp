#include <designation/action.hpp>

#include "bind.hpp"
#include "bound_assessment.hpp"
#include "value_class.hpp"

namespace py = pybind11;
using namespace designation;

namespace {

/// An action with its text.
struct ActionWithText {
    std::string text;
    Actor actor{};
    Day not_before;
    std::optional<Day> by;
    std::optional<Amount> fee;
    std::string rule;
    friend bool operator==(const ActionWithText&, const ActionWithText&) = default;
};

}  // namespace

void bind_action(py::module_& module) {
    constexpr std::array names{"do", "actor", "not_before", "by", "fee", "rule"};
    ValueClass<ActionWithText>(module, "Action", "An action to do next; also a mapping of its six members.")
        .field("do", &ActionWithText::text, "The action, as the rulebook describes it.")
        .field("actor", &ActionWithText::actor, "Who acts.")
        .field("not_before", &ActionWithText::not_before, "The first possible day.")
        .field("by", &ActionWithText::by, "The last day on which it is in time; None if no rule sets one.")
        .field("fee", &ActionWithText::fee,
               "The auditor's fee as of the date of the assessment; None if there is none.")
        .field("rule", &ActionWithText::rule, "The rule that the action meets, or keeps met.")
        .bound()
        .def("keys", [names](const ActionWithText& /*self*/) { return py::cast(names); })
        .def("__getitem__", [](const py::object& self, const py::str& name) { return self.attr(name); });

    module.def(
        "actions",
        [](const BoundAssessment& assessment) {
            const Rulebook& rulebook = *assessment.rules->rulebook;
            std::vector<ActionWithText> result;
            for (const Action& action : actions(assessment.value, *assessment.partner, *assessment.rules)) {
                result.push_back({std::string(action_text(action, rulebook)), action.actor, action.not_before,
                                  action.by, action.fee, std::string(to_string(action.rule))});
            }
            return result;
        },
        py::arg("assessment"), "Return the actions to do next, soonest first.");
}
