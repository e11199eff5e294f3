#pragma once

#include <pybind11/pybind11.h>

#include <json/reader.hpp>
#include <vector>

/// A document made of Python values: dicts, lists, strings, numbers, dates, and whatever has a `to_dict`.
/// Strings are those of the Python values, so these must outlive the document.
class PythonDocument {
 public:
    /// False where the values are nested too deep, which is reported.
    bool read(pybind11::handle value, designation::json::Reader& reader);

    designation::json::Document document;

 private:
    bool walk(pybind11::handle value);
    bool walk_dict(pybind11::handle value);
    bool walk_list(pybind11::handle value);
    bool walk_scalar(pybind11::handle value);
    void walk_integer(pybind11::handle value);
    void walk_large(pybind11::handle value);
    void walk_real(pybind11::handle value);

    std::vector<pybind11::object> kept_;
};

/// Reads Python values with `read(reader, root)`; throws InputError with every problem where it gives nothing.
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
