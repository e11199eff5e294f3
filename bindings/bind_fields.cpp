#include <designation/partner.hpp>
#include <string>
#include <vector>

#include "bind.hpp"
#include "value_class.hpp"

namespace py = pybind11;
using namespace designation;

namespace {

/// A field of a record, for Python.
struct RecordField {
    std::string name;
    std::string kind;
    bool required = false;
    std::vector<std::string> words;
    std::string meaning;
    friend bool operator==(const RecordField&, const RecordField&) = default;
};

const char* kind_of(const Day& /*value*/) { return "day"; }
const char* kind_of(const Money& /*value*/) { return "money"; }
const char* kind_of(const Dimensions& /*value*/) { return "dimensions"; }
const char* kind_of(std::int64_t /*value*/) { return "integer"; }
const char* kind_of(double /*value*/) { return "number"; }
const char* kind_of(const std::string& /*value*/) { return "text"; }
template <class Enum>
    requires(count_of<Enum> > 0)
const char* kind_of(Enum /*value*/) {
    return "word";
}

/// The type of a value that a record may lack.
template <class Value>
struct Unwrapped {
    using Type = Value;
};
template <class Value>
struct Unwrapped<std::optional<Value>> {
    using Type = Value;
};

template <class Record>
py::tuple fields_of() {
    py::list all;
    for_each_field<Record>([&]<class Field>(const Field& field) {
        using Value = Unwrapped<typename Field::template Value<Record>>::Type;
        std::vector<std::string> names;
        if constexpr (count_of<Value> > 0) {
            names.assign(enum_names<Value>.begin() + (std::is_same_v<Value, Outcome> ? 1 : 0), enum_names<Value>.end());
        }
        all.append(RecordField{std::string(field.key), kind_of(Value{}), field.required, std::move(names),
                               std::string(field.meaning)});
    });
    return all;
}

py::dict record_fields() {
    py::dict lists;
    for_each_field<PartnerRecord>([&]<class Field>(const Field& field) {
        using List = Unwrapped<typename Field::template Value<PartnerRecord>>::Type;
        if constexpr (field_count<typename List::value_type> > 0) {
            lists[py::str(std::string(field.key))] = fields_of<typename List::value_type>();
        }
    });
    return lists;
}

}  // namespace

void bind_fields(py::module_& module) {
    ValueClass<RecordField>(module, "RecordField", "A field of the records in one list of a partner's document.")
        .field("name", &RecordField::name, "The field's key in the document.")
        .field("kind", &RecordField::kind, "`word`, `day`, `money`, `dimensions`, `integer`, `number` or `text`.")
        .field("required", &RecordField::required, "Whether each record must have it.")
        .field("words", &RecordField::words, "The values that a word can have; empty for the other kinds.")
        .field("meaning", &RecordField::meaning, "The field's meaning, as in the JSON Schema.");
    module.def("record_fields", &record_fields,
               "Return the fields of the records of each list of a partner's document.");
}
