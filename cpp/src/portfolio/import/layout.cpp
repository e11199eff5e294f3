#include "portfolio/import/layout.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <utility>

#include "designation/partner.hpp"

namespace designation::portfolio {

namespace {

struct TypeName {
    std::string_view format;
    std::string_view name;
};
constexpr std::array<TypeName, 24> type_names{
    {{"n", "null"},       {"b", "bool"},        {"c", "int8"},         {"C", "uint8"},      {"s", "int16"},
     {"S", "uint16"},     {"i", "int32"},       {"I", "uint32"},       {"l", "int64"},      {"L", "uint64"},
     {"e", "float16"},    {"f", "float32"},     {"g", "float64"},      {"u", "utf8"},       {"U", "large_utf8"},
     {"vu", "utf8_view"}, {"z", "binary"},      {"Z", "large_binary"}, {"tdD", "date32"},   {"tdm", "date64"},
     {"+l", "list"},      {"+L", "large_list"}, {"+s", "struct"},      {"+vl", "list_view"}}};

std::string type_name(const ArrowSchema& schema) {
    const std::string_view format = schema.format;
    if (schema.dictionary) return "a dictionary of " + type_name(*schema.dictionary);
    const auto* known = std::ranges::find(type_names, format, &TypeName::format);
    if (known != type_names.end()) return std::string(known->name);
    if (format.starts_with("ts")) return format.size() > 4 ? "a timestamp with a time zone" : "a timestamp";
    if (format.starts_with("d:")) return "decimal";
    return "the Arrow format \"" + std::string(format) + '"';
}

std::int64_t ticks_per_day(char unit) noexcept {
    constexpr std::int64_t seconds = 86'400;
    switch (unit) {
        case 's': return seconds;
        case 'm': return seconds * 1'000;
        case 'u': return seconds * 1'000'000;
        default: return seconds * 1'000'000'000;
    }
}

Layout decimal_layout(std::string_view format) noexcept {
    // The format is "d:precision,scale[,bits]".
    std::array<int, 3> numbers{0, 0, 128};
    const char* next = format.data() + 2;
    const char* end = format.data() + format.size();
    for (int& number : numbers) {
        if (next >= end) break;
        next = std::from_chars(next, end, number).ptr + 1;
    }
    Layout layout{Type::decimal};
    layout.scale = numbers[1];
    layout.bytes = numbers[2] / 8;
    const bool is_width = layout.bytes == 4 || layout.bytes == 8 || layout.bytes == 16;
    const bool is_readable = is_width && layout.scale >= 0 && layout.scale <= 30;
    return is_readable ? layout : Layout{};
}

Layout integer_layout(char letter) noexcept {
    Layout layout{Type::integer};
    layout.is_signed = letter >= 'a';
    switch (layout.is_signed ? letter : static_cast<char>(letter - 'A' + 'a')) {
        case 'c': layout.bytes = 1; break;
        case 's': layout.bytes = 2; break;
        case 'i': layout.bytes = 4; break;
        default: layout.bytes = 8; break;
    }
    return layout;
}

bool is_text(Type type) noexcept {
    return type == Type::null || type == Type::utf8 || type == Type::large_utf8 || type == Type::utf8_view;
}

enum class Expected : std::uint8_t { text, day, list, structure, number };

bool fits(Type type, Expected expected) noexcept {
    if (type == Type::null) return true;
    switch (expected) {
        case Expected::text: return is_text(type) || type == Type::dictionary;
        case Expected::day: return type == Type::date32 || type == Type::ticks;
        case Expected::list: return type == Type::list || type == Type::large_list;
        case Expected::structure: return type == Type::structure;
        case Expected::number:
            return type == Type::float64 || type == Type::float32 || type == Type::integer || type == Type::decimal;
    }
    return false;
}

std::string_view description(Expected expected) noexcept {
    switch (expected) {
        case Expected::text: return "text (utf8, large_utf8, utf8_view or a dictionary of these)";
        case Expected::day: return "dates (date32, or timestamps at midnight without a time zone)";
        case Expected::list: return "a list of structs";
        case Expected::structure: return "a struct";
        case Expected::number: return "a number (float64 or decimal)";
    }
    return {};
}

template <class Value>
constexpr Expected expected_of = field_count<Value> > 0 ? Expected::structure : Expected::text;
template <>
constexpr Expected expected_of<Day> = Expected::day;
template <>
constexpr Expected expected_of<Amount> = Expected::number;
template <>
constexpr Expected expected_of<double> = Expected::number;
template <>
constexpr Expected expected_of<std::int64_t> = Expected::number;
template <class Record>
constexpr Expected expected_of<std::vector<Record>> = Expected::list;
template <class Value>
constexpr Expected expected_of<std::optional<Value>> = expected_of<Value>;

/// A column that a kind of record can have.
struct ExpectedColumn {
    std::string_view name;
    Expected expected;
    bool required;
};

template <class Record>
constexpr auto columns_of = std::apply(
    []<class... Fields>(const Fields&... field) {
        return std::array{
            ExpectedColumn{field.key, expected_of<typename Fields::template Value<Record>>, field.required}...};
    },
    fields<Record>);

/// Finds the members of a struct by name and collects the names of the others.
class MemberFinder {
 public:
    MemberFinder(const ArrowSchema& schema, std::string path, std::span<const ExpectedColumn> columns,
                 Diagnostics& problems)
        : schema_(schema), path_(std::move(path)), columns_(columns), problems_(problems) {}

