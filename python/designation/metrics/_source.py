"""Files and frames as lazy tables: a lazy frame stays with its engine, everything else goes to DuckDB."""

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
from designation._messages import several
from designation.metrics._errors import input_error

Frame = nw.LazyFrame[Any]

TEXT, NDJSON, JSON, PARQUET = (".csv", ".tsv", ".txt"), (".ndjson", ".jsonl"), (".json",), (".parquet", ".pq")
SEPARATORS = ",;\t|"
MAX_HEADER_BYTES = 1 << 20


class Table(NamedTuple):
    """A lazy frame with its schema; ``to_native`` converts a frame to the kind that the user passed."""

    name: str
    frame: Frame
    schema: dict[str, nw.dtypes.DType]
    to_native: Callable[[Frame], Any]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(self.schema)

    def collect(self, frame: Frame) -> list[dict[str, Any]]:
        """Compute a small frame with its engine, and return its rows."""
        try:
            if not frame.implementation.is_duckdb():
                return list(frame.collect().rows(named=True))
            relation = frame.to_native()  # Arrow would take longer to load than these few rows to fetch.
            return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]
        except Exception as error:
            if type(error).__module__.partition(".")[0] not in ("_duckdb", "duckdb"):
                raise
            raise unreadable_error(self.name, error) from None


def read_table(source: Any, name: str) -> Table:
    """Read a table from the path of a file, or from a frame that Narwhals supports.

    Args:
        source: The path or the frame.
        name: The name of a frame in error messages.

    Raises:
        InputError: The file or the frame cannot be read.
        OSError: The file does not exist.
    """
    if isinstance(source, str | os.PathLike):
        path = os.fspath(source)
        return _table(path, nw.from_native(_read_file(path)), lambda frame: frame.to_native())
    try:
        frame = nw.from_native(source)
    except TypeError:
        if not hasattr(source, "__arrow_c_stream__"):
            raise TypeError(f"{name} must be a path or a frame, not {type(source).__name__}") from None
        frame = nw.from_arrow(source, backend="pyarrow")
    if isinstance(frame, nw.LazyFrame):
        return _table(name, frame, lambda frame: frame.to_native())
    kind, names = frame.implementation, [column.casefold() for column in frame.columns]
    if alike := [column for column in frame.columns if names.count(column.casefold()) > 1]:
        raise input_error("frame", f"columns {several(alike)} differ only in case; rename them", file=name)
    need("pyarrow", "metrics")
    try:
        relation = connect().from_arrow(frame.to_arrow())
    except Exception as error:  # The libraries of frames raise errors of their own.
        raise input_error("frame", f"cannot be read as Arrow: {_error_text(error)}", file=name) from None
    return _table(name, nw.from_native(relation), lambda frame: frame.collect(kind).to_native())


def connect() -> Any:
    """Open a DuckDB database in memory that makes no network requests and runs in UTC."""
    connection = need("duckdb", "metrics").connect(
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "temp_directory": tempfile.gettempdir(),
        }
    )
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def unreadable_error(file: str, error: Exception) -> Exception:
    """Return the error for a file that DuckDB cannot read."""
    return input_error("unreadable", _error_text(error), file=file)


def _table(name: str, frame: Frame, to_native: Callable[[Frame], Any]) -> Table:
    schema = dict(frame.collect_schema())
    if not schema:
        raise input_error("unreadable", "the table has no columns", file=name)
    return Table(name, frame, schema, to_native)


def _read_file(path: str) -> Any:
    files = sorted(glob.glob(path)) if glob.has_magic(path) and not os.path.exists(path) else [path]
    if not files:
        raise FileNotFoundError(2, os.strerror(2), path)
    with open(files[0], "rb"):
        pass
    ending = os.path.splitext(path.lower().removesuffix(".gz"))[1]
    connection = connect()
    try:
        if ending in TEXT:
            return _read_text(connection, files)
        if ending in (*NDJSON, *JSON):
            return _read_json(connection, files, "newline_delimited" if ending in NDJSON else "auto")
        if ending in PARQUET:
            return connection.read_parquet(files, union_by_name=True)
    except need("duckdb", "metrics").Error as error:
        raise unreadable_error(path, error) from None
    endings = ", ".join((*TEXT, *NDJSON, *JSON, *PARQUET))
    what = f"the file type is unknown; the name must end in one of {endings}, with or without .gz"
    raise input_error("unreadable", what, file=path)


def _read_text(connection: Any, files: list[str]) -> Any:
    # Every column is read as text, because type inference may read a date wrong.
    headers = [_read_header(file) for file in files]
    for file, header in zip(files, headers, strict=True):
        if header != headers[0]:
            raise input_error("unreadable", f"its header differs from that of {files[0]}", file=file)
    names, separator, skip = headers[0]
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


def _read_header(file: str) -> tuple[list[str], str, int]:
    """Return the column names of a text file, its separator, and the number of lines before the header."""
    with (gzip.open if file.lower().endswith(".gz") else open)(file, "rb") as stream:
        line = stream.readline(MAX_HEADER_BYTES)
        skip = int(line.removeprefix(b"\xef\xbb\xbf").startswith(b"#TYPE"))  # Windows PowerShell writes this line.
        if skip:
            line = stream.readline(MAX_HEADER_BYTES)
    try:
        text = line.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError:
        raise input_error("encoding", "the file is not UTF-8; save it as CSV in UTF-8", file=file) from None
    separator = max(SEPARATORS, key=text.count)
    names = next(csv.reader([text], delimiter=separator), [])
    repeated = sorted({name for name in names if names.count(name) > 1})
    if not any(names) or repeated:
        what = f"repeated columns: {several(repeated)}" if repeated else "the file has no header"
        raise input_error("unreadable", what, file=file)
    return names, separator, skip


def _read_json(connection: Any, files: list[str], form: str) -> Any:
    # The file holds records, or a response of Partner Center with records as its items. Every value is read as text.
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
    paths = [*relation.query("records", keys).fetchall(), *relation.query("records", nested).fetchall()]
    # One column holds both spellings of a key, because some records use camelCase and some PascalCase.
    columns: dict[str, list[tuple[str, ...]]] = {}
    for path in paths:
        if '"' not in "".join(path):
            columns.setdefault(".".join(path).casefold(), []).append(path)
    if not columns:
        raise input_error("unreadable", "the file has no records", file=files[0])
    return relation.project(", ".join(map(_column_sql, columns.values())))


def _column_sql(paths: list[tuple[str, ...]]) -> str:
    values = ["json ->> " + _sql_string("$" + "".join(f'."{key}"' for key in path)) for path in paths]
    return f"coalesce({', '.join(values)}) AS {_sql_identifier('.'.join(paths[0]))}"


def _sql_string(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _sql_identifier(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'


def _error_text(error: Exception) -> str:
    lines = [line.strip() for line in str(error).split("\n") if line.strip()]
    text = " ".join(line for line in lines[:3] if not line.startswith(("Possible", "*")))
    return text or type(error).__name__
