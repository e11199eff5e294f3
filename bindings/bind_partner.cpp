#include <designation/json.hpp>
#include <memory>

#include "bind.hpp"
#include "convert.hpp"
#include "dict_of.hpp"
#include "document_of.hpp"

namespace py = pybind11;
using namespace designation;

namespace {

std::shared_ptr<Partner> partner_of(const py::handle& document, std::string_view file) {
    return std::make_shared<Partner>(*read_python(document, file, json::read_partner));
}

template <class Record>
py::object list_of(const std::optional<std::vector<Record>>& records) {
    if (!records) return py::none();
    py::tuple list(records->size());
    for (std::size_t i = 0; i < records->size(); ++i) list[i] = (*records)[i];
    return list;
}

}  // namespace

void bind_partner(py::module_& module) {
    py::class_<Partner, std::shared_ptr<Partner>>(
        module, "Partner",
        R"(A partner's record. A list that is None is unknown; an empty one is known to be none.

Args:
    id: Who; not empty.
    name: For people to read.
    csp_authorizations, support_contracts, solutions_partner_designations, events: Records, or dicts as in the document.
    notes: Free text.

Raises:
    InputError: Every problem at once.

Example:
    >>> import designation as dsg
    >>> dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
    <Partner 'contoso': authorizations unknown, contracts unknown, designations unknown, events 1>)")
        .def(py::init([](const py::kwargs& document) { return partner_of(document, {}); }))
        .def_property_readonly(
            "id", [](const Partner& self) { return self.record().id; }, "Who.")
        .def_property_readonly(
            "name", [](const Partner& self) { return self.record().name; },
            "For people to read; None where there is none.")
        .def_property_readonly(
            "notes", [](const Partner& self) { return self.record().notes; }, "Free text; empty where there is none.")
        .def_property_readonly(
            "csp_authorizations", [](const Partner& self) { return list_of(self.record().csp_authorizations); },
            "None where they are unknown.")
        .def_property_readonly(
            "support_contracts", [](const Partner& self) { return list_of(self.record().support_contracts); },
            "None where they are unknown.")
        .def_property_readonly(
            "solutions_partner_designations",
            [](const Partner& self) { return list_of(self.record().solutions_partner_designations); },
            "None where they are unknown.")
        .def_property_readonly(
            "events", [](const Partner& self) { return list_of(self.record().events); },
            "In the document's order; None where they are unknown.")
        .def(
            "to_dict", [](const Partner& self) { return dict_of(self.record()); }, "The partner's document.")
        .def(
            "to_json",
            [](const Partner& self, std::optional<int> indent) { return to_json(self, indent.value_or(-1)); },
            py::arg("indent") = py::none(), "The partner's document as JSON text.")
        .def("__eq__",
             [](const Partner& self, const py::object& other) {
                 return py::isinstance<Partner>(other) && self == other.cast<const Partner&>();
             })
        .def("__hash__", [](const Partner& self) { return py::hash(py::str(self.record().id)); })
        .def("__repr__",
             [](const Partner& self) {
                 const auto count = [](const auto& list) { return list ? std::to_string(list->size()) : "unknown"; };
                 return "<Partner " + py::repr(py::str(self.record().id)).cast<std::string>() + ": authorizations " +
                        count(self.record().csp_authorizations) + ", contracts " +
                        count(self.record().support_contracts) + ", designations " +
                        count(self.record().solutions_partner_designations) + ", events " +
                        count(self.record().events) + '>';
             })
        .def(py::pickle([](const Partner& self) { return dict_of(self.record()); },
                        [](const py::dict& state) { return partner_of(state, {}); }));

    module.def("read_partner", &partner_of, py::arg("document"), py::arg("file") = "", "A partner from a dict.");
}
