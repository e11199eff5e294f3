#include "json/sink.hpp"

namespace designation::json {

namespace {

template <class Of, class Record>
void encode_record(Sink& sink, std::string_view name, Of of, const Record& record) {
    sink.object([&] {
        sink.member(name, of);
        sink.member("from", record.period.from);
        if (record.period.has_end()) sink.member("through", record.period.through);
        if constexpr (requires { record.annual_value; }) {
            if (record.annual_value) {
                sink.object("annual_value", [&] {
                    sink.member("amount", record.annual_value->amount);
                    sink.member("currency", record.annual_value->currency);
                });
            }
        }
        if (!record.notes.empty()) sink.member("notes", record.notes);
    });
}

template <class Record>
void encode_list(Sink& sink, std::string_view name, const std::optional<std::vector<Record>>& list) {
    if (!list) return;
    sink.array(name, [&] {
        for (const Record& record : *list) encode(sink, record);
    });
}

void encode_dimension(Sink& sink, std::string_view name, const DimensionScore& dimension) {
    sink.object(name, [&] {
        sink.member("score", dimension.score);
        sink.member("out_of", dimension.out_of);
    });
}

}  // namespace

void encode(Sink& sink, const AuthorizationRecord& record) { encode_record(sink, "type", record.type, record); }
void encode(Sink& sink, const SupportContractRecord& record) { encode_record(sink, "type", record.type, record); }
void encode(Sink& sink, const SolutionsPartnerDesignationRecord& record) {
    encode_record(sink, "area", record.area, record);
}

void encode(Sink& sink, const EventRecord& event) {
    sink.object([&] {
        sink.member("on", event.on);
        sink.member("type", event.type);
        if (event.outcome != Outcome::none) sink.member("outcome", event.outcome);
        if (event.dimensions) {
            sink.object("dimensions", [&] {
                encode_dimension(sink, "support_function", event.dimensions->support_function);
                encode_dimension(sink, "support_staff_skills", event.dimensions->support_staff_skills);
                encode_dimension(sink, "support_performance_metrics", event.dimensions->support_performance_metrics);
            });
        }
        sink.member_if("cases", event.cases);
        sink.member_if("rate", event.rate);
        sink.member_if("score", event.score);
        if (!event.notes.empty()) sink.member("notes", event.notes);
    });
}

void encode(Sink& sink, const PartnerRecord& partner) {
    sink.object([&] {
        sink.key("format");
        sink.word("designation/partner@1");
        sink.member("id", partner.id);
        sink.member_if("name", partner.name);
        encode_list(sink, "csp_authorizations", partner.csp_authorizations);
        encode_list(sink, "support_contracts", partner.support_contracts);
        encode_list(sink, "solutions_partner_designations", partner.solutions_partner_designations);
        encode_list(sink, "events", partner.events);
        if (!partner.notes.empty()) sink.member("notes", partner.notes);
    });
}

}  // namespace designation::json
