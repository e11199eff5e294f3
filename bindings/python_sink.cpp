#include "python_sink.hpp"

#include <unordered_map>

namespace py = pybind11;

void PythonSink::open(const py::object& container) {
    put(container);
    open_.push_back(container);
}

void PythonSink::put(const py::object& value) {
    if (open_.empty()) {
        root_ = value;
    } else if (PyDict_Check(open_.back().ptr())) {
        if (PyDict_SetItem(open_.back().ptr(), key_.ptr(), value.ptr()) != 0) throw py::error_already_set();
    } else if (PyList_Append(open_.back().ptr(), value.ptr()) != 0) {
        throw py::error_already_set();
    }
}

py::handle PythonSink::intern(std::string_view literal) {
    // Literals live as long as the program, so their addresses identify them.
    static std::unordered_map<const char*, PyObject*> strings;
    PyObject*& string = strings[literal.data()];
    if (!string) {
        string = PyUnicode_FromStringAndSize(literal.data(), static_cast<Py_ssize_t>(literal.size()));
        PyUnicode_InternInPlace(&string);
    }
    return string;
}
