#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "designation/export.hpp"

namespace DESIGNATION_API designation {

/// One field of a record: its key in documents, and the path of members that leads to it.
template <auto... Path>
struct Field {
    std::string_view key;
    bool required;
    std::string_view meaning;

    template <class Record>
    static constexpr auto& get(Record& record) noexcept {
        return (record.*....*Path);
    }
    template <class Record>
    using Value = std::remove_cvref_t<decltype(get(std::declval<Record&>()))>;
};

/// The fields of a record, in the order in which they are written. This is the only list of them: readers, writers,
/// columns, bindings, and schemas iterate over it.
template <class Record>
inline constexpr std::tuple<> fields{};

template <class Record>
inline constexpr std::size_t field_count = std::tuple_size_v<std::remove_cvref_t<decltype(fields<Record>)>>;

/// Call `visit(field)` for each field of a record.
template <class Record, class Visit>
constexpr void for_each_field(Visit visit) {
    std::apply([&](const auto&... field) { (visit(field), ...); }, fields<Record>);
}

/// Return the keys of a record's fields, after other keys that its document may have.
template <class Record, class... Others>
constexpr auto keys(Others... others) {
    return std::apply([&](const auto&... field) { return std::array{std::string_view(others)..., field.key...}; },
                      fields<Record>);
}

/// Return the keys that a record must have.
template <class Record>
constexpr auto required_keys() {
    constexpr std::size_t count =
        std::apply([](const auto&... field) { return (std::size_t{field.required} + ...); }, fields<Record>);
    std::array<std::string_view, count> required;
    std::size_t i = 0;
    for_each_field<Record>([&](const auto& field) {
        if (field.required) required[i++] = field.key;
    });
    return required;
}

}  // namespace designation
