#pragma once

#include "convert.hpp"

/// Bind a class with one `T` for each value of an enumeration: as attributes, and as a read-only mapping by name.
template <class Enum, class T>
void bind_by_name(pybind11::module_& module, const char* name, const char* doc) {
    namespace py = pybind11;
    using Values = designation::PerValue<Enum, T>;
    py::class_<Values> bound(module, name, doc);
    for (std::size_t i = 0; i < designation::count_of<Enum>; ++i) {
        bound.def_property_readonly(
            std::string(designation::enum_names<Enum>[i]).c_str(), [i](const Values& self) { return self.values[i]; },
            ("The value for " + std::string(designation::enum_names<Enum>[i]) + '.').c_str());
    }
    const auto as_dict = [](const Values& self) {
        py::dict values;
        for (std::size_t i = 0; i < designation::count_of<Enum>; ++i) {
            values[py::str(std::string(designation::enum_names<Enum>[i]))] = self.values[i];
        }
        return values;
    };
    bound
        .def("__getitem__",
             [](const Values& self, const std::string& key_name) {
                 const auto key = designation::from_name<Enum>(key_name);
                 if (!key) throw py::key_error(key_name);
                 return self[*key];
             })
        .def("__iter__", [as_dict](const Values& self) { return py::iter(as_dict(self)); })
        .def("__len__", [](const Values&) { return designation::count_of<Enum>; })
        .def("keys", [as_dict](const Values& self) { return as_dict(self).attr("keys")(); })
        .def("items", [as_dict](const Values& self) { return as_dict(self).attr("items")(); })
        .def("__eq__", &is_equal<Values>)
        .def("__hash__", [as_dict](const Values& self) { return py::hash(py::tuple(as_dict(self).attr("values")())); })
        .def("__repr__",
             [as_dict, name](const Values& self) {
                 return std::string(name) + '(' + std::string(py::str(as_dict(self))) + ')';
             })
        .def(py::pickle(as_dict, [](const py::dict& state) {
            Values values;
            for (std::size_t i = 0; i < designation::count_of<Enum>; ++i) {
                values.values[i] = state[py::str(std::string(designation::enum_names<Enum>[i]))].template cast<T>();
            }
            return values;
        }));
}
