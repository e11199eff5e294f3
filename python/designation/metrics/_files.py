"""Files for DuckDB: it reads a regular file in UTF-8 itself; a pipe, a stream and UTF-16 are first copied to one."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from collections.abc import Iterable
from typing import Any, BinaryIO, NamedTuple

from designation._input.source import PARQUET, TEXT, WORKBOOK, Source, open_source, source_error
from designation._lazy import need

InputFile = str | os.PathLike[str] | BinaryIO


class File(NamedTuple):
    """A regular file that DuckDB can read, in UTF-8, and the name of its source in messages."""

    path: str
    name: str
    kind: str
    compression: str
    is_copy: bool

    @property
    def pattern(self) -> str:
        """The path as DuckDB expects it: with characters that are not taken for a pattern."""
        return "".join(f"[{c}]" if c in "*?[" else c for c in os.path.abspath(self.path))

    @property
    def paths(self) -> tuple[str, str]:
        """The texts by which DuckDB names the file."""
        return self.pattern, os.path.abspath(self.path)


def connect(paths: Iterable[str], *, is_locked: bool = True) -> Any:
    """Open a DuckDB database in memory that runs in UTC and reads no other file than these, and nothing from a network.

    Args:
        paths: Files and folders, as the database will be asked for them.
        is_locked: Whether its configuration is final; what it may read is final in any case.
    """
    connection = need("duckdb", "metrics").connect(
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            # The database may use this folder, which it creates only if its memory is full, and then removes.
            "temp_directory": os.path.join(tempfile.gettempdir(), f"designation-{os.getpid()}-{os.urandom(6).hex()}"),
        }
    )
    allowed = [path for path in paths if not os.path.isdir(path)]
    folders = [path for path in paths if os.path.isdir(path)]
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET allowed_paths = ?", [allowed])
    connection.execute("SET allowed_directories = ?", [folders])
    connection.execute("SET enable_external_access = false")
    if is_locked:
        lock(connection)
    return connection


def lock(connection: Any) -> None:
    """Make the configuration of a database final."""
    connection.execute("SET lock_configuration = true")


def column_name(name: str) -> str:
    """Return a column's name for an engine, with a space behind one that means something else there.

    The engines take a star for all columns, and names with two underscores are those of our own columns.
    """
    return f"{name} " if name == "*" or name.startswith("__") else name


def prepare_file(source: InputFile, folder: str, name: str = "", kind: str | None = None) -> File:
    """Return a file that DuckDB can read; write it to a folder if the source is not such a file.

    Raises:
        InputError: The source is of a kind that cannot be read.
        OSError: The source cannot be read.
    """
    opened = open_source(source, name, kind)
    with opened.stream:
        if opened.kind == WORKBOOK:
            raise source_error("unreadable", "the file is a workbook; save the sheet as CSV in UTF-8", opened.name)
        # DuckDB passes over the mark of UTF-8 in a text table, but not in JSON.
        is_readable = opened.encoding == "utf-8" or (opened.encoding == "utf-8-sig" and opened.kind == TEXT)
        if opened.path is not None and (is_readable or opened.kind == PARQUET):
            compression = "gzip" if opened.is_compressed else "uncompressed"
            return File(opened.path, opened.name, opened.kind, compression, False)
        path = os.path.join(folder, f"{len(os.listdir(folder))}.{opened.kind}")
        _copy(opened, path)
        return File(path, opened.name, opened.kind, "uncompressed", True)


def _copy(source: Source, path: str) -> None:
    if source.encoding == "utf-8":
        with open(path, "wb") as file:
            shutil.copyfileobj(source.stream, file, 1 << 20)
        return
    text = io.TextIOWrapper(source.stream, source.encoding, newline="")
    try:
        with open(path, "w", encoding="utf-8", newline="") as output:
            shutil.copyfileobj(text, output, 1 << 20)
    except UnicodeError:
        message = f"the file begins like {source.encoding.upper().removesuffix('-SIG')}, but is not"
        raise source_error("encoding", f"{message}; save it in UTF-8", source.name) from None
