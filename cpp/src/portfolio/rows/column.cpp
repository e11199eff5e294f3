#include "portfolio/rows/column.hpp"

#include <algorithm>
#include <stdexcept>

namespace designation::portfolio {

ArrowColumn member(const ArrowColumn& structure, const Field& field) noexcept {
    if (!field.exists()) return {};
    const ArrowArray* child = structure.array->children[field.index];
    return {field.layout, child, structure.offset + child->offset};
}

std::int64_t item_begin(const ArrowColumn& list, std::int64_t row) noexcept {
    const std::int64_t at = list.offset + row;
    return list.layout.type == Type::list ? list.buffer<std::int32_t>(1)[at] : list.buffer<std::int64_t>(1)[at];
}

ArrowColumn items(const ArrowColumn& list, const Field& item) noexcept {
    if (!item.exists()) return {};
    const ArrowArray* child = list.array->children[0];
    return {item.layout, child, child->offset};
}

namespace {

/// Return the index into the dictionary at a position.
std::int64_t index_at(const ArrowColumn& column, std::int64_t at) noexcept {
    const std::int64_t i = column.offset + at;
    switch (column.layout.index_format) {
        case 'c': return column.buffer<std::int8_t>(1)[i];
        case 'C': return column.buffer<std::uint8_t>(1)[i];
        case 's': return column.buffer<std::int16_t>(1)[i];
        case 'S': return column.buffer<std::uint16_t>(1)[i];
        case 'i': return column.buffer<std::int32_t>(1)[i];
        case 'I': return column.buffer<std::uint32_t>(1)[i];
        default: return column.buffer<std::int64_t>(1)[i];
    }
}

ArrowColumn dictionary_of(const ArrowColumn& column) noexcept {
    const ArrowArray* values = column.array->dictionary;
    Layout layout;
    layout.type = column.layout.dictionary_type;
    return {layout, values, values->offset};
}

// The layouts of texts. Each has its own type, so the compiler builds a loop for each.
template <class Offset>
struct OffsetTexts {
    const Offset* offsets;
    const char* bytes;
    explicit OffsetTexts(const ArrowColumn& column) noexcept
        : offsets(column.buffer<Offset>(1) + column.offset), bytes(column.buffer<char>(2)) {}
    std::string_view operator[](std::int64_t at) const noexcept {
        return {bytes + offsets[at], static_cast<std::size_t>(offsets[at + 1] - offsets[at])};
    }
};

struct ViewTexts {
    const TextView* views;
    const void* const* buffers;
    explicit ViewTexts(const ArrowColumn& column) noexcept
        : views(column.buffer<TextView>(1) + column.offset), buffers(column.array->buffers) {}
    std::string_view operator[](std::int64_t at) const noexcept {
        const TextView& view = views[at];
        const auto size = static_cast<std::size_t>(view.size);
        if (view.is_inline()) return {view.prefix.data(), size};
        return {static_cast<const char*>(buffers[2 + view.buffer]) + view.offset, size};
    }
};

template <class Visit>
auto with_texts(const ArrowColumn& column, Visit visit) {
    switch (column.layout.type) {
        case Type::large_utf8: return visit(OffsetTexts<std::int64_t>(column));
        case Type::utf8_view: return visit(ViewTexts(column));
        default: return visit(OffsetTexts<std::int32_t>(column));
    }
}

template <class T>
void set_missing(const ArrowColumn& column, std::int64_t first, std::int64_t count, T missing, T* out) noexcept {
    const Validity valid = column.validity();
    if (!valid.bits) return;
    for (std::int64_t i = 0; i < count; ++i) out[i] = select(valid.bit(first + i), out[i], missing);
}

template <class Index>
void decode(const ArrowColumn& column, std::int64_t first, std::int64_t count, const std::vector<std::uint8_t>& decoded,
            std::uint8_t* out) {
    const Index* indices = column.buffer<Index>(1) + column.offset + first;
    const std::size_t size = decoded.size();
    const std::uint8_t* codes = decoded.data();
    for (std::int64_t i = 0; i < count; ++i) {
        const auto index = static_cast<std::size_t>(static_cast<std::make_unsigned_t<Index>>(indices[i]));
        const bool has_code = sizeof(Index) == 1 || index < size;  // `decoded` has a code for every byte
        out[i] = has_code ? codes[index] : WordTable::unknown;
    }
}

}  // namespace

std::string_view text_at(const ArrowColumn& column, std::int64_t at) noexcept {
    if (!column.is_valid(at)) return {};
    if (column.layout.type == Type::dictionary) {
        const std::int64_t index = index_at(column, at);
        const bool exists = index >= 0 && index < column.array->dictionary->length;
        return exists ? text_at(dictionary_of(column), index) : std::string_view{};
    }
    return with_texts(column, [at](const auto& texts) { return texts[at]; });
}

void read_days(const ArrowColumn& column, std::int64_t first, std::int64_t count, std::int32_t missing,
               std::int32_t* out) {
    if (count == 0) return;
    if (column.layout.type == Type::null) {
        std::fill_n(out, count, missing);
        return;
    }
    if (column.layout.type == Type::date32) {
        const auto* days = column.buffer<std::int32_t>(1) + column.offset + first;
        for (std::int64_t i = 0; i < count; ++i) out[i] = days[i] == no_end ? no_day : days[i];
    } else {
        const auto* ticks = column.buffer<std::int64_t>(1) + column.offset + first;
        const std::int64_t ticks_per_day = column.layout.ticks_per_day;
        for (std::int64_t i = 0; i < count; ++i) {
            const std::int64_t day = ticks[i] / ticks_per_day;
            const bool is_day = ticks[i] % ticks_per_day == 0 && day > INT32_MIN && day < INT32_MAX;
            out[i] = is_day ? static_cast<std::int32_t>(day) : no_day;
        }
    }
    set_missing(column, first, count, missing, out);
}

WordTable::WordTable(const std::vector<Entry>& entries) {
    for (; !fill_slots(entries); factor_ += 2) {
        if (factor_ == 1) throw std::logic_error("no hash function separates the words");
    }
}

bool WordTable::fill_slots(const std::vector<Entry>& entries) noexcept {
    slots_.fill({});
    for (const Entry& entry : entries) {
        Entry& target = slots_[slot(entry.first)];
        if (!target.first.empty()) return false;
        target = entry;
    }
    return true;
}

WordColumn::WordColumn(const ArrowColumn& column, const WordTable& table) : column_(column), table_(&table) {
    if (column.layout.type != Type::dictionary) return;
    const ArrowColumn values = dictionary_of(column);
    const auto words = static_cast<std::size_t>(values.array->length);
    decoded_.assign(std::max<std::size_t>(words, UINT8_MAX + 1), WordTable::unknown);
    for (std::size_t i = 0; i < words; ++i) {
        const auto at = static_cast<std::int64_t>(i);
        decoded_[i] = values.is_valid(at) ? table.code(text_at(values, at)) : WordTable::missing;
    }
}

void WordColumn::read(std::int64_t first, std::int64_t count, std::uint8_t* out) const {
    if (count == 0) return;
    switch (column_.layout.type) {
        case Type::null: std::fill_n(out, count, WordTable::missing); return;
        case Type::dictionary:
            switch (column_.layout.index_format) {
                case 'c': decode<std::int8_t>(column_, first, count, decoded_, out); break;
                case 'C': decode<std::uint8_t>(column_, first, count, decoded_, out); break;
                case 's': decode<std::int16_t>(column_, first, count, decoded_, out); break;
                case 'S': decode<std::uint16_t>(column_, first, count, decoded_, out); break;
                case 'i': decode<std::int32_t>(column_, first, count, decoded_, out); break;
                case 'I': decode<std::uint32_t>(column_, first, count, decoded_, out); break;
                default: decode<std::int64_t>(column_, first, count, decoded_, out); break;
            }
            break;
        default:
            with_texts(column_, [&](const auto& texts) {
                // The text of a null can be any bytes, so it is not read.
                const Validity valid = column_.validity();
                for (std::int64_t i = 0; i < count; ++i) {
                    out[i] = valid[first + i] ? table_->code(texts[first + i]) : WordTable::missing;
                }
            });
            return;
    }
    set_missing(column_, first, count, WordTable::missing, out);
}

}  // namespace designation::portfolio
