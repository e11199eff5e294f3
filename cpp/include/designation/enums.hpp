#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "designation/export.hpp"

namespace DESIGNATION_API designation {

/// The names of an enumeration's values, in their order, as they are spelled in documents, in Python and on the command
/// line.
template <class Enum>
inline constexpr std::array<std::string_view, 0> enum_names{};

/// Return the name of a value.
template <class Enum>
constexpr std::string_view to_string(Enum value) noexcept {
    return enum_names<Enum>[static_cast<std::size_t>(value)];
}

/// Return the value with that name, or nothing if there is none.
template <class Enum>
constexpr std::optional<Enum> from_name(std::string_view name) noexcept {
    for (std::size_t i = 0; i < enum_names<Enum>.size(); ++i) {
        if (enum_names<Enum>[i] == name) return static_cast<Enum>(i);
    }
    return std::nullopt;
}

/// The number of values of an enumeration.
template <class Enum>
inline constexpr std::size_t count_of = enum_names<Enum>.size();

/// An array with one `T` for each value of an enumeration.
template <class Enum, class T>
struct PerValue {
    std::array<T, count_of<Enum>> values{};

    constexpr T& operator[](Enum key) noexcept { return values[static_cast<std::size_t>(key)]; }
    constexpr const T& operator[](Enum key) const noexcept { return values[static_cast<std::size_t>(key)]; }
    friend constexpr bool operator==(const PerValue&, const PerValue&) = default;
};

/// A set of values of an enumeration, as bits.
template <class Enum>
class SetOf {
 public:
    static constexpr SetOf all() noexcept {
        SetOf set;
        for (std::size_t i = 0; i < count_of<Enum>; ++i) set.insert(static_cast<Enum>(i));
        return set;
    }
    constexpr void insert(Enum value) noexcept { bits_ |= bit(value); }
    constexpr void erase(Enum value) noexcept { bits_ &= ~bit(value); }
    constexpr bool contains(Enum value) const noexcept { return (bits_ & bit(value)) != 0; }
    constexpr bool empty() const noexcept { return bits_ == 0; }
    constexpr bool intersects(SetOf other) const noexcept { return (bits_ & other.bits_) != 0; }
    /// Insert the value if the condition holds, without a branch.
    constexpr void insert_if(bool condition, Enum value) noexcept {
        bits_ |= static_cast<unsigned>(condition) << static_cast<unsigned>(value);
    }
    friend constexpr bool operator==(SetOf, SetOf) = default;

 private:
    static_assert(count_of<Enum> <= 32);
    static constexpr unsigned bit(Enum value) noexcept { return 1U << static_cast<unsigned>(value); }
    unsigned bits_ = 0;
};

/// A sequence of different values of an enumeration.
template <class Enum>
class Sequence {
 public:
    constexpr void push_back(Enum value) noexcept { push_back_if(true, value); }
    /// Append the value if the condition holds, without a branch. There must be room for it in either case.
    constexpr void push_back_if(bool condition, Enum value) noexcept {
        values_[size_] = value;
        size_ = static_cast<std::uint8_t>(size_ + (condition ? 1 : 0));
    }
    constexpr bool contains(Enum value) const noexcept { return std::find(begin(), end(), value) != end(); }
    constexpr bool empty() const noexcept { return size_ == 0; }
    constexpr std::size_t size() const noexcept { return size_; }
    constexpr const Enum* begin() const noexcept { return values_.data(); }
    constexpr const Enum* end() const noexcept { return values_.data() + size_; }
    friend constexpr bool operator==(const Sequence& a, const Sequence& b) noexcept {
        return std::equal(a.begin(), a.end(), b.begin(), b.end());
    }

 private:
    std::array<Enum, count_of<Enum>> values_{};
    std::uint8_t size_ = 0;
};

}  // namespace designation
