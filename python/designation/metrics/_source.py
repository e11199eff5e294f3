"""Files and frames as lazy tables: a lazy frame stays with its engine, everything else goes to DuckDB."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import narwhals as nw

from designation._input.frames import FrameColumn, frame_columns
from designation._input.source import JSON, NDJSON, PARQUET, TEXT, display_name, match_pattern
from designation._input.text import number_repeated
from designation._lazy import lazy, need
from designation.metrics._errors import input_error
from designation.metrics._files import File, InputFile, column_name, connect, prepare_file
from designation.metrics._json import read_json_files
from designation.metrics._text import quote_identifier, read_text_files

pa = lazy("pyarrow", "metrics")
parquet = lazy("pyarrow.parquet", "metrics")

Frame = nw.LazyFrame[Any]
ENGINES = ("_duckdb", "duckdb", "narwhals", "polars", "pyo3_runtime")  # the packages of their errors


class Table(NamedTuple):
    """A lazy frame with its schema; ``to_native`` converts a frame to the kind that the user passed.

    ``path`` is that of the file that was read, if there is one, and ``connection`` the database that reads it.
    """

    name: str
    frame: Frame
    schema: dict[str, nw.dtypes.DType]
    to_native: Callable[[Frame], Any]
    path: str | None = None
    connection: Any = None

    def is_on(self, connection: Any) -> bool:
        """Return whether the frame is a relation of a DuckDB connection of ours."""
        return self.connection is connection

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(self.schema)

    def collect(self, frame: Frame) -> list[dict[str, Any]]:
        """Compute a small frame with its engine, and return its rows.

        Raises:
            InputError: The engine cannot compute the table, such as a lazy frame of a file that is not UTF-8.
        """
        with self._engine():
            if not frame.implementation.is_duckdb():
                return list(frame.collect().rows(named=True))
            relation = frame.to_native()  # Arrow would take longer to load than these few rows to fetch.
            return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]

    def to_arrow(self, frame: Frame) -> Any:
        """Compute a frame with its engine, and return it as a table of Arrow.

        Raises:
            InputError: As `collect`.
        """
        with self._engine():
            return frame.collect("pyarrow").to_native()

    @contextlib.contextmanager
    def _engine(self) -> Iterator[None]:
        """Report what an engine cannot compute as an error of the input."""
        try:
            yield
        except BaseException as error:  # Polars panics with one that is no Exception.
            if is_interruption(error):
                raise KeyboardInterrupt from None
            if type(error).__module__.partition(".")[0] not in ENGINES:
                raise
            raise input_error("unreadable", "the table cannot be computed", file=self.name) from error


def read_table(source: Any, name: str, columns: Sequence[str] = (), connection: Any = None) -> Table:
    """Read a table from the path of a file, from a stream of bytes, or from a frame that Narwhals supports.

    Args:
        source: The path, the stream, or the frame.
        name: The name of a frame in error messages.
        columns: The columns of a table that has neither rows nor columns, such as the JSON list ``[]``.
        connection: The DuckDB connection to use, which can read the files; default: one of its own.

    Raises:
        InputError: The file or the frame cannot be read.
        OSError: The file does not exist.
    """
    if isinstance(source, str | os.PathLike) or hasattr(source, "read"):
        is_path = isinstance(source, str | os.PathLike)
        label = display_name(os.fspath(source)) if is_path else str(getattr(source, "name", name))
        relation, connection = _read_files(source, label, columns, connection)
        table = _table(label, nw.from_native(relation), lambda frame: frame.to_native())
        return table._replace(path=os.fspath(source) if is_path else None, connection=connection)
    try:
        frame = nw.from_native(source)
    except nw.exceptions.DuplicateError:
        # Narwhals refuses a frame with repeated names; only its kind matters here.
        frame = nw.from_native(source.select([]) if isinstance(source, pa.Table) else source.iloc[:, :0])
    except TypeError:
        if not hasattr(source, "__arrow_c_stream__"):
            raise TypeError(f"{name} must be a path or a frame, not {type(source).__name__}") from None
        frame = nw.from_arrow(source, backend="pyarrow")
    if isinstance(frame, nw.LazyFrame):
        return _table(name, _with_column_names(frame), lambda frame: frame.to_native())
    kind = frame.implementation
    connection = connect(()) if connection is None else connection
    arrays = {column_name(column.name): _to_array(column) for column in frame_columns(source)}
    relation = connection.from_arrow(pa.table(arrays)) if arrays else _empty_relation(columns, connection)
    table = _table(name, nw.from_native(relation), lambda frame: frame.collect(kind).to_native())
    return table._replace(connection=connection)


def find_paths(sources: Sequence[Any]) -> list[str]:
    """Return the paths that a database needs to read several tables: their files, and the folder of copies."""
    names = [os.fspath(source) for source in sources if isinstance(source, str | os.PathLike)]
    files = [File(path, path, "", "", False) for name in names for path in match_pattern(name)]
    return [tempfile.gettempdir(), *(path for file in files for path in file.paths)]


def is_interruption(error: BaseException) -> bool:
    """Return whether an error stands for Ctrl-C, which DuckDB turns into an error of its own."""
    return isinstance(error, RuntimeError) and str(error) == "Query interrupted"


def with_row_number(frame: Frame, name: str) -> Frame:
    """Add the number of each row from 0, in the order of the table, if the engine knows one."""
    kind, native = frame.implementation, frame.to_native()
    if kind.is_duckdb():
        numbered = native.project(f"*, row_number() OVER () - 1 AS {quote_identifier(name)}")
    elif kind.is_polars():
        numbered = native.with_row_index(name)
    elif kind.is_pyspark():
        functions = need("pyspark.sql.functions", "spark")
        numbered = native.withColumn(name, functions.monotonically_increasing_id())
    else:
        return frame.with_columns(nw.lit(0).alias(name))
    result: Frame = nw.from_native(numbered)
    return result


def _with_column_names(frame: Frame) -> Frame:
    """Return a lazy frame whose columns have the names of `column_name`."""
    kind, native, names = frame.implementation, frame.to_native(), frame.collect_schema().names()
    renamed = {name: column_name(name) for name in names if column_name(name) != name}
    if not renamed:
        return frame
    if kind.is_duckdb():
        columns = (f"{quote_identifier(one)} AS {quote_identifier(column_name(one))}" for one in native.columns)
        native = native.project(", ".join(columns))
    else:
        native = native.withColumnsRenamed(renamed) if kind.is_pyspark() else native.rename(renamed)
    result: Frame = nw.from_native(native)
    return result


def _read_files(source: InputFile, name: str, columns: Sequence[str], connection: Any) -> tuple[Any, Any]:
    """Return a relation of the rows of files, and the connection that reads them."""
    with tempfile.TemporaryDirectory(prefix="designation-") as folder:
        names: list[InputFile] = (
            [*match_pattern(os.fspath(source))] if isinstance(source, str | os.PathLike) else [source]
        )
        files = [prepare_file(file, folder, name) for file in names]
        if connection is None:
            connection = connect([folder, *(path for file in files for path in file.paths)])
        relation, needs_folder = _read_prepared(connection, files, folder, columns)
        if relation is None:
            return _empty_relation(columns, connection), connection
        if not needs_folder:
            return relation, connection
        copy = f"copied_{len(connection.execute('SHOW TABLES').fetchall())}"
        relation.create(copy)  # because the folder is removed
        return connection.table(copy), connection


def _read_prepared(connection: Any, files: Sequence[File], folder: str, columns: Sequence[str]) -> tuple[Any, bool]:
    kinds = {NDJSON if file.kind == JSON else file.kind for file in files}
    if len(kinds) > 1:
        others = next(file for file in files if file.kind != files[0].kind)
        raise input_error("unreadable", f"its kind differs from that of {files[0].name}", file=others.name)
    if kinds == {TEXT}:
        return read_text_files(connection, files, folder)
    if kinds == {PARQUET}:
        return _read_parquet(connection, files), any(file.is_copy for file in files)
    return read_json_files(connection, files, columns), any(file.is_copy for file in files)


def _read_parquet(connection: Any, files: Sequence[File]) -> Any:
    try:
        patterns = [file.pattern for file in files]
        relation = connection.read_parquet(patterns, union_by_name=True, hive_partitioning=False)
        return _with_numbers(relation, connection, files)
    except need("duckdb", "metrics").Error:
        which = [file for file in files if not _is_parquet(connection, file)] or files
        raise input_error(
            "unreadable", "must be a Parquet file; it is damaged, incomplete, or of another kind", file=which[0].name
        ) from None


def _with_numbers(relation: Any, connection: Any, files: Sequence[File]) -> Any:
    """Return a relation of Parquet files in which repeated names have numbers; DuckDB renames them in its own way."""
    renamed: dict[str, str] = {}
    for file in files:
        with open(file.path, "rb") as stream:
            names = parquet.read_schema(stream).names
        numbered = number_repeated(names)
        for own, name, given in zip(
            connection.read_parquet(file.pattern, hive_partitioning=False).columns, names, numbered, strict=True
        ):
            new = column_name(given if given.endswith("]") else name)
            if new != own:
                renamed[own] = new
    columns = ((name, renamed.get(name, name)) for name in relation.columns)
    pairs = [f"{quote_identifier(own)} AS {quote_identifier(name)}" for own, name in columns if name]
    return relation.project(", ".join(pairs)) if renamed and pairs else relation


def _is_parquet(connection: Any, file: File) -> bool:
    try:
        connection.read_parquet(file.pattern, hive_partitioning=False)
    except need("duckdb", "metrics").Error:
        return False
    return True


def _empty_relation(columns: Sequence[str], connection: Any) -> Any:
    names = ", ".join(f"NULL::VARCHAR AS {quote_identifier(name)}" for name in columns)
    return connection.query(f"SELECT {names} LIMIT 0") if names else None


def _to_array(column: FrameColumn) -> Any:
    """Return a column as an array that DuckDB can read; values without a common type become text."""
    if not column.is_mixed and pa.types.is_float16(column.values.type):
        return column.values.cast(pa.float32())
    if not column.is_mixed and _is_common(column.values.type):
        return column.values
    values = column.values if column.is_mixed else column.values.to_pylist()
    return pa.array([None if value is None else _to_text(value) for value in values], pa.string())


def _is_common(kind: Any) -> bool:
    types = pa.types
    if types.is_dictionary(kind):
        return _is_common(kind.value_type)
    return not (types.is_decimal256(kind) or isinstance(kind, pa.ExtensionType))


def _to_text(value: Any) -> str:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _table(name: str, frame: Frame | None, to_native: Callable[[Frame], Any]) -> Table:
    frame = None if frame is None else _in_microseconds(frame)
    schema = {} if frame is None else dict(frame.collect_schema())
    if frame is None or not schema:
        raise input_error("unreadable", "the table has no columns", file=name)
    return Table(name, frame, schema, to_native)


def _in_microseconds(frame: Frame) -> Frame:
    """Cut times in nanoseconds to microseconds; DuckDB would round the last time of a day, as pandas has it, up."""
    if not frame.implementation.is_duckdb():
        return frame
    native, zones = frame.to_native(), {"TIMESTAMP_NS": "", "TIMESTAMPTZ_NS": " AT TIME ZONE 'UTC'"}
    cut = []
    for name, kind in zip(map(quote_identifier, native.columns), map(str, native.types), strict=True):
        if kind in zones:
            time = f"epoch_ns({name})"
            cut.append(f"make_timestamp({time} // 1000 - ({time} % 1000 < 0)::INTEGER){zones[kind]} AS {name}")
    result: Frame = nw.from_native(native.project(f"* REPLACE ({', '.join(cut)})")) if cut else frame
    return result
