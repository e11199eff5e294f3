"""Documents from files and standard input, one by one; errors are reported, and the rest is still read."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, NamedTuple

from designation import _core
from designation._errors import InputError
from designation._io import bounded_lines
from designation.cli._errors import UsageError, label, print_error, unreadable_message
from designation.cli._progress import Progress

NDJSON_ENDINGS = (".ndjson", ".jsonl")


class DocumentText(NamedTuple):
    """The text of a document, and its first line in its file."""

    file: str
    line: int
    text: bytes


class PartnerReader:
    """Reads the partners of the files on the command line."""

    def __init__(self, paths: Sequence[str], *, ndjson: bool = False, max_bytes: int = _core.MAX_BYTES) -> None:
        if list(paths).count("-") > 1:
            raise UsageError("designation: standard input (-) can be read only once")
        self.paths = paths
        self.ndjson = ndjson
        self.max_bytes = max_bytes
        self.failed = 0

    @property
    def indent(self) -> int | None:
        """The indentation of JSON output: two for a single document, which is one file that is not NDJSON."""
        return 2 if len(self.paths) == 1 and not self._is_ndjson(self.paths[0]) else None

    def partners(self, *, show_progress: bool) -> Iterator[_core.Partner]:
        """Yield the partners that can be read, and report the errors of the others."""
        with Progress(self.paths, enabled=show_progress) as progress:
            for path in self.paths:
                for document in self._documents(path):
                    partner = self._parse(document)
                    progress.advance(len(document.text))
                    if partner is not None:
                        yield partner

    def _is_ndjson(self, path: str) -> bool:
        return self.ndjson or path.lower().endswith(NDJSON_ENDINGS)

    def _documents(self, path: str) -> Iterator[DocumentText]:
        try:
            with open_input(path) as stream:
                yield from (self._lines if self._is_ndjson(path) else self._whole)(label(path), stream)
        except BrokenPipeError:
            raise
        except OSError as error:
            self._report(unreadable_message(label(path), error))

    def _whole(self, file: str, stream: BinaryIO) -> Iterator[DocumentText]:
        text = stream.read(self.max_bytes + 1)
        if len(text) > self.max_bytes:
            self._report(too_large_message(file, 1, self.max_bytes))
        else:
            yield DocumentText(file, 1, text)

    def _lines(self, file: str, stream: BinaryIO) -> Iterator[DocumentText]:
        documents = 0
        for number, text in bounded_lines(stream, self.max_bytes):
            if len(text) > self.max_bytes:
                self._report(too_large_message(file, number, self.max_bytes))
            else:
                yield DocumentText(file, number, text)
            documents += 1
        if not documents:
            self._report(f"{file}:1:1: contains no document [syntax]")

    def _parse(self, document: DocumentText) -> _core.Partner | None:
        try:
            return _core.parse_partner(document.text, document.file, self.max_bytes)
        except InputError as error:
            self._report("\n".join(str(one.replace(line=one.line + document.line - 1)) for one in error.diagnostics))
            return None

    def _report(self, diagnostic: str) -> None:
        self.failed += 1
        print_error(diagnostic)


def open_input(path: str) -> BinaryIO:
    """Open a file, or standard input, to read bytes."""
    if path != "-":
        return open(path, "rb")
    if sys.stdin is None:
        raise UsageError("designation: standard input is closed")
    return os.fdopen(os.dup(sys.stdin.fileno()), "rb")


def read_partner(path: str, max_bytes: int) -> _core.Partner:
    """Read the document of one partner."""
    return _core.parse_partner(read_bytes(path, max_bytes), label(path), max_bytes)


def read_bytes(path: str, max_bytes: int) -> bytes:
    """Read a file, and raise UsageError if it cannot be read or is too large."""
    try:
        with open_input(path) as stream:
            text = stream.read(max_bytes + 1)
    except OSError as error:
        raise UsageError(unreadable_message(label(path), error)) from None
    if len(text) > max_bytes:
        raise UsageError(too_large_message(label(path), 1, max_bytes))
    return text


def read_json(path: str, max_bytes: int) -> Any:
    """Read a JSON file, and raise UsageError if it is not JSON."""
    text = read_bytes(path, max_bytes)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise UsageError(f"{label(path)}:{error.lineno}:{error.colno}: must be JSON [syntax]") from None
    except ValueError:
        raise UsageError(f"{label(path)}: must be JSON in UTF-8 [syntax]") from None


def too_large_message(file: str, line: int, limit: int) -> str:
    """Return the message for a document over the size limit."""
    return f"{file}:{line}:1: the document has more than {limit} bytes (--max-bytes) [size]"
