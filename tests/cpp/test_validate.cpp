// Invalid arrays are refused before any out-of-bounds read.

#include <array>
#include <functional>
#include <limits>
#include <portfolio/rows/column.hpp>

#include "tables.hpp"

using namespace support;

namespace {

using ChangeArray = std::function<void(ArrowArray&)>;
using ChangeSchema = std::function<void(ArrowSchema&)>;

/// A stream that changes the schema and the arrays of another one.
struct ChangedStream {
    ArrowArrayStream original;
    ChangeSchema change_schema;
    ChangeArray change_array;
};

ChangedStream& data_of(ArrowArrayStream* stream) { return *static_cast<ChangedStream*>(stream->private_data); }

/// Return the error of a table with a changed schema or array; "none" if there is none.
std::string error_of(TestColumn table, const ChangeSchema& change_schema, const ChangeArray& change_array) {
    ChangedStream changed{stream_of(std::move(table)), change_schema, change_array};
    ArrowArrayStream stream{};
    stream.get_schema = [](ArrowArrayStream* from, ArrowSchema* out) {
        ChangedStream& data = data_of(from);
        const int status = data.original.get_schema(&data.original, out);
        if (data.change_schema) data.change_schema(*out);
        return status;
    };
    stream.get_next = [](ArrowArrayStream* from, ArrowArray* out) {
        ChangedStream& data = data_of(from);
        const int status = data.original.get_next(&data.original, out);
        if (data.change_array && out->release) data.change_array(*out);
        return status;
    };
    stream.get_last_error = [](ArrowArrayStream*) -> const char* { return nullptr; };
    stream.release = [](ArrowArrayStream* from) {
        data_of(from).original.release(&data_of(from).original);
        from->release = nullptr;
    };
    stream.private_data = &changed;
    try {
        dsg::PortfolioOptions options;
        options.as_of = day("2026-09-15");
        dsg::assess_portfolio(stream, options, dsg::builtin_rules());
    } catch (const dsg::InputError& error) {
        return error.what();
    }
    return "none";
}

std::string error_of(const ChangeArray& change, TestColumn table = three_partners()) {
    return error_of(std::move(table), {}, change);
}
std::string error_of_schema(const ChangeSchema& change) { return error_of(three_partners(), change, {}); }

std::string invalid(const std::string& pointer, const std::string& message) {
    return pointer + (pointer.empty() ? "" : ": ") + "invalid Arrow data: " + message + " [arrow]";
}

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

// Columns of `three_partners`, and members of its events.
ArrowArray& ids(ArrowArray& table) { return *table.children[0]; }
ArrowArray& events(ArrowArray& table) { return *table.children[1]; }
ArrowArray& event(ArrowArray& table) { return *events(table).children[0]; }
ArrowArray& types(ArrowArray& table) { return *event(table).children[1]; }
ArrowArray& outcomes(ArrowArray& table) { return *event(table).children[2]; }

/// Return a table with one id, a view of a text.
TestColumn table_with_view(const portfolio::TextView& view) {
    std::vector<TestColumn> members;
    members.push_back(text_column("id", {"contoso"}));
    TestColumn table = struct_column("", std::move(members));
    portfolio::Array& id = table.array.children[0];
    table.schema.children[0].format = "vu";
    const std::string text = "a name that is longer than twelve";
    id.buffers.clear();
    id.buffers.emplace_back();
    id.buffers.push_back(portfolio::Buffer::copy_of<portfolio::TextView>(std::array{view}));
    id.buffers.push_back(portfolio::Buffer::copy_of<char>(text));
    id.buffers.push_back(portfolio::Buffer::copy_of<std::int64_t>(std::array{static_cast<std::int64_t>(text.size())}));
    return table;
}

}  // namespace

TEST_CASE("an unchanged table is assessed") {
    CHECK(error_of([](ArrowArray&) {}) == "none");
    CHECK(error_of([](ArrowArray& table) { ids(table).null_count = -1; }) == "none");
    CHECK(error_of([](ArrowArray&) {}, table_with_view({33, {'a', ' ', 'n', 'a'}, 0, 0})) == "none");
}

