"""Portfolios: assess a table of partners and return a table of results, as a frame of the same library."""

from __future__ import annotations

import datetime
import operator
import re
import sys
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from designation import _core
from designation._api import RulebookSource, build_rules, parse_partner
from designation._days import meant_days, parse_day, today
from designation._lazy import lazy
from designation._messages import nearest
from designation._records import FIELDS, MEMBERS
from designation._tables.extra_columns import NEEDS, core_columns, exclude_errors, finish_columns
from designation._tables.frames import convert_result, read_row
from designation._tables.prepare import CoreArguments, assess_frame, validate_frame

pa = lazy("pyarrow", "table")

COLUMNS: tuple[str, ...] = (*_core.PORTFOLIO_COLUMNS, *_core.PORTFOLIO_COLUMNS_ON_REQUEST, *NEEDS)
DATE_PATTERN = re.compile(r"\d{4}-\d{2}-\d{2}")
SPAN_PATTERN = re.compile(rf"({DATE_PATTERN.pattern})\.\.({DATE_PATTERN.pattern})")


def assess_table(  # noqa: PLR0913 (most of the parameters are named)
    table: Any,
    as_of: datetime.date | str | Iterable[datetime.date | str] | None = None,
    *,
    policy: _core.Policy | Mapping[str, Any] | None = None,
    rulebook: RulebookSource | None = None,
    columns: Sequence[str] | None = None,
    on_error: str = "raise",
    threads: int | None = None,
    keep: Sequence[str] = (),
) -> Any:
    """Assess a portfolio: one partner per row, with the keys of a partner document as columns (docs/portfolio.md).

    Args:
        table: A frame of pandas, Polars, or PyArrow, a DuckDB relation, or any object with ``__arrow_c_stream__``. Days
            can be dates, timestamps at midnight, or ISO text; NaN, NaT, and empty texts are missing values. An id can
            occur in several rows.
        as_of: A date; the name of a column of dates; or several dates, as a list or as ``"2026-01-01..2026-12-31"``,
            for one row per partner and date. Default: today.
        policy: As in `assess`.
        rulebook: As in `assess`.
        columns: The columns of the result, in this order; only what they need is computed. Default: all but ``name``,
            ``days_left``, ``deadline``, and ``overdue_since``.
        on_error: ``"raise"`` raises an error if a row is invalid; ``"null"`` keeps the row, with null values and its
            problems in a column ``error``; ``"exclude"`` omits the row, and warns of the number of such rows.
        threads: The number of threads; default: one per core. The result does not depend on it.
        keep: Columns of the table that the result also has. Another column that is not read is named in a warning, or
            is an error if it has nearly the name of one that is read.

    Returns:
        A table of the same library, in the same order of rows; for any other object, one with ``__arrow_c_stream__``.

    Raises:
        InputError: The table lacks a column, or rows are invalid: the first hundred problems and the total number, each
            problem with its column, row (from 0), and id.

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
    named, day = validate_columns(columns), parse_as_of(as_of)
    mode = "raise" if validate_on_error(on_error) == "raise" else "null"
    keeps = [*keep, *(["name"] if "name" in named and "name" not in keep else [])]
    arguments = CoreArguments(build_rules(policy, rulebook), day, core_columns(named), mode, validate_threads(threads))
    result, unread = assess_frame(collect_table(table), arguments, keeps)
    if unread:
        warnings.warn(unread_columns_message(unread), stacklevel=2)
    if on_error == "exclude":
        result, excluded = exclude_errors(pa.table(result))
        if excluded:
            warnings.warn(f"{excluded} rows have problems and are excluded", stacklevel=2)
    if NEEDS.keys() & {*named}:
        errors = ["error"] if on_error == "null" and "error" not in named else []
        result = finish_columns(pa.table(result), [*named, *errors, *keep])
    return convert_result(result, table)


def explain_row(
    table: Any,
    row: int,
    as_of: datetime.date | str | None = None,
    *,
    policy: _core.Policy | Mapping[str, Any] | None = None,
    rulebook: RulebookSource | None = None,
) -> _core.Explanation:
    """Explain the assessment of one row of a portfolio, as if the row were a document.

    Args:
        table: As in `assess_table`.
        row: The number of the row, from 0.
        as_of: A date, or the name of a column of dates; default: today.
        policy: As in `assess`.
        rulebook: As in `assess`.

    Raises:
        IndexError: There is no such row.
        InputError: All problems of the row.
    """
    values = read_row(table, row)
    if isinstance(as_of, str) and not DATE_PATTERN.fullmatch(as_of):
        if as_of not in values:
            raise ValueError(f'the table has no column "{as_of}"')
        as_of = _to_python(values[as_of])
    day = today() if as_of is None else as_of
    return _core.assess(partner_from_row(values), day, build_rules(policy, rulebook)).explain()


def partner_at_row(table: Any, row: int) -> _core.Partner:
    """Build the partner of one row of a portfolio."""
    return partner_from_row(read_row(table, row))


def partner_from_row(values: Mapping[str, Any]) -> _core.Partner:
    """Build a partner from the values of a row; ignore the columns that `assess_table` ignores."""
    document = {key: values[key] for key in ("id", "name", "notes") if values.get(key) is not None}
    for key, members in MEMBERS.items():
        records = values.get(key)
        if records is not None:
            document[key] = [
                record and {name: _to_python(record[name]) for name in members if name in record} for record in records
            ]
    return parse_partner(document)


def read_partners(table: Any, first_row: int = 0) -> tuple[Iterator[_core.Partner], list[str]]:
    """Return the partners of a portfolio, and the names of the columns that are ignored.

    Raises:
        InputError: A column is missing or has a wrong type, or rows are invalid; each problem has its location and id.
    """
    arrow, unread = validate_frame(collect_table(table), first_row)
    known = [name for name in ("id", "name", "notes", *MEMBERS) if name in arrow.column_names]
    batches = arrow.select(known).to_batches(max_chunksize=10_000)
    return (partner_from_row(row) for batch in batches for row in batch.to_pylist()), unread


def _to_python(value: Any) -> Any:
    midnight = datetime.time()
    if isinstance(value, datetime.datetime) and value.tzinfo is None and value.time() == midnight:
        return value.date()
    # pandas converts integers to floats if some are missing.
    return int(value) if isinstance(value, float) and value.is_integer() else value


def unread_columns_message(unread: Sequence[str]) -> str:
    """Return a message that names the columns that are ignored, with a suggestion for names that may be misspelled."""
    known = ["id", *MEMBERS, *(field.name for fields in FIELDS.values() for field in fields if not field.required)]
    names = []
    for name in unread:
        near = nearest(name.rpartition(".")[2], known)
        names.append(f"{name} (did you mean {near}?)" if near else name)
    return "ignored columns: " + ", ".join(names)


def parse_as_of(as_of: datetime.date | str | Iterable[datetime.date | str] | None) -> Any:
    """Return a date, the name of a column, or a list of dates, as the core accepts them."""
    if as_of is None:
        return today()
    if isinstance(as_of, str):
        if span := SPAN_PATTERN.fullmatch(as_of):
            first, last = (parse_day(day) for day in span.groups())
            if last < first:
                raise ValueError(f"the period {as_of} ends before it begins")
            return [first + datetime.timedelta(i) for i in range((last - first).days + 1)]
        return parse_day(as_of) if DATE_PATTERN.fullmatch(as_of) or meant_days(as_of) else as_of
    if isinstance(as_of, datetime.date) or not isinstance(as_of, Iterable):
        return as_of
    return [_to_date(day) for day in as_of]


def _to_date(value: Any) -> Any:
    # NumPy converts a value to Python by `item`, Arrow by `as_py`; pandas has datetimes at midnight.
    for name in ("as_py", "item"):
        if hasattr(value, name):
            value = getattr(value, name)()
    return _to_python(value)


def validate_columns(columns: Sequence[str] | None) -> list[str]:
    """Return the columns to compute; an empty list means all. Raise ValueError if a result does not have one."""
    if columns is None:
        return []
    if isinstance(columns, str):
        raise TypeError(f"columns must be a list of names, not {columns!r}")
    names = list(columns)
    unknown = [name for name in names if name not in COLUMNS]
    if unknown:
        raise ValueError(f"a result has no column {', '.join(map(repr, unknown))}; it has {', '.join(COLUMNS)}")
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated or not names:
        raise ValueError(f"columns names {', '.join(repeated)} twice" if repeated else "columns must not be empty")
    return names


def validate_on_error(on_error: str) -> str:
    """Return ``on_error``; raise ValueError if it is not known."""
    if on_error not in ("raise", "null", "exclude"):
        raise ValueError(f'on_error must be "raise", "null", or "exclude", not "{on_error}"')
    return on_error


def validate_threads(threads: int | None) -> int:
    """Return the number of threads, 0 for one per core; raise ValueError if it is below 1."""
    if threads is None:
        return 0
    number = operator.index(threads)
    if number < 1:
        raise ValueError(f"threads must be at least 1, not {threads}")
    return number


def collect_table(table: Any) -> Any:
    """Return a table with an Arrow stream; collect a lazy frame. Raise TypeError if it is not a table."""
    polars = sys.modules.get("polars")
    if polars is not None and isinstance(table, polars.LazyFrame):
        return table.collect()
    if not hasattr(table, "__arrow_c_stream__"):
        raise TypeError(
            "a table must be a DataFrame of pandas or Polars, a PyArrow table, a DuckDB relation, or another object "
            f"with __arrow_c_stream__, not {type(table).__name__}"
        )
    return table
