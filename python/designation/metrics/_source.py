"""Tables from wherever they are, as lazy frames: what is lazy stays with its engine, all else goes to DuckDB."""

from __future__ import annotations

import csv
import glob
import gzip
import os
import tempfile
from collections.abc import Callable
from typing import Any, NamedTuple

import narwhals as nw

from designation._lazy import need
from designation.metrics._mistakes import mistake, several

Frame = nw.LazyFrame[Any]

TEXT, LINES, JSON, PARQUET = (".csv", ".tsv", ".txt"), (".ndjson", ".jsonl"), (".json",), (".parquet", ".pq")
SEPARATORS = ",;\t|"
FIRST_LINE = 1 << 20


class Table(NamedTuple):
    """A lazy frame, its columns with their types, and the way back to the kind of frame that was given."""

    name: str
    frame: Frame
    schema: dict[str, nw.dtypes.DType]
    back: Callable[[Frame], Any]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(self.schema)

    def rows(self, frame: Frame) -> list[dict[str, Any]]:
        """Compute a small result with the engine of the frame."""
        try:
            if not frame.implementation.is_duckdb():
                return list(frame.collect().rows(named=True))
            relation = frame.to_native()  # without Arrow, which takes longer to load than a small answer
            return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]
        except Exception as error:
            if type(error).__module__.partition(".")[0] not in ("_duckdb", "duckdb"):
                raise
            raise unreadable(self.name, error) from None


def table_of(source: Any, name: str) -> Table:
    """Take a table: the path of a file, or a frame that Narwhals knows.

    Args:
        source: Where the table is.
        name: What diagnostics call it, where it is no file.

    Raises:
        InputError: The file or the frame cannot be read.
        OSError: There is no such file.
    """
    if isinstance(source, str | os.PathLike):
        path = os.fspath(source)
        return _table(path, nw.from_native(_of_file(path)), lambda frame: frame.to_native())
    try:
        frame = nw.from_native(source)
    except TypeError:
        if not hasattr(source, "__arrow_c_stream__"):
            raise TypeError(f"{name}: a path or a frame, not {type(source).__name__}") from None
        frame = nw.from_arrow(source, backend="pyarrow")
    if isinstance(frame, nw.LazyFrame):
        return _table(name, frame, lambda frame: frame.to_native())
    kind, names = frame.implementation, [column.casefold() for column in frame.columns]
    if alike := [column for column in frame.columns if names.count(column.casefold()) > 1]:
        raise mistake("frame", f"{several(alike)} differ by case only; rename them", file=name)
    need("pyarrow", "metrics")
    try:
        relation = connect().from_arrow(frame.to_arrow())
    except Exception as error:  # whatever the frame's library finds wrong with its columns
        raise mistake("frame", f"cannot be read as Arrow: {_first_line(error)}", file=name) from None
    return _table(name, nw.from_native(relation), lambda frame: frame.collect(kind).to_native())


def connect() -> Any:
    """Open a database in memory that asks no network and knows one time zone."""
    connection = need("duckdb", "metrics").connect(
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "temp_directory": tempfile.gettempdir(),
        }
    )
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def unreadable(file: str, error: Exception) -> Exception:
    """Say what DuckDB found wrong with a file."""
    return mistake("unreadable", _first_line(error), file=file)


def _table(name: str, frame: Frame, back: Callable[[Frame], Any]) -> Table:
    schema = dict(frame.collect_schema())
    if not schema:
        raise mistake("unreadable", "there is no column", file=name)
    return Table(name, frame, schema, back)


