#include <designation/facts_after.hpp>
#include <designation/partner.hpp>

#include "bind.hpp"
#include "convert.hpp"

namespace py = pybind11;
using namespace designation;

void bind_facts_after(py::module_& module) {
    module.def(
        "warnings", [](const Partner& partner, const py::object& as_of) { return warnings(partner, to_day(as_of)); },
        py::arg("partner"), py::arg("as_of"), "Return a warning for each fact dated more than 20 years after a date.");
}
