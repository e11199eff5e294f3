#include "json/sink.hpp"

namespace designation::json {

namespace {

// A field without a value is omitted.
bool has_value(const auto& /*value*/) noexcept { return true; }
bool has_value(Day day) noexcept { return day != Interval::no_end(); }
bool has_value(Outcome outcome) noexcept { return outcome != Outcome::none; }
bool has_value(const std::string& text) noexcept { return !text.empty(); }
template <class Value>
bool has_value(const std::optional<Value>& value) noexcept {
    return value.has_value();
}

template <class Record>
void encode_fields(Sink& sink, const Record& record);

template <class Value>
void encode_value(Sink& sink, const Value& value) {
    if constexpr (field_count<Value> > 0) {
        sink.object([&] { encode_fields(sink, value); });
    } else {
        sink.value(value);
    }
}
template <class Record>
void encode_value(Sink& sink, const std::vector<Record>& records) {
    sink.begin_array();
    for (const Record& record : records) encode_value(sink, record);
    sink.end();
}

template <class Record>
void encode_fields(Sink& sink, const Record& record) {
    for_each_field<Record>([&](const auto& field) {
        const auto& value = field.get(record);
        if (!has_value(value)) return;
        sink.key(field.key);
        if constexpr (requires { *value; }) {
            encode_value(sink, *value);
        } else {
            encode_value(sink, value);
        }
    });
}

}  // namespace

void encode(Sink& sink, const AuthorizationRecord& record) { encode_value(sink, record); }
void encode(Sink& sink, const SupportContractRecord& record) { encode_value(sink, record); }
void encode(Sink& sink, const SolutionsPartnerDesignationRecord& record) { encode_value(sink, record); }
void encode(Sink& sink, const EventRecord& event) { encode_value(sink, event); }
void encode(Sink& sink, const Dimensions& dimensions) { encode_value(sink, dimensions); }

void encode(Sink& sink, const PartnerRecord& partner) {
    sink.object([&] {
        sink.key("format");
        sink.literal("designation/partner@1");
        encode_fields(sink, partner);
    });
}

}  // namespace designation::json
