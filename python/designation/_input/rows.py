"""Tables with one partner per row: text tables with lists as JSON text, Parquet files, and frames."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from designation import _core
from designation._errors import InputError
from designation._input.frames import frame_columns
from designation._input.guard import read_cell, undo_guard
from designation._input.limits import read_whole
from designation._input.members import document_value
from designation._input.partner_frames import KNOWN, check_names, near_name, read_partner_frame
from designation._input.source import Source, source_error
from designation._input.spaces import trim
from designation._input.text import TextTable, plain_header
from designation._lazy import lazy
from designation._messages import MIGRATION, quote, several
from designation._records import LISTS

pa = lazy("pyarrow", "table")
parquet = lazy("pyarrow.parquet", "table")

ROWS = 10_000
# What notes the columns of a table: all names, those that are not read, and the file.
NoteColumns: TypeAlias = Callable[[Sequence[str], Sequence[str], str], None]
TEXTS = ("id", "name", "notes")


class PartnerRow(NamedTuple):
    """A row of a table: its number, the document or its text, its problems, and the columns that are kept."""

    number: int
    document: Mapping[str, Any] | bytes | None
    id: str
    problems: tuple[_core.Diagnostic, ...] = ()
    kept: Mapping[str, Any] = {}
    size: int = 0


def read_text_rows(
    source: Source, table: TextTable, keep: Sequence[str] | None, note: NoteColumns
) -> Iterator[PartnerRow]:
    """Yield the rows of a text table; an empty cell is unknown."""
    columns = find_columns(table.header, keep, source.name)
    note(plain_header(table.header), _unread_names(table.header, keep or ()), source.name)
    problems: list[tuple[int, list[str], _core.Diagnostic]] = []
    for line, cells in table.rows(report=lambda *problem: problems.append(problem)):
        yield from _omitted(problems, columns)
        texts = {name: cells[number] for name, number in columns.items()}
        members = [f'"{name}": {json.dumps(read_cell(texts[name]))}' for name in TEXTS if trim(texts.get(name, ""))]
        found = []
        for name in LISTS:
            if cell := texts.get(name):
                try:
                    json.loads(cell)
                except (ValueError, RecursionError):
                    found.append(_problem("syntax", f"{name}: must be JSON text", source.name, line, columns[name] + 1))
                members.append(f'"{name}": {cell}')
        kept = {name: undo_guard(texts[name]) if texts[name] else None for name in keep or ()}
        size = sum(map(len, cells)) + len(cells)
        text = None if found else ("{" + ", ".join(members) + "}").encode("utf-8", "surrogatepass")
        yield PartnerRow(line, text, texts["id"], tuple(found), kept, size)
    yield from _omitted(problems, columns)


def find_columns(header: Sequence[str], keep: Sequence[str] | None, file: str) -> dict[str, int]:
    """Return the numbers of the columns to read, from 0; raise InputError if one is missing, repeated or misspelled."""
    plain = plain_header(header)
    folded = {name.casefold(): name for name in (*TEXTS, *LISTS)}
    columns: dict[str, int] = {}
    for number, name in enumerate(plain):
        known = name if name in (keep or ()) else folded.get(name.casefold())
        if known in columns:
            message = f"the table has more than one column {quote(known)}"
            raise source_error("duplicate_key", message, file, 1, number + 1)
        if known is not None:
            columns[known] = number
    has_facts = any(name in columns for name in LISTS)
    for name in ("id", *(keep or ())):
        if name in columns:
            continue
        near = near_name(name, [one for one in plain if one and one not in columns])
        rest = f"; did you mean {quote(near)}?" if near else f"; it has {several(filter(None, plain), 12)}"
        if name == "id" and not has_facts:
            rest = f" and no column of facts{rest}; {MIGRATION}"
        raise source_error("missing_key", f"the table has no column {quote(name)}{rest}", file, 1, 1)
    unread = [name for name in plain if name and name not in columns and name.casefold() not in folded]
    try:
        check_names([*columns, *unread], KNOWN, keep)
    except InputError as error:
        raise InputError([one.replace(file=file, line=1, column=1) for one in error.diagnostics]) from None
    return columns


def _unread_names(header: Sequence[str], keep: Sequence[str]) -> list[str]:
    known = {name.casefold() for name in (*KNOWN, *keep)}
    return list(dict.fromkeys(name for name in plain_header(header) if name and name.casefold() not in known))


def _omitted(
    problems: list[tuple[int, list[str], _core.Diagnostic]], columns: Mapping[str, int]
) -> Iterator[PartnerRow]:
    for line, cells, problem in problems:
        owner = trim(cells[columns["id"]]) if columns["id"] < len(cells) else ""
        yield PartnerRow(line, None, owner, (problem,), {}, sum(map(len, cells)) + len(cells))
    problems.clear()


def read_parquet_rows(source: Source, keep: Sequence[str] | None, note: NoteColumns) -> Iterator[PartnerRow]:
    """Yield the rows of a Parquet file."""
    is_file = source.path is not None and not source.is_compressed
    try:
        file = parquet.ParquetFile(pa.OSFile(source.path) if is_file else pa.BufferReader(read_whole(source)))
        names = file.schema_arrow.names
        wanted = [name for name in names if name in KNOWN or name in (keep or ())]
        check_names(names, KNOWN, keep)
        note(names, [name for name in names if name not in wanted], source.name)
        first = 0
        for batch in file.iter_batches(ROWS, columns=wanted):
            yield from read_frame_rows(batch, keep, lambda *_: None, first)
            first += batch.num_rows
    except (pa.ArrowException, OSError):
        message = "must be a Parquet file; it is damaged, incomplete, or of another kind"
        raise source_error("unreadable", message, source.name) from None


def read_frame_rows(
    frame: Any, keep: Sequence[str] | None, note: NoteColumns, first_row: int = 0
) -> Iterator[PartnerRow]:
    """Yield the rows of a frame; raise InputError if a column cannot be read."""
    table, others, problems, column_problems = read_partner_frame(frame, None, first_row)
    check_names(others, KNOWN, keep)
    if column_problems:
        raise InputError(column_problems)
    if "id" not in table.column_names:
        raise InputError([_core.Diagnostic(code="missing_key", pointer="/id", message="missing column")])
    note(table.column_names, [name for name in others if name not in (keep or ())], "")
    kept = {column.name: column.values for column in frame_columns(frame) if column.name in keep} if keep else {}
    kept = {name: values if isinstance(values, list) else values.to_pylist() for name, values in kept.items()}
    row = 0
    for batch in table.to_batches(max_chunksize=ROWS):
        for values in batch.to_pylist():
            document = document_value(values)
            extra = {name: column[row] for name, column in kept.items()}
            found = tuple(problems.get(row, ()))
            yield PartnerRow(first_row + row, None if found else document, str(document.get("id", "")), found, extra)
            row += 1


def _problem(code: str, message: str, file: str, line: int, column: int) -> _core.Diagnostic:
    return _core.Diagnostic(code=code, message=message, file=file, line=line, column=column)
