"""Expressions for columns of ids, numbers and groups, whatever their type."""

from __future__ import annotations

import narwhals as nw

from designation._input.identity import DAMAGED
from designation._input.spaces import PADDING, trim
from designation.metrics._columns import Columns
from designation.metrics._errors import input_error
from designation.metrics._letter_case import lower, lower_expr, upper_expr
from designation.metrics._source import Table

# Patterns name the digits, because engines disagree on which characters of Unicode are digits.
# The groups of thousands can be separated by a comma, a point, a space of any width, or an apostrophe.
SPACED = "[ \u00a0\u202f\u2009'\u2019]"
WITH_COMMAS, WITH_POINTS, WITH_SPACES = (rf"[0-9]{{1,3}}({separator}[0-9]{{3}})+" for separator in (",", "[.]", SPACED))
POINT = rf"^[+-]?(([0-9]+|{WITH_COMMAS}|{WITH_SPACES})(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?$"
COMMA = rf"^[+-]?(([0-9]+|{WITH_POINTS}|{WITH_SPACES})(,[0-9]*)?|,[0-9]+)$"
AMBIGUOUS = r"^[+-]?[1-9][0-9]{0,2},[0-9]{3}$"
SCALE, EXACT = 10_000, 2.0**53
NOT_TEXT_IN_POLARS = (nw.List, nw.Array, nw.Duration, nw.Object)


def text_expr(table: Table, column: str, columns: Columns) -> nw.Expr:
    """Return a column as text without surrounding spaces; whole numbers have no fraction, and blanks are null."""
    text = raw_text_expr(table, column)
    return nw.when(~is_blank(text, columns)).then(strip(text))


def raw_text_expr(table: Table, column: str) -> nw.Expr:
    """Return a column as text, with the spaces around it."""
    value, kind = nw.col(column), table.schema[column]
    if table.frame.implementation.is_polars() and isinstance(kind, NOT_TEXT_IN_POLARS):
        raise input_error("type", f'column "{column}" must hold text or numbers, not {kind}', file=table.name)
    if not kind.is_float():
        return value if isinstance(kind, nw.String) else value.cast(nw.String)
    # pandas turns integers into floats if a value is missing.
    number = nw.when(~value.is_nan()).then(value)
    whole = nw.when((number == number.round(0)) & (number.abs() < EXACT)).then(number).cast(nw.Int64).cast(nw.String)
    return nw.coalesce(whole, number.cast(nw.String))


def is_blank(text: nw.Expr, columns: Columns) -> nw.Expr:
    """Return an expression that is true if a text is null, empty, only spaces, or a word of the mapping for that."""
    is_empty = nw.when(_may_begin_with_space(text)).then(text.str.strip_chars(PADDING) == nw.lit(""))
    blank = text.is_null() | is_empty.otherwise(nw.lit(False))
    if columns.blank:
        words = [lower(trim(word)) for word in columns.blank]
        blank = blank | nw.coalesce(lower_expr(strip(text)).is_in(words), nw.lit(False))
    return blank


def is_damaged_id(text: nw.Expr) -> nw.Expr:
    """Return an expression that is true if a spreadsheet rounded an id, such as 6.2601E+14."""
    damaged = text.str.contains(rf"^(?i:{DAMAGED.pattern})$")
    return nw.when(text.str.contains("+", literal=True)).then(damaged).otherwise(nw.lit(False))


def strip(text: nw.Expr) -> nw.Expr:
    """Remove surrounding spaces from the texts that have some, which is faster than stripping every value."""
    padded = _may_begin_with_space(text) | _may_begin_with_space(text.str.tail(1))
    return nw.when(padded).then(text.str.strip_chars(PADDING)).otherwise(text)


def _may_begin_with_space(text: nw.Expr) -> nw.Expr:
    # The spaces of ASCII sort before "!", and so does the empty text; all others sort after "~".
    return (text < nw.lit("!")) | (text > nw.lit("~\x7f"))


def number_expr(table: Table, column: str, columns: Columns) -> nw.Expr:
    """Return a column as numbers; null if a value is missing or not a valid number."""
    kind = table.schema[column]
    if kind.is_float():
        return nw.when(~nw.col(column).is_nan() & nw.col(column).is_finite()).then(nw.col(column))
    if kind.is_numeric():
        return nw.col(column).cast(nw.Float64)
    return number_from_text(text_expr(table, column, columns), columns)


def number_from_text(text: nw.Expr, columns: Columns) -> nw.Expr:
    """Return texts as numbers, as the mapping says that they are written; null if a text is not a valid number."""
    comma = columns.decimal == ","
    is_valid = text.str.contains(COMMA if comma else POINT)
    if columns.decimal is None:
        # 1,234 is 1234 with a decimal point, and 1.234 with a decimal comma.
        is_valid = is_valid & ~text.str.contains(AMBIGUOUS)
    valid = nw.when(is_valid).then(text).str.replace_all(SPACED, "")
    valid = valid.str.replace_all("." if comma else ",", "", literal=True)
    valid = valid.str.replace_all(",", ".", literal=True) if comma else valid
    return valid.cast(nw.Float64)


def group_expr(table: Table, name: str, columns: Columns) -> nw.Expr:
    """Return the column of a breakdown as text: countries in upper case, known codes as words.

    Raises:
        InputError: The table has no such column, or it holds objects, whose members are columns.
    """
    column = columns.require_named(name, table.columns)
    members = [other for other in table.columns if other.startswith(f"{column}.")]
    if members:
        message = f'column "{column}" holds objects; name one of their members, such as "{members[0]}"'
        raise input_error("column", message, "/by", table.name)
    text = text_expr(table, column, columns)
    if name == "country":
        return upper_expr(text)
    words = columns.words.get(name, {})
    if not words:
        return text
    lowered = lower_expr(text)
    group = lowered
    for code, word in words.items():
        group = nw.when(lowered == nw.lit(code)).then(nw.lit(word)).otherwise(group)
    return group
