"""Records in JSON as DuckDB relations: lists, one record per line, and responses of APIs; every value is text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from designation._input.json_text import json_problem
from designation._input.pages import EMPTY, OBJECT, OTHER, RECORDS, SeveralListsError, find_records
from designation._input.source import JSON, NDJSON, open_source, source_error
from designation._lazy import need
from designation.metrics._files import File, column_name
from designation.metrics._text import quote_identifier

DEFAULT_SIZE = 16 << 20  # DuckDB's own limit for one value
LARGEST_SIZE = (1 << 32) - 1
MOST_CHARACTERS = 1 << 30  # to look for what is wrong in a file


def read_json_files(connection: Any, files: Sequence[File], names: Sequence[str] = ()) -> Any:
    """Return a relation of the records in some files, with a column for each key; None if there is no record.

    A name such as ``answers[].rating`` gives a column of the first such member in the list of each record.

    Raises:
        InputError: A file is not JSON, or has no records.
    """
    objects = _read_objects(connection, files, DEFAULT_SIZE)
    rows, records = objects.aggregate("count(*), count(*) FILTER (json_type(json) = 'OBJECT')").fetchall()[0]
    if rows > records:
        raise source_error("unreadable", "the file must hold records, which are JSON objects", files[0].name)
    paths = {path for file in files if (path := _find_page(objects, file))}
    cases = "".join(
        f" WHEN json_type(json, {_path(path)}) = 'ARRAY' THEN json -> {_path(path, '[*]')}" for path in sorted(paths)
    )
    relation = objects.project(f"unnest(CASE{cases} ELSE [json] END) AS json") if cases else objects.project("json")
    keys = """SELECT DISTINCT key FROM (SELECT unnest(json_keys(json)) AS key FROM records) ORDER BY key"""
    nested = """SELECT DISTINCT outer_key, unnest(json_keys(json -> ('$.' || '"' || outer_key || '"'))) AS inner_key
                FROM (SELECT json, unnest(json_keys(json)) AS outer_key FROM records)
                WHERE NOT contains(outer_key, '"') AND outer_key <> ''
                  AND json_type(json, '$."' || outer_key || '"') = 'OBJECT'
                ORDER BY ALL"""
    found = [*relation.query("records", keys).fetchall(), *relation.query("records", nested).fetchall()]
    # One column holds both spellings of a key, because some records use camelCase and some PascalCase.
    columns: dict[str, list[tuple[str, ...]]] = {}
    lists = [name for name in names if "[]." in name and (name.partition("[]")[0],) in found]
    for path in found:
        if all(path) and '"' not in "".join(path):  # a column without a name is not read
            columns.setdefault(".".join(path).casefold(), []).append(path)
    if columns:
        return relation.project(", ".join([*map(_column, columns.values()), *map(_column_of_list, lists)]))
    is_empty = any(file.kind == JSON and not _has_text(file) for file in files) if not rows else not paths
    if is_empty:
        raise source_error("unreadable", "the file has no records", files[0].name)
    return None


def _read_objects(connection: Any, files: Sequence[File], size: int) -> Any:
    """Return a relation of the objects in the files and the names of the files."""
    relation: Any = None
    for file in files:
        form = "newline_delimited" if file.kind == NDJSON else "auto"
        part = connection.query(
            f"""SELECT json, {_text(file.path)} AS file
                FROM read_json_objects({_text(file.pattern)}, format = '{form}', maximum_object_size = {size},
                                       compression = '{file.compression}', hive_partitioning = false)"""
        )
        relation = part if relation is None else relation.union(part)
    try:
        relation.aggregate("count(*)").fetchall()
    except need("duckdb", "metrics").Error as error:
        if "maximum_object_size" in str(error) and size == DEFAULT_SIZE:
            return _read_objects(connection, files, _largest_size(files))
        raise _find_problem(files) from None
    return relation


def _find_page(objects: Any, file: File) -> tuple[str, ...] | None:
    """Return where the records are in the objects of a file, judged by the first one; None if objects are records."""
    first = objects.filter(f"file = {_text(file.path)}").limit(1)

    def kinds_at(path: Sequence[str]) -> Mapping[str, str]:
        members = f"""SELECT key, json_type(json, {_path(path, ".")} || '"' || key || '"'),
                             json_type(json, {_path(path, ".")} || '"' || key || '"[0]')
                      FROM (SELECT json, unnest(json_keys(json, {_path(path)})) AS key FROM first)
                      WHERE NOT contains(key, '"') AND key <> ''"""
        return {key: _kind(*types) for key, *types in first.query("first", members).fetchall()}

    try:
        return find_records(kinds_at)
    except SeveralListsError as error:
        raise source_error("unreadable", str(error), file.name) from None


def _kind(outer: str, inner: str | None) -> str:
    if outer == "ARRAY":
        return EMPTY if inner is None else RECORDS if inner == "OBJECT" else OTHER
    return OBJECT if outer == "OBJECT" else OTHER


def _column(paths: list[tuple[str, ...]]) -> str:
    values = [f"json ->> {_path(path)}" for path in paths]
    return f"coalesce({', '.join(values)}) AS {quote_identifier(column_name('.'.join(paths[0])))}"


def _column_of_list(name: str) -> str:
    outer, _, inner = name.partition("[].")
    values = f"json ->> {_path((outer,), f'[*].{inner}')}"
    return f"[one FOR one IN {values} IF one IS NOT NULL][1] AS {quote_identifier(name)}"


def _path(keys: Sequence[str], rest: str = "") -> str:
    return _text("$" + "".join(f'."{key}"' for key in keys) + rest)


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _largest_size(files: Sequence[File]) -> int:
    """Return a size that no value in the files exceeds."""
    largest = 0
    for file in files:
        with open_source(file.path).stream as stream:
            if file.kind == NDJSON:
                largest = max([largest, *map(len, stream)])
            else:
                largest = max(largest, sum(map(len, iter(lambda: stream.read(1 << 20), b""))))
    return min(largest + 1024, LARGEST_SIZE)


def _has_text(file: File) -> bool:
    with open_source(file.path).stream as stream:
        return bool(stream.read(1 << 16).strip())


def _find_problem(files: Sequence[File]) -> Exception:
    """Return the error for files that DuckDB cannot read: the first one that is not JSON, with line and column."""
    for file in files:
        with open_source(file.path).stream as stream:
            lines = enumerate(stream, 1) if file.kind == NDJSON else [(1, stream.read(MOST_CHARACTERS))]
            for first, data in lines:
                try:
                    problem = json_problem(data.decode("utf-8")) if data.strip() else None
                except UnicodeDecodeError as error:
                    line = first + data.count(b"\n", 0, error.start)
                    return source_error(
                        "encoding",
                        f"the byte 0x{data[error.start]:02X} is not valid UTF-8; save the file in UTF-8",
                        file.name,
                        line,
                        1,
                    )
                if problem:
                    line, column, message = problem
                    return source_error("syntax", f"must be JSON: {message}", file.name, first + line - 1, column)
    limit = LARGEST_SIZE >> 30
    return source_error(
        "unreadable", f"the file is not JSON that can be read, or larger than {limit} GiB", files[0].name
    )