TEST_CASE("negative and overflowing lengths and offsets are refused") {
    CHECK(error_of([](ArrowArray& table) { table.length = -1; }) ==
          invalid("", "length -1 and offset 0 are not valid"));
    CHECK(error_of([](ArrowArray& table) { ids(table).offset = -2; }) ==
          invalid("/id", "length 3 and offset -2 are not valid"));
    CHECK(error_of([](ArrowArray& table) { event(table).offset = largest; }) ==
          invalid("/events/item", "length 3 and offset 9223372036854775807 are not valid"));
}

TEST_CASE("a column shorter than its table is refused") {
    CHECK(error_of([](ArrowArray& table) { table.length = 4; }) ==
          invalid("/id", "the length must be at least 4, not 3"));
    CHECK(error_of([](ArrowArray& table) { table.offset = largest - 3; }).find("the length must be at least") !=
          std::string::npos);
    CHECK(error_of([](ArrowArray& table) { types(table).length = 2; }) ==
          invalid("/events/item/type", "the length must be at least 3, not 2"));
}

TEST_CASE("a wrong null count is refused") {
    CHECK(error_of([](ArrowArray& table) { events(table).null_count = 0; }) ==
          invalid("/events", "null_count must be 1, not 0"));
    CHECK(error_of([](ArrowArray& table) { ids(table).null_count = 2; }) ==
          invalid("/id", "null_count must be 0, not 2"));
    CHECK(error_of([](ArrowArray& table) { types(table).null_count = -2; }).find("not -2") != std::string::npos);
}

TEST_CASE("nulls are counted for any offset and length of an array") {
    constexpr std::size_t size = 300;
    std::vector<std::optional<std::string>> values(size, "x");
    for (std::size_t i = 0; i < size; i += 7) values[i].reset();
    for (const std::int64_t offset : {0, 1, 7, 8, 64, 65, 299}) {
        std::int64_t nulls = 0;
        for (auto at = static_cast<std::size_t>(offset); at < size; ++at) nulls += values[at] ? 0 : 1;
        for (const std::int64_t null_count : {nulls, nulls + 1}) {
            const auto change = [&](ArrowArray& table) {
                table.length = 1;
                table.children[1]->offset = offset;
                table.children[1]->length = static_cast<std::int64_t>(size) - offset;
                table.children[1]->null_count = null_count;
            };
            std::vector<TestColumn> members;
            members.push_back(text_column("id", {"a"}));
            members.push_back(text_column("comment", values));
            CHECK((error_of(change, struct_column("", std::move(members))) == "none") == (null_count == nulls));
        }
    }
}

TEST_CASE("a null row and missing buffers or children are refused") {
    static const std::uint8_t none_valid = 0;
    CHECK(error_of([](ArrowArray& table) {
              table.buffers[0] = &none_valid;
              table.null_count = 3;
          }) == invalid("", "a row must not be null"));
    CHECK(error_of([](ArrowArray& table) { ids(table).buffers[1] = nullptr; }) ==
          invalid("/id", "the buffer of values is missing"));
    CHECK(error_of([](ArrowArray& table) { ids(table).buffers[2] = nullptr; }) ==
          invalid("/id", "the buffer of texts is missing"));
    CHECK(error_of([](ArrowArray& table) { ids(table).n_buffers = 2; }) == invalid("/id", "a buffer is missing"));
    CHECK(error_of([](ArrowArray& table) { ids(table).buffers = nullptr; }) == invalid("/id", "a buffer is missing"));
    CHECK(error_of([](ArrowArray& table) { table.children[0] = nullptr; }) == invalid("/id", "an array is missing"));
    const std::string children = "the children of the array do not match the schema";
    CHECK(error_of([](ArrowArray& table) { table.n_children = 3; }) == invalid("", children));
    CHECK(error_of([](ArrowArray& table) { event(table).children = nullptr; }) == invalid("/events/item", children));
    CHECK(error_of([](ArrowArray& table) { types(table).dictionary = nullptr; }) ==
          invalid("/events/item/type", children));
}

