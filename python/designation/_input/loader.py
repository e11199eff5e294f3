"""One loader for partners: every command and every function reads its partners here, whatever holds them."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, BinaryIO, NamedTuple

from designation import _core
from designation._days import with_meant_days
from designation._errors import InputError
from designation._input.documents import DocumentText, is_page, read_documents
from designation._input.facts import absent_kinds_note, has_row_per_fact, read_facts
from designation._input.identity import Identities, normalize_id
from designation._input.members import plain_document
from designation._input.rows import NoteColumns, PartnerRow, read_frame_rows, read_parquet_rows, read_text_rows
from designation._input.sheets import SheetDocuments
from designation._input.source import (
    ENDINGS,
    JSON,
    NDJSON,
    PARQUET,
    TEXT,
    Source,
    display_name,
    kind_by_ending,
    match_pattern,
    open_source,
    source_error,
)
from designation._input.spellings import with_meant_word
from designation._input.strict import clear_document_error, parse_text
from designation._input.text import read_text
from designation._input.workbook import read_workbook
from designation._messages import MIGRATION, NO_PARTNER, cannot_read, quote, several
from designation._records import LISTS, SHEET_LISTS

__all__ = ["Entry", "Loader", "NamedStream", "Place", "find_paths", "is_page"]


class Place(NamedTuple):
    """The location of an entry: its file and line, if it has any, and its description for people."""

    file: str = ""
    line: int = 0
    text: str = ""


class Entry(NamedTuple):
    """A partner in a source, or the problems why it cannot be read, and the columns that are kept.

    ``excerpt`` shows where a text is not JSON.
    """

    id: str
    partner: _core.Partner | None
    problems: tuple[_core.Diagnostic, ...] = ()
    place: Place = Place()
    kept: Mapping[str, Any] = {}
    size: int = 0
    excerpt: str = ""


class NamedStream(NamedTuple):
    """A stream of bytes, and its name in messages."""

    stream: BinaryIO
    name: str


@dataclass
class Loader:
    """Reads partners from sources: paths, patterns, folders, streams, frames, portfolios, partners, and dicts.

    After the reading, ``kinds`` tells which kinds of files there were, ``empty`` which of them had no partner,
    ``unread`` which columns were not read, and ``notes`` what else was ignored or assumed.

    Args:
        kind: The kind of all files, if their names and contents do not tell it.
        ids: The ids of the partners to read; none means all.
        keep: Columns of tables that entries keep; None if the caller cannot keep any.
        unknown: The kinds of facts that tables with one row per fact do not cover.
        on_duplicate: ``"error"``, or ``"last"`` to read the last entry of an id only.
        requires_facts: Whether a table with other columns, and none of facts, is a problem, and not only a note.
        max_bytes: The limit on the size of a document.
        raises_os_errors: Whether a file that cannot be opened raises an error, or is a problem as others are.
    """

    kind: str | None = None
    ids: Sequence[str] = ()
    keep: Sequence[str] | None = None
    unknown: Collection[str] = ()
    on_duplicate: str = "error"
    requires_facts: bool = False
    max_bytes: int = _core.MAX_BYTES
    raises_os_errors: bool = True
    kinds: list[str] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _has_row_per_fact: bool = False

    def entries(self, sources: Iterable[Any]) -> Iterator[Entry]:
        """Yield the partners of all sources, each id once; a repeated id is a problem that names both places.

        Raises:
            OSError: A file cannot be read.
            InputError: A source as a whole cannot be read.
        """
        wanted = {normalize_id(name) for name in self.ids}
        found: set[str] = set()
        identities = Identities(self.on_duplicate)
        entries = (entry for source in sources for entry in self._safely(self._read(source), source))
        for entry in self._last_entries(entries) if self.on_duplicate == "last" else entries:
            if wanted and entry.id not in wanted and not (entry.partner is None and not entry.id):
                continue
            found.add(entry.id)
            if entry.partner is not None and (problem := identities.add(entry.id, entry.place.text)):
                one = _core.Diagnostic(
                    code=problem.code,
                    message=problem.message,
                    pointer="/id",
                    file=entry.place.file,
                    line=entry.place.line,
                    column=min(entry.place.line, 1),
                )
                yield entry._replace(partner=None, problems=(one,))
            else:
                problems = tuple(with_meant_word(with_meant_days(one)) for one in entry.problems)
                yield entry._replace(problems=problems) if problems else entry
        self.notes += identities.warnings()
        if self.unknown and not self._has_row_per_fact:
            message = f"no table has one row per fact, so no kind can be unknown: {', '.join(self.unknown)}"
            raise InputError([_core.Diagnostic(code="unknown", message=message)])
        if missing := sorted(wanted - found):
            raise InputError([_core.Diagnostic(code="id", message=f"no partner has the id {quote(missing[0])}")])

    def partners(self, sources: Iterable[Any]) -> Iterator[_core.Partner]:
        """Yield all partners; raise InputError at the end if there are problems."""
        problems: list[_core.Diagnostic] = []
        for entry in self.entries(sources):
            problems += entry.problems
            if entry.partner is not None:
                yield entry.partner
        if problems:
            raise InputError(problems)

    def one(self, source: Any, name: str) -> _core.Partner:
        """Return the only partner of a source.

        Args:
            source: The source.
            name: What to call, or which option to use, if there are several partners.
        """
        partners = list(self.partners([source]))
        if len(partners) == 1:
            return partners[0]
        where = display_name(os.fspath(source)) if isinstance(source, str | os.PathLike) else ""
        if not partners:
            raise source_error("empty", NO_PARTNER, where)
        listed = several((quote(partner.id) for partner in partners), 3)
        raise source_error("several", f"there are {len(partners)} partners ({listed}); {name}", where)

    def _last_entries(self, entries: Iterable[Entry]) -> Iterable[Entry]:
        last: dict[Any, Entry] = {}
        for number, entry in enumerate(entries):
            key = entry.id if entry.partner is not None else number
            last.pop(key, None)
            last[key] = entry
        return last.values()

    def _safely(self, entries: Iterator[Entry], source: Any) -> Iterator[Entry]:
        """Yield the entries of a source, and one for an error that ends it; the sources after it are still read."""
        try:
            yield from entries
        except InputError as error:
            yield Entry("", None, error.diagnostics)
        except BrokenPipeError:
            raise
        except OSError as error:
            if self.raises_os_errors:
                raise
            name = display_name(os.fspath(source)) if isinstance(source, str | os.PathLike) else "<stdin>"
            yield Entry("", None, source_error("unreadable", cannot_read(error), name).diagnostics)

    def _read(self, source: Any) -> Iterator[Entry]:
        if isinstance(source, str | os.PathLike):
            for path in find_paths(os.fspath(source)):
                yield from self._safely(self._read_path(path, is_found=path != os.fspath(source)), path)
        elif isinstance(source, NamedStream):
            opened = open_source(source.stream, source.name, self.kind)
            with opened.stream:
                yield from self._read_source(opened)
        elif hasattr(source, "read"):
            yield from self._read_source(open_source(source, str(getattr(source, "name", "")), self.kind))
        elif isinstance(source, _core.Partner | Mapping):
            yield self._parse_item(source, "", Place(text="in another source"))
        elif isinstance(source, Iterable) and not _is_frame(source):
            for number, item in enumerate(source):
                if isinstance(item, _core.Partner | Mapping):
                    yield self._parse_item(item, f"/{number}", Place(text=f"in item {number}"))
                else:
                    yield from self._safely(self._read(item), item)
        else:
            frame = source.table if hasattr(source, "documents") else source
            yield from self._rows(read_frame_rows(frame, self.keep, self._note_columns), "")

    def _read_path(self, path: str, *, is_found: bool) -> Iterator[Entry]:
        opened = open_source(path, kind=self.kind)
        with opened.stream:
            yield from self._read_source(opened, is_found=is_found)

    def _note_columns(self, names: Sequence[str], unread: Sequence[str], file: str, *, is_found: bool = False) -> None:
        """Note the columns of a table that are not read."""
        if unread and not any(name.casefold() in LISTS for name in names):
            message = f"no column holds facts of partners ({', '.join(LISTS)})"
            self._note_absent_facts(message, f"it has {several(unread, 12)}", file, is_found=is_found)
        self.unread += unread

    def _note_absent_facts(self, message: str, others: str, file: str, *, is_found: bool) -> None:
        """Note that a file with other columns or sheets has no facts; raise InputError if it must have some.

        A file that was found in a folder may hold something else than partners, such as the answers of a survey.
        """
        if self.requires_facts or is_found:
            raise source_error("no_facts", f"{message}; {others}; {MIGRATION}", file)
        self.notes.append(f"{file and f'{file}: '}{message}, so each partner is unknown; {MIGRATION}")

    def _read_source(self, source: Source, *, is_found: bool = False) -> Iterator[Entry]:
        entries = self._read_kind(source, is_found=is_found)
        first = next(entries, None)
        if first is None:
            self.empty.append(source.name)
            return
        yield first
        yield from entries

    def _read_kind(self, source: Source, *, is_found: bool) -> Iterator[Entry]:
        note = partial(self._note_columns, is_found=is_found)
        self.kinds.append(source.kind)
        if source.kind in (JSON, NDJSON):
            yield from self._documents(source)
        elif source.kind == PARQUET:
            yield from self._rows(read_parquet_rows(source, self.keep, note), source.name)
        elif source.kind == TEXT:
            yield from self._text(source, note)
        else:
            found = read_workbook(source, self.keep or ())
            ignored, documents = found.problems.notes, found.documents
            if ignored and documents and not any(name in document for document in documents for name in LISTS):
                message = f"no sheet holds facts of partners ({', '.join(SHEET_LISTS)})"
                self._note_absent_facts(message, "; ".join(ignored), source.name, is_found=is_found)
            yield from self._sheets(found, source)

    def _documents(self, source: Source) -> Iterator[Entry]:
        for document in read_documents(source, self.max_bytes):
            if isinstance(document, InputError):
                yield Entry("", None, document.diagnostics)
            else:
                yield self._parse_text(document, source)

    def _parse_text(self, document: DocumentText, source: Source) -> Entry:
        place = Place(source.name, document.line, f"in {source.name}:{document.line}")
        try:
            partner = parse_text(_core.parse_partner, document.text, source.name, self.max_bytes)
        except InputError as error:
            shown = "\n".join(error.__notes__)
            problems = tuple(_shift(one, document) for one in error.diagnostics)
            return Entry(_read_id(document.text), None, problems, place, size=len(document.text), excerpt=shown)
        return self._entry(partner, place, len(document.text))

    def _text(self, source: Source, note: NoteColumns) -> Iterator[Entry]:
        table = read_text(source)
        if has_row_per_fact(table.header):
            self._has_row_per_fact = True
            found = read_facts(source, table, self.unknown)
            if absent := absent_kinds_note(found):
                self.notes.append(absent)
            yield from self._sheets(found, source)
            return
        yield from self._rows(read_text_rows(source, table, self.keep, note), source.name)

    def _sheets(self, found: SheetDocuments, source: Source) -> Iterator[Entry]:
        self.notes += found.problems.notes
        documents = {document["id"]: document for document in found.documents}
        owned = {id(problem) for name in found.rows for problem in found.problems.partners.get(name, ())}
        others = tuple(problem for problem in found.problems if id(problem) not in owned)
        if others:
            yield Entry("", None, others)
        for name, row in found.rows.items():
            place = Place(source.name, row.line, f"{row.place} of {source.name}")
            if name in documents:
                kept = {} if row.grid == "" else {column: row.cells.get(column) for column in self.keep or ()}
                yield self._entry(_core.read_partner(documents[name], ""), place)._replace(kept=kept)
            else:
                yield Entry(name, None, tuple(found.problems.partners[name]), place)

    def _rows(self, rows: Iterator[PartnerRow], file: str) -> Iterator[Entry]:
        for row in rows:
            is_line = file and isinstance(row.document, bytes)
            text = f"in {file}:{row.number}" if is_line else f"in row {row.number}{file and f' of {file}'}"
            place, problems = Place(file, row.number if is_line else 0, text), row.problems
            partner = None
            if row.document is not None:
                try:
                    partner = _parse(row.document)
                except InputError as error:
                    problems = error.diagnostics
            if partner is not None:
                yield self._entry(partner, place)._replace(kept=row.kept, size=row.size)
            else:
                located = tuple(_at_row(one, file, row) for one in problems)
                yield Entry(normalize_id(row.id), None, located, place, row.kept, row.size)

    def _parse_item(self, item: _core.Partner | Mapping[str, Any], pointer: str, place: Place) -> Entry:
        if isinstance(item, _core.Partner):
            return self._entry(item, place)
        try:
            partner = _core.read_partner(plain_document(item), "")
        except InputError as error:
            clear = clear_document_error(error, "partner", item)
            problems = (one.replace(pointer=pointer + one.pointer) for one in clear.diagnostics)
            return Entry("", None, tuple(problems), place)
        return self._entry(partner, place)

    def _entry(self, partner: _core.Partner, place: Place, size: int = 0) -> Entry:
        trimmed = normalize_id(partner.id)
        if trimmed != partner.id:
            if not trimmed:
                problem = _core.Diagnostic(code="range", pointer="/id", message="must not be empty")
                return Entry("", None, (problem,), place)
            partner = _core.read_partner(partner.to_dict() | {"id": trimmed}, "")
        return Entry(trimmed, partner, (), place, {}, size)


def _parse(document: Mapping[str, Any] | bytes) -> _core.Partner:
    return _core.parse_partner(document, "") if isinstance(document, bytes) else _core.read_partner(dict(document), "")


def find_paths(path: str) -> list[str]:
    """Return the files that a path names: itself, those that a pattern matches, or those in a folder."""
    if os.path.isdir(path):
        names = sorted(name for name in os.listdir(path) if not name.startswith(".") and kind_by_ending(name))
        files = [os.path.join(path, name) for name in names]
        if not files:
            message = f"the folder has no file that ends in one of {', '.join(ENDINGS)}"
            raise source_error("unreadable", message, display_name(path))
        return files
    return match_pattern(path)


def _read_id(text: bytes) -> str:
    """Return the id of a document that cannot be read, or an empty text."""
    try:
        name = json.loads(text)["id"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""
    return normalize_id(name) if isinstance(name, str) else ""


def _is_frame(source: Any) -> bool:
    return hasattr(source, "__arrow_c_stream__") or hasattr(source, "columns") or hasattr(source, "collect_schema")


def _shift(problem: _core.Diagnostic, document: DocumentText) -> _core.Diagnostic:
    """Return a problem of a document with its location in the file that holds the document."""
    return problem.replace(
        pointer=document.pointer + problem.pointer,
        line=problem.line + document.line - 1,
        column=problem.column + document.column - 1 if problem.line == 1 else problem.column,
    )


def _at_row(problem: _core.Diagnostic, file: str, row: PartnerRow) -> _core.Diagnostic:
    """Return a problem of a row's document with the location of the row."""
    if problem.file:
        return problem
    if isinstance(row.document, bytes):
        return problem.replace(file=file, line=row.number, column=1)
    is_located = problem.pointer[1:2].isdecimal()
    return problem.replace(file=file, pointer=problem.pointer if is_located else f"/{row.number}{problem.pointer}")
