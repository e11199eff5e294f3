#include "python_document.hpp"

#include <cstdint>
#include <limits>
#include <string>

#include "convert.hpp"

namespace py = pybind11;
using designation::json::Kind;
using designation::json::Node;

bool PythonDocument::read(py::handle value, designation::json::Reader& reader) {
    if (walk(value)) return true;
    reader.report_too_deep();
    return false;
}

namespace {

bool is_decimal(py::handle value) { return Py_TYPE(value.ptr())->tp_name == std::string_view("decimal.Decimal"); }

}  // namespace

bool PythonDocument::walk(py::handle value) {
    if (PyDict_Check(value.ptr())) return walk_dict(value);
    if (PyList_Check(value.ptr()) || PyTuple_Check(value.ptr())) return walk_list(value);
    if (walk_scalar(value)) return true;
    keep(value);
    if (py::hasattr(value, "to_dict")) return walk(value.attr("to_dict")());
    document.add(Kind::foreign).text = document.store(Py_TYPE(value.ptr())->tp_name);
    return true;
}

bool PythonDocument::walk_dict(py::handle value) {
    if (!document.open(Kind::object)) return false;
    keep(value);
    PyObject* key = nullptr;
    PyObject* item = nullptr;
    Py_ssize_t position = 0;
    while (PyDict_Next(value.ptr(), &position, &key, &item)) {
        keep(key);
        const auto name = utf8_of(key);
        document.key(name ? *name : document.store(py::repr(key).cast<std::string>()));
        if (!walk(item)) return false;
    }
    document.close();
    return true;
}

bool PythonDocument::walk_list(py::handle value) {
    if (!document.open(Kind::array)) return false;
    keep(value);
    for (const py::handle item : value) {
        if (!walk(item)) return false;
    }
    document.close();
    return true;
}

/// Add an integer of more than 64 bits.
void PythonDocument::walk_large_integer(py::handle value) {
    const double number = PyLong_AsDouble(value.ptr());
    if (!PyErr_Occurred()) {
        Node& node = document.add(Kind::number);
        node.number = number;
        node.text = document.store(py::str(value).cast<std::string>());
    } else {
        PyErr_Clear();
        // Python itself may refuse to print so many digits.
        document.add(Kind::foreign).text = "int beyond 1.7976931348623157e308";
    }
}

void PythonDocument::walk_integer(py::handle value) {
    int overflow = 0;
    const std::int64_t integer = PyLong_AsLongLongAndOverflow(value.ptr(), &overflow);
    if (overflow != 0) return walk_large_integer(value);
    Node& node = document.add(Kind::integer);
    node.integer = integer;
    node.number = static_cast<double>(integer);
    node.text = document.store(std::to_string(integer));
}

void PythonDocument::walk_number(py::handle value) {
    Node& node = document.add(Kind::number);
    node.number = PyFloat_AsDouble(value.ptr());
    if (PyErr_Occurred()) {  // a signaling NaN
        PyErr_Clear();
        node.number = std::numeric_limits<double>::quiet_NaN();
    }
    node.text = document.store(py::str(value).cast<std::string>());
}

/// Add a scalar; return false if the value is not a scalar of a document.
bool PythonDocument::walk_scalar(py::handle value) {
    PyObject* object = value.ptr();
    if (object == Py_None) {
        document.add(Kind::null);
    } else if (PyBool_Check(object)) {
        document.add(Kind::boolean).boolean = object == Py_True;
    } else if (PyUnicode_Check(object)) {
        keep(value);
        const auto text = utf8_of(value);
        document.add(text ? Kind::string : Kind::foreign).text = text.value_or("str with a lone surrogate");
    } else if (PyLong_Check(object)) {
        walk_integer(value);
    } else if (PyFloat_Check(object) || is_decimal(value)) {
        walk_number(value);
    } else if (const auto day = day_of(value)) {
        document.add(Kind::day).integer = day->days_since_1970();
    } else {
        return false;
    }
    return true;
}
