#include <designation/evaluation.hpp>

#include "bind.hpp"
#include "by_name.hpp"
#include "value_class.hpp"

namespace py = pybind11;
using namespace designation;

void bind_evaluation(py::module_& module) {
    ValueClass<EvaluationResult>(module, "EvaluationResult", "SSD-E: an evaluation as of a date.")
        .field("verdict", &EvaluationResult::verdict, "Whether the pass that counts is in force.")
        .field("passed_on", &EvaluationResult::passed_on, "The date of the pass that counts, even if it has expired.")
        .field("valid_through", &EvaluationResult::valid_through, "The last day on which the pass is in force.");
    bind_by_name<Evaluation, EvaluationResult>(module, "Evaluations", "SSD-E1 to SSD-E3, by attribute or by name.");
}
