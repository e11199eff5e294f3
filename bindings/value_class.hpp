#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "convert.hpp"

/// A function that reads an attribute of a bound value.
using GetAttribute = std::function<pybind11::object(pybind11::handle self)>;

/// The attributes of a bound value. This class is not a template, to compile the code of all values once.
class ValueAttributes {
 public:
    using Equals = bool (*)(pybind11::handle, pybind11::handle);
    using Set = std::function<void(void* self, const pybind11::object& value)>;

    /// Bind `__eq__`, `__hash__`, and `__repr__`.
    void bind(pybind11::object bound, const char* name, Equals equals);
    void add(const char* name, GetAttribute get, Set set, const char* doc);
    pybind11::tuple as_tuple(pybind11::handle self) const;
    void restore(void* self, const pybind11::tuple& state) const;

 private:
    struct Attribute {
        const char* name;
        GetAttribute get;
        Set set;
    };
    std::string text(pybind11::handle self) const;

    PyObject* bound_ = nullptr;
    std::string name_;
    std::vector<Attribute> attributes_;
};

/// Add a read-only attribute to a bound class.
void add_property(pybind11::handle bound, const char* name, GetAttribute get, const char* doc);

/// The binding of a flat value. Its fields are read-only attributes; it compares, hashes, copies, pickles, and prints
/// by them.
template <class T>
class ValueClass {
 public:
    ValueClass(pybind11::module_& module, const char* name, const char* doc) : class_(module, name, doc) {
        attributes() = {};
        attributes().bind(class_, name, [](pybind11::handle self, pybind11::handle other) {
            return pybind11::isinstance<T>(other) && self.cast<const T&>() == other.cast<const T&>();
        });
        class_.def(pybind11::pickle([](const pybind11::object& self) { return attributes().as_tuple(self); },
                                    [](const pybind11::tuple& state) {
                                        T value;
                                        attributes().restore(&value, state);
                                        return value;
                                    }));
    }

    template <class Member>
    ValueClass& field(const char* name, Member T::* member, const char* doc) {
        attributes().add(
            name, [member](pybind11::handle self) { return to_python(self.cast<const T&>().*member); },
            [member](void* self, const pybind11::object& value) {
                static_cast<T*>(self)->*member = value.cast<Member>();
            },
            doc);
        return *this;
    }

    pybind11::class_<T>& bound() { return class_; }

 private:
    template <class Member>
    static pybind11::object to_python(const Member& value) {
        return pybind11::cast(value);
    }
    template <class Item>
    static pybind11::object to_python(const std::vector<Item>& items) {
        return pybind11::tuple(pybind11::cast(items));
    }
    static ValueAttributes& attributes() {
        static ValueAttributes all;
        return all;
    }

    pybind11::class_<T> class_;
};
