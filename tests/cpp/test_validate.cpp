// Arrays that contradict themselves are refused, and nothing is read from where it is not.

#include <array>
#include <functional>
#include <limits>
#include <portfolio/rows/column.hpp>

#include "tables.hpp"

using namespace support;

namespace {

using Lie = std::function<void(ArrowArray&)>;
using SchemaLie = std::function<void(ArrowSchema&)>;

/// Tells lies about the table that another stream gives.
struct Liar {
    ArrowArrayStream honest;
    SchemaLie of_schema;
    Lie of_array;
};

Liar& liar(ArrowArrayStream* stream) { return *static_cast<Liar*>(stream->private_data); }

std::string refusal(Made table, const SchemaLie& of_schema, const Lie& of_array) {
    Liar teller{stream_of(std::move(table)), of_schema, of_array};
    ArrowArrayStream stream{};
    stream.get_schema = [](ArrowArrayStream* from, ArrowSchema* out) {
        const int status = liar(from).honest.get_schema(&liar(from).honest, out);
        if (liar(from).of_schema) liar(from).of_schema(*out);
        return status;
    };
    stream.get_next = [](ArrowArrayStream* from, ArrowArray* out) {
        const int status = liar(from).honest.get_next(&liar(from).honest, out);
        if (liar(from).of_array && out->release) liar(from).of_array(*out);
        return status;
    };
    stream.get_last_error = [](ArrowArrayStream*) -> const char* { return nullptr; };
    stream.release = [](ArrowArrayStream* from) {
        liar(from).honest.release(&liar(from).honest);
        from->release = nullptr;
    };
    stream.private_data = &teller;
    try {
        dsg::PortfolioQuestion question;
        question.as_of = day("2026-09-15");
        dsg::assess_portfolio(stream, question, dsg::builtin_rules());
    } catch (const dsg::InputError& error) {
        return error.what();
    }
    return "none";
}

std::string refusal(const Lie& lie, Made table = portfolio()) { return refusal(std::move(table), {}, lie); }
std::string refusal_of_schema(const SchemaLie& lie) { return refusal(portfolio(), lie, {}); }

std::string says(const std::string& pointer, const std::string& why) {
    return pointer + (pointer.empty() ? "" : ": ") + "the table's memory contradicts itself: " + why + " [arrow]";
}

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

// Columns of `portfolio`, and members of its events.
ArrowArray& ids(ArrowArray& table) { return *table.children[0]; }
ArrowArray& events(ArrowArray& table) { return *table.children[1]; }
ArrowArray& event(ArrowArray& table) { return *events(table).children[0]; }
ArrowArray& types(ArrowArray& table) { return *event(table).children[1]; }
ArrowArray& outcomes(ArrowArray& table) { return *event(table).children[2]; }

/// A table whose ids are views of a text.
Made viewed(const columns::TextView& view) {
    std::vector<Made> members;
    members.push_back(texts("id", {"contoso"}));
    Made made = structs("", std::move(members));
    columns::Array& id = made.array.children[0];
    made.schema.children[0].format = "vu";
    const std::string text = "a name that is longer than twelve";
    id.buffers.clear();
    id.buffers.emplace_back();
    id.buffers.push_back(columns::Buffer::of<columns::TextView>(std::array{view}));
    id.buffers.push_back(columns::Buffer::of<char>(text));
    id.buffers.push_back(columns::Buffer::of<std::int64_t>(std::array{static_cast<std::int64_t>(text.size())}));
    return made;
}

}  // namespace

TEST_CASE("a table that does not lie is answered") {
    CHECK(refusal([](ArrowArray&) {}) == "none");
    CHECK(refusal([](ArrowArray& table) { ids(table).null_count = -1; }) == "none");
    CHECK(refusal([](ArrowArray&) {}, viewed({33, {'a', ' ', 'n', 'a'}, 0, 0})) == "none");
}

TEST_CASE("lengths and offsets that no array can have are refused") {
    CHECK(refusal([](ArrowArray& table) { table.length = -1; }) == says("", "its length is -1 and its offset 0"));
    CHECK(refusal([](ArrowArray& table) { ids(table).offset = -2; }) ==
          says("/id", "its length is 3 and its offset -2"));
    CHECK(refusal([](ArrowArray& table) { event(table).offset = most; }) ==
          says("/events/item", "its length is 3 and its offset 9223372036854775807"));
}

TEST_CASE("a column that is shorter than its table is refused") {
    CHECK(refusal([](ArrowArray& table) { table.length = 4; }) == says("/id", "it has 3 values where 4 are needed"));
    CHECK(refusal([](ArrowArray& table) { table.offset = most - 3; }).find("are needed") != std::string::npos);
    CHECK(refusal([](ArrowArray& table) { types(table).length = 2; }) ==
          says("/events/item/type", "it has 2 values where 3 are needed"));
}

TEST_CASE("a count of nulls that is not theirs is refused") {
    CHECK(refusal([](ArrowArray& table) { events(table).null_count = 0; }) ==
          says("/events", "it says that 0 values are null, and 1 are"));
    CHECK(refusal([](ArrowArray& table) { ids(table).null_count = 2; }) ==
          says("/id", "it says that 2 values are null, and 0 are"));
    CHECK(refusal([](ArrowArray& table) { types(table).null_count = -2; }).find("-2 values") != std::string::npos);
}

