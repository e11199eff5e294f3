#include "value_class.hpp"

#include <algorithm>

namespace py = pybind11;

void add_property(py::handle bound, const char* name, GetAttribute get, const char* doc) {
    const py::cpp_function get_value([get = std::move(get)](const py::object& self) { return get(self); },
                                     py::is_method(bound));
    const auto property = py::reinterpret_borrow<py::object>(reinterpret_cast<PyObject*>(&PyProperty_Type));
    bound.attr(name) = property(get_value, py::none(), py::none(), doc);
}

void ValueAttributes::bind(py::object bound, const char* name, Equals equals) {
    bound_ = bound.ptr();
    name_ = name;
    const auto define = [&](const char* method, auto body) {
        bound.attr(method) = py::cpp_function(body, py::name(method), py::is_method(bound));
    };
    define("__eq__", [equals](const py::object& self, const py::object& other) { return equals(self, other); });
    define("__hash__", [this](const py::object& self) { return py::hash(as_tuple(self)); });
    define("__repr__", [this](const py::object& self) { return text(self); });
}

void ValueAttributes::add(const char* name, GetAttribute get, Set set, const char* doc) {
    add_property(bound_, name, get, doc);
    attributes_.push_back({name, std::move(get), std::move(set)});
}

py::tuple ValueAttributes::as_tuple(py::handle self) const {
    py::tuple values(attributes_.size());
    for (std::size_t i = 0; i < attributes_.size(); ++i) values[i] = attributes_[i].get(self);
    return values;
}

void ValueAttributes::restore(void* self, const py::tuple& state) const {
    // The state that an earlier version saved lacks the attributes added since; they keep their defaults.
    const std::size_t saved = std::min(attributes_.size(), state.size());
    for (std::size_t i = 0; i < saved; ++i) attributes_[i].set(self, state[i]);
}

std::string ValueAttributes::text(py::handle self) const {
    std::string text = name_ + '(';
    for (const Attribute& attribute : attributes_) {
        text += (&attribute == attributes_.data() ? "" : ", ") + std::string(attribute.name) + '=' +
                py::repr(attribute.get(self)).cast<std::string>();
    }
    return text + ')';
}
