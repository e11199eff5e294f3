#pragma once

#include "portfolio/import/layout.hpp"
#include "portfolio/rows/column.hpp"

namespace designation::portfolio {

/// The columns of a list of records with a period, in one batch.
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

/// The columns of the list of events, in one batch.
struct Events {
    ArrowColumn list;
    ArrowColumn item;
    ArrowColumn on;
    WordColumn type;
    WordColumn outcome;
};

/// One batch of a table, with its dictionaries decoded. The array must outlive it.
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
