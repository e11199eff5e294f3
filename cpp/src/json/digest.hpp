#pragma once

#include <string>
#include <string_view>

namespace designation {

/// Return a fingerprint of a text (64-bit FNV-1a): `fnv1a64:0123456789abcdef`. It identifies contents and is not
/// secure.
std::string digest(std::string_view text);

}  // namespace designation
