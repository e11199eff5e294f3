#include "digest.hpp"

#include <cstdint>
#include <cstdio>

namespace designation {

std::string digest(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    char name[32];
    const int size = std::snprintf(name, sizeof name, "fnv1a64:%016llx", static_cast<unsigned long long>(hash));
    return {name, static_cast<std::size_t>(size)};
}

}  // namespace designation
