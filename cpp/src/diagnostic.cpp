#include "designation/diagnostic.hpp"

#include <utility>

#include "quote.hpp"

namespace designation {

namespace {

std::string join(const Diagnostics& diagnostics) {
    std::string text;
    for (const auto& diagnostic : diagnostics) {
        if (!text.empty()) text += '\n';
        text += to_string(diagnostic);
    }
    return text;
}

}  // namespace

std::string to_string(const Diagnostic& diagnostic) {
    std::string text = diagnostic.file;
    if (diagnostic.line != 0) {
        if (!text.empty()) text += ':';
        text += std::to_string(diagnostic.line) + ':' + std::to_string(diagnostic.column);
    }
    if (!text.empty()) text += ": ";
    if (!diagnostic.pointer.empty()) text += escape_control_characters(diagnostic.pointer) + ": ";
    return text + diagnostic.message + " [" + diagnostic.code + ']';
}

InputError::InputError(Diagnostics diagnostics)
    : std::runtime_error(join(diagnostics)), diagnostics_(std::move(diagnostics)) {}

}  // namespace designation
