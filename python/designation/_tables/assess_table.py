"""Portfolios: a table of partners in, a table of answers out, in the kind of frame that came in."""

from __future__ import annotations

import datetime
import difflib
import re
import sys
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from designation import _core
from designation._api import parse_partner, rules_of
from designation._days import parse_day, today
from designation._lazy import lazy
from designation._records import FIELDS
from designation._tables.frames import answers_as, row_of

pa = lazy("pyarrow", "table")

COLUMNS: tuple[str, ...] = _core.PORTFOLIO_COLUMNS
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
SPAN = re.compile(rf"({DAY.pattern})\.\.({DAY.pattern})")


def assess_table(  # noqa: PLR0913 - one question, each part of it by name
    table: Any,
    as_of: datetime.date | str | Iterable[datetime.date | str] | None = None,
    *,
    policy: _core.Policy | Mapping[str, Any] | None = None,
    rulebook: _core.Rulebook | None = None,
    columns: Sequence[str] | None = None,
    on_error: str = "raise",
    threads: int | None = None,
) -> Any:
    """Assess a portfolio: one partner a row, the keys of a partner's document as columns (docs/portfolio.md).

    Args:
        table: pandas, Polars, PyArrow, a DuckDB relation, or anything with ``__arrow_c_stream__``.
        as_of: One day; the name of a column of days; or days, as a list or as ``"2026-01-01..2026-12-31"``, with one
            row for each partner and day. Default: today.
        policy: As in `assess`.
        rulebook: As in `assess`.
        columns: The columns of the answer, in this order; only what they need is computed. Default: all.
        on_error: ``"raise"`` refuses the table; ``"null"`` keeps a row that cannot be read, with null answers and what
            is wrong with it in a column ``error``.
        threads: How many; default: all cores. The answer is the same.

    Returns:
        The same kind of table, in the order of its rows; of another producer of Arrow streams, an object that is one.

    Raises:
        InputError: The table lacks a column, or every problem of its rows (the first hundred, and how many there are),
            each with its column, row (from 0) and id.

    Example:
        >>> import polars as pl, designation as dsg
        >>> events = [{"on": "2026-03-02", "type": "badge_awarded"}]
        >>> partners = pl.DataFrame({"id": ["contoso", "fabrikam"], "events": [events, None]})
        >>> partners = partners.with_columns(
        ...     events=pl.col("events").list.eval(
        ...         pl.struct(
        ...             pl.element().struct.field("on").str.to_date(),
        ...             pl.element().struct.field("type"),
        ...         )
        ...     )
        ... )
        >>> dsg.assess_table(partners, as_of="2026-09-15", columns=["id", "status", "expires_on"]).rows()
        [('contoso', 'active', datetime.date(2027, 3, 2)), ('fabrikam', 'unknown', None)]
    """
    question = (days_of(as_of), checked(columns), which(on_error), count(threads))
    answer = _core.assess_table(streamable(table), rules_of(policy, rulebook), *question)
    if answer.unread:
        warnings.warn(note(answer.unread), stacklevel=2)
    return answers_as(answer, table)


def explain_row(
    table: Any,
    row: int,
    as_of: datetime.date | str | None = None,
    *,
    policy: _core.Policy | Mapping[str, Any] | None = None,
    rulebook: _core.Rulebook | None = None,
) -> _core.Explanation:
    """Explain the answer to one row of a portfolio, as if it had been a document.

    Args:
        table: As in `assess_table`.
        row: Which, from 0.
        as_of: A day, or the name of the table's column of days. Default: today.
        policy: As in `assess`.
        rulebook: As in `assess`.

    Raises:
        IndexError: There is no such row.
        InputError: Every problem of the row.
    """
    values = row_of(table, row)
    if isinstance(as_of, str) and not DAY.fullmatch(as_of):
        if as_of not in values:
            raise ValueError(f"the table has no column {as_of!r}")
        as_of = _plain(values[as_of])
    day = today() if as_of is None else as_of
    return _core.assess(partner_of(values), day, rules_of(policy, rulebook)).explain()


def partner_at(table: Any, row: int) -> _core.Partner:
    """Make the partner that a row of a portfolio is, as if it had been a document."""
    return partner_of(row_of(table, row))


