#include "document_of.hpp"

#include <datetime.h>

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

std::string_view PythonDocument::text_of(py::handle text) {
    Py_ssize_t size = 0;
    const char* utf8 = PyUnicode_AsUTF8AndSize(text.ptr(), &size);
    if (utf8) return {utf8, static_cast<std::size_t>(size)};
    // A lone surrogate has no UTF-8: shown escaped, as Python does.
    PyErr_Clear();
    return document.keep(py::repr(text).cast<std::string>());
}

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
        if (PyUnicode_Check(key)) {
            document.key(text_of(key));
        } else {
            document.key(document.keep(py::repr(key).cast<std::string>()));
        }
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
        document.add(Kind::string).text = text_of(value);
    } else if (PyLong_Check(of)) {
        Node& node = document.add(Kind::integer);
        int overflow = 0;
        node.integer = PyLong_AsLongLongAndOverflow(of, &overflow);
        if (overflow != 0) node.integer = overflow > 0 ? INT64_MAX : INT64_MIN;
        node.number = static_cast<double>(node.integer);
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
