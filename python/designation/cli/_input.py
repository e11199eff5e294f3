"""Partners from whatever the command line names; errors are reported, and the rest is still read."""

from __future__ import annotations

import argparse
import datetime
import io
import os
import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, BinaryIO

from designation import _core
from designation._days import today
from designation._errors import InputError
from designation._input import json_text
from designation._input.loader import Entry, Loader, NamedStream
from designation._input.source import JSON, NDJSON, open_source, source_error
from designation._messages import NO_PARTNER, quote, several
from designation._tables.assess_table import unread_columns_message
from designation.cli._errors import UsageError, label, print_error, print_note, print_problems, unreadable_message
from designation.cli._progress import Progress


class PartnerReader:
    """Reads the partners of the files on the command line.

    A file without a partner is often the sign of a failed export. It is a problem, unless ``accepts_empty`` is set,
    because the command writes a table, which can be empty; then a note names the file.
    """

    def __init__(self, paths: Sequence[str], options: argparse.Namespace, keep: Sequence[str] | None = None) -> None:
        if list(paths).count("-") > 1:
            raise UsageError("designation: standard input (-) can be read only once")
        self.paths = paths
        kind = NDJSON if getattr(options, "ndjson", False) else getattr(options, "input_format", None)
        self.loader = Loader(
            kind=kind,
            ids=getattr(options, "id", None) or (),
            keep=keep,
            unknown=getattr(options, "unknown", None) or (),
            on_duplicate=getattr(options, "on_duplicate", "error"),
            max_bytes=options.max_bytes,
            raises_os_errors=False,
        )
        self.warnings: list[_core.Diagnostic] = []
        self.failed = 0
        self.accepts_empty = False
        as_of = getattr(options, "as_of", None)
        self._as_of = as_of if isinstance(as_of, datetime.date) else today()  # a portfolio can have several dates
        self._is_single = False

    @property
    def indent(self) -> int | None:
        """The indentation of JSON output: two for a single document, once it is known to be the only one."""
        return 2 if self._is_single else None

    def partners(self, *, show_progress: bool) -> Iterator[_core.Partner]:
        """Yield the partners that can be read, and report the errors of the others."""
        for entry in self.entries(show_progress=show_progress):
            if entry.partner is not None:
                yield entry.partner
            else:
                self.failed += 1
                print_problems(entry.problems, entry.excerpt)

    def entries(self, *, show_progress: bool) -> Iterator[Entry]:
        """Yield the entries of all files, with their problems, and then print what was ignored."""
        with Progress(self.paths, enabled=show_progress) as progress:
            entries = self.loader.entries(self._sources())
            # Only a file of JSON can hold one document; other kinds may be endless, and are not read ahead.
            first = [entry] if (entry := next(entries, None)) else []
            if self.loader.kinds == [JSON] and len(self.paths) == 1:
                first += [entry] if (entry := next(entries, None)) else []
                self._is_single = len(first) == 1
            for entry in chain(first, entries):
                progress.advance(entry.size)
                if entry.partner is not None:
                    self._warn(entry.partner)
                yield entry
        self._print_notes()
        for file in () if self.accepts_empty else self.loader.empty:
            yield Entry("", None, source_error("empty", NO_PARTNER, file).diagnostics)

    def one(self, advice: str) -> _core.Partner:
        """Return the only partner; raise an error with advice if there are several."""
        problems: list[_core.Diagnostic] = []
        partners = []
        for entry in self.entries(show_progress=False):
            problems += entry.problems
            partners += [entry.partner] if entry.partner is not None else []
        if problems and (not self.loader.ids or not partners):
            raise InputError(problems)
        if len(partners) > 1:
            where = label(self.paths[0])
            names = several((quote(partner.id) for partner in partners), 3)
            raise UsageError(f"{where}: there are {len(partners)} partners ({names}); {advice} [several]")
        return partners[0]

    def _sources(self) -> Iterator[Any]:
        for path in self.paths:
            yield NamedStream(open_input("-"), "<stdin>") if path == "-" else path

    def _warn(self, partner: _core.Partner) -> None:
        """Report facts that are so far in the future that a typing error is likely."""
        for warning in _core.warnings(partner, self._as_of):
            self.warnings.append(warning)
            print_error(f"designation: warning: {partner.id}: {warning}", "warn")

    def _print_notes(self) -> None:
        if self.loader.unread:
            print_note(unread_columns_message(self.loader.unread))
        for note in self.loader.notes:
            print_note(note)
        for file in self.loader.empty if self.accepts_empty else ():
            note_empty(file)


def note_empty(file: str) -> None:
    """Print a note that names a file without a partner, of which a command writes an empty table."""
    print_note(f"{file}: {NO_PARTNER}")


def open_input(path: str) -> BinaryIO:
    """Open a file, or standard input, to read bytes."""
    if path != "-":
        return open(path, "rb")
    if sys.stdin is None:
        raise UsageError("designation: standard input is closed")
    return os.fdopen(os.dup(sys.stdin.fileno()), "rb")


def read_partner(path: str, options: argparse.Namespace, advice: str = "choose one with --id") -> _core.Partner:
    """Read one partner; ``--id`` picks it if there are several, as the advice says in an error."""
    return PartnerReader([path], options).one(advice)


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
    """Read a JSON file; raise UsageError if it cannot be read, and InputError if it is not JSON."""
    source = open_source(io.BytesIO(read_bytes(path, max_bytes)), label(path), JSON)
    return json_text.read_json(source)


def too_large_message(file: str, line: int, limit: int) -> str:
    """Return the message for a document over the size limit."""
    return f"{file}:{line}:1: the document has more than {limit} bytes (--max-bytes) [size]"