def partner_of(values: Mapping[str, Any]) -> _core.Partner:
    """Make a partner of a row's values; what is no part of a portfolio is left out, as `assess_table` does."""
    document = {key: values[key] for key in ("id", "name", "notes") if values.get(key) is not None}
    for key, fields in FIELDS.items():
        records = values.get(key)
        if records is not None:
            document[key] = [
                record and {field.name: _plain(record[field.name]) for field in fields if field.name in record}
                for record in records
            ]
    return parse_partner(document)


def partners_of(table: Any, first_row: int = 0) -> tuple[Iterator[_core.Partner], list[str]]:
    """Make the partners of a portfolio's table, and name the columns that are not read.

    Raises:
        InputError: A column is missing or has a wrong type, or every problem of the rows, each with its place and id.
    """
    arrow = pa.table(streamable(table))
    # The kernel names what is wrong with its place; the documents that are made of the rows have none.
    answer = _core.assess_table(arrow, _core.rules(), datetime.date(2000, 1, 1), ["id"], "raise", 0, first_row)
    known = [name for name in ("id", "name", "notes", *FIELDS) if name in arrow.column_names]
    batches = arrow.select(known).to_batches(max_chunksize=10_000)
    return (partner_of(row) for batch in batches for row in batch.to_pylist()), answer.unread


def _plain(value: Any) -> Any:
    midnight = datetime.time()
    if isinstance(value, datetime.datetime) and value.tzinfo is None and value.time() == midnight:
        return value.date()
    # pandas makes numbers with a fraction of whole ones where some are missing.
    return int(value) if isinstance(value, float) and value.is_integer() else value


def note(unread: Sequence[str]) -> str:
    """Say which columns are not read, and which of them may be misspelt."""
    known = ["id", *FIELDS, *(field.name for fields in FIELDS.values() for field in fields if not field.required)]
    said = []
    for name in unread:
        near = difflib.get_close_matches(name.rpartition(".")[2], known, 1, 0.8)
        said.append(f"{name} (is it {near[0]}?)" if near else name)
    return "columns that are not read: " + ", ".join(said)


def days_of(as_of: datetime.date | str | Iterable[datetime.date | str] | None) -> Any:
    """Give a day, a column's name, or a list of days, as the core takes them."""
    if as_of is None:
        return today()
    if isinstance(as_of, str):
        if span := SPAN.fullmatch(as_of):
            first, last = (parse_day(day) for day in span.groups())
            if last < first:
                raise ValueError(f"the span {as_of} ends before it begins")
            return [first + datetime.timedelta(i) for i in range((last - first).days + 1)]
        return parse_day(as_of) if DAY.fullmatch(as_of) else as_of
    if isinstance(as_of, datetime.date) or not isinstance(as_of, Iterable):
        return as_of
    return [_day(day) for day in as_of]


def _day(value: Any) -> Any:
    # A timestamp of pandas or NumPy is a datetime at midnight; a scalar of Arrow knows its Python value.
    for name in ("as_py", "item"):
        if hasattr(value, name):
            value = getattr(value, name)()
    return _plain(value)


def checked(columns: Sequence[str] | None) -> list[str]:
    """Refuse columns that an answer has not; none means all."""
    if columns is None:
        return []
    if isinstance(columns, str):
        raise TypeError(f"columns is a list of names, not {columns!r}")
    names = list(columns)
    unknown = [name for name in names if name not in COLUMNS]
    if unknown:
        raise ValueError(f"an answer has no column {', '.join(map(repr, unknown))}; it has {', '.join(COLUMNS)}")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice or not names:
        raise ValueError(f"asked for twice: {', '.join(twice)}" if twice else "columns is empty")
    return names


def which(on_error: str) -> str:
    """Refuse what is no way to treat errors."""
    if on_error not in ("raise", "null"):
        raise ValueError(f'on_error is "raise" or "null", not {on_error!r}')
    return on_error


def count(threads: int | None) -> int:
    """Give the number of threads; 0 means as many as there are cores."""
    if threads is None:
        return 0
    if threads < 1:
        raise ValueError(f"threads is 1 or more, not {threads}")
    return threads


def streamable(table: Any) -> Any:
    """Refuse what is no table."""
    lazy = sys.modules.get("polars")
    if lazy is not None and isinstance(table, lazy.LazyFrame):
        return table.collect()
    if not hasattr(table, "__arrow_c_stream__"):
        raise TypeError(
            "a table is a DataFrame of pandas or Polars, a PyArrow table, a DuckDB relation or anything else with "
            f"__arrow_c_stream__, not {type(table).__name__}"
        )
    return table
