"""Long tables, one row per record, in the types of the portfolio."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from designation import _core
from designation._input.frames import FrameColumn, frame_columns
from designation._input.identity import damage_message, trim_ids
from designation._input.members import ColumnError, arrow_type, cast_member
from designation._input.partner_frames import list_type, near_name
from designation._lazy import lazy

nw = lazy("narwhals", "table")
pa = lazy("pyarrow", "table")
pc = lazy("pyarrow.compute", "table")

IDS = ("id", "partner_id")
NUMBER_IDS = "; convert ids to text, with their leading zeros"


class LongTable(NamedTuple):
    """A long table with all known columns in their types, and its problems."""

    table: Any
    problems: list[_core.Diagnostic]


def read_long_table(name: str, frame: Any, kinds: Mapping[str, str], required: Sequence[str]) -> LongTable:
    """Read a long table; a column that it lacks is null.

    Args:
        name: The name of the table in messages.
        frame: A frame of a library that Narwhals supports, a DuckDB relation, or an object with an Arrow stream.
        kinds: The kind of each known column.
        required: The columns that it must have.
    """
    columns = {column.name: column for column in frame_columns(_collect(frame))}
    numbers = {column: number for number, column in enumerate(columns, 1)}
    problems = [_missing_column(name, column, columns) for column in required if column not in columns]
    for column in columns:
        near = near_name(column, [known for known in kinds if known not in columns]) if column not in kinds else None
        if near and near not in required:
            problems.append(_problem("unknown_column", f'unknown column "{column}"; did you mean "{near}"?', name))
    size = max((len(column.values) for column in columns.values()), default=0)
    arrays = {}
    for column, kind in kinds.items():
        if column not in columns:
            arrays[column] = pa.nulls(size, _arrow_type(kind))
            continue
        try:
            arrays[column] = _read_column(
                columns[column], kind, column in required, _reporter(name, numbers, column, problems)
            )
        except ColumnError as error:
            hint = NUMBER_IDS if column in IDS else ""
            problems.append(_problem("type", f'column "{column}" {error}{hint}', name))
    if problems:
        return LongTable(None, problems)
    for column in IDS:
        if column in arrays:
            arrays[column] = trim_ids(arrays[column])
            for value in pc.unique(arrays[column]).drop_null().to_pylist():
                if damage := damage_message(value):
                    problems.append(_problem("id", damage, name))
    return LongTable(pa.table(arrays).combine_chunks(), problems)


def _collect(frame: Any) -> Any:
    if isinstance(frame, pa.Table) or hasattr(frame, "iloc") or not hasattr(frame, "collect"):
        return frame if not hasattr(frame, "fetchall") else pa.table(frame)
    return nw.from_native(frame).lazy().collect("pyarrow").to_native()


def _arrow_type(kind: str) -> Any:
    if kind != "dimensions":
        return arrow_type(kind)
    events = list_type("events").value_type
    return events.field("dimensions").type


def _read_column(column: FrameColumn, kind: str, required: bool, report: Callable[[int, str], None]) -> Any:
    if kind == "dimensions":
        return pa.array(column.values.to_pylist() if not column.is_mixed else column.values, _arrow_type(kind))
    return cast_member(column.values, kind, report, required=required)


def _reporter(
    name: str, numbers: Mapping[str, int], column: str, problems: list[_core.Diagnostic]
) -> Callable[[int, str], None]:
    def report(index: int, message: str) -> None:
        problems.append(_problem("type", f'column "{column}" {message}', name, index + 1, numbers[column]))

    return report


def _missing_column(name: str, column: str, columns: Mapping[str, Any]) -> _core.Diagnostic:
    if f"{column}[1]" in columns:
        return _problem("duplicate", f'repeated column "{column}"', name)
    near = near_name(column, list(columns))
    hint = f'; did you mean "{near}"?' if near else f"; the table has {', '.join(columns)}"
    return _problem("missing_column", f'missing column "{column}"{hint}', name)


def _problem(code: str, message: str, name: str, line: int = 0, column: int = 0) -> _core.Diagnostic:
    return _core.Diagnostic(code=code, message=message, file=name, line=line, column=column)
