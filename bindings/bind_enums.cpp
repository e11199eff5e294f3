#include "bind.hpp"
#include "convert.hpp"

namespace py = pybind11;
using namespace designation;

namespace {

/// Makes a Python enumeration of an enumeration's words, from the first one on that Python should see.
template <class Enum>
void bind(py::module_& module, const char* name, const char* base = "Word", std::size_t first = 0) {
    const py::object make = py::module_::import("designation._enums").attr("make");
    py::list words_of_it;
    for (std::size_t i = first; i < count_of<Enum>; ++i) words_of_it.append(std::string(enum_names<Enum>[i]));
    const py::object made = make(base, name, words_of_it);
    for (std::size_t i = 0; i < count_of<Enum>; ++i) {
        python_words<Enum>[i] = i < first ? py::none().release().ptr() : made(enum_names<Enum>[i]).release().ptr();
    }
    module.attr(name) = made;
}

}  // namespace

void bind_enums(py::module_& module) {
    bind<Verdict>(module, "Verdict", "TruthlessWord");
    bind<LeapDay>(module, "LeapDay");
    bind<Status>(module, "Status");
    bind<Actor>(module, "Actor");
    bind<Step>(module, "Step");
    bind<Evaluation>(module, "Evaluation");
    bind<Benefit>(module, "Benefit");
    bind<FindingCode>(module, "FindingCode");
    bind<AuthorizationType>(module, "AuthorizationType");
    bind<ContractType>(module, "ContractType");
    bind<SolutionArea>(module, "SolutionArea");
    bind<EventType>(module, "EventType");
    bind<Outcome>(module, "Outcome", "Word", 1);
    bind<Grade>(module, "Grade");
}
