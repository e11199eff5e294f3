#include <designation/editions.hpp>
#include <designation/version.hpp>

#include "bind.hpp"
#include "convert.hpp"

namespace py = pybind11;
using namespace designation;

void bind_editions(py::module_& module) {
    module.attr("__version__") = std::string(version);
    module.def("editions", [] { return std::vector<std::string>(editions().begin(), editions().end()); });
    module.def("builtin_rulebook",
               [](const std::string& edition) { return std::const_pointer_cast<Rulebook>(builtin_rulebook(edition)); });
}
