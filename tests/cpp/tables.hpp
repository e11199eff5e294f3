#pragma once

#include <designation/portfolio.hpp>
#include <portfolio/export/stream.hpp>
#include <portfolio/import/stream_importer.hpp>

#include "support.hpp"

/// Arrow tables for the tests of portfolios.
namespace support {

namespace portfolio = dsg::portfolio;

using OptionalTexts = std::vector<std::optional<std::string>>;

/// A column with its schema.
struct TestColumn {
    portfolio::Schema schema;
    portfolio::Array array;
};

inline void set_validity(portfolio::Array& array, const std::vector<bool>& valid) {
    portfolio::Buffer bits(valid.size() / 8 + 1);
    std::fill_n(bits.as<std::uint8_t>(), valid.size() / 8 + 1, std::uint8_t{0});
    for (std::size_t i = 0; i < valid.size(); ++i) {
        if (valid[i]) bits.as<std::uint8_t>()[i / 8] |= static_cast<std::uint8_t>(1U << (i % 8));
        array.null_count += valid[i] ? 0 : 1;
    }
    array.buffers[0] = std::move(bits);
}

inline TestColumn text_column(const std::string& name, const OptionalTexts& values) {
    std::vector<std::string_view> words;
    std::vector<bool> valid;
    for (const auto& value : values) {
        words.emplace_back(value ? std::string_view(*value) : std::string_view{});
        valid.push_back(value.has_value());
    }
    TestColumn column{{"u", name, true, {}, {}}, portfolio::text_array(words)};
    set_validity(column.array, valid);
    return column;
}

inline TestColumn dictionary_column(const std::string& name, const std::vector<std::int8_t>& indices,
                                    const OptionalTexts& words) {
    TestColumn values = text_column("", words);
    TestColumn column{{"c", name, true, {}, {values.schema}}, {}};
    column.array.length = static_cast<std::int64_t>(indices.size());
    column.array.buffers.emplace_back();
    column.array.buffers.push_back(portfolio::Buffer::copy_of<std::int8_t>(indices));
    column.array.dictionary.push_back(std::move(values.array));
    return column;
}

inline TestColumn day_column(const std::string& name, const OptionalTexts& values) {
    std::vector<std::int32_t> counts;
    std::vector<bool> valid;
    for (const auto& value : values) {
        counts.push_back(value ? day(*value).days_since_1970() : 7);
        valid.push_back(value.has_value());
    }
    TestColumn column{{"tdD", name, true, {}, {}}, {}};
    column.array.length = static_cast<std::int64_t>(counts.size());
    column.array.buffers.emplace_back();
    column.array.buffers.push_back(portfolio::Buffer::copy_of<std::int32_t>(counts));
    set_validity(column.array, valid);
    return column;
}

inline TestColumn struct_column(const std::string& name, std::vector<TestColumn> members) {
    TestColumn column{{"+s", name, true, {}, {}}, {}};
    column.array.length = members.front().array.length;
    column.array.buffers.emplace_back();
    for (TestColumn& member : members) {
        column.schema.children.push_back(std::move(member.schema));
        column.array.children.push_back(std::move(member.array));
    }
    return column;
}

inline TestColumn list_column(const std::string& name, const std::vector<std::int32_t>& offsets,
                              const std::vector<bool>& valid, TestColumn items) {
    TestColumn column{{"+l", name, true, {std::move(items.schema)}, {}}, {}};
    column.array.length = static_cast<std::int64_t>(offsets.size()) - 1;
    column.array.buffers.emplace_back();
    column.array.buffers.push_back(portfolio::Buffer::copy_of<std::int32_t>(offsets));
    column.array.children.push_back(std::move(items.array));
    set_validity(column.array, valid);
    return column;
}

/// Return a table of three partners: one with an award and events out of order, one with unknown events, one with none.
inline TestColumn three_partners(const std::string& type = "badge_awarded") {
    std::vector<TestColumn> event;
    event.push_back(day_column("on", {"2026-03-02", "2026-01-20", "2030-01-01"}));
    event.push_back(dictionary_column("type", {0, 1, 1}, {type, "capability_evaluated"}));
    event.push_back(text_column("outcome", {std::nullopt, "pass", "fail"}));
    std::vector<TestColumn> members;
    members.push_back(text_column("id", {"contoso", "fabrikam", "litware"}));
    members.push_back(
        list_column("events", {0, 2, 3, 3}, {true, false, true}, struct_column("item", std::move(event))));
    members.push_back(day_column("day", {"2026-09-15", "2026-09-15", "2026-09-16"}));
    members.push_back(text_column("comment", {"a", "b", "c"}));
    return struct_column("", std::move(members));
}

inline ArrowArrayStream stream_of(TestColumn table) {
    struct Owner {
        portfolio::Schema schema;
        std::vector<portfolio::Array> chunks;
    };
    auto owner = std::make_shared<Owner>();
    owner->schema = std::move(table.schema);
    owner->chunks.push_back(std::move(table.array));
    ArrowArrayStream stream{};
    portfolio::export_stream(owner, owner->schema, owner->chunks, stream);
    return stream;
}

}  // namespace support
