#include <designation/rulebook.hpp>
#include <memory>

#include "bind.hpp"
#include "convert.hpp"

namespace py = pybind11;
using namespace designation;

void bind_rulebook(py::module_& module) {
    py::class_<Rulebook, std::shared_ptr<Rulebook>>(
        module, "Rulebook", R"(An edition of the program: its parameters, its wording, and the sources of both.

Example:
    >>> import designation as dsg
    >>> dsg.rulebooks.load("2025-11").to_dict()["term"]["years"]
    1)")
        .def_property_readonly(
            "edition", [](const Rulebook& self) { return self.edition; }, "The edition's name.")
        .def_property_readonly(
            "title", [](const Rulebook& self) { return self.title; }, "The title, for people.")
        .def_property_readonly(
            "digest", [](const Rulebook& self) { return self.digest; }, "The digest of the whole content.")
        .def(
            "to_json", [](const Rulebook& self) { return self.json; },
            "Return the whole content as JSON text, including what it extends.")
        .def(
            "to_dict", [](const Rulebook& self) { return py::module_::import("json").attr("loads")(self.json); },
            "Return the whole content as a dict, including what it extends.")
        .def("__eq__",
             [](const Rulebook& self, const py::object& other) {
                 return py::isinstance<Rulebook>(other) && self.json == other.cast<const Rulebook&>().json;
             })
        .def("__hash__", [](const Rulebook& self) { return py::hash(py::str(self.json)); })
        .def("__repr__", [](const Rulebook& self) { return "<Rulebook " + self.edition + ' ' + self.digest + '>'; })
        .def("__reduce__", [](const Rulebook& self) {
            return py::make_tuple(py::module_::import("designation._core").attr("parse_rulebook"),
                                  py::make_tuple(self.json));
        });
}
