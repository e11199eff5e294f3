#include "document_of.hpp"

#include <datetime.h>

#include <cmath>

#include "convert.hpp"

namespace py = pybind11;
using designation::json::Kind;
using designation::json::Node;

bool PythonDocument::read(py::handle value, designation::json::Reader& reader) {
    if (!PyDateTimeAPI) PyDateTime_IMPORT;
    if (walk(value)) return true;
    reader.report_too_deep();
    return false;
}

namespace {

/// The UTF-8 of a string; nothing where it has a lone surrogate.
std::optional<std::string_view> utf8_of(py::handle text) {
    Py_ssize_t size = 0;
    const char* utf8 = PyUnicode_AsUTF8AndSize(text.ptr(), &size);
    if (utf8) return std::string_view{utf8, static_cast<std::size_t>(size)};
    PyErr_Clear();
    return std::nullopt;
}

}  // namespace

bool PythonDocument::walk(py::handle value) {
    if (PyDict_Check(value.ptr())) return walk_dict(value);
    if (PyList_Check(value.ptr()) || PyTuple_Check(value.ptr())) return walk_list(value);
    if (!PyUnicode_Check(value.ptr()) && py::hasattr(value, "to_dict")) {
        return walk(kept_.emplace_back(value.attr("to_dict")()));
    }
    walk_scalar(value);
    return true;
}

bool PythonDocument::walk_dict(py::handle value) {
    if (!document.open(Kind::object)) return false;
    PyObject* key = nullptr;
    PyObject* item = nullptr;
    Py_ssize_t position = 0;
    while (PyDict_Next(value.ptr(), &position, &key, &item)) {
        const auto name = PyUnicode_Check(key) ? utf8_of(key) : std::nullopt;
        document.key(name ? *name : document.keep(py::repr(key).cast<std::string>()));
        if (!walk(item)) return false;
    }
    document.close();
    return true;
}

bool PythonDocument::walk_list(py::handle value) {
    if (!document.open(Kind::array)) return false;
    for (const py::handle item : value) {
        if (!walk(item)) return false;
    }
    document.close();
    return true;
}

void PythonDocument::walk_scalar(py::handle value) {
    PyObject* of = value.ptr();
    if (of == Py_None) {
        document.add(Kind::null);
    } else if (PyBool_Check(of)) {
        document.add(Kind::boolean).boolean = of == Py_True;
    } else if (PyUnicode_Check(of)) {
        const auto text = utf8_of(value);
        document.add(text ? Kind::string : Kind::foreign).text = text.value_or("str with a lone surrogate");
    } else if (PyLong_Check(of)) {
        int overflow = 0;
        const std::int64_t integer = PyLong_AsLongLongAndOverflow(of, &overflow);
        Node& node = document.add(overflow == 0 ? Kind::integer : Kind::number);
        node.integer = integer;
        node.number = overflow == 0 ? static_cast<double>(integer) : HUGE_VAL;
        node.text = document.keep(py::str(value).cast<std::string>());
    } else if (PyFloat_Check(of) || py::isinstance(value, py::module_::import("decimal").attr("Decimal"))) {
        Node& node = document.add(Kind::number);
        node.number = PyFloat_AsDouble(of);
        node.text = document.keep(py::str(value).cast<std::string>());
    } else if (PyDate_Check(of) && !PyDateTime_Check(of)) {
        const std::chrono::year_month_day civil{std::chrono::year{PyDateTime_GET_YEAR(of)},
                                                std::chrono::month{static_cast<unsigned>(PyDateTime_GET_MONTH(of))},
                                                std::chrono::day{static_cast<unsigned>(PyDateTime_GET_DAY(of))}};
        document.add(Kind::day).integer = std::chrono::sys_days{civil}.time_since_epoch().count();
    } else {
        document.add(Kind::foreign).text = document.keep(Py_TYPE(of)->tp_name);
    }
}
