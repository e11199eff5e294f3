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

/// Where in the table one is, so that a text is made of it only where something is wrong.
struct Place {
    const Place* parent = nullptr;
    std::string_view name;

    Place of(const ArrowSchema& child) const noexcept { return {this, child.name ? child.name : ""}; }
    std::string pointer() const { return parent ? parent->pointer() + '/' + std::string(name) : std::string{}; }
};

[[noreturn]] void refuse(const Place& place, std::string why) {
    throw InputError(
        {{"arrow", place.pointer(), 0, 0, "the table's memory contradicts itself: " + std::move(why), {}}});
}

void check_schema(const ArrowSchema* schema, const Place& place) {
    if (!schema || !schema->format) refuse(place, "a column has no format");
    const auto children = schema->n_children;
    if (children < 0 || children > std::numeric_limits<int>::max() || (children > 0 && !schema->children)) {
        refuse(place, "its schema has not the children that it counts");
    }
    if (schema->dictionary) check_schema(schema->dictionary, place);
    const Type type = layout_of(*schema).type;
    if ((type == Type::list || type == Type::large_list) && children != 1) refuse(place, "a list has one child");
    for (std::int64_t i = 0; i < children; ++i) {
        const ArrowSchema* child = schema->children[i];
        check_schema(child, child ? place.of(*child) : place);
    }
}

std::int64_t count_nulls(const ArrowArray& array) noexcept {
    const auto* bits = array.n_buffers > 0 ? static_cast<const std::uint8_t*>(array.buffers[0]) : nullptr;
    if (!bits) return 0;
    const std::int64_t end = array.offset + array.length;
    std::int64_t valid = 0;
    for (std::int64_t at = array.offset; at < end;) {
        if (at % 8 == 0 && end - at >= 64) {
            std::uint64_t many = 0;
            std::memcpy(&many, bits + at / 8, sizeof many);
            valid += std::popcount(many);
            at += 64;
            continue;
        }
        const auto bit = static_cast<unsigned>(at % 8);
        const auto some = static_cast<unsigned>(std::min<std::int64_t>(8 - bit, end - at));
        const unsigned mask = ((1U << some) - 1U) << bit;
        valid += std::popcount(bits[at / 8] & mask);
        at += some;
    }
    return array.length - valid;
}

