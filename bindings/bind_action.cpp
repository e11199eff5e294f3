#include <designation/action.hpp>

#include "answer.hpp"
#include "bind.hpp"
#include "value.hpp"

namespace py = pybind11;
using namespace designation;

namespace {

/// An action with its words.
struct Task {
    std::string text;
    Actor actor{};
    Day not_before;
    std::optional<Day> by;
    std::optional<Amount> fee;
    std::string rule;
    friend bool operator==(const Task&, const Task&) = default;
};

}  // namespace

void bind_action(py::module_& module) {
    constexpr std::array names{"do", "actor", "not_before", "by", "fee", "rule"};
    ValueClass<Task>(module, "Action", "What somebody does next; also a mapping of its six members.")
        .field("do", &Task::text, "What is to be done, in the rulebook's words.")
        .field("actor", &Task::actor, "Who does it.")
        .field("not_before", &Task::not_before, "The first day on which it can be done.")
        .field("by", &Task::by, "The last day on which it is in time; None where no rule names one.")
        .field("fee", &Task::fee, "The auditor's fee as of the day of the assessment; None where there is none.")
        .field("rule", &Task::rule, "The rule that it makes met, or keeps met.")
        .bound()
        .def("keys", [names](const Task& /*self*/) { return py::cast(names); })
        .def("__getitem__", [](const py::object& self, const py::str& name) { return self.attr(name); });

    module.def(
        "actions",
        [](const Answer& answer) {
            const Rulebook& rulebook = *answer.rules->rulebook;
            std::vector<Task> tasks;
            for (const Action& action : actions(answer.value, *answer.partner, *answer.rules)) {
                tasks.push_back({std::string(words_of(action, rulebook)), action.actor, action.not_before, action.by,
                                 action.fee, std::string(to_string(action.rule))});
            }
            return tasks;
        },
        py::arg("assessment"), "What is to be done next, soonest first.");
}
