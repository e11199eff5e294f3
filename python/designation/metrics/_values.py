"""Columns of ids, numbers, flags and groups as expressions, whatever their type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw

from designation.metrics._columns import Columns
from designation.metrics._mistakes import mistake
from designation.metrics._source import Table

YES, NO = ("true", "t", "yes", "y", "1"), ("false", "f", "no", "n", "0")
POINT, COMMA = r"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$", r"^[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d*)?$"
SCALE, EXACT = 10_000, 2.0**53


def text_of(table: Table, column: str) -> nw.Expr:
    """Give a column as text without spaces around it; a whole number has no fraction, and what is blank is null."""
    written = written_of(table, column)
    return nw.when(~is_blank(written)).then(stripped(written))


def written_of(table: Table, column: str) -> nw.Expr:
    """Give a column as text with the spaces around it."""
    value, kind = nw.col(column), table.schema[column]
    if not kind.is_float():
        return value if isinstance(kind, nw.String) else value.cast(nw.String)
    # pandas makes floats of whole numbers where some are missing.
    there = nw.when(~value.is_nan()).then(value)
    whole = nw.when((there == there.round(0)) & (there.abs() < EXACT)).then(there).cast(nw.Int64).cast(nw.String)
    return nw.coalesce(whole, there.cast(nw.String))


def is_blank(text: nw.Expr) -> nw.Expr:
    """Whether nothing but spaces is written."""
    return text.is_null() | nw.when(_begins_low(text)).then(text.str.strip_chars() == nw.lit("")).otherwise(
        nw.lit(False)
    )


def stripped(text: nw.Expr) -> nw.Expr:
    """Take spaces away, where there are some: to strip every value takes longer than to count them."""
    padded = _begins_low(text) | text.str.ends_with(" ") | text.str.ends_with("\t")
    return nw.when(padded).then(text.str.strip_chars()).otherwise(text)


def _begins_low(text: nw.Expr) -> nw.Expr:
    return text < nw.lit("!")  # the first that is no space; also what is empty


def number_of(table: Table, column: str, columns: Columns) -> nw.Expr:
    """Give a column of numbers; null where there is none, or where it cannot be read."""
    kind = table.schema[column]
    if kind.is_float():
        return nw.when(~nw.col(column).is_nan() & nw.col(column).is_finite()).then(nw.col(column))
    if kind.is_numeric():
        return nw.col(column).cast(nw.Float64)
    text = text_of(table, column)
    readable = nw.when(text.str.contains(POINT if columns.decimal == "." else COMMA)).then(text)
    if columns.decimal == ",":
        readable = readable.str.replace_all(".", "", literal=True).str.replace_all(",", ".", literal=True)
    return readable.cast(nw.Float64)


def group_of(table: Table, name: str, columns: Columns) -> nw.Expr:
    """Give the column to break down by, as text: countries in capitals, known words as words."""
    text = text_of(table, columns.group(name, table.columns))
    if name == "country":
        return text.str.to_uppercase()
    words = columns.words.get(name, {})
    if not words:
        return text
    said = text.str.to_lowercase()
    made = said
    for code, word in words.items():
        made = nw.when(said == nw.lit(code)).then(nw.lit(word)).otherwise(made)
    return made


def flag_of(table: Table, given: Any, columns: Columns) -> tuple[nw.Expr, str]:
    """Read what counts as escalated: an expression that is null where it is not known, and the same in words.

    Args:
        table: The cases.
        given: ``"every"``; a column of yes and no; ``"column=a,b"``, ``"column!=a,b"``, ``"column=*"`` (anything at
            all); ``{column: value or values}``; or a Narwhals expression.
        columns: The column mapping.
    """
    if isinstance(given, nw.Expr):
        return given, "by an expression"
    if isinstance(given, Mapping) and len(given) == 1:
        ((name, values),) = given.items()
        return _compared(
            table, str(name), [str(one) for one in ([values] if isinstance(values, str) else values)], columns
        )
    if not isinstance(given, str) or not given:
        what = 'say what counts as escalated to Microsoft: "every" case, a column of yes and no, "column=value,value", '
        what += '"column!=value" or "column=*"'
        raise mistake("escalated", what, "/escalated", table.name)
    if given == "every":
        return nw.lit(True), "every case"
    name, equals, after = given.partition("=")
    if not equals:
        return _yes(table, given, columns), given
    return _compared(table, name.strip(), [value.strip() for value in after.split(",")], columns)


def _compared(table: Table, name: str, values: list[str], columns: Columns) -> tuple[nw.Expr, str]:
    name, other = (name[:-1].strip(), True) if name.endswith("!") else (name, False)
    text, said = text_of(table, _column(table, name, columns)), " or ".join(values)
    if values == ["*"] and not other:
        return ~text.is_null(), f"{name} is not blank"
    if other:
        return nw.when(~text.is_null()).then(~text.is_in(values)), f"{name} is not {said}"
    return nw.when(~text.is_null()).then(text.is_in(values)).otherwise(nw.lit(False)), f"{name} is {said}"


def _yes(table: Table, name: str, columns: Columns) -> nw.Expr:
    column = _column(table, name, columns)
    if table.schema[column] == nw.Boolean:
        return nw.col(column)
    text = text_of(table, column).str.to_lowercase()
    return nw.when(text.is_in(YES)).then(nw.lit(True)).when(text.is_in(NO)).then(nw.lit(False))


def _column(table: Table, name: str, columns: Columns) -> str:
    return columns.group(name, table.columns, "/escalated")
