#include <algorithm>
#include <designation/action.hpp>
#include <string_view>

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
    std::optional<Day> overdue_since;
    std::optional<int> retry_days;
    std::optional<Day> safe_by;
    std::optional<Amount> fee;
    std::string rule;
    friend bool operator==(const ActionWithText&, const ActionWithText&) = default;
};

}  // namespace

void bind_action(py::module_& module) {
    constexpr std::array<std::string_view, 9> names{"do",         "actor",   "not_before", "by",  "overdue_since",
                                                    "retry_days", "safe_by", "fee",        "rule"};
    ValueClass<ActionWithText>(module, "Action", "An action to do next; also a mapping of its members.")
        .field("do", &ActionWithText::text, "The action, as the rulebook describes it.")
        .field("actor", &ActionWithText::actor, "Who acts.")
        .field("not_before", &ActionWithText::not_before, "The first possible day.")
        .field("by", &ActionWithText::by, "The last day on which it is in time; None if no rule sets one.")
        .field("overdue_since", &ActionWithText::overdue_since,
               "The day since which it is too late to avoid a gap; None if it is not.")
        .field("retry_days", &ActionWithText::retry_days,
               "The days that the policy keeps free for a second try; None if none or without a deadline.")
        .field("safe_by", &ActionWithText::safe_by,
               "The last day that leaves room for a second try; None if no possible day does.")
        .field("fee", &ActionWithText::fee,
               "The auditor's fee as of the date of the assessment; None if there is none.")
        .field("rule", &ActionWithText::rule, "The rule that the action meets, or keeps met.")
        .bound()
        .def("keys", [names](const ActionWithText& /*self*/) { return py::cast(names); })
        .def("__getitem__", [names](const ActionWithText& self, const std::string& name) {
            if (std::ranges::find(names, name) == names.end()) throw py::key_error(name);
            return py::cast(self).attr(name.c_str());
        });

    module.def(
        "actions",
        [](const BoundAssessment& assessment) {
            const Rulebook& rulebook = *assessment.rules->rulebook;
            std::vector<ActionWithText> result;
            for (const Action& action : actions(assessment.value, *assessment.partner, *assessment.rules)) {
                result.push_back({std::string(action_text(action, rulebook)), action.actor, action.not_before,
                                  action.by, action.overdue_since, action.retry_days, action.safe_by, action.fee,
                                  std::string(to_string(action.rule))});
            }
            return result;
        },
        py::arg("assessment"), "Return the actions to do next, overdue ones first, then by deadline.");
}