    /// Return a column that the record can have.
    Field find(std::string_view name) {
        const auto column = std::ranges::find(columns_, name, &ExpectedColumn::name);
        return find(name, column->expected, column->required);
    }
    Field find(std::string_view name, Expected expected, bool required) {
        Field field;
        for (int i = 0; i < schema_.n_children; ++i) {
            if (name_of_child(i) != name) continue;
            if (field.exists()) report(name, "duplicate_key", "duplicate column");
            field = {i, layout_of(*schema_.children[i])};
            if (!fits(field.layout.type, expected)) {
                report(name, "type",
                       "must be " + std::string(description(expected)) + ", not " + type_name(*schema_.children[i]));
            }
        }
        if (required && !field.exists()) report(name, "missing_key", "missing column");
        return field;
    }

    /// Add the names of the columns that are neither a member of the record nor in `others`.
    void add_unread(std::vector<std::string>& names, std::initializer_list<std::string_view> others = {}) const {
        for (int i = 0; i < schema_.n_children; ++i) {
            const std::string_view name = name_of_child(i);
            if (std::ranges::find(columns_, name, &ExpectedColumn::name) != columns_.end()) continue;
            if (std::ranges::find(others, name) == others.end()) names.push_back(path_ + std::string(name));
        }
    }

    const ArrowSchema& child(const Field& field) const { return *schema_.children[field.index]; }

 private:
    std::string_view name_of_child(int i) const noexcept {
        const char* name = schema_.children[i]->name;
        return name ? name : "";
    }
    void report(std::string_view name, std::string code, std::string message) {
        std::string pointer = "/" + path_ + std::string(name);
        std::ranges::replace(pointer, '.', '/');
        problems_.push_back({std::move(code), std::move(pointer), std::move(message)});
    }

