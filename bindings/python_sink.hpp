#pragma once

#include <pybind11/pybind11.h>

#include <json/sink.hpp>
#include <vector>

/// Builds Python dicts, lists and scalars.
class PythonSink final : public designation::json::Sink {
 public:
    void begin_object() override { open(pybind11::dict()); }
    void begin_array() override { open(pybind11::list()); }
    void end() override { open_.pop_back(); }
    void key(std::string_view name) override { key_ = intern(name); }
    void null() override { put(pybind11::none()); }
    void boolean(bool value) override { put(pybind11::bool_(value)); }
    void integer(std::int64_t value) override { put(pybind11::int_(value)); }
    void number(double value) override { put(pybind11::float_(value)); }
    void literal(std::string_view value) override {
        put(pybind11::reinterpret_borrow<pybind11::object>(intern(value)));
    }
    void string(std::string_view value) override { put(pybind11::str(value.data(), value.size())); }

    pybind11::object release() { return std::move(root_); }

 private:
    void open(const pybind11::object& container);
    void put(const pybind11::object& value);
    static pybind11::handle intern(std::string_view literal);

    pybind11::object root_;
    std::vector<pybind11::handle> open_;
    pybind11::handle key_;
};

/// Return the result of `json::encode` as Python values.
template <class... Values>
pybind11::object to_dict(const Values&... values) {
    PythonSink sink;
    designation::json::encode(sink, values...);
    return sink.release();
}
