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
std::string encode_text(int indent, const Values&... values) {
    json::TextSink sink(indent);
    json::encode(sink, values...);
    return std::move(sink).release();
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

/// Parse the text and read its root with `read(reader, root)`; return the result, which is empty on errors, and them.
template <class Read>
auto parse_and_read(std::string_view text, const ReadOptions& options, Read read) {
    json::Document document(options.checkpoint);
    json::Reader reader(document);
    using Result = decltype(read(reader, *document.root()));
    Result result{};
    if (json::parse_text(document, reader, text, options)) result = read(reader, *document.root());
    return std::pair<Result, Diagnostics>(std::move(result), std::move(reader).finish(text, options.file));
}

template <class Result>
Result value_or_throw(std::pair<Result, Diagnostics> outcome) {
    if (!outcome.first) throw InputError(std::move(outcome.second));
    return std::move(outcome.first);
}

}  // namespace

namespace json {

namespace {

/// A rulebook's document with the values of the editions that it extends, directly or not, and these values alone.
struct Extended {
    const Node* all;
    const Node* base;  ///< null if the rulebook extends none
};

/// Return a rulebook's document with the values of the built-in editions that it extends. `documents` owns the result.
Extended extend(Reader& reader, const Node& root, std::deque<Document>& documents) {
    const std::string_view edition = extended_edition(reader, root);
    if (edition.empty()) return {&root, nullptr};
    Document& extended = documents.emplace_back();
    Reader extended_reader(extended);
    parse_text(extended, extended_reader, builtin_rulebook_text(edition), {});
    const Node* base = extend(extended_reader, *extended.root(), documents).all;
    Document& merged = documents.emplace_back();
    merged.merge(*base, root);
    return {merged.root(), base};
}

std::string encode_line(const Node& root) {
    TextSink sink(-1);
    designation::encode(sink, root);
    return std::move(sink).release();
}

/// Read a rulebook, and report what an edition should not have although a reader accepts it; always return true.
bool check_rulebook(Reader& reader, const Node& root) {
    std::deque<Document> documents;
    const Extended extended = extend(reader, root, documents);
    if (const auto book = read_rulebook(reader, *extended.all)) report_days(reader, *extended.all, book->parameters);
    if (extended.base) report_missing_citations(reader, root, *extended.base);
    return true;
}

}  // namespace

std::shared_ptr<const Rulebook> read_extended_rulebook(Reader& reader, const Node& root) {
    std::deque<Document> documents;
    const Node& all = *extend(reader, root, documents).all;
    auto book = read_rulebook(reader, all);
    if (!book) return nullptr;
    book->json = encode_line(all);
    book->digest = digest(book->json);
    return book;
}

}  // namespace json

Parsed<Partner> try_parse_partner(std::string_view text, const ReadOptions& options) {
    auto [partner, problems] = parse_and_read(text, options, json::read_partner);
    if (!partner) return std::move(problems);
    return *std::move(partner);
}

Partner parse_partner(std::string_view text, const ReadOptions& options) {
    return *value_or_throw(parse_and_read(text, options, json::read_partner));
}

Policy parse_policy(std::string_view text, const ReadOptions& options, const Rulebook* rulebook) {
    return *value_or_throw(parse_and_read(text, options, [rulebook](json::Reader& reader, const json::Node& root) {
        return json::read_policy_for(reader, root, rulebook);
    }));
}

std::shared_ptr<const Rulebook> parse_rulebook(std::string_view text, const ReadOptions& options) {
    return value_or_throw(parse_and_read(text, options, json::read_extended_rulebook));
}

Diagnostics check_rulebook(std::string_view text, const ReadOptions& options) {
    return parse_and_read(text, options, json::check_rulebook).second;
}

std::string to_json(const Partner& partner, int indent) { return encode_text(indent, partner.record()); }

std::string to_json(const Policy& policy, int indent) { return encode_text(indent, policy); }

std::string to_json(const Assessment& assessment, const Partner& partner, const Rules& rules, int indent) {
    return encode_text(indent, assessment, partner, rules);
}

std::string to_json(const Explanation& explanation, int indent) { return encode_text(indent, explanation); }

}  // namespace designation
