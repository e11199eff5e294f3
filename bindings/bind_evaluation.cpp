#include <designation/evaluation.hpp>

#include "bind.hpp"
#include "by_word.hpp"
#include "value.hpp"

namespace py = pybind11;
using namespace designation;

void bind_evaluation(py::module_& module) {
    ValueClass<EvaluationResult>(module, "EvaluationResult", "SSD-E: an evaluation as of a day.")
        .field("verdict", &EvaluationResult::verdict, "Whether the pass that counts is in force.")
        .field("passed_on", &EvaluationResult::passed_on, "The day of the pass that counts, also when it has run out.")
        .field("valid_through", &EvaluationResult::valid_through, "Its last day in force.");
    bind_by_word<Evaluation, EvaluationResult>(module, "Evaluations", "SSD-E1 to SSD-E3, by attribute or by name.");
}
