#include <designation/partner.hpp>
#include <string>

#include "bind.hpp"
#include "python_document.hpp"
#include "python_sink.hpp"
#include "value_class.hpp"

namespace py = pybind11;
using namespace designation;

namespace {

/// Return a document of keyword arguments; `from_` becomes `from`.
py::dict document_from(const py::kwargs& given) {
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

/// Return the attribute's name: `from` is a keyword of Python.
std::string attribute_of(std::string_view key) { return key == "from" ? "from_" : std::string(key); }

template <class Value>
py::object to_python(const Value& value) {
    return py::cast(value);
}
py::object to_python(Day day) { return day == Interval::no_end() ? py::none() : to_date(day); }
py::object to_python(const Dimensions& dimensions) { return to_dict(dimensions); }
template <class Value>
py::object to_python(const std::optional<Value>& value) {
    return value ? to_python(*value) : py::none();
}

template <class Record>
std::string arguments_of() {
    std::string text = "Args:\n";
    for_each_field<Record>([&](const auto& field) {
        text += "    " + attribute_of(field.key) + ": " + std::string(field.meaning) + '\n';
    });
    return text;
}

/// Bind a record of a partner's document: built from keywords, read like the document, printed like its constructor.
template <class Record>
void bind(py::module_& module, const char* name, const std::string& summary, const std::string& example) {
    const std::string doc = summary + "\n\n" + arguments_of<Record>() + R"(
Raises:
    InputError: Every problem at once.

Example:
    >>> import designation as dsg
)" + example;
    py::class_<Record> record(module, name, doc.c_str());
    record.def(py::init([](const py::kwargs& given) { return record_of<Record>(document_from(given)); }))
        .def(
            "to_dict", [](const Record& self) { return to_dict(self); },
            "Return the record as in the partner's document.")
        .def("__eq__", &is_equal<Record>)
        .def("__hash__", [](const Record& self) { return py::hash(py::str(to_dict(self))); })
        .def("__repr__",
             [name](const Record& self) {
                 std::string text;
                 for (const auto& [key, value] : py::dict(to_dict(self))) {
                     text += (text.empty() ? "" : ", ") + attribute_of(key.template cast<std::string>()) + '=' +
                             py::repr(value).template cast<std::string>();
                 }
                 return std::string(name) + '(' + text + ')';
             })
        .def(py::pickle([](const Record& self) { return to_dict(self); }, &record_of<Record>));
    for_each_field<Record>([&](const auto& field) {
        add_property(
            record, attribute_of(field.key).c_str(),
            [field](py::handle self) { return to_python(field.get(self.cast<const Record&>())); },
            std::string(field.meaning).c_str());
    });
}

}  // namespace

void bind_facts(py::module_& module) {
    ValueClass<Money>(module, "Money", "An amount in a currency.")
        .field("amount", &Money::amount, "The amount, with at most four places.")
        .field("currency", &Money::currency, "The currency's three letters, as in ISO 4217.");
    bind<AuthorizationRecord>(module, "Authorization",
                              "A CSP authorization, in force from `from_` through `through`, both days included.",
                              R"(    >>> dsg.Authorization(type="indirect_provider", from_="2024-07-01")
    Authorization(type='distributor', from_='2024-07-01'))");
    bind<SupportContractRecord>(
        module, "SupportContract",
        "A partner support contract, in force from `from_` through `through`, both days included.",
        R"(    >>> dsg.SupportContract(type="psfp", from_="2026-01-01", annual_value={"amount": 58000, "currency": "USD"}).annual_value
    Money(amount=Decimal('58000'), currency='USD'))");
    bind<SolutionsPartnerDesignationRecord>(
        module, "SolutionsPartnerDesignation", "A Solutions Partner designation in one of the six areas.",
        R"(    >>> dsg.SolutionsPartnerDesignation(area="security", from_="2025-01-01", through="2025-12-31").through
    datetime.date(2025, 12, 31))");
    bind<EventRecord>(module, "Event", "An event of the partner's record.",
                      R"(    >>> dsg.Event(on="2026-02-25", type="csat_evaluated", outcome="pass", score=4.7).outcome
    <Outcome: 'pass'>)");
}
