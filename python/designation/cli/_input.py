"""Documents from files and standard input, one by one; what is unusable is reported and passed over."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from typing import BinaryIO, NamedTuple

from designation import _core
from designation._errors import InputError
from designation._io import bounded_lines
from designation.cli._errors import UsageError, complain, label, unreadable
from designation.cli._progress import Progress

LINE_ENDINGS = (".ndjson", ".jsonl")


class Document(NamedTuple):
    """A document's text, and where it stands."""

    file: str
    line: int
    text: bytes


class Intake:
    """Reads the partners of the files that a user named."""

    def __init__(self, paths: Sequence[str], *, ndjson: bool = False, max_bytes: int = _core.MAX_BYTES) -> None:
        if list(paths).count("-") > 1:
            raise UsageError("designation: standard input (-) can be read only once")
        self.paths = paths
        self.ndjson = ndjson
        self.max_bytes = max_bytes
        self.unusable = 0

    @property
    def is_one_document(self) -> bool:
        """Whether there is one document by its form: one file, and no NDJSON."""
        return len(self.paths) == 1 and not self._is_lines(self.paths[0])

    def partners(self, *, bar: bool) -> Iterator[_core.Partner]:
        """Give the partners that can be read; report the rest, and how far it is where a bar has room."""
        with Progress(self.paths, alone=bar) as progress:
            for path in self.paths:
                for document in self._documents(path):
                    partner = self._parse(document)
                    progress.advance(len(document.text))
                    if partner is not None:
                        yield partner

    def _is_lines(self, path: str) -> bool:
        return self.ndjson or path.lower().endswith(LINE_ENDINGS)

    def _documents(self, path: str) -> Iterator[Document]:
        try:
            with opened(path) as stream:
                yield from (self._lines if self._is_lines(path) else self._whole)(label(path), stream)
        except BrokenPipeError:
            raise
        except OSError as error:
            self._refuse(unreadable(label(path), error))

    def _whole(self, file: str, stream: BinaryIO) -> Iterator[Document]:
        text = stream.read(self.max_bytes + 1)
        if len(text) > self.max_bytes:
            self._refuse(too_large(file, 1, self.max_bytes))
        else:
            yield Document(file, 1, text)

    def _lines(self, file: str, stream: BinaryIO) -> Iterator[Document]:
        documents = 0
        for number, text in bounded_lines(stream, self.max_bytes):
            if len(text) > self.max_bytes:
                self._refuse(too_large(file, number, self.max_bytes))
            else:
                yield Document(file, number, text)
            documents += 1
        if not documents:
            self._refuse(f"{file}:1:1: no document in any line [syntax]")

    def _parse(self, document: Document) -> _core.Partner | None:
        try:
            return _core.parse_partner(document.text, document.file, self.max_bytes)
        except InputError as error:
            self._refuse("\n".join(at_line(diagnostic, document.line) for diagnostic in error.diagnostics))
            return None

    def _refuse(self, diagnostic: str) -> None:
        self.unusable += 1
        complain(diagnostic)


def opened(path: str) -> BinaryIO:
    """Open a file, or standard input, for reading bytes."""
    if path != "-":
        return open(path, "rb")
    if sys.stdin is None:
        raise UsageError("designation: standard input is closed")
    return os.fdopen(os.dup(sys.stdin.fileno()), "rb")


def partner_of(path: str, max_bytes: int) -> _core.Partner:
    """Read one partner's document, or refuse it."""
    return _core.parse_partner(read(path, max_bytes), label(path), max_bytes)


def read(path: str, max_bytes: int) -> bytes:
    """Read a file as a whole, or refuse it."""
    try:
        with opened(path) as stream:
            text = stream.read(max_bytes + 1)
    except OSError as error:
        raise UsageError(unreadable(label(path), error)) from None
    if len(text) > max_bytes:
        raise UsageError(too_large(label(path), 1, max_bytes))
    return text


def too_large(file: str, line: int, limit: int) -> str:
    """Say that a document is over the limit."""
    return f"{file}:{line}:1: the document has more than {limit} bytes (--max-bytes) [size]"


def at_line(diagnostic: _core.Diagnostic, line: int) -> str:
    """Write a diagnostic of a document that begins at a line of its file."""
    here = f"{diagnostic.file}:{diagnostic.line}:"
    return f"{diagnostic.file}:{diagnostic.line + line - 1}:{str(diagnostic).removeprefix(here)}"
