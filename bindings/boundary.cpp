#include "boundary.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "convert.hpp"

namespace py = pybind11;

namespace {

using Call = PyObject* (*)(PyObject* self, PyObject* const* arguments, Py_ssize_t count, PyObject* names);

/// The function of pybind11 that every bound function runs.
Call dispatch = nullptr;

/// pybind11 allocates a value that `__init__` did not build when it is first read, and leaves its memory as it is.
void* refuse_to_allocate(std::size_t /*size*/) { throw py::type_error(value_without_init); }

/// pybind11 ends the process when it cannot print the name of a keyword.
bool are_text(PyObject* names) {
    const Py_ssize_t count = names ? PyTuple_GET_SIZE(names) : 0;
    for (Py_ssize_t i = 0; i < count; ++i) {
        if (PyUnicode_AsUTF8AndSize(PyTuple_GET_ITEM(names, i), nullptr)) continue;
        PyErr_Clear();
        PyErr_SetString(PyExc_TypeError, "the name of a keyword has a lone surrogate");
        return false;
    }
    return true;
}

/// Return the types of the arguments of a call, as in "str, date, indent=float".
std::string types_of(PyObject* const* arguments, Py_ssize_t count, PyObject* names) {
    const Py_ssize_t all = count + (names ? PyTuple_GET_SIZE(names) : 0);
    std::string text;
    for (Py_ssize_t i = 0; i < all; ++i) {
        text += i == 0 ? "" : ", ";
        if (i >= count) text += py::str(PyTuple_GET_ITEM(names, i - count)).cast<std::string>() + '=';
        text += Py_TYPE(arguments[i])->tp_name;
    }
    return text;
}

/// pybind11 lists what is accepted over several lines, and prints every argument in full. Say it in one line.
void shorten_error(PyObject* const* arguments, Py_ssize_t count, PyObject* names) {
    py::error_already_set error;
    constexpr std::string_view list = " arguments. The following argument types are supported:\n    1. ";
    const std::string message = py::str(error.value()).cast<std::string>();
    const std::size_t begin = message.find(list);
    if (begin == std::string::npos) {
        error.restore();
        return;
    }
    std::string accepted = message.substr(begin + list.size());
    accepted.resize(std::min(accepted.find('\n'), accepted.rfind(" -> ", accepted.find('\n'))));
    PyErr_SetString(PyExc_TypeError, (accepted + " expected, not (" + types_of(arguments, count, names) + ')').c_str());
}

PyObject* call_guarded(PyObject* self, PyObject* const* arguments, Py_ssize_t count, PyObject* names) {
    if (!are_text(names)) return nullptr;
    PyObject* result = dispatch(self, arguments, count, names);
    if (!result && PyErr_ExceptionMatches(PyExc_TypeError)) shorten_error(arguments, count, names);
    return result;
}

void guard_function(py::handle object) {
    const py::handle function = py::detail::get_function(object);
    if (!PyCFunction_Check(function.ptr())) return;
    PyMethodDef* definition = reinterpret_cast<PyCFunctionObject*>(function.ptr())->m_ml;
    if (definition->ml_flags != (METH_FASTCALL | METH_KEYWORDS)) return;
    const auto call = reinterpret_cast<Call>(reinterpret_cast<void (*)()>(definition->ml_meth));
    if (!dispatch) dispatch = call;
    if (call != dispatch) return;
    definition->ml_meth = reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(&call_guarded));
}

void guard_class(py::handle bound) {
    py::detail::type_info* type = py::detail::get_type_info(reinterpret_cast<PyTypeObject*>(bound.ptr()));
    if (!type) return;  // an enumeration
    type->operator_new = &refuse_to_allocate;
    for (const auto& [name, member] : py::dict(bound.attr("__dict__"))) {
        if (PyObject_TypeCheck(member.ptr(), &PyProperty_Type)) {
            guard_function(member.attr("fget"));
        } else {
            guard_function(member);
        }
    }
}

}  // namespace

void guard_boundary(const py::module_& module) {
    // A value that cannot be converted is a wrong type, also within a list or a dict.
    py::register_local_exception_translator([](std::exception_ptr pointer) {
        try {
            if (pointer) std::rethrow_exception(pointer);
        } catch (const py::cast_error&) {
            py::set_error(PyExc_TypeError, "an argument, or an item of it, has a type that is not accepted here");
        }
    });
    for (const auto& [name, member] : py::dict(module.attr("__dict__"))) {
        if (PyType_Check(member.ptr())) {
            guard_class(member);
        } else {
            guard_function(member);
        }
    }
}
