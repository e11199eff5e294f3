#include <designation/date.hpp>

#include "bind.hpp"
#include "convert.hpp"

namespace py = pybind11;
using namespace designation;

void bind_date(py::module_& module) {
    module.def("parse_day", [](Day day) { return day; }, py::arg("day"), "The day of a date or of \"YYYY-MM-DD\".");
    module.def(
        "add_years", &add_years, py::arg("day"), py::arg("years"), py::arg_v("leap_day", LeapDay::clamp, "'clamp'"),
        "The same month and day `years` years later; `leap_day` says what 29 February becomes in a common year.");
    module.def(
        "add_days", [](Day day, int days) { return day + days; }, py::arg("day"), py::arg("days"),
        "The day `days` days later; earlier where it is negative.");
}
