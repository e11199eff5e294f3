#include <designation/diagnostic.hpp>
#include <optional>
#include <string>
#include <utility>

#include "bind.hpp"
#include "value_class.hpp"

namespace py = pybind11;
using designation::Diagnostic;

void bind_diagnostic(py::module_& module) {
    ValueClass<Diagnostic>(module, "Diagnostic", "A problem of an input, and its location.")
        .field("code", &Diagnostic::code, "The kind of problem: `type`, `unknown_key`, `date`, `range`, ...")
        .field("pointer", &Diagnostic::pointer, "JSON Pointer into the document; empty for the whole document.")
        .field("line", &Diagnostic::line, "The line, from 1; 0 if the input was not text.")
        .field("column", &Diagnostic::column, "The column in bytes, from 1; 0 if the input was not text.")
        .field("message", &Diagnostic::message, "The problem, then what is valid.")
        .field("file", &Diagnostic::file, "The input's name; empty if it has none.")
        .field("count", &Diagnostic::count, "With the code `more`, the number of problems that are not listed; else 1.")
        .bound()
        .def(py::init([](std::string code, std::string message, std::string pointer, std::string file, std::size_t line,
                         std::size_t column, std::size_t count) {
                 return Diagnostic{
                     std::move(code), std::move(pointer), std::move(message), std::move(file), line, column, count};
             }),
             py::kw_only(), py::arg("code"), py::arg("message"), py::arg("pointer") = "", py::arg("file") = "",
             py::arg("line") = 0, py::arg("column") = 0, py::arg("count") = 1,
             "Build a problem of an input that the core does not read itself.")
        .def(
            "replace",
            [](Diagnostic self, std::optional<std::string> message, std::optional<std::string> pointer,
               std::optional<std::string> file, std::optional<std::size_t> line, std::optional<std::size_t> column) {
                self.message = std::move(message).value_or(self.message);
                self.pointer = std::move(pointer).value_or(self.pointer);
                self.file = std::move(file).value_or(self.file);
                self.line = line.value_or(self.line);
                self.column = column.value_or(self.column);
                return self;
            },
            py::kw_only(), py::arg("message") = py::none(), py::arg("pointer") = py::none(),
            py::arg("file") = py::none(), py::arg("line") = py::none(), py::arg("column") = py::none(),
            "Return the problem with another message or location.")
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
