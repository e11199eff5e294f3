#pragma once

#include "portfolio/import/column.hpp"
#include "portfolio/import/layout.hpp"

namespace designation::portfolio {

/// A list of records in force for a time, in one batch.
struct Periods {
    Column list;
    Column item;
    WordColumn kind;
    Column from;
    Column through;
    Column value;
    Column amount;
    Column currency;
};

struct Events {
    Column list;
    Column item;
    Column on;
    WordColumn type;
    WordColumn outcome;
};

/// One batch of a table, its dictionaries decoded; the array must outlive it.
struct Batch {
    Batch(const ArrowArray& array, const TableLayout& layout);

    std::int64_t rows = 0;
    Column id;
    Periods csp_authorizations;
    Periods support_contracts;
    Periods solutions_partner_designations;
    Events events;
    Column as_of;
};

}  // namespace designation::portfolio
