"""Which cases count as escalated: expressions for the user's statement, and the words that it names."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import narwhals as nw

from designation._messages import quote, several
from designation.metrics._arguments import as_tuple
from designation.metrics._columns import Columns
from designation.metrics._errors import input_error
from designation.metrics._languages import language_of, words_for_no, words_for_yes
from designation.metrics._letter_case import lower, lower_expr
from designation.metrics._source import Table
from designation.metrics._text_formats import PUNCTUATION
from designation.metrics._values import text_expr

JSON_SPACES = r"[ \t\r\n]*"
SCALAR = rf'{JSON_SPACES}(?:"(?:[^"\\]|\\[^\n])*"|[^",\[\]{{}}]+){JSON_SPACES}'
EMPTY_VALUE = rf"^{JSON_SPACES}(\[{JSON_SPACES}\]|\{{{JSON_SPACES}\}}){JSON_SPACES}$"


class Escalated(NamedTuple):
    """Which rows are escalated: ``flag`` is null if unknown; ``column`` and ``values`` are what the user named."""

    flag: nw.Expr
    description: str
    column: str | None = None
    values: tuple[str, ...] = ()
    is_flag: bool = False


def parse_escalated(table: Table, escalated: Any, columns: Columns) -> Escalated:
    """Parse the statement of which cases count as escalated.

    Args:
        table: The cases.
        escalated: ``"every"``; a column of yes and no; ``"column=a,b"``, ``"column!=a,b"``, ``"column=*"`` (any
            value); ``{column: value or values}``; or a Narwhals expression. A list has a value if it contains it.
        columns: The column mapping.
    """
    if isinstance(escalated, nw.Expr):
        return Escalated(escalated, "by an expression")
    if isinstance(escalated, Mapping) and len(escalated) == 1:
        ((name, values),) = escalated.items()
        return _compare(table, str(name), list(map(str, as_tuple(values))), columns)
    if not isinstance(escalated, str) or not escalated:
        what = 'state which cases count as escalated to Microsoft: "every", a column of yes and no, '
        what += '"column=value,value", "column!=value", or "column=*"'
        raise input_error("escalated", what, "/escalated", table.name)
    if escalated == "every":
        return Escalated(nw.lit(True), "every case")
    name, equals, values = escalated.partition("=")
    if not equals:
        return _is_yes(table, escalated, columns)
    return _compare(table, name.strip(), [value.strip() for value in values.split(",")], columns)


def contains_value(table: Table, column: str, value: str, columns: Columns) -> nw.Expr:
    """Return an expression that is true if a column is a value, or a list that contains it; null if it is blank."""
    if isinstance(table.schema[column], nw.List | nw.Array):
        return nw.col(column).cast(nw.List(nw.String)).list.contains(value)
    text = text_expr(table, column, columns)
    return (text == nw.lit(value)) | (
        nw.when(text.str.starts_with("[")).then(text.str.contains(_list_pattern(value))).otherwise(nw.lit(False))
    )


def _list_pattern(value: str) -> str:
    """Return a pattern for a list in JSON of scalars, one of which is a value."""
    forms = {json.dumps(value), json.dumps(value, ensure_ascii=False), value}
    target = "|".join(PUNCTUATION.sub(r"\\\g<0>", form) for form in sorted(forms))
    return rf"^{JSON_SPACES}\[(?:{SCALAR},)*{JSON_SPACES}(?:{target}){JSON_SPACES}(?:,{SCALAR})*\]{JSON_SPACES}$"


def _compare(table: Table, name: str, values: Sequence[str], columns: Columns) -> Escalated:
    name, negated = (name[:-1].strip(), True) if name.endswith("!") else (name, False)
    column = _column(table, name, columns)
    is_list, words = isinstance(table.schema[column], nw.List | nw.Array), " or ".join(values)
    text = None if is_list else text_expr(table, column, columns)
    is_known = ~nw.col(column).is_null() if text is None else ~text.is_null()
    if list(values) == ["*"] and not negated:
        is_any = nw.col(column).list.len() > 0 if text is None else ~text.str.contains(EMPTY_VALUE)
        return Escalated(nw.when(is_known).then(is_any).otherwise(nw.lit(False)), f"{name} is not blank")
    is_match = nw.any_horizontal(
        *(contains_value(table, column, value, columns) for value in values), ignore_nulls=False
    )
    known_match = nw.when(is_known).then(nw.coalesce(is_match, nw.lit(False)))
    if negated:
        return Escalated(~known_match, f"{name} is not {words}", column, tuple(values))
    return Escalated(known_match.otherwise(nw.lit(False)), f"{name} is {words}", column, tuple(values))


def _is_yes(table: Table, name: str, columns: Columns) -> Escalated:
    column = _column(table, name, columns)
    if table.schema[column] == nw.Boolean:
        return Escalated(nw.col(column), name, column, is_flag=True)
    text = lower_expr(text_expr(table, column, columns))
    yes = nw.when(text.is_in([*map(lower, words_for_yes(columns.language))])).then(nw.lit(True))
    flag = yes.when(text.is_in([*map(lower, words_for_no(columns.language))])).then(nw.lit(False))
    return Escalated(flag.otherwise(nw.lit(None, nw.Boolean)), name, column, is_flag=True)


def unknown_escalation(table: Table, escalated: Escalated, columns: Columns, values: Sequence[str]) -> Exception:
    """Return the error for a table in which no row is known to be escalated or not."""
    what = "no row is known to be escalated or not"
    if escalated.is_flag and values:
        what += f': column "{escalated.column}" has {several(map(quote, values))}, and must hold yes and no'
        language = language_of(values)
        known = language is not None and language not in columns.language
        what += (
            f"; state language={language}" if known else f', or compare it: escalated="{escalated.column}={values[0]}"'
        )
    elif escalated.column is not None:
        what += f': column "{escalated.column}" is blank'
    return input_error("escalated", what, "/escalated", table.name)


def _column(table: Table, name: str, columns: Columns) -> str:
    return columns.require_named(name, table.columns, "/escalated")
