"""Values that a user names and that never occur: an error if one occurs that is nearly equal, else a note."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import narwhals as nw

from designation._input.spaces import trim
from designation._messages import quote, several
from designation.metrics._columns import Columns
from designation.metrics._errors import input_error
from designation.metrics._escalated import contains_value
from designation.metrics._source import Table
from designation.metrics._values import text_expr

SHORTEST = 5  # Shorter words, such as P1 and P2, or new and now, are often one edit apart.
MOST_VALUES = 1_000


class NamedValues(NamedTuple):
    """Values of a column that a user named, and where."""

    column: str
    values: Sequence[str]
    pointer: str


def find_missing(table: Table, named: NamedValues, columns: Columns, *, exact: bool) -> list[str]:
    """Return a note for each value that never occurs in its column.

    Raises:
        InputError: Nearly the same value occurs, and ``exact`` is false.
    """
    column = named.column
    counts = [
        contains_value(table, column, value, columns).cast(nw.Int64).sum().alias(f"n{number}")
        for number, value in enumerate(named.values)
    ]
    (row,) = table.collect(table.frame.select(nw.len().alias("rows"), *counts))
    missing = [value for number, value in enumerate(named.values) if not row[f"n{number}"]]
    if not missing or not row["rows"]:
        return []
    occurring = distinct_values(table, column, columns)
    if not exact:
        reject_near(table, named._replace(values=missing), occurring)
    return [note_on_missing(column, value, occurring) for value in missing]


def reject_near(table: Table, missing: NamedValues, occurring: Sequence[str]) -> None:
    """Raise an error if nearly the same value as one that never occurs does occur."""
    for value in missing.values:
        near = nearly_equal(value, occurring)
        if near is not None:
            what = f'{quote(value)} never occurs in column "{missing.column}"; did you mean {quote(near)}?'
            raise input_error("value", what, missing.pointer, table.name)


def note_on_missing(column: str, value: str, occurring: Sequence[str]) -> str:
    """Return the note for a value that never occurs, which says what does."""
    others = several(map(quote, occurring), 8) or "no value"
    return f'{quote(value)} never occurs in column "{column}", which has {others}'


def distinct_values(table: Table, column: str, columns: Columns) -> list[str]:
    """Return the values of a column, the most frequent ones first, and at most 1,000 of them."""
    if isinstance(table.schema[column], nw.List | nw.Array):
        frame = table.frame.select(value=nw.col(column).cast(nw.List(nw.String))).explode("value")
    else:
        frame = table.frame.select(value=text_expr(table, column, columns))
    counts = frame.group_by("value").agg(nw.len().alias("rows"))
    counts = counts.sort("rows", "value", descending=[True, False]).head(MOST_VALUES)
    values = [str(row["value"]) for row in table.collect(counts) if row["value"] is not None]
    return list(dict.fromkeys(one for value in values for one in elements(value)))


def elements(text: str) -> list[str]:
    """Return the elements of a list in JSON, and any other text as it is."""
    if not text.startswith("["):
        return [text]
    try:
        found = json.loads(text)
    except ValueError:
        return [text]
    return [one if isinstance(one, str) else json.dumps(one) for one in found]


def nearly_equal(value: str, others: Iterable[str]) -> str | None:
    """Return another value that is equal but for case, spaces and form, or that is one edit away; None if none is."""
    folded = _fold(value)
    candidates = list(others)
    for other in candidates:
        if _fold(other) == folded:
            return other
    for other in candidates:
        if (
            _may_differ_by_an_edit(folded)
            and _may_differ_by_an_edit(_fold(other))
            and _is_one_edit(folded, _fold(other))
        ):
            return other
    return None


def _fold(text: str) -> str:
    return " ".join(trim(unicodedata.normalize("NFKC", text)).split()).casefold()


def _may_differ_by_an_edit(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= SHORTEST and not any(map(str.isdigit, text))


def _is_one_edit(first: str, second: str) -> bool:
    """Return whether one letter was added, removed, or replaced."""
    shorter, longer = sorted((first, second), key=len)
    if len(longer) - len(shorter) > 1:
        return False
    start = next((n for n, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    if len(shorter) < len(longer):
        return shorter[start:] == longer[start + 1 :]
    return shorter[start + 1 :] == longer[start + 1 :]
