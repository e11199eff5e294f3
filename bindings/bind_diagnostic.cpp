#include <designation/diagnostic.hpp>
#include <string>
#include <utility>

#include "bind.hpp"
#include "value.hpp"

namespace py = pybind11;
using designation::Diagnostic;

void bind_diagnostic(py::module_& module) {
    ValueClass<Diagnostic>(module, "Diagnostic", "One problem of an input, at its place.")
        .field("code", &Diagnostic::code, "What kind of problem: `type`, `unknown_key`, `date`, `range`, ...")
        .field("pointer", &Diagnostic::pointer, "JSON Pointer into the document; empty for the whole.")
        .field("line", &Diagnostic::line, "From 1; 0 where the input was no text.")
        .field("column", &Diagnostic::column, "From 1, in bytes; 0 where the input was no text.")
        .field("message", &Diagnostic::message, "What is wrong and what would be right.")
        .field("file", &Diagnostic::file, "The input's name; empty where it has none.")
        .bound()
        .def(py::init([](std::string code, std::string message, std::string pointer, std::string file, std::size_t line,
                         std::size_t column) {
                 return Diagnostic{std::move(code), std::move(pointer), line,
                                   column,          std::move(message), std::move(file)};
             }),
             py::kw_only(), py::arg("code"), py::arg("message"), py::arg("pointer") = "", py::arg("file") = "",
             py::arg("line") = 0, py::arg("column") = 0, "A problem of an input that the core does not read itself.")
        .def("__str__", [](const Diagnostic& self) { return to_string(self); });

    py::register_exception_translator([](std::exception_ptr pointer) {
        try {
            if (pointer) std::rethrow_exception(pointer);
        } catch (const designation::InputError& error) {
            const py::object type = py::module_::import("designation._errors").attr("InputError");
            PyErr_SetObject(type.ptr(), type(py::cast(error.diagnostics())).ptr());
        }
    });
}
