#include "portfolio/import/batch.hpp"

#include "designation/facts.hpp"

namespace designation::portfolio {

namespace {

std::vector<WordTable::Entry> outcome_entries() {
    auto entries = WordTable::entries_of<Outcome>();
    entries.erase(entries.begin());  // `none` is not a word: an event without an outcome has null
    return entries;
}

Periods periods_of(const ArrowColumn& table, const PeriodsField& field, const WordTable& kinds) {
    Periods periods;
    periods.list = member(table, field.list);
    if (periods.list.layout.type == Type::null) return periods;
    periods.item = items(periods.list, field.item);
    periods.kind = {member(periods.item, field.kind), kinds};
    periods.from = member(periods.item, field.from);
    periods.through = member(periods.item, field.through);
    periods.value = member(periods.item, field.value);
    periods.amount = member(periods.value, field.amount);
    periods.currency = member(periods.value, field.currency);
    return periods;
}

Events events_of(const ArrowColumn& table, const EventsField& field) {
    static const WordTable types(WordTable::entries_of<EventType>());
    static const WordTable outcomes(outcome_entries());
    Events events;
    events.list = member(table, field.list);
    if (events.list.layout.type == Type::null) return events;
    events.item = items(events.list, field.item);
    events.on = member(events.item, field.on);
    events.type = {member(events.item, field.type), types};
    events.outcome = {member(events.item, field.outcome), outcomes};
    return events;
}

}  // namespace

Batch::Batch(const ArrowArray& array, const TableLayout& layout) : rows(array.length) {
    static const WordTable authorizations(WordTable::entries_of<AuthorizationType>());
    static const WordTable contracts(WordTable::entries_of<ContractType>());
    static const WordTable areas(WordTable::entries_of<SolutionArea>());
    const ArrowColumn table{{Type::structure}, &array, array.offset};
    id = member(table, layout.id);
    csp_authorizations = periods_of(table, layout.csp_authorizations, authorizations);
    support_contracts = periods_of(table, layout.support_contracts, contracts);
    solutions_partner_designations = periods_of(table, layout.solutions_partner_designations, areas);
    events = events_of(table, layout.events);
    as_of = member(table, layout.as_of);
}

}  // namespace designation::portfolio
