#include <designation/timeline.hpp>
#include <memory>

#include "answer.hpp"
#include "bind.hpp"
#include "convert.hpp"

namespace py = pybind11;
using namespace designation;

namespace {

/// A run of days with what its assessment was made of.
struct Run {
    Day from;
    Day through;
    Answer answer;
    friend bool operator==(const Run&, const Run&) = default;
};

}  // namespace

void bind_timeline(py::module_& module) {
    py::class_<Run>(module, "Segment", "A maximal run of days on which the state is the same.")
        .def(py::init([](const py::object& from, const py::object& through, const Answer& assessment) {
                 return Run{day_of(from), day_of(through), assessment};
             }),
             py::arg("from_"), py::arg("through"), py::arg("assessment"))
        .def_property_readonly(
            "from_", [](const Run& self) { return self.from; }, "The first day.")
        .def_property_readonly(
            "through", [](const Run& self) { return self.through; }, "The last day.")
        .def_property_readonly(
            "assessment", [](const Run& self) { return self.answer; }, "As of the first day.")
        .def("__eq__",
             [](const Run& self, const py::object& other) {
                 return py::isinstance<Run>(other) && self == other.cast<const Run&>();
             })
        .def("__hash__", [](const Run& self) { return py::hash(py::make_tuple(self.from, self.through, self.answer)); })
        .def("__repr__",
             [](const Run& self) {
                 return "<Segment " + to_string(self.from) + " to " + to_string(self.through) + ": " +
                        std::string(to_string(self.answer.value.term.status)) + '>';
             })
        .def("__reduce__", [](const py::object& self) {
            return py::make_tuple(py::type::of(self),
                                  py::make_tuple(self.attr("from_"), self.attr("through"), self.attr("assessment")));
        });

    module.def(
        "timeline",
        [](const std::shared_ptr<Partner>& partner, const py::object& from, const py::object& through,
           const std::shared_ptr<Rules>& rules) {
            std::vector<Run> runs;
            for (const Segment& segment : timeline(*partner, {day_of(from), day_of(through)}, *rules)) {
                runs.push_back({segment.days.from, segment.days.through, {segment.assessment, partner, rules}});
            }
            return runs;
        },
        py::arg("partner"), py::arg("from_"), py::arg("through"), py::arg("rules"),
        "The runs of equal state that cover a span.");
    module.def(
        "next_change",
        [](const std::shared_ptr<Partner>& partner, const py::object& as_of,
           const std::shared_ptr<Rules>& rules) -> std::optional<Answer> {
            const auto change = next_change(*partner, day_of(as_of), *rules);
            if (!change) return std::nullopt;
            return Answer{change->after, partner, rules};
        },
        py::arg("partner"), py::arg("as_of"), py::arg("rules"),
        "The assessment as of the first later day on which the state differs; None where it never does.");
}
