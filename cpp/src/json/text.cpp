#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "json/reader.hpp"

namespace designation::json {

namespace {

/// An iterator over the text that records how far the parser has read.
class Cursor {
 public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    Cursor(const char* at, const char** read) : at_(at), read_(read) {}
    reference operator*() const { return *at_; }
    Cursor& operator++() {
        *read_ = ++at_;
        return *this;
    }
    friend bool operator==(const Cursor& a, const Cursor& b) { return a.at_ == b.at_; }

 private:
    const char* at_;
    const char** read_;
};

/// Remove the token that the parser echoes, which is text of the user, from its description.
std::string remove_echo(std::string description, const std::string& token) {
    const std::string echo = "; last read: '" + token + '\'';
    if (const auto at = description.find(echo); at != std::string::npos) description.erase(at, echo.size());
    return description;
}

/// What the parser's description contains, and our words for it.
struct Translation {
    std::string_view theirs;
    std::string_view ours;
};

constexpr auto strings_and_numbers = std::to_array<Translation>({
    {"missing closing quote", "a string has no closing quote"},
    {"control character", "a control character in a string must be escaped"},
    {"forbidden character after backslash", "a string contains an unknown escape"},
    {"followed by 4 hex digits", "\"\\u\" must be followed by four hexadecimal digits"},
    {"surrogate", "an escaped surrogate must be part of a pair"},
    {"UTF-8", "a string must be UTF-8"},
    {"invalid BOM", "the byte order mark must be that of UTF-8"},
    {"invalid number", "expected a digit"},
});
// What is missing between two members is more often the comma than the closing bracket.
constexpr auto expectations = std::to_array<Translation>({
    {"; expected end of input", "the end of the document"},
    {"; expected ':'", "\":\""},
    {"; expected '}'", "\",\" or \"}\""},
    {"; expected ']'", "\",\" or \"]\""},
    {"object key", "a key in double quotes"},
    {"parsing value", "a value"},
    {"", "valid JSON"},
});
constexpr auto unexpected_tokens = std::to_array<Translation>({
    {"unexpected end of input", "the end of the document"},
    {"unexpected string literal", "a string"},
    {"unexpected number literal", "a number"},
    {"unexpected true literal", "true"},
    {"unexpected false literal", "false"},
    {"unexpected null literal", "null"},
    {"unexpected '{'", "\"{\""},
    {"unexpected '}'", "\"}\""},
    {"unexpected '['", "\"[\""},
    {"unexpected ']'", "\"]\""},
    {"unexpected ':'", "\":\""},
    {"unexpected ','", "\",\""},
});

/// Return our words for the first entry that the description contains; empty if there is none.
std::string translate(const std::string& description, std::span<const Translation> translations) {
    for (const auto& [theirs, ours] : translations) {
        if (description.find(theirs) != std::string::npos) return std::string(ours);
    }
    return {};
}

/// Return what is wrong with the text in our words: the parser's own are about its states and tokens.
std::string syntax_message(const std::string& description) {
    if (const auto message = translate(description, strings_and_numbers); !message.empty()) return message;
    const auto found = translate(description, unexpected_tokens);
    return "expected " + translate(description, expectations) + (found.empty() ? "" : ", not " + found);
}

/// Return how many bytes before the end of what was read the unexpected token begins. Of the tokens that the parser
/// reports only strings and numbers are right; for the others it still reports the token before.
std::size_t size_of_unexpected(const std::string& description, const std::string& token) {
    const auto is = [&description](const char* what) { return description.find(what) != std::string::npos; };
    if (is("unexpected string literal") || is("unexpected number literal")) return token.size();
    if (is("unexpected true literal") || is("unexpected null literal")) return 4;
    if (is("unexpected false literal")) return 5;
    return 1;
}

/// Builds a document from the parser's events.
class Builder {
 public:
    Builder(Document& document, Reader& reader, std::string_view text)
        : document_(document), reader_(reader), begin_(text.data()), end_(begin_ + text.size()), read_(begin_) {
        if (text.starts_with("\xEF\xBB\xBF")) read_ += 3;
        token_end_ = read_;
    }

    Cursor begin() { return {begin_, &read_}; }
    Cursor end() { return {end_, &read_}; }

