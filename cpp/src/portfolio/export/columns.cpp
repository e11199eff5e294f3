#include "portfolio/export/columns.hpp"

#include <utility>

namespace designation::portfolio {

using Column = PortfolioColumn;

namespace {

template <class Enum>
constexpr ColumnSpec word_column(Part part, bool nullable = false) noexcept {
    return {Kind::word, part, nullable, enum_names<Enum>};
}

}  // namespace

ColumnSpec spec_of(Column column) noexcept {
    switch (column) {
        case Column::id:
        case Column::error: return {Kind::text, Part::eligibility, true, {}};
        case Column::edition: return {Kind::word, Part::eligibility, false, {}};
        case Column::eligibility:
        case Column::csp_authorization:
        case Column::support_contract:
        case Column::solutions_partner: return word_column<Verdict>(Part::eligibility);
        case Column::capability:
        case Column::performance:
        case Column::csat: return word_column<Verdict>(Part::evaluations);
        case Column::status: return word_column<Status>(Part::term);
        case Column::in_force: return word_column<Verdict>(Part::term);
        case Column::at_risk: return {Kind::flag, Part::term, false, {}};
        case Column::renewal: return word_column<Verdict>(Part::renewal, true);
        case Column::renewal_missing: return {Kind::words, Part::renewal, true, enum_names<Evaluation>};
        case Column::step: return word_column<Step>(Part::journey, true);
        case Column::waiting_on: return word_column<Actor>(Part::journey, true);
        case Column::fees_outstanding:
        case Column::fees_due:
        case Column::fees_incurred: return {Kind::amount, Part::fees, true, {}};
        case Column::badge:
        case Column::marketplace_visibility:
        case Column::elevated_support:
        case Column::performance_credits:
        case Column::early_adoption_discount: return word_column<Verdict>(Part::benefits);
        case Column::findings: return {Kind::findings, Part::findings, false, enum_names<FindingCode>};
        case Column::as_of: return {Kind::day, Part::eligibility, false, {}};
        case Column::capability_passed_on:
        case Column::capability_valid_through:
        case Column::performance_passed_on:
        case Column::performance_valid_through:
        case Column::csat_passed_on:
        case Column::csat_valid_through: return {Kind::day, Part::evaluations, true, {}};
        case Column::next_change_on: return {Kind::day, Part::eligibility, true, {}};
        case Column::deadline:
        case Column::overdue_since: return {Kind::day, Part::renewal, true, {}};
        default: return {Kind::day, Part::term, true, {}};
    }
}

namespace {

Schema list_of(Schema item) {
    item.name = "item";
    return {"+l", {}, true, {std::move(item)}, {}};
}

Schema schema_of(Column column) {
    Schema schema;
    switch (spec_of(column).kind) {
        case Kind::text: schema = {"u", {}, true, {}, {}}; break;
        case Kind::day: schema = {"tdD", {}, true, {}, {}}; break;
        case Kind::word: schema = {"c", {}, true, {}, {{"u", {}, true, {}, {}}}}; break;
        case Kind::flag: schema = {"b", {}, true, {}, {}}; break;
        case Kind::amount: schema = {"g", {}, true, {}, {}}; break;
        case Kind::words: schema = list_of({"u", {}, true, {}, {}}); break;
        case Kind::findings:
            schema = list_of({"+s", {}, true, {{"u", "code", true, {}, {}}, {"tdD", "on", true, {}, {}}}, {}});
            break;
    }
    schema.name = to_string(column);
    return schema;
}

}  // namespace

Schema schema_of(std::span<const Column> columns) {
    Schema schema{"+s", {}, false, {}, {}};
    for (const Column column : columns) schema.children.push_back(schema_of(column));
    return schema;
}

Parts parts_of(std::span<const Column> columns) {
    Parts parts;
    for (const Column column : columns) parts.insert(spec_of(column).part);
    return parts;
}

}  // namespace designation::portfolio
