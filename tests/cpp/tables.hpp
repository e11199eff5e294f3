#pragma once

#include <designation/portfolio.hpp>
#include <portfolio/export/stream.hpp>
#include <portfolio/import/stream_importer.hpp>

#include "support.hpp"

/// Tables made by hand, as Arrow has them.
namespace support {

namespace columns = dsg::portfolio;

using Texts = std::vector<std::optional<std::string>>;

/// A column of a table that is made by hand.
struct Made {
    columns::Schema schema;
    columns::Array array;
};

inline void set_validity(columns::Array& array, const std::vector<bool>& valid) {
    columns::Buffer bits(valid.size() / 8 + 1);
    std::fill_n(bits.as<std::uint8_t>(), valid.size() / 8 + 1, std::uint8_t{0});
    for (std::size_t i = 0; i < valid.size(); ++i) {
        if (valid[i]) bits.as<std::uint8_t>()[i / 8] |= static_cast<std::uint8_t>(1U << (i % 8));
        array.null_count += valid[i] ? 0 : 1;
    }
    array.buffers[0] = std::move(bits);
}

inline Made texts(const std::string& name, const Texts& values) {
    std::vector<std::string_view> words;
    std::vector<bool> valid;
    for (const auto& value : values) {
        words.emplace_back(value ? std::string_view(*value) : std::string_view{});
        valid.push_back(value.has_value());
    }
    Made made{{"u", name, true, {}, {}}, columns::texts(words)};
    set_validity(made.array, valid);
    return made;
}

inline Made dictionary(const std::string& name, const std::vector<std::int8_t>& indices, const Texts& words) {
    Made values = texts("", words);
    Made made{{"c", name, true, {}, {values.schema}}, {}};
    made.array.length = static_cast<std::int64_t>(indices.size());
    made.array.buffers.emplace_back();
    made.array.buffers.push_back(columns::Buffer::of<std::int8_t>(indices));
    made.array.dictionary.push_back(std::move(values.array));
    return made;
}

inline Made days(const std::string& name, const Texts& values) {
    std::vector<std::int32_t> counts;
    std::vector<bool> valid;
    for (const auto& value : values) {
        counts.push_back(value ? day(*value).days_since_1970() : 7);
        valid.push_back(value.has_value());
    }
    Made made{{"tdD", name, true, {}, {}}, {}};
    made.array.length = static_cast<std::int64_t>(counts.size());
    made.array.buffers.emplace_back();
    made.array.buffers.push_back(columns::Buffer::of<std::int32_t>(counts));
    set_validity(made.array, valid);
    return made;
}

inline Made structs(const std::string& name, std::vector<Made> members) {
    Made made{{"+s", name, true, {}, {}}, {}};
    made.array.length = members.front().array.length;
    made.array.buffers.emplace_back();
    for (Made& member : members) {
        made.schema.children.push_back(std::move(member.schema));
        made.array.children.push_back(std::move(member.array));
    }
    return made;
}

inline Made lists(const std::string& name, const std::vector<std::int32_t>& offsets, const std::vector<bool>& valid,
                  Made items) {
    Made made{{"+l", name, true, {std::move(items.schema)}, {}}, {}};
    made.array.length = static_cast<std::int64_t>(offsets.size()) - 1;
    made.array.buffers.emplace_back();
    made.array.buffers.push_back(columns::Buffer::of<std::int32_t>(offsets));
    made.array.children.push_back(std::move(items.array));
    set_validity(made.array, valid);
    return made;
}

/// Three partners: awarded with an event out of order, none known, no events.
inline Made portfolio(const std::string& type = "badge_awarded") {
    std::vector<Made> event;
    event.push_back(days("on", {"2026-03-02", "2026-01-20", "2030-01-01"}));
    event.push_back(dictionary("type", {0, 1, 1}, {type, "capability_evaluated"}));
    event.push_back(texts("outcome", {std::nullopt, "pass", "fail"}));
    std::vector<Made> members;
    members.push_back(texts("id", {"contoso", "fabrikam", "litware"}));
    members.push_back(lists("events", {0, 2, 3, 3}, {true, false, true}, structs("item", std::move(event))));
    members.push_back(days("day", {"2026-09-15", "2026-09-15", "2026-09-16"}));
    members.push_back(texts("comment", {"a", "b", "c"}));
    return structs("", std::move(members));
}

inline ArrowArrayStream stream_of(Made table) {
    struct Owner {
        columns::Schema schema;
        std::vector<columns::Array> chunks;
    };
    auto owner = std::make_shared<Owner>();
    owner->schema = std::move(table.schema);
    owner->chunks.push_back(std::move(table.array));
    ArrowArrayStream stream{};
    columns::export_stream(owner, owner->schema, owner->chunks, stream);
    return stream;
}

}  // namespace support
