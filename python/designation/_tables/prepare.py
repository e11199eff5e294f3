"""Frames for the core: only the columns that it reads, as they are, or converted if the core refuses them."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from designation import _core
from designation._errors import InputError
from designation._input.frames import frame_columns
from designation._input.partner_frames import KNOWN, check_names, problems_error, read_partner_frame
from designation._lazy import lazy
from designation._records import LISTS

pa = lazy("pyarrow", "table")
pc = lazy("pyarrow.compute", "table")


READ = ("id", *LISTS)


class CoreArguments(NamedTuple):
    """The arguments of `assess_table` in the core."""

    rules: _core.Rules
    as_of: Any
    columns: list[str]
    on_error: str
    threads: int


class Source(NamedTuple):
    """A frame with one partner per row.

    ``table`` is what the core reads first; None if columns must be converted. ``unread`` names the columns that are not
    in it. ``frame`` is the frame, if it can be read again; otherwise None.
    """

    table: Any
    unread: list[str]
    frame: Any


def open_frame(frame: Any, wanted: Sequence[str]) -> Source:
    """Return the wanted columns of a frame; tables of unknown libraries are passed on as they are."""
    pandas, polars = sys.modules.get("pandas"), sys.modules.get("polars")
    if pandas is not None and isinstance(frame, pandas.DataFrame):
        columns = frame_columns(frame)
        read = {column.name: column.values for column in columns if column.name in wanted}
        is_regular = not any(column.is_mixed for column in columns if column.name in wanted)
        table = pa.table(read) if is_regular and (read or not len(frame)) else None
        return Source(table, [column.name for column in columns if column.name not in (*KNOWN, *wanted)], frame)
    if polars is not None and isinstance(frame, polars.DataFrame):
        names = frame.columns
    elif isinstance(frame, pa.Table | pa.RecordBatch):
        names = frame.schema.names
    else:
        return Source(frame, [], frame if hasattr(frame, "fetchall") else None)
    found = [name for name in names if name in wanted]
    table = frame.select(found) if len(set(found)) == len(found) else None
    return Source(table, [name for name in names if name and name not in (*KNOWN, *wanted)], frame)


def assess_frame(frame: Any, arguments: CoreArguments, keep: Sequence[str]) -> tuple[Any, list[str]]:
    """Assess a frame, and return the results and the names of the columns that were not read.

    Args:
        frame: The frame.
        arguments: What to compute; ``on_error`` is ``"raise"`` or ``"null"``.
        keep: Columns of the frame that the results also have.

    Raises:
        InputError: A column is missing or has nearly the name of one that is read, or rows are invalid.
    """
    column = arguments.as_of if isinstance(arguments.as_of, str) else None
    source = open_frame(frame, [*READ, *filter(None, [column])])
    assessed = _assess_quickly(source, arguments)
    if assessed is None:
        assessed = _assess_converted(source, column, arguments, keep)
    result, unread = assessed
    unread = [name for name in unread if name not in keep]
    check_names(unread, KNOWN, keep)
    if keep:
        result = _add_columns(pa.table(result), source, keep)
    return result, unread


def validate_frame(frame: Any, first_row: int = 0) -> tuple[Any, list[str]]:
    """Return a frame as an Arrow table in the types of the portfolio, and the names of the columns that are not read.

    Raises:
        InputError: A column is missing or has a wrong type, or rows are invalid; each problem has its location and id.
    """
    # The core reports problems by row and column; documents that are built from rows have no such locations.
    rest = (_core.rules(), datetime.date(2000, 1, 1), ["id"], "raise", 0, first_row)
    source = open_frame(frame, KNOWN)
    if source.table is not None and not _has_booleans(source.table):
        table = pa.table(source.table)
        try:
            result = _core.assess_table(table, *rest)
            return table, [*source.unread, *result.unread]
        except InputError:
            source = source._replace(frame=table if source.frame is None else source.frame)
    table, unread, problems = read_partner_frame(source.frame, None, first_row)
    check_names(unread, KNOWN)
    if problems:
        raise problems_error(problems)
    _core.assess_table(table, *rest)
    return table, unread


def _assess_quickly(source: Source, arguments: CoreArguments) -> tuple[Any, list[str]] | None:
    """Assess the frame as it is; return None if it must be converted first."""
    if source.table is None or _has_booleans(source.table):
        return None
    try:
        result = _core.assess_table(source.table, *arguments)
    except InputError:
        if source.frame is None:
            raise
        return None
    if arguments.on_error == "null" and source.frame is not None:
        table = pa.table(result)
        return None if table["error"].null_count < len(table) else (table, [*source.unread, *result.unread])
    return result, [*source.unread, *result.unread]


def _assess_converted(
    source: Source, column: str | None, arguments: CoreArguments, keep: Sequence[str]
) -> tuple[Any, list[str]]:
    """Convert days as text, NaN, and columns without values, and assess the rows that can be read."""
    table, unread, problems = read_partner_frame(source.frame, column)
    unread = list(dict.fromkeys(unread))
    check_names(unread, KNOWN, keep)
    if problems and arguments.on_error == "raise":
        raise problems_error(problems)
    if not problems:
        return _core.assess_table(table, *arguments), unread
    is_good = pa.array([row not in problems for row in range(len(table))])
    result = pa.table(_core.assess_table(table.filter(is_good), *arguments))
    return _insert_problems(result, table, problems, arguments), unread


def _insert_problems(
    result: Any, table: Any, problems: Mapping[int, Sequence[_core.Diagnostic]], arguments: CoreArguments
) -> Any:
    """Insert a row with null results and an error for each row with problems."""
    days = len(arguments.as_of) if isinstance(arguments.as_of, list) else 1
    rows = [row for row in range(len(table)) for _ in range(days)]
    good = iter(range(len(result)))
    indices = pa.array([None if row in problems else next(good) for row in rows], pa.int64())
    filled = {name: result[name].take(indices) for name in result.column_names}
    is_bad = pc.is_null(indices)
    texts = [
        "; ".join(str(_core.Diagnostic(code=one.code, pointer=one.pointer, message=one.message)) for one in found)
        if (found := problems.get(row))
        else None
        for row in rows
    ]
    filled["error"] = pc.if_else(is_bad, pa.array(texts, pa.string()), filled["error"])
    if "id" in filled:
        filled["id"] = table["id"].combine_chunks().cast(filled["id"].type).take(pa.array(rows, pa.int64()))
    return pa.table(filled)


def _add_columns(result: Any, source: Source, keep: Sequence[str]) -> Any:
    """Add columns of the frame to the results, each value once for each date of its row."""
    if source.frame is None:
        raise TypeError("keep needs a table that can be read twice, such as a DataFrame or a PyArrow table")
    columns = {column.name: column for column in frame_columns(source.frame)}
    if missing := [name for name in keep if name not in columns]:
        raise ValueError(f'keep names "{missing[0]}", but the table has no such column; it has {", ".join(columns)}')
    for name in keep:
        if name in result.column_names:
            raise ValueError(f'keep names "{name}", but the results have a column of this name')
        values = columns[name].values
        if columns[name].is_mixed:
            values = pa.array([None if value is None else str(value) for value in values], pa.string())
        values = pa.chunked_array(values) if isinstance(values, list) else values
        times = len(result) // len(values) if len(values) else 1
        if times > 1:
            values = values.take(pa.array([row for row in range(len(values)) for _ in range(times)]))
        result = result.append_column(name, values)
    return result


def _has_booleans(table: Any) -> bool:
    """Return whether a record has a truth value, which the core would read as a number."""
    schema = getattr(table, "schema", None)
    types = [schema.field(name).type for name in schema.names] if isinstance(schema, pa.Schema) else schema
    return "bool" in str(types).casefold()
