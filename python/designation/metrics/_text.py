"""Text tables as DuckDB relations: every column is text, because type inference may read a date wrong."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from itertools import groupby
from typing import Any, NamedTuple

from designation._input.guard import GUARDED_INSIDE, GUARDED_START, UNGUARDED_NUMBER
from designation._input.source import TEXT, open_source, source_error
from designation._input.text import TextTable, fold_name, read_text
from designation._lazy import need
from designation.metrics._files import File, column_name


class _Layout(NamedTuple):
    """What the files of one call of DuckDB's reader have in common."""

    separator: str
    skip: int
    compression: str


def read_text_files(connection: Any, files: Sequence[File], folder: str) -> tuple[Any, bool]:
    """Return a relation with the named columns of all files, and whether it needs the folder.

    Args:
        connection: The database.
        files: The files; their headers must have the same names.
        folder: The folder for copies of files that DuckDB cannot read, such as one with a line break in its header.

    Raises:
        InputError: A file cannot be read; the error has its line and column.
    """
    tables = [_read_header(file) for file in files]
    names = tables[0].header
    for file, table in zip(files, tables, strict=True):
        if list(map(fold_name, table.header)) != list(map(fold_name, names)):
            raise source_error("unreadable", f"its header differs from that of {files[0].name}", file.name, 1, 1)
    layouts = [_find_layout(file, table) for file, table in zip(files, tables, strict=True)]
    relation: Any = None
    is_copied = any(file.is_copy for file in files)
    for layout, pairs in groupby(sorted(zip(layouts, files, strict=True)), key=lambda pair: pair[0]):
        group = [file for _, file in pairs]
        part = None if layout.separator == "" else _scan(connection, group, layout, len(names))
        if part is None:
            copies = [_copy(file, folder) for file in group]
            part, is_copied = _scan(connection, copies, _Layout(",", 0, "none"), len(names), is_regular=True), True
        if part is None:  # The copy is regular, so that this does not happen.
            raise source_error("unreadable", "the file cannot be read", group[0].name)
        relation = part if relation is None else relation.union(part)
    named = ((number, column_name(name)) for number, name in enumerate(names) if name)
    columns = (f"{_without_guard(f'c{number}')} AS {quote_identifier(name)}" for number, name in named)
    return relation.project(", ".join(columns)), is_copied


def quote_identifier(name: str) -> str:
    """Return a name as an identifier of SQL."""
    return '"' + name.replace('"', '""') + '"'


def _without_guard(column: str) -> str:
    """Return the SQL of a text column without the apostrophes of `guard`; most texts have none."""
    patterns = (GUARDED_START, UNGUARDED_NUMBER, GUARDED_INSIDE)
    start, number, inside = (pattern.replace("'", "''") for pattern in patterns)
    is_guarded = f"regexp_matches({column}, '{start}') AND NOT regexp_full_match({column}, '{number}')"
    text = f"CASE WHEN {is_guarded} THEN {column}[2:] ELSE {column} END"
    undone = f"regexp_replace({text}, '{inside}', '\\1\\2', 'g')"
    return f"CASE WHEN contains({column}, '''') THEN {undone} ELSE {column} END"


def _read_header(file: File) -> TextTable:
    source = open_source(file.path, kind=TEXT)
    with source.stream:
        return read_text(source._replace(name=file.name))


def _find_layout(file: File, table: TextTable) -> _Layout:
    """Return the layout of a file; it has no separator if DuckDB cannot skip the header, because a cell has lines."""
    preamble, end = table.dialect.preamble, table.dialect.header_end
    separator = table.dialect.separator if end == preamble + 1 else ""
    return _Layout(separator, end, file.compression)


def _scan(connection: Any, files: Sequence[File], layout: _Layout, width: int, *, is_regular: bool = False) -> Any:
    """Return a relation of the files' rows; None if DuckDB finds them irregular, which takes one pass to know."""
    relation = connection.read_csv(
        [file.pattern for file in files],
        columns={f"c{number}": "VARCHAR" for number in range(width)},
        auto_detect=False,
        header=False,
        skiprows=layout.skip,
        sep=layout.separator,
        quotechar='"',
        escapechar='"',
        compression=layout.compression,
        hive_partitioning=False,
        # DuckDB otherwise refuses a cell with another line break than that of the rows.
        strict_mode=not is_regular,
    )
    try:
        relation.aggregate("count(*)").fetchall()
    except need("duckdb", "metrics").Error:
        return None
    return relation


def _copy(file: File, folder: str) -> File:
    """Copy the rows of an irregular file, each with as many cells as the header has; report rows that are invalid."""
    source = open_source(file.path, kind=TEXT)
    path = os.path.join(folder, f"{len(os.listdir(folder))}.csv")
    with source.stream, open(path, "w", encoding="utf-8", newline="") as output:
        table = read_text(source._replace(name=file.name))
        csv.writer(output, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(cells for _, cells in table.rows())
    return file._replace(path=path, compression="uncompressed", is_copy=True)
