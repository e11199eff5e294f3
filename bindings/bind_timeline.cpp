#include <designation/timeline.hpp>
#include <memory>

#include "bind.hpp"
#include "bound_assessment.hpp"
#include "convert.hpp"
#include "signals.hpp"

namespace py = pybind11;
using namespace designation;

namespace {

/// A segment whose assessment can show its lists and texts.
struct BoundSegment {
    Day from;
    Day through;
    BoundAssessment assessment;
    friend bool operator==(const BoundSegment&, const BoundSegment&) = default;
};

}  // namespace

void bind_timeline(py::module_& module) {
    py::class_<BoundSegment>(module, "Segment", "A maximal period in which the state does not change.")
        .def(py::init([](const py::object& from, const py::object& through, const BoundAssessment& assessment) {
                 return BoundSegment{to_day(from), to_day(through), assessment};
             }),
             py::arg("from_"), py::arg("through"), py::arg("assessment"))
        .def_property_readonly(
            "from_", [](const BoundSegment& self) { return self.from; }, "The first day.")
        .def_property_readonly(
            "through", [](const BoundSegment& self) { return self.through; }, "The last day.")
        .def_property_readonly(
            "assessment", [](const BoundSegment& self) { return self.assessment; },
            "The assessment as of the first day.")
        .def("__eq__", &is_equal<BoundSegment>)
        .def(
            "__hash__",
            [](const BoundSegment& self) { return py::hash(py::make_tuple(self.from, self.through, self.assessment)); })
        .def("__repr__",
             [](const BoundSegment& self) {
                 return "<Segment " + to_string(self.from) + " to " + to_string(self.through) + ": " +
                        std::string(to_string(self.assessment.value.term.status)) + '>';
             })
        .def("__reduce__", [](const BoundSegment& self) {
            return py::make_tuple(py::type::of<BoundSegment>(),
                                  py::make_tuple(self.from, self.through, self.assessment));
        });

    module.def(
        "timeline",
        [](const std::shared_ptr<Partner>& partner, const py::object& from, const py::object& through,
           const std::shared_ptr<Rules>& rules) {
            py::list segments;
            for (const Segment& segment : timeline(*partner, {to_day(from), to_day(through)}, *rules, handle_signals)) {
                handle_signals();
                segments.append(
                    BoundSegment{segment.days.from, segment.days.through, {segment.assessment, partner, rules}});
            }
            return segments;
        },
        py::arg("partner"), py::arg("from_"), py::arg("through"), py::arg("rules"),
        "Return the segments that cover a span.");
    module.def(
        "next_change",
        [](const std::shared_ptr<Partner>& partner, const py::object& as_of,
           const std::shared_ptr<Rules>& rules) -> std::optional<BoundAssessment> {
            const auto change = next_change(*partner, to_day(as_of), *rules, handle_signals);
            if (!change) return std::nullopt;
            return BoundAssessment{change->after, partner, rules};
        },
        py::arg("partner"), py::arg("as_of"), py::arg("rules"),
        "Return the assessment as of the first later day on which the state differs; None if there is none.");
}
