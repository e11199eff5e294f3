#pragma once

#include <string>
#include <string_view>

namespace designation {

/// A fingerprint of a text, to tell contents apart (64-bit FNV-1a): `fnv1a64:0123456789abcdef`. Not for security.
std::string digest(std::string_view text);

}  // namespace designation
