#pragma once

#include <pybind11/pybind11.h>

#include <json/reader.hpp>
#include <vector>

#include "signals.hpp"

/// A document built from Python values: dicts, lists, strings, numbers, dates, and objects with a `to_dict`.
/// It refers to the strings of the Python values, and keeps them.
class PythonDocument {
 public:
    PythonDocument() { kept_.reserve(64); }
    ~PythonDocument() {
        for (PyObject* value : kept_) Py_DECREF(value);
    }
    PythonDocument(const PythonDocument&) = delete;
    PythonDocument& operator=(const PythonDocument&) = delete;

    /// Build the document; report an error and return false if the values are nested too deep.
    bool read(pybind11::handle value, designation::json::Reader& reader);

    designation::json::Document document{checkpoint};

 private:
    bool walk(pybind11::handle value);
    bool walk_dict(pybind11::handle value);
    bool walk_list(pybind11::handle value);
    bool walk_scalar(pybind11::handle value);
    void walk_integer(pybind11::handle value);
    void walk_large_integer(pybind11::handle value);
    void walk_number(pybind11::handle value);

    /// Keep a value while the document refers to it: a `to_dict` or the handler of a signal may change its container.
    void keep(pybind11::handle value) { kept_.push_back(value.inc_ref().ptr()); }

    inline static const designation::Checkpoint checkpoint = handle_signals;
    std::vector<PyObject*> kept_;  ///< which moves faster than a vector of objects
};

/// Read Python values with `read(reader, root)`; throw InputError with every problem if it returns nothing.
template <class Read>
auto read_python(pybind11::handle value, std::string_view file, Read read) {
    PythonDocument source;
    designation::json::Reader reader(source.document);
    using Result = decltype(read(reader, *source.document.root()));
    Result result{};
    if (source.read(value, reader)) result = read(reader, *source.document.root());
    if (!result) throw designation::InputError(std::move(reader).finish({}, file));
    return result;
}
