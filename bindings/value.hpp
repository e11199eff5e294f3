#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "convert.hpp"

/// Binds a flat value: its fields are read-only attributes; it compares, hashes, copies, pickles and prints by them.
template <class T>
class ValueClass {
 public:
    ValueClass(pybind11::module_& module, const char* name, const char* doc) : class_(module, name, doc) {
        fields().clear();
        class_.def("__eq__", [](const T& self, const pybind11::object& other) {
            return pybind11::isinstance<T>(other) && self == other.cast<const T&>();
        });
        class_.def("__hash__", [](const T& self) { return pybind11::hash(as_tuple(self)); });
        class_.def("__repr__", [name](const T& self) {
            std::string text = std::string(name) + '(';
            for (const Field& field : fields()) {
                text += (&field == fields().data() ? "" : ", ") + std::string(field.name) + '=' +
                        pybind11::repr(field.get(self)).template cast<std::string>();
            }
            return text + ')';
        });
        class_.def(pybind11::pickle(&as_tuple, [](const pybind11::tuple& state) {
            T value;
            for (std::size_t i = 0; i < fields().size(); ++i) fields()[i].set(value, state[i]);
            return value;
        }));
    }

    template <class Member>
    ValueClass& field(const char* name, Member T::* member, const char* doc) {
        add({name, [member](const T& self) { return python_of(self.*member); },
             [member](T& self, const pybind11::object& value) { self.*member = value.cast<Member>(); }},
            doc);
        return *this;
    }

    pybind11::class_<T>& bound() { return class_; }

 private:
    struct Field {
        const char* name;
        std::function<pybind11::object(const T&)> get;
        std::function<void(T&, const pybind11::object&)> set;
    };
    /// One property is like another, so that their code is there once for each class.
    void add(Field field, const char* doc) {
        class_.def_property_readonly(field.name, [get = field.get](const T& self) { return get(self); }, doc);
        fields().push_back(std::move(field));
    }
    template <class Member>
    static pybind11::object python_of(const Member& value) {
        return pybind11::cast(value);
    }
    template <class Item>
    static pybind11::object python_of(const std::vector<Item>& items) {
        return pybind11::tuple(pybind11::cast(items));
    }
    static std::vector<Field>& fields() {
        static std::vector<Field> all;
        return all;
    }
    static pybind11::tuple as_tuple(const T& self) {
        pybind11::tuple values(fields().size());
        for (std::size_t i = 0; i < fields().size(); ++i) values[i] = fields()[i].get(self);
        return values;
    }

    pybind11::class_<T> class_;
};
