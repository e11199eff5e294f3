#include "bind.hpp"
#include "convert.hpp"

namespace py = pybind11;
using namespace designation;

namespace {

/// Bind an enumeration as a Python enumeration of its names, from the index `first` on.
template <class Enum>
void bind(py::module_& module, const char* name, const char* base = "StringEnum", std::size_t first = 0) {
    const py::object build_enum = py::module_::import("designation._enums").attr("build_enum");
    py::list names;
    for (std::size_t i = first; i < count_of<Enum>; ++i) names.append(std::string(enum_names<Enum>[i]));
    const py::object python_enum = build_enum(base, name, names);
    for (std::size_t i = 0; i < count_of<Enum>; ++i) {
        python_members<Enum>[i] =
            i < first ? py::none().release().ptr() : python_enum(enum_names<Enum>[i]).release().ptr();
    }
    module.attr(name) = python_enum;
}

}  // namespace

void bind_enums(py::module_& module) {
    bind<Verdict>(module, "Verdict", "StringEnumWithoutTruth");
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
    bind<Outcome>(module, "Outcome", "StringEnum", 1);
    bind<Grade>(module, "Grade");
}
