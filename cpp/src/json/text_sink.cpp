#include "json/text_sink.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace designation::json {

void TextSink::begin(char opening, char closing) {
    put({&opening, 1});
    open_.push_back({closing, true});
}

void TextSink::end() {
    const Open closed = open_.back();
    open_.pop_back();
    if (!closed.is_empty) break_line();
    text_ += closed.closing;
}

void TextSink::key(std::string_view name) {
    if (open_.back().closing == ']') return;
    separate();
    quote(name);
    text_ += indent_ < 0 ? ":" : ": ";
    has_key_ = true;
}

void TextSink::number(double value) {
    if (!std::isfinite(value)) return null();
    // The shortest text that reads back as the same number; exact for at most 15 digits.
    std::array<char, 32> digits{};
    char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    std::string text(digits.data(), static_cast<std::size_t>(end - digits.data()));
    if (text.find_first_of(".e") == std::string::npos) text += ".0";
    put(text);
}

void TextSink::string(std::string_view value) {
    put({});
    quote(value);
}

void TextSink::put(std::string_view text) {
    if (!has_key_ && !open_.empty()) separate();
    has_key_ = false;
    text_ += text;
}

void TextSink::separate() {
    if (!open_.back().is_empty) text_ += ',';
    open_.back().is_empty = false;
    break_line();
}

void TextSink::break_line() {
    if (indent_ < 0) return;
    text_ += '\n';
    text_.append(open_.size() * static_cast<std::size_t>(indent_), ' ');
}

void TextSink::quote(std::string_view text) {
    constexpr std::string_view hexadecimal = "0123456789abcdef";
    constexpr std::string_view special = "\"\\\b\f\n\r\t";
    constexpr std::string_view letter = "\"\\bfnrt";
    text_ += '"';
    std::size_t copied = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && c != '"' && c != '\\') continue;
        text_ += text.substr(copied, i - copied);
        copied = i + 1;
        if (const auto at = special.find(c); at != std::string_view::npos) {
            text_ += {'\\', letter[at]};
        } else {
            text_ += {'\\', 'u', '0', '0', hexadecimal[byte >> 4U], hexadecimal[byte & 15U]};
        }
    }
    text_ += text.substr(copied);
    text_ += '"';
}

}  // namespace designation::json