    const ArrowSchema& schema_;
    std::string path_;
    std::span<const ExpectedColumn> columns_;
    Diagnostics& problems_;
};

/// Return the schema of the structs in a list; null if the table has no such list or its items are not structs.
const ArrowSchema* find_item(MemberFinder& table, const Field& list, std::string_view name, Field& item,
                             Diagnostics& problems) {
    if (!list.exists() || (list.layout.type != Type::list && list.layout.type != Type::large_list)) return nullptr;
    const ArrowSchema& schema = *table.child(list).children[0];
    item = {0, layout_of(schema)};
    if (item.layout.type == Type::structure) return &schema;
    if (item.layout.type != Type::null) {
        problems.push_back({"type", '/' + std::string(name), "must be a list of structs, not of " + type_name(schema)});
    }
    return nullptr;
}

template <class Record>
PeriodsField find_periods(MemberFinder& table, std::string_view name, Diagnostics& problems,
                          std::vector<std::string>& unread) {
    PeriodsField field;
    field.list = table.find(name);
    const ArrowSchema* item = find_item(table, field.list, name, field.item, problems);
    if (!item) return field;
    MemberFinder members(*item, std::string(name) + '.', columns_of<Record>, problems);
    field.kind = members.find(columns_of<Record>.front().name);
    field.from = members.find("from");
    field.through = members.find("through");
    if constexpr (requires(Record record) { record.annual_value; }) {
        field.value = members.find("annual_value");
        if (field.value.layout.type == Type::structure) {
            MemberFinder money(members.child(field.value), std::string(name) + ".annual_value.", columns_of<Money>,
                               problems);
            field.amount = money.find("amount");
            field.currency = money.find("currency");
            money.add_unread(unread);
        }
    }
    members.add_unread(unread);
    return field;
}

}  // namespace

Layout layout_of(const ArrowSchema& schema) noexcept {
    const std::string_view format = schema.format;
    constexpr std::string_view integers = "cCsSiIlL";
    const bool is_integer = format.size() == 1 && integers.find(format[0]) != std::string_view::npos;
    if (schema.dictionary) {
        Layout layout{Type::dictionary};
        layout.dictionary_type = layout_of(*schema.dictionary).type;
        if (!is_integer || !is_text(layout.dictionary_type)) return {};
        layout.index_format = format[0];
        return layout;
    }
    if (is_integer) return integer_layout(format[0]);
    if (format == "n") return {Type::null};
    if (format == "u") return {Type::utf8};
    if (format == "U") return {Type::large_utf8};
    if (format == "vu") return {Type::utf8_view};
    if (format == "tdD") return {Type::date32};
    if (format == "+l") return {Type::list};
    if (format == "+L") return {Type::large_list};
    if (format == "+s") return {Type::structure};
    if (format == "g") return {Type::float64};
    if (format == "f") return {Type::float32};
    if (format.starts_with("d:")) return decimal_layout(format);
    const bool is_timestamp_without_zone = format.size() == 4 && format.starts_with("ts") && format[3] == ':';
    if (is_timestamp_without_zone || format == "tdm") {
        Layout layout{Type::ticks};
        layout.ticks_per_day = ticks_per_day(format[2]);
        return layout;
    }
    return {};
}

TableLayout table_layout_of(const ArrowSchema& schema, std::string_view as_of) {
    Diagnostics problems;
    TableLayout layout;
    if (layout_of(schema).type != Type::structure) {
        throw InputError({{"type", "", "must be a table, not " + type_name(schema)}});
    }
    std::vector<std::string> unread;
    MemberFinder table(schema, "", columns_of<PartnerRecord>, problems);
    layout.id = table.find("id");
    layout.csp_authorizations = find_periods<AuthorizationRecord>(table, "csp_authorizations", problems, unread);
    layout.support_contracts = find_periods<SupportContractRecord>(table, "support_contracts", problems, unread);
    layout.solutions_partner_designations =
        find_periods<SolutionsPartnerDesignationRecord>(table, "solutions_partner_designations", problems, unread);
    layout.events.list = table.find("events");
    if (const ArrowSchema* item = find_item(table, layout.events.list, "events", layout.events.item, problems)) {
        MemberFinder members(*item, "events.", columns_of<EventRecord>, problems);
        layout.events.on = members.find("on");
        layout.events.type = members.find("type");
        layout.events.outcome = members.find("outcome");
        members.add_unread(unread);
    }
    if (!as_of.empty()) layout.as_of = table.find(as_of, Expected::day, true);
    table.add_unread(layout.unread, {"format", "$schema", as_of});
    layout.unread.insert(layout.unread.end(), unread.begin(), unread.end());
    if (!problems.empty()) throw InputError(std::move(problems));
    return layout;
}

}  // namespace designation::portfolio
