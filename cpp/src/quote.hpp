#pragma once

#include <string>
#include <string_view>

namespace designation {

/// Escape control characters: a text of the user may have line breaks and terminal codes, and a message is one line.
[[gnu::cold]] std::string escape_control_characters(std::string_view text);

/// Return a text in quotes, for a message: at most 60 bytes, cut between characters, without control characters.
[[gnu::cold]] std::string quoted(std::string_view text);

}  // namespace designation