TEST_CASE("lists with decreasing offsets or offsets beyond their items are refused") {
    static constexpr std::array<std::int32_t, 4> decreasing{0, 2, 1, 3};
    static constexpr std::array<std::int32_t, 4> negative{-1, 2, 3, 3};
    static constexpr std::array<std::int32_t, 4> beyond{0, 2, 3, 1'000'000};
    const std::string order = "an offset is less than the one before it";
    CHECK(error_of([](ArrowArray& table) { events(table).buffers[1] = decreasing.data(); }) ==
          invalid("/events", order));
    CHECK(error_of([](ArrowArray& table) { events(table).buffers[1] = negative.data(); }) == invalid("/events", order));
    CHECK(error_of([](ArrowArray& table) { events(table).buffers[1] = beyond.data(); }) ==
          invalid("/events", "an offset must be at most 3, not 1000000"));
}

TEST_CASE("texts with decreasing offsets or outside their buffer are refused") {
    static constexpr std::array<std::int32_t, 4> decreasing{0, 4, 1, 6};
    const std::string order = "an offset is less than the one before it";
    CHECK(error_of([](ArrowArray& table) { ids(table).buffers[1] = decreasing.data(); }) == invalid("/id", order));
    CHECK(error_of([](ArrowArray& table) { outcomes(table).buffers[1] = decreasing.data(); }) ==
          invalid("/events/outcome", order));
    CHECK(error_of([](ArrowArray& table) { types(table).dictionary->buffers[1] = decreasing.data(); }) ==
          invalid("/events/item/type", order));
    const std::string outside = invalid("/id", "a text is outside its buffer");
    for (const portfolio::TextView& view :
         {portfolio::TextView{34, {}, 0, 0}, portfolio::TextView{33, {}, 0, 1}, portfolio::TextView{33, {}, 1, 0},
          portfolio::TextView{33, {}, -1, 0}, portfolio::TextView{33, {}, 0, -1}, portfolio::TextView{-1, {}, 0, 0}}) {
        CHECK(error_of([](ArrowArray&) {}, table_with_view(view)) == outside);
    }
}

TEST_CASE("an index beyond its dictionary is an unknown word") {
    static constexpr std::array<std::int8_t, 3> beyond{0, 77, 1};
    CHECK(error_of([](ArrowArray& table) {
              types(table).buffers[1] = beyond.data();
          }).find("/0/events/1/type: must be one of") == 0);
}

TEST_CASE("a schema with missing formats or children is refused") {
    CHECK(error_of_schema([](ArrowSchema& table) { table.format = nullptr; }) == invalid("", "a column has no format"));
    CHECK(error_of_schema([](ArrowSchema& table) { table.children[0]->format = nullptr; }) ==
          invalid("/id", "a column has no format"));
    CHECK(error_of_schema([](ArrowSchema& table) { table.children[0] = nullptr; }) ==
          invalid("", "a column has no format"));
    CHECK(error_of_schema([](ArrowSchema& table) { table.n_children = -1; }) ==
          invalid("", "the children of the schema do not match n_children"));
    CHECK(error_of_schema([](ArrowSchema& table) { table.children = nullptr; }) ==
          invalid("", "the children of the schema do not match n_children"));
    CHECK(error_of_schema([](ArrowSchema& table) { table.children[1]->n_children = 0; }) ==
          invalid("/events", "a list must have one child, not 0"));
    CHECK(error_of_schema([](ArrowSchema& table) {
              table.children[1]->children[0]->children[1]->dictionary->format = nullptr;
          }) == invalid("/events/item/type", "a column has no format"));
    CHECK(error_of_schema([](ArrowSchema& table) {
              table.children[0]->name = nullptr;
          }).starts_with("/id: missing column"));
}
