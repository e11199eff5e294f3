#include "check.hpp"
#include "json/reader.hpp"

namespace designation::json {

namespace {

/// Reports what `check` finds at the members of a record.
Report report_at(Reader& reader, const Node& node) {
    return [&reader, &node](std::string_view member, std::string code, std::string message) {
        reader.report(node, member, std::move(code), std::move(message));
    };
}

void read_notes(Reader& reader, const Members& members, std::string& notes) {
    if (const Node* node = members["notes"]) notes = reader.string(*node).value_or("");
}

Interval read_period(Reader& reader, const Node& node, const Members& members) {
    Interval period;
    const Node* from = members["from"];
    const Node* through = members["through"];
    const auto first = from ? reader.day(*from) : std::nullopt;
    const auto last = through ? reader.day(*through) : std::nullopt;
    if (first) period.from = *first;
    if (last) period.through = *last;
    if (first && last) check(period, report_at(reader, node));
    return period;
}

std::optional<AuthorizationType> read_authorization_type(Reader& reader, const Node& node) {
    // The former name of a distributor (spec, section 2).
    if (node.kind == Kind::string && node.text == "indirect_provider") return AuthorizationType::distributor;
    return reader.word<AuthorizationType>(node);
}

void read(Reader& reader, const Node& node, AuthorizationRecord& record) {
    const auto members = reader.members(node, {"type", "from", "through", "notes"}, {"type", "from"});
    if (!members) return;
    if (const Node* type = (*members)["type"]) {
        record.type = read_authorization_type(reader, *type).value_or(AuthorizationType{});
    }
    record.period = read_period(reader, node, *members);
    read_notes(reader, *members, record.notes);
}

std::optional<Money> read_money(Reader& reader, const Node& node) {
    const auto members = reader.members(node, {"amount", "currency"}, {"amount", "currency"});
    if (!members) return std::nullopt;
    const Node* amount = (*members)["amount"];
    const Node* currency = (*members)["currency"];
    const auto value = amount ? reader.amount(*amount) : std::nullopt;
    const auto unit = currency ? reader.currency(*currency) : std::nullopt;
    if (!value || !unit) return std::nullopt;
    return Money{*value, *unit};
}

void read(Reader& reader, const Node& node, SupportContractRecord& record) {
    const auto members = reader.members(node, {"type", "from", "through", "annual_value", "notes"}, {"type", "from"});
    if (!members) return;
    if (const Node* type = (*members)["type"]) record.type = reader.word<ContractType>(*type).value_or(ContractType{});
    record.period = read_period(reader, node, *members);
    if (const Node* value = (*members)["annual_value"]) record.annual_value = read_money(reader, *value);
    read_notes(reader, *members, record.notes);
}

void read(Reader& reader, const Node& node, SolutionsPartnerDesignationRecord& record) {
    const auto members = reader.members(node, {"area", "from", "through", "notes"}, {"area", "from"});
    if (!members) return;
    if (const Node* area = (*members)["area"]) record.area = reader.word<SolutionArea>(*area).value_or(SolutionArea{});
    record.period = read_period(reader, node, *members);
    read_notes(reader, *members, record.notes);
}

constexpr DimensionScore unread{0, 1};

DimensionScore read_dimension(Reader& reader, const Node* node) {
    if (!node) return unread;
    const auto members = reader.members(*node, {"score", "out_of"}, {"score", "out_of"});
    if (!members) return unread;
    const Node* score = (*members)["score"];
    const Node* out_of = (*members)["out_of"];
    const auto given = score ? reader.number(*score) : std::nullopt;
    const auto most = out_of ? reader.number(*out_of) : std::nullopt;
    if (!given || !most) return unread;
    return {*given, *most};
}

Dimensions read_dimensions(Reader& reader, const Node& node) {
    const std::initializer_list<std::string_view> names = {"support_function", "support_staff_skills",
                                                           "support_performance_metrics"};
    const auto members = reader.members(node, names, names);
    if (!members) return {unread, unread, unread};
    return {read_dimension(reader, (*members)["support_function"]),
            read_dimension(reader, (*members)["support_staff_skills"]),
            read_dimension(reader, (*members)["support_performance_metrics"])};
}

/// An outcome; `none` where it is no outcome at all (which is reported).
Outcome read_outcome(Reader& reader, const Node& node, std::optional<EventType> type) {
    constexpr std::array outcomes{Outcome::eligible, Outcome::ineligible, Outcome::pass, Outcome::fail};
    std::vector<std::string_view> named;
    if (node.kind == Kind::string) {
        for (const Outcome outcome : outcomes) {
            if (to_string(outcome) == node.text) return outcome;
        }
        // Only what this type of event can have is worth naming.
        for (const Outcome outcome : type ? outcomes_of(*type) : outcomes) named.push_back(to_string(outcome));
        if (named.empty()) return outcomes.front();
    }
    reader.index_of(node, named.data(), named.size());
    return Outcome::none;
}

void read(Reader& reader, const Node& node, EventRecord& record) {
    const auto members = reader.members(
        node, {"on", "type", "outcome", "dimensions", "cases", "rate", "score", "notes"}, {"on", "type"});
    if (!members) return;
    const auto number = [&](std::string_view name) {
        const Node* value = (*members)[name];
        return value ? reader.number(*value) : std::nullopt;
    };
    const auto type = (*members)["type"] ? reader.word<EventType>(*(*members)["type"]) : std::nullopt;
    if (const Node* on = (*members)["on"]) record.on = reader.day(*on).value_or(Day{});
    const Node* outcome = (*members)["outcome"];
    record.outcome = outcome ? read_outcome(reader, *outcome, type) : Outcome::none;
    if (const Node* dimensions = (*members)["dimensions"]) record.dimensions = read_dimensions(reader, *dimensions);
    if (const Node* cases = (*members)["cases"]) {
        record.cases = reader.integer(*cases, 0, std::numeric_limits<std::int64_t>::max());
    }
    record.rate = number("rate");
    record.score = number("score");
    read_notes(reader, *members, record.notes);
    if (!type) return;
    record.type = *type;
    check(record, [&](std::string_view member, std::string code, std::string message) {
        const bool is_told = member == "outcome" && outcome && record.outcome == Outcome::none;
        if (!is_told) reader.report(node, member, std::move(code), std::move(message));
    });
    check_fields(record, report_at(reader, node));
}

template <class Record>
void read_list(Reader& reader, const Node* node, std::optional<std::vector<Record>>& list) {
    if (!node || !reader.array(*node)) return;
    auto& records = list.emplace();
    records.reserve(node->count);
    for (const Node* child = node->first; child; child = child->next) read(reader, *child, records.emplace_back());
}

}  // namespace

template <class Record>
std::optional<Record> read_record(Reader& reader, const Node& node) {
    Record record;
    read(reader, node, record);
    if (!reader.good()) return std::nullopt;
    return record;
}

template std::optional<AuthorizationRecord> read_record(Reader& reader, const Node& node);
template std::optional<SupportContractRecord> read_record(Reader& reader, const Node& node);
template std::optional<SolutionsPartnerDesignationRecord> read_record(Reader& reader, const Node& node);
template std::optional<EventRecord> read_record(Reader& reader, const Node& node);

std::optional<Partner> read_partner(Reader& reader, const Node& root) {
    const auto members = reader.members(root,
                                        {"$schema", "format", "id", "name", "csp_authorizations", "support_contracts",
                                         "solutions_partner_designations", "events", "notes"},
                                        {"id"});
    if (!members) return std::nullopt;
    PartnerRecord record;
    reader.format((*members)["format"], "designation/partner@1");
    if (const Node* schema = (*members)["$schema"]) reader.string(*schema);
    if (const Node* id = (*members)["id"]) record.id = reader.text(*id).value_or("");
    if (const Node* name = (*members)["name"]) record.name = reader.string(*name);
    read_list(reader, (*members)["csp_authorizations"], record.csp_authorizations);
    read_list(reader, (*members)["support_contracts"], record.support_contracts);
    read_list(reader, (*members)["solutions_partner_designations"], record.solutions_partner_designations);
    read_list(reader, (*members)["events"], record.events);
    read_notes(reader, *members, record.notes);
    if (!reader.good()) return std::nullopt;
    return Partner(std::move(record));
}

}  // namespace designation::json
