#include <type_traits>

#include "json/sink.hpp"

namespace designation::json {

namespace {

struct EncodeFact {
    Sink& sink;
    void operator()(NotGiven /*fact*/) const { sink.null(); }
    void operator()(NoRecords /*fact*/) const {
        sink.begin_array();
        sink.end();
    }
    template <class Fact>
    void operator()(const Fact& fact) const {
        std::conditional_t<std::is_same_v<Fact, Event>, EventRecord, Recorded<Fact>> record;
        static_cast<Fact&>(record) = fact;
        encode(sink, record);
    }
};

struct EncodeValue {
    Sink& sink;
    void operator()(std::monostate /*value*/) const {}
    template <class T>
    void operator()(const T& value) const {
        sink.member("value", value);
    }
};

void encode(Sink& sink, const CitedSource& source) {
    sink.object([&] {
        sink.member("title", source.title);
        if (!source.section.empty()) sink.member("section", source.section);
        sink.member("grade", source.grade);
        if (!source.url.empty()) sink.member("url", source.url);
    });
}

void encode_members(Sink& sink, const Explanation& explanation);

void encode_node(Sink& sink, const Explanation& explanation) {
    sink.object([&] { encode_members(sink, explanation); });
}

void encode_members(Sink& sink, const Explanation& explanation) {
    sink.member("rule", explanation.rule);
    sink.member("title", explanation.title);
    sink.member("verdict", explanation.verdict);
    sink.member("counts", explanation.counts);
    if (!explanation.path.empty()) sink.member("path", explanation.path);
    std::visit(EncodeValue{sink}, explanation.value);
    sink.array("facts", [&] {
        for (const FactUsed& fact : explanation.facts) {
            sink.object([&] {
                sink.member("pointer", fact.pointer);
                sink.key("value");
                std::visit(EncodeFact{sink}, fact.value);
                if (fact.fee) sink.member("fee", *fact.fee);
            });
        }
    });
    sink.key("citation");
    explanation.citations.empty() ? sink.null() : encode(sink, explanation.citations.front());
    if (explanation.citations.size() > 1) {
        sink.array("further_citations", [&] {
            for (std::size_t i = 1; i < explanation.citations.size(); ++i) encode(sink, explanation.citations[i]);
        });
    }
    if (const auto& shortfall = explanation.shortfall) {
        sink.object("shortfall", [&] {
            sink.member("found", shortfall->found);
            sink.member("required", shortfall->required);
            sink.member("possible_from", shortfall->possible_from);
        });
    }
    sink.key("remedy");
    if (const auto& remedy = explanation.remedy) {
        sink.object([&] {
            sink.member("do", remedy->text);
            sink.member("actor", remedy->actor);
            sink.member("by", remedy->by);
            sink.member("fee", remedy->fee);
        });
    } else {
        sink.null();
    }
    sink.array("children", [&] {
        for (const Explanation& child : explanation.children) encode_node(sink, child);
    });
}

}  // namespace

void encode(Sink& sink, const Explanation& explanation) {
    sink.object([&] {
        encode_members(sink, explanation);
        sink.member("why_not", why_not(explanation));
        sink.array("facts_needed", [&] {
            for (const std::string& pointer : facts_needed(explanation)) sink.value(pointer);
        });
    });
}

void encode(Sink& sink, const std::vector<Deciding>& found) {
    sink.begin_array();
    for (const Deciding& each : found) {
        const auto encode_value = [&sink](const auto& value) {
            if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::monostate>) {
                sink.null();
            } else {
                sink.value(value);
            }
        };
        sink.object([&] {
            sink.member("interpretation", each.interpretation);
            sink.key("reading");
            sink.literal(each.reading);
            sink.key("other");
            sink.literal(each.other);
            sink.member("on", each.on);
            sink.key("path");
            sink.literal(each.path);
            sink.key("value");
            std::visit(encode_value, each.value);
            sink.key("other_value");
            std::visit(encode_value, each.other_value);
        });
    }
    sink.end();
}

void encode(Sink& sink, const std::vector<Action>& actions, const Rulebook& rulebook) {
    sink.begin_array();
    for (const Action& action : actions) {
        sink.object([&] {
            sink.member("do", std::string(action_text(action, rulebook)));
            sink.member("actor", action.actor);
            sink.member("not_before", action.not_before);
            sink.member("by", action.by);
            sink.member("overdue_since", action.overdue_since);
            sink.member("retry_days", action.retry_days);
            sink.member("safe_by", action.safe_by);
            sink.member("fee", action.fee);
            sink.member("rule", action.rule);
        });
    }
    sink.end();
}

}  // namespace designation::json
