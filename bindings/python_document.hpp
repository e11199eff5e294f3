#pragma once

#include <pybind11/pybind11.h>

#include <json/reader.hpp>
#include <vector>

/// A document built from Python values: dicts, lists, strings, numbers, dates, and objects with a `to_dict`.
/// It refers to the strings of the Python values, which must outlive it.
class PythonDocument {
 public:
    /// Build the document; report an error and return false if the values are nested too deep.
    bool read(pybind11::handle value, designation::json::Reader& reader);

    designation::json::Document document;

 private:
    bool walk(pybind11::handle value);
    bool walk_dict(pybind11::handle value);
    bool walk_list(pybind11::handle value);
    bool walk_scalar(pybind11::handle value);
    void walk_integer(pybind11::handle value);
    void walk_large_integer(pybind11::handle value);
    void walk_number(pybind11::handle value);

    std::vector<pybind11::object> converted_;  ///< the results of `to_dict`, which the document refers to
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
