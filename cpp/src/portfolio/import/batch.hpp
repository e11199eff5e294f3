#pragma once

#include "portfolio/import/layout.hpp"
#include "portfolio/rows/column.hpp"

namespace designation::portfolio {

/// A list of records in force for a time, in one batch.
struct Periods {
    ArrowColumn list;
    ArrowColumn item;
    WordColumn kind;
    ArrowColumn from;
    ArrowColumn through;
    ArrowColumn value;
    ArrowColumn amount;
    ArrowColumn currency;
};

struct Events {
    ArrowColumn list;
    ArrowColumn item;
    ArrowColumn on;
    WordColumn type;
    WordColumn outcome;
};

/// One batch of a table, its dictionaries decoded; the array must outlive it.
struct Batch {
    Batch(const ArrowArray& array, const TableLayout& layout);

    std::int64_t rows = 0;
    ArrowColumn id;
    Periods csp_authorizations;
    Periods support_contracts;
    Periods solutions_partner_designations;
    Events events;
    ArrowColumn as_of;
};

}  // namespace designation::portfolio