TEST_CASE("nulls are counted over whole words and their rests, wherever the array begins") {
    constexpr std::size_t size = 300;
    std::vector<std::optional<std::string>> values(size, "x");
    for (std::size_t i = 0; i < size; i += 7) values[i].reset();
    for (const std::int64_t offset : {0, 1, 7, 8, 64, 65, 299}) {
        std::int64_t nulls = 0;
        for (auto at = static_cast<std::size_t>(offset); at < size; ++at) nulls += values[at] ? 0 : 1;
        for (const std::int64_t said : {nulls, nulls + 1}) {
            const auto lie = [&](ArrowArray& table) {
                table.length = 1;
                table.children[1]->offset = offset;
                table.children[1]->length = static_cast<std::int64_t>(size) - offset;
                table.children[1]->null_count = said;
            };
            std::vector<Made> members;
            members.push_back(texts("id", {"a"}));
            members.push_back(texts("comment", values));
            CHECK((refusal(lie, structs("", std::move(members))) == "none") == (said == nulls));
        }
    }
}

TEST_CASE("a row that is null, and buffers or children that are missing, are refused") {
    static const std::uint8_t none_valid = 0;
    CHECK(refusal([](ArrowArray& table) {
              table.buffers[0] = &none_valid;
              table.null_count = 3;
          }) == says("", "a row is null"));
    CHECK(refusal([](ArrowArray& table) { ids(table).buffers[1] = nullptr; }) ==
          says("/id", "its values have no buffer"));
    CHECK(refusal([](ArrowArray& table) { ids(table).buffers[2] = nullptr; }) ==
          says("/id", "its texts have no buffer"));
    CHECK(refusal([](ArrowArray& table) { ids(table).n_buffers = 2; }) == says("/id", "a buffer is missing"));
    CHECK(refusal([](ArrowArray& table) { ids(table).buffers = nullptr; }) == says("/id", "a buffer is missing"));
    CHECK(refusal([](ArrowArray& table) { table.children[0] = nullptr; }) == says("/id", "an array is missing"));
    const std::string children = "it has not the children that its schema counts";
    CHECK(refusal([](ArrowArray& table) { table.n_children = 3; }) == says("", children));
    CHECK(refusal([](ArrowArray& table) { event(table).children = nullptr; }) == says("/events/item", children));
    CHECK(refusal([](ArrowArray& table) { types(table).dictionary = nullptr; }) == says("/events/item/type", children));
}

TEST_CASE("lists that lie backwards or beyond their items are refused") {
    static constexpr std::array<std::int32_t, 4> backwards{0, 2, 1, 3};
    static constexpr std::array<std::int32_t, 4> negative{-1, 2, 3, 3};
    static constexpr std::array<std::int32_t, 4> beyond{0, 2, 3, 1'000'000};
    const std::string order = "an offset is before the one that precedes it";
    CHECK(refusal([](ArrowArray& table) { events(table).buffers[1] = backwards.data(); }) == says("/events", order));
    CHECK(refusal([](ArrowArray& table) { events(table).buffers[1] = negative.data(); }) == says("/events", order));
    CHECK(refusal([](ArrowArray& table) { events(table).buffers[1] = beyond.data(); }) ==
          says("/events", "an offset is 1000000, beyond the 3 values that are there"));
}

TEST_CASE("texts that lie backwards, or outside their buffer, are refused") {
    static constexpr std::array<std::int32_t, 4> backwards{0, 4, 1, 6};
    const std::string order = "an offset is before the one that precedes it";
    CHECK(refusal([](ArrowArray& table) { ids(table).buffers[1] = backwards.data(); }) == says("/id", order));
    CHECK(refusal([](ArrowArray& table) { outcomes(table).buffers[1] = backwards.data(); }) ==
          says("/events/outcome", order));
    CHECK(refusal([](ArrowArray& table) { types(table).dictionary->buffers[1] = backwards.data(); }) ==
          says("/events/item/type", order));
    const std::string outside = says("/id", "a text lies outside its buffer");
    for (const columns::TextView& view :
         {columns::TextView{34, {}, 0, 0}, columns::TextView{33, {}, 0, 1}, columns::TextView{33, {}, 1, 0},
          columns::TextView{33, {}, -1, 0}, columns::TextView{33, {}, 0, -1}, columns::TextView{-1, {}, 0, 0}}) {
        CHECK(refusal([](ArrowArray&) {}, viewed(view)) == outside);
    }
}

TEST_CASE("an index beyond its dictionary is no word") {
    static constexpr std::array<std::int8_t, 3> beyond{0, 77, 1};
    CHECK(refusal([](ArrowArray& table) {
              types(table).buffers[1] = beyond.data();
          }).find("/0/events/1/type: must be one of") == 0);
}

TEST_CASE("a schema without formats or children is refused") {
    CHECK(refusal_of_schema([](ArrowSchema& table) { table.format = nullptr; }) == says("", "a column has no format"));
    CHECK(refusal_of_schema([](ArrowSchema& table) { table.children[0]->format = nullptr; }) ==
          says("/id", "a column has no format"));
    CHECK(refusal_of_schema([](ArrowSchema& table) { table.children[0] = nullptr; }) ==
          says("", "a column has no format"));
    CHECK(refusal_of_schema([](ArrowSchema& table) { table.n_children = -1; }) ==
          says("", "its schema has not the children that it counts"));
    CHECK(refusal_of_schema([](ArrowSchema& table) { table.children = nullptr; }) ==
          says("", "its schema has not the children that it counts"));
    CHECK(refusal_of_schema([](ArrowSchema& table) { table.children[1]->n_children = 0; }) ==
          says("/events", "a list has one child"));
    CHECK(refusal_of_schema([](ArrowSchema& table) {
              table.children[1]->children[0]->children[1]->dictionary->format = nullptr;
          }) == says("/events/item/type", "a column has no format"));
    CHECK(refusal_of_schema([](ArrowSchema& table) {
              table.children[0]->name = nullptr;
          }).starts_with("/id: there is no such column"));
}
