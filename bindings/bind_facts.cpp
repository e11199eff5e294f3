#include <designation/partner.hpp>
#include <string>

#include "bind.hpp"
#include "dict_of.hpp"
#include "document_of.hpp"
#include "value.hpp"

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

/// `from` is a keyword of Python.
std::string attribute_of(std::string_view key) { return key == "from" ? "from_" : std::string(key); }

template <class Value>
py::object python_of(const Value& value) {
    return py::cast(value);
}
py::object python_of(Day day) { return day == Interval::no_end() ? py::none() : date_of(day); }
py::object python_of(const Dimensions& dimensions) { return dict_of(dimensions); }
py::object python_of(const Money& money) { return py::make_tuple(money.amount, money.currency); }
template <class Value>
py::object python_of(const std::optional<Value>& value) {
    return value ? python_of(*value) : py::none();
}

template <class Record>
std::string arguments_of() {
    std::string text = "Args:\n";
    for_each_field<Record>([&](const auto& field) {
        text += "    " + attribute_of(field.key) + ": " + std::string(field.meaning) + '\n';
    });
    return text;
}

/// Binds a record of a partner's document: made by keywords, read like the document, printed like its constructor.
template <class Record>
void bind(py::module_& module, const char* name, const std::string& summary, const std::string& example) {
    const std::string doc = summary + "\n\n" + arguments_of<Record>() + R"(
Raises:
    InputError: Every problem at once.

Example:
    >>> import designation as dsg
)" + example;
    py::class_<Record> record(module, name, doc.c_str());
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
                     text += (text.empty() ? "" : ", ") + attribute_of(key.template cast<std::string>()) + '=' +
                             py::repr(value).template cast<std::string>();
                 }
                 return std::string(name) + '(' + text + ')';
             })
        .def(py::pickle([](const Record& self) { return dict_of(self); }, &record_of<Record>));
    for_each_field<Record>([&](const auto& field) {
        add_property(
            record, attribute_of(field.key).c_str(),
            [field](py::handle self) { return python_of(field.of(self.cast<const Record&>())); },
            std::string(field.meaning).c_str());
    });
}

}  // namespace

void bind_facts(py::module_& module) {
    bind<AuthorizationRecord>(module, "Authorization",
                              "A CSP authorization, in force from `from_` through `through`, both days included.",
                              R"(    >>> dsg.Authorization(type="indirect_provider", from_="2024-07-01")
    Authorization(type='distributor', from_='2024-07-01'))");
    bind<SupportContractRecord>(
        module, "SupportContract",
        "A partner support contract, in force from `from_` through `through`, both days included.",
        R"(    >>> dsg.SupportContract(type="psfp", from_="2026-01-01", annual_value={"amount": 58000, "currency": "USD"}).annual_value
    (Decimal('58000'), 'USD'))");
    bind<SolutionsPartnerDesignationRecord>(
        module, "SolutionsPartnerDesignation", "A Solutions Partner designation in one of the six areas.",
        R"(    >>> dsg.SolutionsPartnerDesignation(area="security", from_="2025-01-01", through="2025-12-31").through
    datetime.date(2025, 12, 31))");
    bind<EventRecord>(module, "Event", "An event of the partner's record.",
                      R"(    >>> dsg.Event(on="2026-02-25", type="csat_evaluated", outcome="pass", score=4.7).outcome
    <Outcome: 'pass'>)");
}
