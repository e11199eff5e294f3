#include "portfolio/import/validate.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "designation/diagnostic.hpp"

namespace designation::portfolio {

namespace {

/// The location of a column in the table. Its pointer is built only if there is an error.
struct Location {
    const Location* parent = nullptr;
    std::string_view name;

    Location child(const ArrowSchema& schema) const noexcept { return {this, schema.name ? schema.name : ""}; }
    std::string pointer() const { return parent ? parent->pointer() + '/' + std::string(name) : std::string{}; }
};

[[noreturn]] void fail(const Location& location, std::string message) {
    throw InputError({{"arrow", location.pointer(), "invalid Arrow data: " + std::move(message)}});
}

void check_schema(const ArrowSchema* schema, const Location& location) {
    if (!schema || !schema->format) fail(location, "a column has no format");
    const auto children = schema->n_children;
    if (children < 0 || children > std::numeric_limits<int>::max() || (children > 0 && !schema->children)) {
        fail(location, "the children of the schema do not match n_children");
    }
    if (schema->dictionary) check_schema(schema->dictionary, location);
    const Type type = layout_of(*schema).type;
    const bool is_list = type == Type::list || type == Type::large_list;
    if (is_list && children != 1) fail(location, "a list must have one child, not " + std::to_string(children));
    for (std::int64_t i = 0; i < children; ++i) {
        const ArrowSchema* child = schema->children[i];
        check_schema(child, child ? location.child(*child) : location);
    }
}

std::int64_t count_nulls(const ArrowArray& array) noexcept {
    const auto* bits = array.n_buffers > 0 ? static_cast<const std::uint8_t*>(array.buffers[0]) : nullptr;
    if (!bits) return 0;
    const std::int64_t end = array.offset + array.length;
    std::int64_t valid = 0;
    for (std::int64_t at = array.offset; at < end;) {
        if (at % 8 == 0 && end - at >= 64) {
            std::uint64_t word = 0;
            std::memcpy(&word, bits + at / 8, sizeof word);
            valid += std::popcount(word);
            at += 64;
            continue;
        }
        const auto bit = static_cast<unsigned>(at % 8);
        const auto count = static_cast<unsigned>(std::min<std::int64_t>(8 - bit, end - at));
        const unsigned mask = ((1U << count) - 1U) << bit;
        valid += std::popcount(bits[at / 8] & mask);
        at += count;
    }
    return array.length - valid;
}

/// Return how many buffers an array of a type has at least, including the validity bitmap.
std::int64_t min_buffers(Type type) noexcept {
    switch (type) {
        case Type::null:
        case Type::structure:
        case Type::other: return 0;
        case Type::utf8:
        case Type::large_utf8:
        case Type::utf8_view: return 3;
        default: return 2;
    }
}

template <class Offset>
void check_offsets(std::span<const Offset> offsets, std::int64_t limit, const Location& location) {
    unsigned decreases = offsets.front() < 0 ? 1 : 0;
    for (std::size_t i = 1; i < offsets.size(); ++i) decreases |= static_cast<unsigned>(offsets[i] < offsets[i - 1]);
    if (decreases != 0) fail(location, "an offset is less than the one before it");
    if (offsets.back() > limit) {
        fail(location,
             "an offset must be at most " + std::to_string(limit) + ", not " + std::to_string(offsets.back()));
    }
}

template <class Offset>
std::span<const Offset> offsets_of(const ArrowColumn& column, std::int64_t first, std::int64_t count) noexcept {
    return {column.buffer<Offset>(1) + column.offset + first, static_cast<std::size_t>(count) + 1};
}

template <class Offset>
void check_offset_texts(const ArrowColumn& column, std::int64_t first, std::int64_t count, const Location& location) {
    const auto offsets = offsets_of<Offset>(column, first, count);
    check_offsets(offsets, std::numeric_limits<Offset>::max(), location);
    if (offsets.back() > offsets.front() && !column.buffer<char>(2)) fail(location, "the buffer of texts is missing");
}

void check_views(const ArrowColumn& column, std::int64_t first, std::int64_t count, const Location& location) {
    const std::int64_t buffers = column.array->n_buffers - 3;  // besides those of validity, views and sizes
    const auto* sizes = column.buffer<std::int64_t>(static_cast<int>(buffers + 2));
    for (std::int64_t at = first; at < first + count; ++at) {
        const TextView& view = column.buffer<TextView>(1)[column.offset + at];
        if (!column.is_valid(at) || (view.size >= 0 && view.is_inline())) continue;
        const bool has_buffer = view.size >= 0 && view.buffer >= 0 && view.buffer < buffers && view.offset >= 0 &&
                                sizes && column.array->buffers[2 + view.buffer];
        if (!has_buffer || std::int64_t{view.offset} + view.size > sizes[view.buffer]) {
            fail(location, "a text is outside its buffer");
        }
    }
}

void check_texts(const ArrowColumn& column, std::int64_t first, std::int64_t count, const Location& location) {
    if (count == 0) return;
    switch (column.layout.type) {
        case Type::utf8: return check_offset_texts<std::int32_t>(column, first, count, location);
        case Type::large_utf8: return check_offset_texts<std::int64_t>(column, first, count, location);
        case Type::utf8_view: return check_views(column, first, count, location);
        default: return;
    }
}

/// Check the lists in these rows; return the position of their first item and the number of items.
std::pair<std::int64_t, std::int64_t> check_list(const ArrowColumn& list, std::int64_t first, std::int64_t count,
                                                 const Location& location) {
    if (count == 0 || list.layout.type == Type::null) return {0, 0};
    const std::int64_t limit = list.array->children[0]->length;
    if (list.layout.type == Type::list) {
        check_offsets(offsets_of<std::int32_t>(list, first, count), limit, location);
    } else {
        check_offsets(offsets_of<std::int64_t>(list, first, count), limit, location);
    }
    const std::int64_t begin = item_begin(list, first);
    return {begin, item_begin(list, first + count) - begin};
}

void check_shape(const ArrowArray* array, const ArrowSchema& schema, std::int64_t required_length,
                 const Location& location) {
    if (!array) fail(location, "an array is missing");
    if (array->length < 0 || array->offset < 0 ||
        array->offset > std::numeric_limits<std::int64_t>::max() - array->length) {
        fail(location, "length " + std::to_string(array->length) + " and offset " + std::to_string(array->offset) +
                           " are not valid");
    }
    if (array->length < required_length) {
        fail(location, "the length must be at least " + std::to_string(required_length) + ", not " +
                           std::to_string(array->length));
    }
    const Layout layout = layout_of(schema);
    if (layout.type == Type::other) return;  // it is not read
    const std::int64_t required_buffers = min_buffers(layout.type);
    if (array->n_buffers < required_buffers || (array->n_buffers > 0 && !array->buffers)) {
        fail(location, "a buffer is missing");
    }
    if (required_buffers > 1 && array->length > 0 && !array->buffers[1]) {
        fail(location, "the buffer of values is missing");
    }
    const bool has_children = array->n_children == schema.n_children && (schema.n_children == 0 || array->children);
    if (!has_children || (array->dictionary == nullptr) != (schema.dictionary == nullptr)) {
        fail(location, "the children of the array do not match the schema");
    }
    const std::int64_t child_length = layout.type == Type::structure ? array->offset + array->length : 0;
    for (std::int64_t i = 0; i < schema.n_children; ++i) {
        check_shape(array->children[i], *schema.children[i], child_length, location.child(*schema.children[i]));
    }
    if (schema.dictionary) {
        check_shape(array->dictionary, *schema.dictionary, 0, location);
        const ArrowColumn texts{layout_of(*schema.dictionary), array->dictionary, array->dictionary->offset};
        check_texts(texts, 0, array->dictionary->length, location);
    }
    if (layout.type == Type::null || array->null_count == -1) return;
    if (const std::int64_t nulls = count_nulls(*array); array->null_count != nulls) {
        fail(location, "null_count must be " + std::to_string(nulls) + ", not " + std::to_string(array->null_count));
    }
}

constexpr Location root;

void check_values(const Periods& periods, std::string_view name, std::string_view kind, std::int64_t first,
                  std::int64_t count) {
    const Location list{&root, name};
    const auto [begin, size] = check_list(periods.list, first, count, list);
    check_texts(periods.kind.column(), begin, size, {&list, kind});
    check_texts(periods.currency, begin, size, {&list, "annual_value/currency"});
}

}  // namespace

void validate_schema(const ArrowSchema& table) { check_schema(&table, root); }

void validate_shape(const ArrowArray& batch, const ArrowSchema& table) {
    check_shape(&batch, table, 0, root);
    if (count_nulls(batch) > 0) fail(root, "a row must not be null");
}

void validate_values(const Batch& batch, std::int64_t first, std::int64_t count) {
    check_texts(batch.id, first, count, {&root, "id"});
    check_values(batch.csp_authorizations, "csp_authorizations", "type", first, count);
    check_values(batch.support_contracts, "support_contracts", "type", first, count);
    check_values(batch.solutions_partner_designations, "solutions_partner_designations", "area", first, count);
    const Location events{&root, "events"};
    const auto [begin, size] = check_list(batch.events.list, first, count, events);
    check_texts(batch.events.type.column(), begin, size, {&events, "type"});
    check_texts(batch.events.outcome.column(), begin, size, {&events, "outcome"});
}

}  // namespace designation::portfolio