/// How many buffers arrays of a type have at least, the one that says which values are null included.
std::int64_t fewest_buffers(Type type) noexcept {
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
void check_offsets(std::span<const Offset> offsets, std::int64_t most, const Place& place) {
    unsigned backwards = offsets.front() < 0 ? 1 : 0;
    for (std::size_t i = 1; i < offsets.size(); ++i) backwards |= static_cast<unsigned>(offsets[i] < offsets[i - 1]);
    if (backwards != 0) refuse(place, "an offset is before the one that precedes it");
    if (offsets.back() > most) {
        refuse(place, "an offset is " + std::to_string(offsets.back()) + ", beyond the " + std::to_string(most) +
                          " values that are there");
    }
}

template <class Offset>
std::span<const Offset> offsets_of(const ArrowColumn& column, std::int64_t first, std::int64_t count) noexcept {
    return {column.buffer<Offset>(1) + column.offset + first, static_cast<std::size_t>(count) + 1};
}

template <class Offset>
void check_packed(const ArrowColumn& column, std::int64_t first, std::int64_t count, const Place& place) {
    const auto offsets = offsets_of<Offset>(column, first, count);
    check_offsets(offsets, std::numeric_limits<Offset>::max(), place);
    if (offsets.back() > offsets.front() && !column.buffer<char>(2)) refuse(place, "its texts have no buffer");
}

void check_views(const ArrowColumn& column, std::int64_t first, std::int64_t count, const Place& place) {
    const std::int64_t buffers = column.array->n_buffers - 3;  // beside nulls, views and sizes
    const auto* sizes = column.buffer<std::int64_t>(static_cast<int>(buffers + 2));
    for (std::int64_t at = first; at < first + count; ++at) {
        const TextView& view = column.buffer<TextView>(1)[column.offset + at];
        if (!column.is_valid(at) || (view.size >= 0 && view.is_inline())) continue;
        const bool exists = view.size >= 0 && view.buffer >= 0 && view.buffer < buffers && view.offset >= 0 && sizes &&
                            column.array->buffers[2 + view.buffer];
        if (!exists || std::int64_t{view.offset} + view.size > sizes[view.buffer]) {
            refuse(place, "a text lies outside its buffer");
        }
    }
}

void check_texts(const ArrowColumn& column, std::int64_t first, std::int64_t count, const Place& place) {
    if (count == 0) return;
    switch (column.layout.type) {
        case Type::utf8: return check_packed<std::int32_t>(column, first, count, place);
        case Type::large_utf8: return check_packed<std::int64_t>(column, first, count, place);
        case Type::utf8_view: return check_views(column, first, count, place);
        default: return;
    }
}

/// The first item of the rows' lists, and how many there are.
std::pair<std::int64_t, std::int64_t> check_list(const ArrowColumn& list, std::int64_t first, std::int64_t count,
                                                 const Place& place) {
    if (count == 0 || list.layout.type == Type::null) return {0, 0};
    const std::int64_t most = list.array->children[0]->length;
    if (list.layout.type == Type::list) {
        check_offsets(offsets_of<std::int32_t>(list, first, count), most, place);
    } else {
        check_offsets(offsets_of<std::int64_t>(list, first, count), most, place);
    }
    const std::int64_t begin = item_begin(list, first);
    return {begin, item_begin(list, first + count) - begin};
}

void check_shape(const ArrowArray* array, const ArrowSchema& schema, std::int64_t needed, const Place& place) {
    if (!array) refuse(place, "an array is missing");
    if (array->length < 0 || array->offset < 0 ||
        array->offset > std::numeric_limits<std::int64_t>::max() - array->length) {
        refuse(place,
               "its length is " + std::to_string(array->length) + " and its offset " + std::to_string(array->offset));
    }
    if (array->length < needed) {
        refuse(place,
               "it has " + std::to_string(array->length) + " values where " + std::to_string(needed) + " are needed");
    }
    const Layout layout = layout_of(schema);
    if (layout.type == Type::other) return;  // nothing of it is read
    const std::int64_t fewest = fewest_buffers(layout.type);
    if (array->n_buffers < fewest || (array->n_buffers > 0 && !array->buffers)) refuse(place, "a buffer is missing");
    if (fewest > 1 && array->length > 0 && !array->buffers[1]) refuse(place, "its values have no buffer");
    const bool has_children = array->n_children == schema.n_children && (schema.n_children == 0 || array->children);
    if (!has_children || (array->dictionary == nullptr) != (schema.dictionary == nullptr)) {
        refuse(place, "it has not the children that its schema counts");
    }
    const std::int64_t items = layout.type == Type::structure ? array->offset + array->length : 0;
    for (std::int64_t i = 0; i < schema.n_children; ++i) {
        check_shape(array->children[i], *schema.children[i], items, place.of(*schema.children[i]));
    }
    if (schema.dictionary) {
        check_shape(array->dictionary, *schema.dictionary, 0, place);
        const ArrowColumn words{layout_of(*schema.dictionary), array->dictionary, array->dictionary->offset};
        check_texts(words, 0, array->dictionary->length, place);
    }
    if (layout.type == Type::null || array->null_count == -1) return;
    if (const std::int64_t nulls = count_nulls(*array); array->null_count != nulls) {
        refuse(place, "it says that " + std::to_string(array->null_count) + " values are null, and " +
                          std::to_string(nulls) + " are");
    }
}

constexpr Place root;

void check_places(const Periods& periods, std::string_view name, std::string_view kind, std::int64_t first,
                  std::int64_t count) {
    const Place list{&root, name};
    const auto [begin, size] = check_list(periods.list, first, count, list);
    check_texts(periods.kind.column(), begin, size, {&list, kind});
    check_texts(periods.currency, begin, size, {&list, "annual_value/currency"});
}

}  // namespace

void validate_schema(const ArrowSchema& table) { check_schema(&table, root); }

void validate_shape(const ArrowArray& batch, const ArrowSchema& table) {
    check_shape(&batch, table, 0, root);
    if (count_nulls(batch) > 0) refuse(root, "a row is null");
}

void validate_places(const Batch& batch, std::int64_t first, std::int64_t count) {
    check_texts(batch.id, first, count, {&root, "id"});
    check_places(batch.csp_authorizations, "csp_authorizations", "type", first, count);
    check_places(batch.support_contracts, "support_contracts", "type", first, count);
    check_places(batch.solutions_partner_designations, "solutions_partner_designations", "area", first, count);
    const Place events{&root, "events"};
    const auto [begin, size] = check_list(batch.events.list, first, count, events);
    check_texts(batch.events.type.column(), begin, size, {&events, "type"});
    check_texts(batch.events.outcome.column(), begin, size, {&events, "outcome"});
}

}  // namespace designation::portfolio
