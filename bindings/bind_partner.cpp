#include <designation/json.hpp>
#include <memory>

#include "bind.hpp"
#include "python_document.hpp"
#include "python_sink.hpp"
#include "value_class.hpp"

namespace py = pybind11;
using namespace designation;

namespace {

std::shared_ptr<Partner> partner_of(const py::handle& document, std::string_view file) {
    return std::make_shared<Partner>(*read_python(document, file, json::read_partner));
}

template <class Value>
py::object to_python(const Value& value) {
    return py::cast(value);
}
template <class Record>
py::object to_python(const std::optional<std::vector<Record>>& records) {
    if (!records) return py::none();
    return py::tuple(py::cast(*records));
}

}  // namespace

void bind_partner(py::module_& module) {
    py::class_<Partner, std::shared_ptr<Partner>> partner(
        module, "Partner",
        R"(A partner's record. A list that is None is unknown; an empty one is known to be none.

Args:
    id: The partner's id; not empty.
    name: The partner's name, for people.
    csp_authorizations, support_contracts, solutions_partner_designations, events: Records, or dicts as in the document.
    notes: Free text.

Raises:
    InputError: Every problem at once.

Example:
    >>> import designation as dsg
    >>> dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
    <Partner 'contoso': authorizations unknown, contracts unknown, designations unknown, events 1>)");
    for_each_field<PartnerRecord>([&](const auto& field) {
        add_property(
            partner, std::string(field.key).c_str(),
            [field](py::handle self) { return to_python(field.get(self.cast<const Partner&>().record())); },
            std::string(field.meaning).c_str());
    });
    partner.def(py::init([](const py::kwargs& document) { return partner_of(document, {}); }))
        .def(
            "to_dict", [](const Partner& self) { return to_dict(self.record()); }, "Return the partner's document.")
        .def(
            "to_json",
            [](const Partner& self, std::optional<int> indent) { return to_json(self, indent.value_or(-1)); },
            py::arg("indent") = py::none(), "Return the partner's document as JSON text.")
        .def("__eq__", &is_equal<Partner>)
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
        .def(py::pickle([](const Partner& self) { return to_dict(self.record()); },
                        [](const py::dict& state) { return partner_of(state, {}); }));

    module.def("read_partner", &partner_of, py::arg("document"), py::arg("file") = "", "Read a partner from a dict.");
}
