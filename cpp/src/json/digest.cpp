#include "json/digest.hpp"

#include <array>
#include <cstdint>
#include <cstdio>

namespace designation {

std::string digest(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    std::array<char, 32> name{};
    const int size = std::snprintf(name.data(), name.size(), "fnv1a64:%016llx", static_cast<unsigned long long>(hash));
    return {name.data(), static_cast<std::size_t>(size)};
}

}  // namespace designation
