#include "check.hpp"
#include "designation/words.hpp"
#include "json/reader.hpp"

namespace designation::json {

namespace {

/// Return a function that reports a problem at a member of a record.
Report report_at(Reader& reader, const Node& node) {
    return [&reader, &node](std::string_view member, std::string code, std::string message) {
        reader.report(node, member, std::move(code), std::move(message));
    };
}

/// Return the bit of a field in the bits of its record.
template <class Record>
consteval unsigned bit_of(std::string_view key) {
    unsigned bit = 1;
    unsigned found = 0;
    for_each_field<Record>([&](const auto& field) {
        if (field.key == key) found = bit;
        bit <<= 1U;
    });
    return found;
}

template <class Record>
constexpr unsigned all_fields = ~(~0U << field_count<Record>);

template <class Value>
bool assign(std::optional<Value> read, Value& value) {
    if (!read) return false;
    value = *std::move(read);
    return true;
}

// If the value cannot be read, each of these functions reports it and returns false.

bool read_value(Reader& reader, const Node& node, std::string& text) { return assign(reader.string(node), text); }
bool read_value(Reader& reader, const Node& node, Day& day) { return assign(reader.day(node), day); }
bool read_value(Reader& reader, const Node& node, double& number) { return assign(reader.number(node), number); }
bool read_value(Reader& reader, const Node& node, std::int64_t& count) {
    return assign(reader.integer(node, 0, std::numeric_limits<std::int64_t>::max()), count);
}
bool read_value(Reader& reader, const Node& node, Amount& amount) { return assign(reader.amount(node), amount); }
bool read_value(Reader& reader, const Node& node, Currency& unit) { return assign(reader.currency(node), unit); }

template <class Enum>
    requires(count_of<Enum> > 0)
bool read_value(Reader& reader, const Node& node, Enum& value) {
    if (node.kind == Kind::string) {
        if (const auto known = from_word<Enum>(node.text)) return assign(known, value);
    }
    return assign(reader.enumerator<Enum>(node), value);
}

bool read_value(Reader& reader, const Node& node, Money& money);
bool read_value(Reader& reader, const Node& node, DimensionScore& dimension);
bool read_value(Reader& reader, const Node& node, Dimensions& dimensions);
template <class Record>
bool read_value(Reader& reader, const Node& node, std::optional<std::vector<Record>>& list);

template <class Value>
bool read_value(Reader& reader, const Node& node, std::optional<Value>& maybe) {
    Value value{};
    if (!read_value(reader, node, value)) return false;
    maybe = std::move(value);
    return true;
}

/// Read an outcome; report a value that is not one, and return `Outcome::none`.
Outcome read_outcome(Reader& reader, const Node& node, std::optional<EventType> type) {
    constexpr std::array outcomes{Outcome::eligible, Outcome::ineligible, Outcome::pass, Outcome::fail};
    std::vector<std::string_view> named;
    if (node.kind == Kind::string) {
        for (const Outcome outcome : outcomes) {
            if (to_string(outcome) == node.text) return outcome;
        }
        // The message lists the outcomes that this type of event can have.
        for (const Outcome outcome : type ? outcomes_of(*type) : outcomes) named.push_back(to_string(outcome));
        // `check` reports that this type of event has no outcome.
        if (named.empty()) return outcomes.front();
    }
    reader.index_of(node, named.data(), named.size());
    return Outcome::none;
}

/// Return the type of an event; other records have none.
template <class Record>
std::optional<EventType> event_type_of(const Record& record) noexcept {
    if constexpr (std::is_same_v<Record, EventRecord>) {
        return record.type;
    } else {
        return std::nullopt;
    }
}

/// Read the present members into their fields; return the bits of those that were read.
template <class Record>
unsigned read_fields(Reader& reader, const Members& members, Record& record) {
    unsigned read = 0;
    unsigned bit = 1;
    for_each_field<Record>([&](const auto& field) {
        auto& value = field.get(record);
        using Value = std::remove_reference_t<decltype(value)>;
        if (const Node* node = members[field.key]) {
            bool is_read = false;
            if constexpr (std::is_same_v<Value, Outcome>) {
                const bool has_type = (read & bit_of<Record>("type")) != 0;
                value = read_outcome(reader, *node, has_type ? event_type_of(record) : std::nullopt);
                is_read = value != Outcome::none;
            } else if constexpr (std::is_same_v<Value, std::string>) {
                is_read = assign(field.required ? reader.text(*node) : reader.string(*node), value);
            } else {
                is_read = read_value(reader, *node, value);
            }
            if (is_read) read |= bit;
        }
        bit <<= 1U;
    });
    return read;
}

/// Read an object with the fields of a record; return the bits of those that were read.
template <class Record>
unsigned read_object(Reader& reader, const Node& node, Record& record) {
    static constexpr auto known = keys<Record>();
    static constexpr auto required = required_keys<Record>();
    const auto members = reader.members(node, known, required);
    return members ? read_fields(reader, *members, record) : 0;
}

/// Read money; both members must be valid.
bool read_value(Reader& reader, const Node& node, Money& money) {
    return read_object(reader, node, money) == all_fields<Money>;
}

/// Read a score; replace an unreadable one by a valid one to avoid follow-on errors.
bool read_value(Reader& reader, const Node& node, DimensionScore& dimension) {
    if (read_object(reader, node, dimension) != all_fields<DimensionScore>) dimension = {0, 1};
    return true;
}

bool read_value(Reader& reader, const Node& node, Dimensions& dimensions) {
    dimensions = {{0, 1}, {0, 1}, {0, 1}};
    read_object(reader, node, dimensions);
    return true;
}

void check_record(Reader& reader, const Node& node, const EventRecord& record, unsigned read) {
    if ((read & bit_of<EventRecord>("type")) == 0) return;
    const Report report = report_at(reader, node);
    const Node* outcome = find(node, "outcome");
    const bool is_reported = outcome && outcome->kind != Kind::null && record.outcome == Outcome::none;
    if (!is_reported) check(record, report);
    check_fields(record, report);
}

template <class Record>
void check_record(Reader& reader, const Node& node, const Record& record, unsigned read) {
    constexpr unsigned period = bit_of<Record>("from") | bit_of<Record>("through");
    if ((read & period) == period) check(record.period, report_at(reader, node));
}

template <class Record>
void read_and_check(Reader& reader, const Node& node, Record& record) {
    const unsigned read = read_object(reader, node, record);
    if (read != 0) check_record(reader, node, record, read);
}

template <class Record>
bool read_value(Reader& reader, const Node& node, std::optional<std::vector<Record>>& list) {
    if (!reader.expect_array(node)) return false;
    auto& records = list.emplace();
    records.reserve(node.count);
    for (const Node* child = node.first; child; child = child->next) {
        read_and_check(reader, *child, records.emplace_back());
    }
    return true;
}

}  // namespace

template <class Record>
std::optional<Record> read_record(Reader& reader, const Node& node) {
    Record record;
    read_and_check(reader, node, record);
    if (!reader.is_valid()) return std::nullopt;
    return record;
}

template std::optional<AuthorizationRecord> read_record(Reader& reader, const Node& node);
template std::optional<SupportContractRecord> read_record(Reader& reader, const Node& node);
template std::optional<SolutionsPartnerDesignationRecord> read_record(Reader& reader, const Node& node);
template std::optional<EventRecord> read_record(Reader& reader, const Node& node);

std::optional<Partner> read_partner(Reader& reader, const Node& root) {
    static constexpr auto known = keys<PartnerRecord>("$schema", "format");
    static constexpr auto required = required_keys<PartnerRecord>();
    const auto members = reader.members(root, known, required);
    if (!members) return std::nullopt;
    reader.format((*members)["format"], "designation/partner@1");
    if (const Node* schema = (*members)["$schema"]) reader.string(*schema);
    PartnerRecord record;
    read_fields(reader, *members, record);
    if (!reader.is_valid()) return std::nullopt;
    return Partner(std::move(record));
}

}  // namespace designation::json
