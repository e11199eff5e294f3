#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "designation/arrow.hpp"
#include "designation/diagnostic.hpp"

namespace designation::portfolio {

/// How values lie in memory, as far as a portfolio has them.
enum class Type : std::uint8_t {
    null,
    utf8,
    large_utf8,
    utf8_view,
    dictionary,  ///< of texts
    date32,
    ticks,  ///< 64 bits: a timestamp without a zone, or milliseconds of a date
    list,
    large_list,
    structure,
    float64,
    float32,
    integer,
    decimal,
    other
};

/// The type of a column and what one must know to read it.
struct Layout {
    Type type = Type::other;
    char index = 0;                ///< of a dictionary: the format letter of its indices
    Type words = Type::other;      ///< of a dictionary: how its texts lie
    std::int64_t ticks_a_day = 1;  ///< of ticks
    int bytes = 0;                 ///< of an integer or a decimal
    bool is_signed = true;         ///< of an integer
    int scale = 0;                 ///< of a decimal
};

/// Where a column stands among its parent's children.
struct Field {
    int index = -1;  ///< below 0: it is absent
    Layout layout;
    bool given() const noexcept { return index >= 0; }
};

/// A list of records in force for a time.
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

struct EventsField {
    Field list;
    Field item;
    Field on;
    Field type;
    Field outcome;
};

/// The columns of a portfolio's table.
struct TableLayout {
    Field id;
    PeriodsField csp_authorizations;
    PeriodsField support_contracts;
    PeriodsField solutions_partner_designations;
    EventsField events;
    Field as_of;
    std::vector<std::string> unread;
};

/// How a column lies.
Layout layout_of(const ArrowSchema& column) noexcept;

/// Finds the columns of a portfolio; `as_of` is the name of the column of days, empty where there is none.
/// Throws InputError with everything that is missing, stands there twice or has another type.
TableLayout layout_of(const ArrowSchema& table, std::string_view as_of);

}  // namespace designation::portfolio
