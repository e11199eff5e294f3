#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "json/sink.hpp"

namespace designation::json {

/// A writer of JSON text; a negative `indent` writes one line.
class TextSink final : public Sink {
 public:
    explicit TextSink(int indent) : indent_(indent) {}

    void begin_object() override { begin('{', '}'); }
    void begin_array() override { begin('[', ']'); }
    void end() override;
    void key(std::string_view name) override;
    void null() override { put("null"); }
    void boolean(bool value) override { put(value ? "true" : "false"); }
    void integer(std::int64_t value) override { put(std::to_string(value)); }
    void number(double value) override;
    void literal(std::string_view value) override { string(value); }
    void string(std::string_view value) override;

    std::string release() && { return std::move(text_); }

 private:
    struct Open {
        char closing;
        bool is_empty;
    };
    void begin(char opening, char closing);
    void put(std::string_view text);
    void separate();
    void break_line();
    void quote(std::string_view text);

    int indent_;
    std::string text_;
    std::vector<Open> open_;
    bool has_key_ = false;
};

}  // namespace designation::json