def _of_file(path: str) -> Any:
    files = sorted(glob.glob(path)) if glob.has_magic(path) and not os.path.exists(path) else [path]
    if not files:
        raise FileNotFoundError(2, os.strerror(2), path)
    with open(files[0], "rb"):
        pass
    ending = os.path.splitext(path.lower().removesuffix(".gz"))[1]
    connection = connect()
    try:
        if ending in TEXT:
            return _of_text(connection, files)
        if ending in (*LINES, *JSON):
            return _of_json(connection, files, "newline_delimited" if ending in LINES else "auto")
        if ending in PARQUET:
            return connection.read_parquet(files, union_by_name=True)
    except need("duckdb", "metrics").Error as error:
        raise unreadable(path, error) from None
    endings = ", ".join((*TEXT, *LINES, *JSON, *PARQUET))
    raise mistake("unreadable", f"its kind is not known by its name; known: {endings}, with .gz or without", file=path)


def _of_text(connection: Any, files: list[str]) -> Any:
    # Everything is text: a date that is guessed by a sniffer is a date that may be wrong.
    heads = [_head(file) for file in files]
    for file, head in zip(files, heads, strict=True):
        if head != heads[0]:
            raise mistake("unreadable", f"another heading than that of {files[0]}", file=file)
    names, separator, skip = heads[0]
    return connection.read_csv(
        files,
        columns=dict.fromkeys(names, "VARCHAR"),
        auto_detect=False,
        header=True,
        skiprows=skip,
        sep=separator,
        quotechar='"',
        escapechar='"',
    )


def _head(file: str) -> tuple[list[str], str, int]:
    with (gzip.open if file.lower().endswith(".gz") else open)(file, "rb") as stream:
        line = stream.readline(FIRST_LINE)
        skip = int(line.removeprefix(b"\xef\xbb\xbf").startswith(b"#TYPE"))  # from Windows PowerShell
        if skip:
            line = stream.readline(FIRST_LINE)
    try:
        text = line.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError:
        raise mistake("encoding", "it is no UTF-8; save it as CSV in UTF-8", file=file) from None
    separator = max(SEPARATORS, key=text.count)
    names = next(csv.reader([text], delimiter=separator), [])
    twice = sorted({name for name in names if names.count(name) > 1})
    if not any(names) or twice:
        what = f"columns that are there twice: {several(twice)}" if twice else "there is no heading"
        raise mistake("unreadable", what, file=file)
    return names, separator, skip


def _of_json(connection: Any, files: list[str], form: str) -> Any:
    # Records as they stand, or the items of a response of Partner Center; every value as text.
    relation = connection.query(
        """SELECT unnest(CASE WHEN json_type(json, '$.items') = 'ARRAY' THEN json -> '$.items[*]'
                              WHEN json_type(json, '$.Items') = 'ARRAY' THEN json -> '$.Items[*]'
                              ELSE [json] END) AS json
           FROM read_json_objects($files, format = $form)""",
        params={"files": files, "form": form},
    )
    keys = """SELECT DISTINCT key FROM (SELECT unnest(json_keys(json)) AS key FROM records) ORDER BY key"""
    nested = """SELECT DISTINCT outer_key, unnest(json_keys(json -> ('$.' || '"' || outer_key || '"'))) AS inner_key
                FROM (SELECT json, unnest(json_keys(json)) AS outer_key FROM records)
                WHERE json_type(json, '$."' || outer_key || '"') = 'OBJECT' ORDER BY ALL"""
    found = [*relation.query("records", keys).fetchall(), *relation.query("records", nested).fetchall()]
    # Some records are in camelCase and some in PascalCase: one column holds both.
    columns: dict[str, list[tuple[str, ...]]] = {}
    for place in found:
        if '"' not in "".join(place):
            columns.setdefault(".".join(place).casefold(), []).append(place)
    if not columns:
        raise mistake("unreadable", "there is no record in it", file=files[0])
    return relation.project(", ".join(map(_column, columns.values())))


def _column(places: list[tuple[str, ...]]) -> str:
    values = ["json ->> " + _text("$" + "".join(f'."{key}"' for key in place)) for place in places]
    return f"coalesce({', '.join(values)}) AS {_name('.'.join(places[0]))}"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _name(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'


def _first_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).split("\n") if line.strip()]
    said = " ".join(line for line in lines[:3] if not line.startswith(("Possible", "*")))
    return said or type(error).__name__
