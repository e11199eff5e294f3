#include <designation/json.hpp>
#include <memory>

#include "bind.hpp"
#include "bound_policy.hpp"
#include "convert.hpp"
#include "json/synonyms.hpp"
#include "rulebooks/rule_index.hpp"
#include "signals.hpp"

namespace py = pybind11;
using namespace designation;

void bind_json(py::module_& module) {
    const std::size_t limit = ReadOptions{}.largest_document;
    module.def(
        "parse_partner",
        [](std::string_view text, std::string_view file, std::size_t max_bytes) {
            return std::make_shared<Partner>(parse_partner(text, {file, max_bytes, handle_signals}));
        },
        py::arg("text"), py::arg("file") = "", py::arg("max_bytes") = limit);
    module.def(
        "parse_policy",
        [](std::string_view text, std::string_view file, std::size_t max_bytes, const Rulebook* rulebook) {
            return BoundPolicy{parse_policy(text, {file, max_bytes, handle_signals}, rulebook), {}};
        },
        py::arg("text"), py::arg("file") = "", py::arg("max_bytes") = limit, py::arg("rulebook") = py::none());
    module.def(
        "parse_rulebook",
        [](std::string_view text, std::string_view file, std::size_t max_bytes) {
            return std::const_pointer_cast<Rulebook>(parse_rulebook(text, {file, max_bytes, handle_signals}));
        },
        py::arg("text"), py::arg("file") = "", py::arg("max_bytes") = limit);
    module.def(
        "check_rulebook",
        [](std::string_view text, std::string_view file, std::size_t max_bytes) {
            return check_rulebook(text, {file, max_bytes});
        },
        py::arg("text"), py::arg("file") = "", py::arg("max_bytes") = limit);
    module.def("rules_by_location", [] {
        py::dict rules;
        for (const auto& [pointer, ids] : rules_by_location()) {
            py::list names;
            for (const Rule rule : ids) names.append(std::string(to_string(rule)));
            rules[py::str(std::string(pointer))] = py::tuple(names);
        }
        return rules;
    });
    module.def("meaning", &json::meaning, py::arg("word"),
               "Return the key that a word means, such as \"through\" for \"to\"; empty if it means none.");
    module.attr("MAX_BYTES") = limit;
}
