#include "quote.hpp"

namespace designation {

std::string escape_control_characters(std::string_view text) {
    constexpr std::string_view hexadecimal = "0123456789abcdef";
    std::string escaped;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f) {
            escaped += {'\\', 'x', hexadecimal[byte >> 4U], hexadecimal[byte & 15U]};
        } else {
            escaped += c;
        }
    }
    return escaped;
}

std::string quoted(std::string_view text) {
    constexpr std::size_t max_size = 60;
    std::size_t size = text.size();
    if (size > max_size) {
        // A cut must not fall inside a UTF-8 sequence.
        size = max_size;
        while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) --size;
    }
    return '"' + escape_control_characters(text.substr(0, size)) + (size < text.size() ? "...\"" : "\"");
}

}  // namespace designation