    bool null() { return add(Kind::null, read_), true; }
    bool boolean(bool value) {
        add(Kind::boolean, read_).boolean = value;
        return true;
    }
    bool number_integer(std::int64_t value) {
        Node& node = number(Kind::integer, static_cast<double>(value));
        node.integer = value;
        return true;
    }
    bool number_unsigned(std::uint64_t value) {
        constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
        if (value <= most) return number_integer(static_cast<std::int64_t>(value));
        number(Kind::number, static_cast<double>(value));
        return true;
    }
    bool number_float(double value, const std::string& /*digits*/) {
        number(Kind::number, value);
        return true;
    }
    bool string(const std::string& value) {
        const std::string_view text = view_or_copy(value, token_start());
        add(Kind::string, read_).text = text;
        return true;
    }
    bool binary(const std::vector<std::uint8_t>& /*value*/) { return false; }
    bool key(const std::string& key) {
        const std::uint32_t offset = token_start();
        document_.key(view_or_copy(key, offset), offset);
        token_end_ = read_;
        return true;
    }
    bool start_object(std::size_t /*size*/) { return open(Kind::object); }
    bool start_array(std::size_t /*size*/) { return open(Kind::array); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }
    bool parse_error(std::size_t read, const std::string& token, const nlohmann::json::exception& error) {
        constexpr int number_overflow = 406;
        const std::string description = remove_echo(error.what(), token);
        const auto mentions = [&](std::string_view part) { return description.find(part) != std::string::npos; };
        if (error.id == number_overflow) {
            const Node& node = document_.add(Kind::number, token_start());
            reader_.report(node, "range", "a number must be at most 1.7976931348623157e308 in size");
        } else {
            const std::size_t back = std::min(read, size_of_unexpected(description, token));
            const bool is_encoding = mentions("UTF-8") || mentions("surrogate");
            reader_.report_syntax(read - back, is_encoding ? "encoding" : "syntax", syntax_message(description));
        }
        return false;
    }

 private:
    std::uint32_t token_start() const {
        const char* at = token_end_;
        while (at != end_ && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t' || *at == ',' || *at == ':'))
            ++at;
        return static_cast<std::uint32_t>(at - begin_);
    }
    /// Return the value as a view of the text if it has no escape, and a copy otherwise: each escape is longer than its
    /// character, so equal sizes mean no escape.
    std::string_view view_or_copy(const std::string& value, std::uint32_t start) {
        const std::string_view written{begin_ + start + 1, static_cast<std::size_t>(read_ - begin_) - start - 2};
        return written.size() == value.size() ? written : document_.store(value);
    }
    Node& add(Kind kind, const char* token_end) {
        Node& node = document_.add(kind, token_start());
        token_end_ = token_end;
        return node;
    }
    Node& number(Kind kind, double value) {
        const std::uint32_t start = token_start();
        const char* end = begin_ + start;
        while (end != read_ &&
               (*end == '-' || *end == '+' || *end == '.' || std::isalnum(static_cast<unsigned char>(*end)))) {
            ++end;
        }
        Node& node = add(kind, end);
        node.number = value;
        node.text = {begin_ + start, static_cast<std::size_t>(end - begin_) - start};
        return node;
    }
    bool open(Kind kind) {
        const std::uint32_t start = token_start();
        token_end_ = read_;
        if (document_.open(kind, start)) return true;
        reader_.report_too_deep(start);
        return false;
    }
    bool close() {
        document_.close();
        token_end_ = read_;
        return true;
    }

    Document& document_;
    Reader& reader_;
    const char* begin_;
    const char* end_;
    const char* read_;
    const char* token_end_;
};

}  // namespace

bool parse_text(Document& document, Reader& reader, std::string_view text, const ReadOptions& options) {
    if (text.size() > options.largest_document) {
        reader.report_syntax(
            0, "size",
            "the document has more than the limit of " + std::to_string(options.largest_document) + " bytes");
        return false;
    }
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
        reader.report_syntax(0, "encoding", "the document is UTF-16; it must be UTF-8");
        return false;
    }
    // nlohmann's parser treats a NUL byte as the end of the text.
    if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
        reader.report_syntax(nul, "nul", "the document must not contain a NUL byte");
        return false;
    }
    if (text.find_first_not_of(" \t\r\n", text.starts_with("\xEF\xBB\xBF") ? 3 : 0) == std::string_view::npos) {
        reader.report_syntax(0, "syntax", "the document is empty");
        return false;
    }
    Builder builder(document, reader, text);
    return nlohmann::json::sax_parse(builder.begin(), builder.end(), &builder);
}

}  // namespace designation::json
