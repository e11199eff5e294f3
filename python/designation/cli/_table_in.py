"""Partners assessed in chunks, because a portfolio can be larger than memory."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import compress, islice
from typing import Any, NamedTuple, Protocol

from designation import _core
from designation._days import parse_day
from designation._errors import InputError
from designation._input.identity import has_damage, trim_ids
from designation._input.loader import Entry
from designation._input.members import MemberError, day_of
from designation._input.partner_frames import KNOWN, check_names, read_partner_frame
from designation._lazy import lazy
from designation._messages import more_text, quote, several
from designation._records import LISTS
from designation._tables.assess_table import partner_from_row
from designation.cli._errors import UsageError, label, print_problems, unreadable_message
from designation.cli._input import PartnerReader, note_empty

pa = lazy("pyarrow", "table")
pc = lazy("pyarrow.compute", "table")
parquet = lazy("pyarrow.parquet", "table")

ROWS_PER_CHUNK = 65_536
ROWS_PER_SLICE = 4_096  # small, because Python objects need far more memory than columns
MAX_PROBLEMS = 100
MEMBERS = ("id", "name", "notes")


class PortfolioOptions(NamedTuple):
    """The arguments of `assess_table` and `assess_partners` in the core."""

    rules: _core.Rules
    as_of: Any
    columns: list[str]
    on_error: str
    threads: int


class Chunk(NamedTuple):
    """The result of some rows, their size in the file, their other columns, and their partners, by a mask of rows.

    ``assess`` computes the result of the same rows, which have no problems, under other options.
    """

    result: _core.PortfolioResult
    rows: int
    size: int
    kept: Mapping[str, Any]
    partners: Callable[[Any], Iterator[_core.Partner]]
    assess: Callable[[PortfolioOptions], Any]

    @property
    def table(self) -> Any:
        """The result as an Arrow table."""
        return read_result(self.result)


def read_result(result: _core.PortfolioResult) -> Any:
    """Return a result as an Arrow table."""
    # `pa.table` would load pandas, which takes longer than the assessments of 100,000 partners.
    return pa.RecordBatchReader.from_stream(result).read_all()


def kept_column(chunk: Chunk, name: str) -> Any:
    """Return a column of the input for the rows of a chunk; values from documents and text tables are text."""
    values = chunk.kept.get(name)
    if values is None:
        return pa.chunked_array([pa.nulls(chunk.rows, pa.string())])
    if isinstance(values, list):
        values = pa.array([None if value is None else str(value) for value in values], pa.string())
    return pa.chunked_array([values])


class Table(Protocol):
    """Partners, as they can be assessed in chunks."""

    unread: list[str]

    def chunks(self, options: PortfolioOptions, problems: RowProblems) -> Iterator[Chunk]:
        """Yield the results in chunks, until the first chunk with problems."""


class RowProblems:
    """The problems of all rows: the first ones, and how many there are."""

    def __init__(self) -> None:
        self.kept: list[_core.Diagnostic] = []
        self.count = 0

    def add(self, error: InputError) -> None:
        """Add the problems of later rows."""
        listed = [one for one in error.diagnostics if one.code != "more"]
        self.kept += listed[: MAX_PROBLEMS - len(self.kept)]
        self.count += error.count

    def raise_if_any(self) -> None:
        """Raise InputError if there are any problems."""
        if not self.count:
            return
        rest = self.count - len(self.kept)
        more = [_core.Diagnostic(code="more", message=more_text(rest, "problems"), count=rest)] if rest else []
        raise InputError([*self.kept, *more])


def open_table(reader: PartnerReader, keep: Sequence[str], options: PortfolioOptions) -> Table:
    """Open the sources of a command; one regular Parquet file is read in batches of columns."""
    loader, reader.accepts_empty = reader.loader, True
    is_plain = len(reader.paths) == 1 and not (loader.ids or loader.unknown) and loader.on_duplicate == "error"
    if is_plain and loader.kind is None and reader.paths[0].lower().endswith((".parquet", ".pq")):
        with contextlib.suppress(pa.ArrowException):  # the reader of rows says what is wrong
            table = ParquetTable(reader.paths[0], keep, options) if os.path.isfile(reader.paths[0]) else None
            if table is not None and table.is_regular:
                return table
    return EntryTable(reader, keep)


class ParquetTable:
    """A Parquet file, read in batches of rows."""

    def __init__(self, path: str, keep: Sequence[str], options: PortfolioOptions) -> None:
        try:
            # An `OSFile` is local: given a path, PyArrow takes "s3://..." for an address, and sends credentials to it.
            self._file = parquet.ParquetFile(pa.OSFile(path))
            self._size = os.stat(path).st_size
        except OSError as error:
            raise UsageError(unreadable_message(label(path), error)) from None
        self._path, self._keep = path, keep
        names = self._file.schema_arrow.names
        self._as_of = options.as_of if isinstance(options.as_of, str) else None
        self._read = [name for name in names if name in ("id", "name", *LISTS, *keep) or name == self._as_of]
        self.unread = [name for name in names if name not in (*KNOWN, *keep) and name != self._as_of]
        check_names(names, [*KNOWN, *filter(None, [self._as_of])], keep)
        if missing := [name for name in keep if name not in names]:
            raise UsageError(f"{label(path)}: the table has no column {quote(missing[0])} [missing_key]")
        has_facts = not self.unread or any(name in LISTS for name in names)
        self.is_regular = has_facts and self._has_regular_types(options) and self._has_regular_ids()

    def _has_regular_types(self, options: PortfolioOptions) -> bool:
        empty = self._empty(self._columns())
        if "bool" in str([field.type for field in empty.schema]):
            return False
        try:
            _core.assess_table(empty, *options)
        except InputError as error:
            if any(one.code in ("missing_key", "duplicate_key") for one in error.diagnostics):
                raise
            return False
        return True

    def _has_regular_ids(self) -> bool:
        """Return whether ids are there once and undamaged; otherwise the rows are read one by one."""
        keys = [name for name in ("id", self._as_of) if name]
        try:
            table = self._file.read(columns=keys)
            ids = table["id"].cast(pa.string())
            if pc.any(pc.not_equal(trim_ids(ids), ids)).as_py() or pc.any(has_damage(ids)).as_py():
                return False
            # Ids that differ only in case are no error, but the reader of rows has a note for them.
            is_once = pc.count_distinct(pc.utf8_lower(ids), "all").as_py() == len(ids)
            return is_once or (self._as_of is not None and len(table.group_by(keys).aggregate([])) == len(table))
        except pa.ArrowException:
            raise self._damaged() from None

    def _empty(self, names: Sequence[str]) -> Any:
        schema = self._file.schema_arrow  # its `empty_table` would load pandas, which takes longer than the rest
        return pa.Table.from_batches([], schema=schema).select(names)

    def _columns(self) -> list[str]:
        return [name for name in self._read if name not in ("name", *self._keep)]

    def _damaged(self) -> UsageError:
        return UsageError(f"{label(self._path)}: cannot be read: the Parquet file is damaged or incomplete [format]")

    def chunks(self, options: PortfolioOptions, problems: RowProblems) -> Iterator[Chunk]:
        """See `Table`."""
        rows, done, total = 0, 0, max(self._file.metadata.num_rows, 1)
        if not self._file.metadata.num_rows:
            note_empty(label(self._path))
        threads = options.threads or os.cpu_count() or 1
        batches = self._file.iter_batches(ROWS_PER_CHUNK * threads, columns=self._read)
        # A file without rows still has a result with columns, and types to validate.
        empty = self._empty(self._read)
        while True:
            try:
                batch = next(batches, None) if rows else next(batches, empty)
            except (pa.ArrowException, OSError):
                raise self._damaged() from None
            if batch is None:
                return
            result = self._assess(batch, options, rows=rows, problems=problems)
            rows += batch.num_rows
            share = self._size * rows // total - done
            done += share
            if result is not None and not problems.count:
                kept = {name: batch.column(name) for name in ("name", *self._keep) if name in self._read}
                assess = partial(self._assess, batch, rows=rows - batch.num_rows, problems=problems)
                yield Chunk(result, batch.num_rows, share, kept, _partners_of(batch), assess)
            if not batch.num_rows:
                return

    def _assess(
        self, batch: Any, options: PortfolioOptions, *, rows: int, problems: RowProblems
    ) -> _core.PortfolioResult | None:
        try:
            return _core.assess_table(batch.select(self._columns()), *options, first_row=rows)
        except InputError as error:
            if not batch.num_rows or any(not one.pointer[1:2].isdecimal() for one in error.diagnostics if one.pointer):
                raise
            # Blank texts and NaN are missing values, which the core does not know.
            converted = read_partner_frame(batch.select(self._columns()), self._as_of, rows)
            try:
                if not (converted.problems or converted.column_problems):
                    return _core.assess_table(converted.table, *options, first_row=rows)
            except InputError as second:
                error = second
            problems.add(error)
            return None


def _partners_of(batch: Any) -> Callable[[Any], Iterator[_core.Partner]]:
    def partners(mask: Any) -> Iterator[_core.Partner]:
        rows = batch.filter(mask)
        for first in range(0, len(rows), ROWS_PER_SLICE):
            yield from map(partner_from_row, rows.slice(first, ROWS_PER_SLICE).to_pylist())

    return partners


class EntryTable:
    """Partners from any sources, each read by the strict reader of documents."""

    def __init__(self, reader: PartnerReader, keep: Sequence[str]) -> None:
        self._reader, self._keep = reader, keep
        self.unread: list[str] = []  # the reader prints them

    def chunks(self, options: PortfolioOptions, problems: RowProblems) -> Iterator[Chunk]:
        """See `Table`."""
        column = options.as_of if isinstance(options.as_of, str) else None
        entries = self._entries(options.on_error, problems)
        batch = list(islice(entries, ROWS_PER_CHUNK // 4))
        while True:
            found: list[_core.Diagnostic] = []
            rows = [self._row(entry, column, found) for entry in batch]
            if options.on_error == "raise":
                problems.add(InputError(found))
            if not problems.count:
                result = _core.assess_partners(rows, *options)
                partners = [entry.partner for entry in batch]
                kept = {name: [_kept(entry, name) for entry in batch] for name in self._keep}
                kept["name"] = [entry.partner and (entry.partner.name or None) for entry in batch]
                size = sum(entry.size for entry in batch)
                assess = partial(_assess_rows, rows)
                yield Chunk(result, len(batch), size, kept, partial(_select, partners), assess)
            batch = list(islice(entries, ROWS_PER_CHUNK // 4))
            if not batch:
                return

    def _entries(self, on_error: str, problems: RowProblems) -> Iterator[Entry]:
        """Yield the entries that have a row; report the problems of files and sheets, which have none."""
        for entry in self._reader.entries(show_progress=False):
            if entry.partner is not None or entry.place.text:
                yield entry
            elif on_error == "raise":
                problems.add(InputError(entry.problems))
            else:
                self._reader.failed += 1
                print_problems(entry.problems)

    def _row(self, entry: Entry, column: str | None, found: list[_core.Diagnostic]) -> Any:
        if entry.partner is None:
            found += entry.problems
            # The id names a row; without one, only the location does.
            shown = (one.replace(file="", line=0, column=0) if entry.id else one for one in entry.problems)
            return entry.id, "; ".join(map(str, shown))
        if column is None:
            return entry.partner
        try:
            return entry.partner, _day(entry, column)
        except InputError as error:
            place = entry.place
            located = [one.replace(file=place.file, line=place.line, column=1) for one in error.diagnostics]
            found += located
            return entry.id, "; ".join(map(str, error.diagnostics))


def _kept(entry: Entry, column: str) -> Any:
    """Return the value of a kept column; documents have few members that a table can keep."""
    if entry.partner is None or column in entry.kept:
        return entry.kept.get(column)
    if column not in MEMBERS:
        where = label(entry.place.file) if entry.place.file else "the input"
        what = f"no column {quote(column)}; documents and tables of facts have {several(MEMBERS)}"
        raise UsageError(f"{where}: {what} [missing_key]")
    return getattr(entry.partner, column) or None


def _day(entry: Entry, column: str) -> Any:
    if column not in entry.kept:
        where = label(entry.place.file) if entry.place.file else "the input"
        raise UsageError(f'{where}: --as-of must be a date, not "{column}"; documents have no columns [as_of]')
    try:
        day = day_of(entry.kept[column])
    except MemberError as error:
        raise InputError([_core.Diagnostic(code="date", pointer="/as_of", message=str(error))]) from None
    return parse_day("" if day is None else day)


def _assess_rows(rows: list[Any], options: PortfolioOptions) -> _core.PortfolioResult:
    return _core.assess_partners(rows, *options)


def _select(partners: list[Any], mask: Any) -> Iterator[_core.Partner]:
    return compress(partners, mask.to_pylist())
