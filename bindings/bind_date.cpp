#include <designation/date.hpp>

#include "bind.hpp"
#include "convert.hpp"

namespace py = pybind11;
using namespace designation;

void bind_date(py::module_& module) {
    module.def(
        "parse_day", [](Day day) { return day; }, py::arg("day"), "Parse a date as datetime.date or \"YYYY-MM-DD\".");
    module.def("add_years", &add_years, py::arg("day"), py::arg("years"),
               py::arg_v("leap_day", LeapDay::clamp, "'clamp'"),
               "Return the same month and day `years` years later; `leap_day` decides what February 29 becomes in a "
               "common year.");
    module.def(
        "add_days", [](Day day, int days) { return day + days; }, py::arg("day"), py::arg("days"),
        "Return the date `days` days later, or earlier if `days` is negative.");
}
