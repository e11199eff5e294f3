#include <designation/partner.hpp>

#include "bind.hpp"
#include "convert.hpp"
#include "dict_of.hpp"
#include "document_of.hpp"

namespace py = pybind11;
using namespace designation;

namespace {

/// The members that were given by keyword; `from_` is the document's `from`.
py::dict document_of(const py::kwargs& given) {
    py::dict document;
    for (const auto& [key, value] : given) {
        const auto name = key.cast<std::string>();
        document[py::str(name == "from_" ? "from" : name)] = value;
    }
    return document;
}

template <class Record>
Record record_of(const py::dict& document) {
    return *read_python(document, {}, [](json::Reader& reader, const json::Node& root) {
        return json::read_record<Record>(reader, root);
    });
}

/// Binds a record of a partner's document: made by keywords, read like the document, printed like its constructor.
template <class Record>
py::class_<Record> bind(py::module_& module, const char* name, const char* doc) {
    py::class_<Record> record(module, name, doc);
    record.def(py::init([](const py::kwargs& given) { return record_of<Record>(document_of(given)); }))
        .def(
            "to_dict", [](const Record& self) { return dict_of(self); }, "The record as in the partner's document.")
        .def("__eq__",
             [](const Record& self, const py::object& other) {
                 return py::isinstance<Record>(other) && self == other.cast<const Record&>();
             })
        .def("__hash__", [](const Record& self) { return py::hash(py::str(dict_of(self))); })
        .def("__repr__",
             [name](const Record& self) {
                 std::string text;
                 for (const auto& [key, value] : py::dict(dict_of(self))) {
                     auto word = key.template cast<std::string>();
                     if (word == "from") word = "from_";
                     text += (text.empty() ? "" : ", ") + word + '=' + py::repr(value).template cast<std::string>();
                 }
                 return std::string(name) + '(' + text + ')';
             })
        .def(py::pickle([](const Record& self) { return dict_of(self); }, &record_of<Record>))
        .def_property_readonly(
            "notes", [](const Record& self) { return self.notes; }, "Free text; empty where there is none.");
    return record;
}

template <class Record>
void bind_period(py::class_<Record>& record) {
    record.def_property_readonly(
        "from_", [](const Record& self) { return self.period.from; }, "The first day in force.");
    record.def_property_readonly(
        "through",
        [](const Record& self) { return self.period.has_end() ? std::optional(self.period.through) : std::nullopt; },
        "The last day in force; None where no end is known.");
}

py::object dimensions_of(const EventRecord& event) {
    if (!event.dimensions) return py::none();
    return dict_of(event)[py::str("dimensions")];
}

}  // namespace

void bind_facts(py::module_& module) {
    auto authorization = bind<AuthorizationRecord>(
        module, "Authorization", R"(A CSP authorization, in force from `from_` through `through`, both days included.

Args:
    type: `direct_bill`, `distributor` or `indirect_reseller`; `indirect_provider` is read as `distributor`.
    from_: The first day.
    through: The last day; None where no end is known.

Raises:
    InputError: Every problem at once.

Example:
    >>> import designation as dsg
    >>> dsg.Authorization(type="indirect_provider", from_="2024-07-01")
    Authorization(type='distributor', from_='2024-07-01'))");
    authorization.def_property_readonly(
        "type", [](const AuthorizationRecord& self) { return self.type; }, "Which kind.");
    bind_period(authorization);

    auto contract = bind<SupportContractRecord>(
        module, "SupportContract",
        R"(A partner support contract, in force from `from_` through `through`, both days included.

Args:
    type: `asfp`, `psfp` or `ufp`.
    from_: The first day.
    through: The last day; None where no end is known.
    annual_value: `{"amount": ..., "currency": ...}`, an exact decimal and ISO 4217 letters.

Raises:
    InputError: Every problem at once.

Example:
    >>> import designation as dsg
    >>> dsg.SupportContract(type="psfp", from_="2026-01-01", annual_value={"amount": 58000, "currency": "USD"}).annual_value
    (Decimal('58000'), 'USD'))");
    contract.def_property_readonly("type", [](const SupportContractRecord& self) { return self.type; }, "Which kind.");
    contract.def_property_readonly(
        "annual_value",
        [](const SupportContractRecord& self) -> py::object {
            if (!self.annual_value) return py::none();
            return py::make_tuple(self.annual_value->amount, std::string(self.annual_value->currency.letters()));
        },
        "Amount (an exact decimal) and currency (ISO 4217); None where it was not given.");
    bind_period(contract);

    auto designation_held =
        bind<SolutionsPartnerDesignationRecord>(module, "SolutionsPartnerDesignation",
                                                R"(A Solutions Partner designation in one of the six areas.

Raises:
    InputError: Every problem at once.

Example:
    >>> import designation as dsg
    >>> dsg.SolutionsPartnerDesignation(area="security", from_="2025-01-01", through="2025-12-31").through
    datetime.date(2025, 12, 31))");
    designation_held.def_property_readonly(
        "area", [](const SolutionsPartnerDesignationRecord& self) { return self.area; }, "Which of the six areas.");
    bind_period(designation_held);

    bind<EventRecord>(module, "Event", R"(An event of the partner's record.

Args:
    on: The day.
    type: What happened.
    outcome: `eligible` or `ineligible` of an eligibility decision, `pass` or `fail` of an evaluation.
    dimensions: Of a capability evaluation: `{"score": ..., "out_of": ...}` for each of the three dimensions.
    cases: Of a case volume validation, 0 or more.
    rate: Of a case rate determination, 0 or more.
    score: Of a CSAT evaluation, 1 to 5.
    notes: Free text.

Raises:
    InputError: Every problem at once; a field that the type does not have is one.

Example:
    >>> import designation as dsg
    >>> dsg.Event(on="2026-02-25", type="csat_evaluated", outcome="pass", score=4.7).outcome
    <Outcome: 'pass'>)")
        .def_property_readonly(
            "on", [](const EventRecord& self) { return self.on; }, "The day.")
        .def_property_readonly(
            "type", [](const EventRecord& self) { return self.type; }, "What happened.")
        .def_property_readonly(
            "outcome", [](const EventRecord& self) { return self.outcome; }, "None where the type has no outcome.")
        .def_property_readonly("dimensions", &dimensions_of, "Of a capability evaluation: scores by dimension.")
        .def_property_readonly(
            "cases", [](const EventRecord& self) { return self.cases; }, "Of a case volume validation.")
        .def_property_readonly(
            "rate", [](const EventRecord& self) { return self.rate; }, "Of a case rate determination.")
        .def_property_readonly("score", [](const EventRecord& self) { return self.score; }, "1 to 5.");
}
