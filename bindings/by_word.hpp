#pragma once

#include "convert.hpp"

/// Binds one `T` for each value of an enumeration: an attribute each, and by its word like a read-only mapping.
template <class Enum, class T>
void bind_by_word(pybind11::module_& module, const char* name, const char* doc) {
    namespace py = pybind11;
    using Values = designation::PerValue<Enum, T>;
    py::class_<Values> bound(module, name, doc);
    for (std::size_t i = 0; i < designation::count_of<Enum>; ++i) {
        bound.def_property_readonly(
            std::string(designation::enum_names<Enum>[i]).c_str(), [i](const Values& self) { return self.values[i]; },
            ("Of " + std::string(designation::enum_names<Enum>[i]) + '.').c_str());
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
             [](const Values& self, const std::string& word) {
                 const auto key = designation::from_name<Enum>(word);
                 if (!key) throw py::key_error(word);
                 return self[*key];
             })
        .def("__iter__", [as_dict](const Values& self) { return py::iter(as_dict(self)); })
        .def("__len__", [](const Values&) { return designation::count_of<Enum>; })
        .def("keys", [as_dict](const Values& self) { return as_dict(self).attr("keys")(); })
        .def("items", [as_dict](const Values& self) { return as_dict(self).attr("items")(); })
        .def("__eq__",
             [](const Values& self, const py::object& other) {
                 return py::isinstance<Values>(other) && self == other.cast<const Values&>();
             })
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
