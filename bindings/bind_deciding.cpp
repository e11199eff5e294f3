#include <designation/deciding.hpp>

#include "bind.hpp"
#include "bound_assessment.hpp"
#include "convert.hpp"
#include "python_sink.hpp"

namespace py = pybind11;
using namespace designation;

void bind_deciding(py::module_& module) {
    module.def(
        "deciding",
        [](const BoundAssessment& assessment) {
            return to_dict(deciding(*assessment.partner, assessment.value.as_of, *assessment.rules));
        },
        py::arg("assessment"), "Return the interpretations whose other reading gives another answer.");
}
