#pragma once

#include <algorithm>
#include <cstdint>

#include "designation/enums.hpp"

namespace DESIGNATION_API designation {

/// The result of a rule. `unknown` means that the given facts do not decide it.
enum class Verdict : std::uint8_t { unmet, unknown, met };
template <>
inline constexpr std::array<std::string_view, 3> enum_names<Verdict>{"unmet", "unknown", "met"};

/// Kleene's AND: unmet if any is unmet, else unknown if any is unknown, else met.
constexpr Verdict operator&(Verdict a, Verdict b) noexcept { return std::min(a, b); }

/// Kleene's OR: met if any is met, else unknown if any is unknown, else unmet.
constexpr Verdict operator|(Verdict a, Verdict b) noexcept { return std::max(a, b); }

constexpr Verdict& operator&=(Verdict& a, Verdict b) noexcept { return a = a & b; }
constexpr Verdict& operator|=(Verdict& a, Verdict b) noexcept { return a = a | b; }

constexpr Verdict met_if(bool condition) noexcept { return condition ? Verdict::met : Verdict::unmet; }

}  // namespace designation
