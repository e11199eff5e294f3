"""Frames for the core: only the columns that it reads, as they are, or converted if the core refuses them."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from designation import _core
from designation._errors import InputError
from designation._input.frames import frame_columns
from designation._input.partner_frames import KNOWN, PartnerTable, check_names, problems_error, read_partner_frame
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
    try:
        result, unread = _assess_quickly(source, arguments)
    except InputError as error:
        if source.frame is None:
            raise
        result, unread = _assess_converted(source, arguments, keep, error)
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
    arguments = CoreArguments(_core.rules(), datetime.date(2000, 1, 1), ["id"], "raise", 0)
    source = open_frame(frame, KNOWN)
    if source.table is not None:
        source = source._replace(table=pa.table(source.table))
    try:
        _, unread = _assess_quickly(source, arguments, first_row)
    except InputError as error:
        source = source._replace(frame=source.table if source.frame is None else source.frame)
        table, unread = _convert(source, arguments, (), error, first_row)[:2]
        try:
            _core.assess_table(table, *arguments, first_row=first_row)
        except InputError as second:
            raise (second if _has_rows(second) or not error.diagnostics else error) from None
        source = source._replace(table=table)
    check_names(unread, KNOWN, None)
    return source.table, unread


def _assess_quickly(source: Source, arguments: CoreArguments, first_row: int = 0) -> tuple[Any, list[str]]:
    """Assess the frame as it is; raise InputError, without a problem if there is none yet, if it must be converted."""
    if source.table is None:
        raise InputError([])
    result: Any = _core.assess_table(source.table, *arguments, first_row=first_row)
    unread = [*source.unread, *result.unread]
    if source.frame is not None and _has_booleans(source.table):
        raise InputError([])
    if arguments.on_error == "null" and source.frame is not None:
        result = pa.table(result)
        if result["error"].null_count < len(result):
            raise InputError([])
    return result, unread


def _convert(
    source: Source, arguments: CoreArguments, keep: Sequence[str], error: InputError, first_row: int = 0
) -> PartnerTable:
    """Convert the columns of a frame; raise the core's error, or a clearer one, if that does not help."""
    column = arguments.as_of if isinstance(arguments.as_of, str) else None
    try:
        converted = read_partner_frame(source.frame, column, first_row)
    except (pa.ArrowException, UnicodeError):
        raise error from None
    check_names(converted.unread, KNOWN, keep)
    has_rows = _has_rows(error)
    if any(one.code == "missing_key" for one in error.diagnostics) and not has_rows:
        raise error
    if converted.column_problems:
        raise (error if error.diagnostics else InputError(converted.column_problems)) from None
    if converted.problems and arguments.on_error == "raise":
        raise (error if has_rows else problems_error(converted.problems)) from None
    return converted


def _has_rows(error: InputError) -> bool:
    """Return whether problems have rows, and are not those of whole columns."""
    return any(one.pointer[1:2].isdecimal() for one in error.diagnostics)


def _assess_converted(
    source: Source, arguments: CoreArguments, keep: Sequence[str], error: InputError
) -> tuple[Any, list[str]]:
    """Convert days as text, NaN, and columns without values, and assess the rows that can be read."""
    table, unread, problems, _ = _convert(source, arguments, keep, error)
    good = table.filter(pa.array([row not in problems for row in range(len(table))])) if problems else table
    try:
        result = _core.assess_table(good, *arguments)
    except InputError as second:
        raise (second if _has_rows(second) or not error.diagnostics else error) from None
    if not problems:
        return result, unread
    return _insert_problems(pa.table(result), table, problems, arguments), unread


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
