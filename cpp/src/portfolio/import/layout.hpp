#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "designation/arrow.hpp"
#include "designation/diagnostic.hpp"

namespace designation::portfolio {

/// How the values of a column are stored.
enum class Type : std::uint8_t {
    null,
    utf8,
    large_utf8,
    utf8_view,
    dictionary,  ///< of texts
    date32,
    ticks,  ///< 64 bits: a timestamp without a time zone, or date64
    list,
    large_list,
    structure,
    float64,
    float32,
    integer,
    decimal,
    other
};

/// The type of a column and the details that are needed to read it.
struct Layout {
    Type type = Type::other;
    char index_format = 0;               ///< of a dictionary: the format of its indices
    Type dictionary_type = Type::other;  ///< of a dictionary: the type of its texts
    std::int64_t ticks_per_day = 1;      ///< of ticks
    int bytes = 0;                       ///< of an integer or a decimal
    bool is_signed = true;               ///< of an integer
    int scale = 0;                       ///< of a decimal
};

/// The index of a column among its parent's children, and its layout.
struct Field {
    int index = -1;  ///< negative if the table does not have the column
    Layout layout;
    bool exists() const noexcept { return index >= 0; }
};

/// The fields of a list of records with a period.
struct PeriodsField {
    Field list;
    Field item;
    Field kind;  ///< `type` or `area`
    Field from;
    Field through;
    Field value;  ///< `annual_value`
    Field amount;
    Field currency;
};

/// The fields of the list of events.
struct EventsField {
    Field list;
    Field item;
    Field on;
    Field type;
    Field outcome;
};

/// The columns that are read from a table, and the names of the others.
struct TableLayout {
    Field id;
    PeriodsField csp_authorizations;
    PeriodsField support_contracts;
    PeriodsField solutions_partner_designations;
    EventsField events;
    Field as_of;
    std::vector<std::string> unread;
};

/// Return the layout of a column; `Type::other` if it cannot be read.
Layout layout_of(const ArrowSchema& column) noexcept;

/// Find the columns of a portfolio. `as_of` is the name of the column of days, or empty. Throws InputError with every
/// column that is missing, duplicate or of the wrong type.
TableLayout table_layout_of(const ArrowSchema& table, std::string_view as_of);

}  // namespace designation::portfolio
