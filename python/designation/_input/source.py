"""Sources of bytes: files, pipes, and streams, opened once; their kind is known by their name or their content."""

from __future__ import annotations

import codecs
import glob
import gzip
import io
import os
import zlib
from typing import Any, BinaryIO, NamedTuple

from designation import _core
from designation._errors import InputError

TEXT, JSON, NDJSON, PARQUET, WORKBOOK = "csv", "json", "ndjson", "parquet", "xlsx"
KINDS = (TEXT, JSON, NDJSON, PARQUET, WORKBOOK)
ENDINGS = {
    ".csv": TEXT,
    ".tsv": TEXT,
    ".tab": TEXT,
    ".txt": TEXT,
    ".json": JSON,
    ".ndjson": NDJSON,
    ".jsonl": NDJSON,
    ".parquet": PARQUET,
    ".pq": PARQUET,
    ".xlsx": WORKBOOK,
    ".xlsm": WORKBOOK,
}
ENCODINGS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
CONTENTS = {b"PAR1": PARQUET, b"PK\x03\x04": WORKBOOK}
FOREIGN = {
    b"%PDF": "a PDF file",
    b"\xd0\xcf\x11\xe0": "an old workbook (.xls); save it as .xlsx",
    b"PK\x05\x06": "an empty archive",
    b"BZh": "a bzip2 file; decompress it",
    b"\xfd7zX": "an xz file; decompress it",
    b"\x28\xb5\x2f\xfd": "a zstd file; decompress it",
}
GZIP = b"\x1f\x8b"
NAMES = {TEXT: "a text table", JSON: "JSON", NDJSON: "NDJSON", PARQUET: "a Parquet file", WORKBOOK: "a workbook"}
HEAD = 512


class Source(NamedTuple):
    """An opened source: its name in messages, its kind, its encoding, and its bytes, decompressed, from the start.

    ``path`` is the path of a regular file, which can be opened again; it is None for a pipe or a stream.
    """

    name: str
    kind: str
    encoding: str
    stream: BinaryIO
    path: str | None
    is_compressed: bool


def source_error(code: str, message: str, file: str, line: int = 0, column: int = 0) -> InputError:
    """Return an error with one problem at a location in a file."""
    return InputError([_core.Diagnostic(code=code, message=message, file=file, line=line, column=column)])


def display_name(path: str) -> str:
    """Return the name of a file for a message; bytes that are not UTF-8 are escaped."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def match_pattern(path: str) -> list[str]:
    """Return the files that a path or a pattern names; a path that exists is not taken for a pattern.

    Raises:
        FileNotFoundError: There is no such file.
    """
    if os.path.lexists(path) or not glob.has_magic(path):
        return [path]
    if not (files := sorted(glob.glob(path))):
        raise FileNotFoundError(2, os.strerror(2), path)
    return files


def open_source(source: str | os.PathLike[str] | BinaryIO, name: str = "", kind: str | None = None) -> Source:
    """Open a source once, and tell its kind and its encoding.

    Args:
        source: The path of a file or a pipe, or a stream of bytes.
        name: The name of a stream in messages.
        kind: One of `KINDS`, if the caller knows it; otherwise the ending of the name tells it, or else the content.

    Raises:
        InputError: The content is of a kind that cannot be read.
        OSError: The file cannot be read.
    """
    if not isinstance(source, str | os.PathLike):
        if not hasattr(source, "read"):
            raise TypeError(f"must be the path of a file or a stream of bytes, not {type(source).__name__}")
        return _identify(source, name or "<stream>", None, kind)
    path = os.fspath(source)
    file = open(path, "rb")  # noqa: SIM115 (the caller closes the stream)
    try:
        return _identify(file, display_name(path), path, kind)
    except BaseException:
        file.close()
        raise


def named_stream(stream: BinaryIO, name: str) -> BinaryIO:
    """Return a stream of bytes whose name is the one that messages use."""
    raw = _Replayed(b"", stream)
    raw.name = name
    return io.BufferedReader(raw)


def kind_by_ending(name: str) -> str | None:
    """Return the kind that the ending of a name tells, with or without ``.gz``; None if it tells none."""
    return ENDINGS.get(os.path.splitext(name.lower().removesuffix(".gz"))[1])


def _identify(stream: BinaryIO, name: str, path: str | None, kind: str | None) -> Source:
    head, opened = _peek(stream)
    is_compressed = head.startswith(GZIP)
    if is_compressed:
        head, opened = _peek(_Gunzip(opened, name))
    encoding = next((ENCODINGS[bom] for bom in ENCODINGS if head.startswith(bom)), "utf-8")
    declared = kind or kind_by_ending(name)
    found = next((CONTENTS[magic] for magic in CONTENTS if head.startswith(magic)), None)
    foreign = next((FOREIGN[magic] for magic in FOREIGN if head.startswith(magic)), None)
    if foreign and declared not in (PARQUET, WORKBOOK):
        raise source_error("unreadable", f"the file is {foreign}", name)
    if declared and found and found != declared:
        raise source_error("unreadable", f"the file is named like {NAMES[declared]}, but it is {NAMES[found]}", name)
    regular = path if path is not None and os.path.isfile(path) else None
    return Source(name, declared or found or _text_kind(head, encoding), encoding, opened, regular, is_compressed)


def _text_kind(head: bytes, encoding: str) -> str:
    """Return whether a text without a telling name is JSON, one record per line, or a table."""
    text = head.decode(encoding, "ignore").lstrip()
    if not text.startswith(("{", "[")):
        return TEXT
    first, _, rest = text.partition("\n")
    return NDJSON if first.rstrip().endswith("}") and rest.lstrip().startswith("{") else JSON


def _peek(stream: Any) -> tuple[bytes, BinaryIO]:
    """Return the first bytes of a stream, and a stream that begins with them."""
    head = b""
    # A pipe may deliver few bytes at a time, and its writer may wait for us to use them.
    while len(head) < len(codecs.BOM_UTF32_LE) and (more := _read_some(stream, HEAD)):
        head += more
    return head, io.BufferedReader(_Replayed(head, stream))


def _read_some(stream: Any, size: int) -> bytes:
    data: bytes = stream.read1(size) if hasattr(stream, "read1") else stream.read(size)
    return data


class _Replayed(io.RawIOBase):
    """A stream whose first bytes were already read."""

    name = "<stream>"

    def __init__(self, head: bytes, stream: Any) -> None:
        super().__init__()
        self._head, self._stream = head, stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._head[: len(buffer)] or _read_some(self._stream, len(buffer))
        self._head = self._head[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()


class _Gunzip:
    """A decompressed stream, whose damage is an error in our words."""

    def __init__(self, compressed: BinaryIO, name: str) -> None:
        self._compressed, self._name = compressed, name
        self._stream = gzip.GzipFile(fileobj=compressed)

    def read1(self, size: int) -> bytes:
        """Return some bytes; none at the end."""
        try:
            return self._stream.read1(size)
        except (EOFError, gzip.BadGzipFile, zlib.error):
            raise source_error("unreadable", "the gzip file is damaged or incomplete", self._name) from None

    def close(self) -> None:
        """Close both streams."""
        self._stream.close()
        self._compressed.close()
