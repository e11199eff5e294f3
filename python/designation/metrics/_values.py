"""Expressions for columns of ids, numbers, flags and groups, whatever their type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw

from designation._input.identity import DAMAGED, PADDING
from designation.metrics._columns import Columns
from designation.metrics._errors import input_error
from designation.metrics._source import Table

YES, NO = ("true", "t", "yes", "y", "1"), ("false", "f", "no", "n", "0")
POINT, COMMA = r"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$", r"^[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d*)?$"
SCALE, EXACT = 10_000, 2.0**53


def text_expr(table: Table, column: str) -> nw.Expr:
    """Return a column as text without surrounding spaces; whole numbers have no fraction, and blanks are null."""
    text = raw_text_expr(table, column)
    return nw.when(~is_blank(text)).then(strip(text))


def raw_text_expr(table: Table, column: str) -> nw.Expr:
    """Return a column as text, with the spaces around it."""
    value, kind = nw.col(column), table.schema[column]
    if not kind.is_float():
        return value if isinstance(kind, nw.String) else value.cast(nw.String)
    # pandas turns integers into floats if a value is missing.
    number = nw.when(~value.is_nan()).then(value)
    whole = nw.when((number == number.round(0)) & (number.abs() < EXACT)).then(number).cast(nw.Int64).cast(nw.String)
    return nw.coalesce(whole, number.cast(nw.String))


def is_blank(text: nw.Expr) -> nw.Expr:
    """Return an expression that is true if a text is null, empty, or only spaces."""
    empty = text.str.strip_chars(PADDING) == nw.lit("")
    return text.is_null() | nw.when(_may_begin_with_space(text)).then(empty).otherwise(nw.lit(False))


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
    text = text_expr(table, column)
    valid = nw.when(text.str.contains(POINT if columns.decimal == "." else COMMA)).then(text)
    if columns.decimal == ",":
        valid = valid.str.replace_all(".", "", literal=True).str.replace_all(",", ".", literal=True)
    return valid.cast(nw.Float64)


def group_expr(table: Table, name: str, columns: Columns) -> nw.Expr:
    """Return the column of a breakdown as text: countries in upper case, known codes as words."""
    text = text_expr(table, columns.require_named(name, table.columns))
    if name == "country":
        return text.str.to_uppercase()
    words = columns.words.get(name, {})
    if not words:
        return text
    lower = text.str.to_lowercase()
    group = lower
    for code, word in words.items():
        group = nw.when(lower == nw.lit(code)).then(nw.lit(word)).otherwise(group)
    return group


def parse_escalated(table: Table, escalated: Any, columns: Columns) -> tuple[nw.Expr, str]:
    """Parse the statement of which cases count as escalated; return an expression, null if unknown, and its text.

    Args:
        table: The cases.
        escalated: ``"every"``; a column of yes and no; ``"column=a,b"``, ``"column!=a,b"``, ``"column=*"`` (any
            value); ``{column: value or values}``; or a Narwhals expression.
        columns: The column mapping.
    """
    if isinstance(escalated, nw.Expr):
        return escalated, "by an expression"
    if isinstance(escalated, Mapping) and len(escalated) == 1:
        ((name, values),) = escalated.items()
        texts = [str(value) for value in ([values] if isinstance(values, str) else values)]
        return _compare(table, str(name), texts, columns)
    if not isinstance(escalated, str) or not escalated:
        what = 'state which cases count as escalated to Microsoft: "every", a column of yes and no, '
        what += '"column=value,value", "column!=value", or "column=*"'
        raise input_error("escalated", what, "/escalated", table.name)
    if escalated == "every":
        return nw.lit(True), "every case"
    name, equals, values = escalated.partition("=")
    if not equals:
        return _is_yes(table, escalated, columns), escalated
    return _compare(table, name.strip(), [value.strip() for value in values.split(",")], columns)


def _compare(table: Table, name: str, values: list[str], columns: Columns) -> tuple[nw.Expr, str]:
    name, negated = (name[:-1].strip(), True) if name.endswith("!") else (name, False)
    text, words = text_expr(table, _column(table, name, columns)), " or ".join(values)
    if values == ["*"] and not negated:
        return ~text.is_null(), f"{name} is not blank"
    if negated:
        return nw.when(~text.is_null()).then(~text.is_in(values)), f"{name} is not {words}"
    return nw.when(~text.is_null()).then(text.is_in(values)).otherwise(nw.lit(False)), f"{name} is {words}"


def _is_yes(table: Table, name: str, columns: Columns) -> nw.Expr:
    column = _column(table, name, columns)
    if table.schema[column] == nw.Boolean:
        return nw.col(column)
    text = text_expr(table, column).str.to_lowercase()
    return nw.when(text.is_in(YES)).then(nw.lit(True)).when(text.is_in(NO)).then(nw.lit(False))


def _column(table: Table, name: str, columns: Columns) -> str:
    return columns.require_named(name, table.columns, "/escalated")
