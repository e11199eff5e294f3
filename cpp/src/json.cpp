#include "designation/json.hpp"

#include <deque>
#include <utility>

#include "designation/editions.hpp"
#include "json/digest.hpp"
#include "json/reader.hpp"
#include "json/text_sink.hpp"

namespace designation {

namespace {

template <class... Values>
std::string encoded(int indent, const Values&... values) {
    json::TextSink sink(indent);
    json::encode(sink, values...);
    return std::move(sink).take();
}

void encode(json::Sink& sink, const json::Node& node) {
    using json::Kind;
    switch (node.kind) {
        case Kind::null: return sink.null();
        case Kind::boolean: return sink.boolean(node.boolean);
        case Kind::integer: return sink.integer(node.integer);
        case Kind::number: return sink.number(node.number);
        case Kind::string: return sink.string(node.text);
        case Kind::day: return sink.value(Day::derived(static_cast<std::int32_t>(node.integer)));
        case Kind::foreign: return;
        case Kind::array:
        case Kind::object: break;
    }
    node.kind == Kind::array ? sink.begin_array() : sink.begin_object();
    for (const json::Node* child = node.first; child; child = child->next) {
        sink.key(child->key);
        encode(sink, *child);
    }
    sink.end();
}

/// Parses the text and hands its root to `read(reader, root)`; every problem where it gives nothing.
template <class Read>
auto parsed(std::string_view text, const ReadOptions& options, Read read) {
    json::Document document;
    json::Reader reader(document);
    using Result = decltype(read(reader, *document.root()));
    Result result{};
    if (json::parse_text(document, reader, text, options)) result = read(reader, *document.root());
    return std::pair<Result, Diagnostics>(std::move(result), std::move(reader).finish(text, options.file));
}

template <class Result>
Result or_throw(std::pair<Result, Diagnostics> outcome) {
    if (!outcome.first) throw InputError(std::move(outcome.second));
    return std::move(outcome.first);
}

}  // namespace

namespace json {

namespace {

/// Lays a rulebook over the built-in edition that it extends, and that over the one that it extends. The documents hold
/// what is made on the way.
const Node& whole_rulebook(Reader& reader, const Node& root, std::deque<Document>& documents) {
    const std::string_view base = extended_edition(reader, root);
    if (base.empty()) return root;
    Document& text = documents.emplace_back();
    Reader trusting(text);
    parse_text(text, trusting, builtin_rulebook_text(base), {});
    const Node& lower = whole_rulebook(trusting, *text.root(), documents);
    Document& whole = documents.emplace_back();
    whole.overlay(lower, root);
    return *whole.root();
}

}  // namespace

std::shared_ptr<const Rulebook> read_whole_rulebook(Reader& reader, const Node& root) {
    std::deque<Document> documents;
    const Node& all = whole_rulebook(reader, root, documents);
    auto book = read_rulebook(reader, all);
    if (!book) return nullptr;
    TextSink sink(-1);
    designation::encode(sink, all);
    book->json = std::move(sink).take();
    book->digest = digest(book->json);
    return book;
}

}  // namespace json

Parsed<Partner> try_parse_partner(std::string_view text, const ReadOptions& options) {
    auto [partner, problems] = parsed(text, options, json::read_partner);
    if (!partner) return std::move(problems);
    return *std::move(partner);
}

Partner parse_partner(std::string_view text, const ReadOptions& options) {
    return *or_throw(parsed(text, options, json::read_partner));
}

Policy parse_policy(std::string_view text, const ReadOptions& options, const Rulebook* rulebook) {
    return *or_throw(parsed(text, options, [rulebook](json::Reader& reader, const json::Node& root) {
        return json::read_fitting_policy(reader, root, rulebook);
    }));
}

std::shared_ptr<const Rulebook> parse_rulebook(std::string_view text, const ReadOptions& options) {
    return or_throw(parsed(text, options, json::read_whole_rulebook));
}

std::string to_json(const Partner& partner, int indent) { return encoded(indent, partner.record()); }

std::string to_json(const Policy& policy, int indent) { return encoded(indent, policy); }

std::string to_json(const Assessment& assessment, const Partner& partner, const Rules& rules, int indent) {
    return encoded(indent, assessment, partner, rules);
}

std::string to_json(const Explanation& explanation, int indent) { return encoded(indent, explanation); }

}  // namespace designation
