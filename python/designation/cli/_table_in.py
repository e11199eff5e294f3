"""Files of portfolios, read and assessed in chunks, because they can be larger than memory."""

from __future__ import annotations

import csv
import io
import json
import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from functools import partial
from itertools import compress, islice
from typing import Any, BinaryIO, NamedTuple, Protocol

from designation import _core
from designation._days import parse_day
from designation._errors import InputError
from designation._io import bounded_lines
from designation._lazy import lazy
from designation._messages import more_text
from designation._records import LISTS
from designation._tables.assess_table import partner_from_row, read_partners
from designation.cli._errors import UsageError, label, unreadable_message
from designation.cli._input import open_input

pa = lazy("pyarrow", "table")
portfolio = lazy("designation.portfolio")
parquet = lazy("pyarrow.parquet", "table")

ROWS_PER_CHUNK = 65_536
ROWS_PER_SLICE = 4_096  # small, because Python objects need far more memory than columns
MAX_PROBLEMS = 100


class PortfolioOptions(NamedTuple):
    """The arguments of `assess_table` and `assess_partners` in the core."""

    rules: _core.Rules
    as_of: Any
    columns: list[str]
    on_error: str
    threads: int


class Chunk(NamedTuple):
    """The result of some rows, their size in the file, and a function from a mask to the partners of its rows."""

    result: _core.PortfolioResult
    rows: int
    size: int
    partners: Callable[[Any], Iterator[_core.Partner]]


def _partners_of(batch: Any) -> Callable[[Any], Iterator[_core.Partner]]:
    def partners(mask: Any) -> Iterator[_core.Partner]:
        rows = batch.filter(mask)
        for first in range(0, len(rows), ROWS_PER_SLICE):
            yield from map(partner_from_row, rows.slice(first, ROWS_PER_SLICE).to_pylist())

    return partners


class Table(Protocol):
    """A file with one partner per row."""

    unread: list[str]

    def chunks(self, options: PortfolioOptions, problems: RowProblems) -> Iterator[Chunk]:
        """Yield the results in chunks, until the first chunk with problems."""

    def partners(self, problems: RowProblems) -> Iterator[_core.Partner]:
        """Yield the partners of the rows that can be read."""


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


def open_table(path: str) -> Table:
    """Open a file; its suffix tells the format."""
    ending = os.path.splitext(path)[1].lower()
    if path == "-" or ending in (".ndjson", ".jsonl"):
        return NdjsonTable(path)
    if ending == ".csv":
        return FactTable(path, "from_csv") if _has_row_per_fact(path) else CsvTable(path)
    if ending == ".parquet":
        return ParquetTable(path)
    if ending == ".xlsx":
        return FactTable(path, "from_excel")
    raise UsageError(f"{label(path)}: must be a .parquet, .csv, .ndjson, .jsonl, or .xlsx file [format]")


def _has_row_per_fact(path: str) -> bool:
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            return {"partner_id", "kind"} <= set(next(csv.reader(file), []))
    except OSError as error:
        raise UsageError(unreadable_message(label(path), error)) from None
    except (csv.Error, UnicodeDecodeError):
        return False


class FactTable:
    """A workbook with a sheet per kind of fact, or a CSV file with a row per fact, read into memory."""

    unread: list[str]

    def __init__(self, path: str, reader: str) -> None:
        try:
            self._table = getattr(portfolio, reader)(path).table
            self._size = os.stat(path).st_size
        except OSError as error:
            raise UsageError(unreadable_message(label(path), error)) from None
        self.unread = []

    def chunks(self, options: PortfolioOptions, problems: RowProblems) -> Iterator[Chunk]:
        """See `Table`; the problems of rows were raised when the file was read."""
        columns = self._table.select(["id", *LISTS])
        yield Chunk(_core.assess_table(columns, *options), len(columns), self._size, _partners_of(columns))

    def partners(self, problems: RowProblems) -> Iterator[_core.Partner]:
        """See `Table`."""
        return read_partners(self._table)[0]


class ParquetTable:
    """A Parquet file, read in batches of rows."""

    def __init__(self, path: str) -> None:
        try:
            self._file = parquet.ParquetFile(path)
            self._size = os.stat(path).st_size
        except pa.ArrowInvalid:
            raise UsageError(f"{label(path)}: must be a Parquet file [format]") from None
        except OSError as error:
            raise UsageError(unreadable_message(label(path), error)) from None
        self._path = path
        known = ("id", "name", "notes", "format", "$schema", *LISTS)
        self.unread = [name for name in self._file.schema_arrow.names if name not in known]

    def chunks(self, options: PortfolioOptions, problems: RowProblems) -> Iterator[Chunk]:
        """See `Table`."""
        rows, done, total = 0, 0, max(self._file.metadata.num_rows, 1)
        threads = options.threads or os.cpu_count() or 1
        columns = [name for name in self._file.schema_arrow.names if name in ("id", *LISTS, options.as_of)]
        batches = self._file.iter_batches(ROWS_PER_CHUNK * threads, columns=columns)
        # A file without rows still has a result with columns, and types to validate.
        empty = self._file.schema_arrow.empty_table().select(columns)
        while True:
            try:
                batch = next(batches, None) if rows else next(batches, empty)
            except (pa.ArrowException, OSError) as error:
                raise UsageError(f"{label(self._path)}: cannot be read: {error} [format]") from None
            if batch is None:
                return
            try:
                result = _core.assess_table(batch, *options, first_row=rows)
            except InputError as error:
                if not batch.num_rows or any(
                    not one.pointer[1:2].isdecimal() for one in error.diagnostics if one.pointer
                ):
                    raise
                problems.add(error)
                result = None
            rows += batch.num_rows
            share = self._size * rows // total - done
            done += share
            if result is not None and not problems.count:
                yield Chunk(result, batch.num_rows, share, _partners_of(batch))
            if not batch.num_rows:
                return

    def partners(self, problems: RowProblems) -> Iterator[_core.Partner]:
        """See `Table`; raises InputError at the first batch with problems."""
        rows = 0
        try:
            known = [name for name in self._file.schema_arrow.names if name in ("id", "name", *LISTS)]
            for batch in self._file.iter_batches(ROWS_PER_CHUNK, columns=known):
                partners, unread = read_partners(batch, rows)
                self.unread += unread if rows == 0 else []
                yield from partners
                rows += batch.num_rows
        except (pa.ArrowException, OSError) as error:
            raise UsageError(f"{label(self._path)}: cannot be read: {error} [format]") from None


class RowDocument(NamedTuple):
    """A row as a document, and its line in the file."""

    line: int
    id: str
    text: bytes
    as_of: str
    problem: str
    size: int


class DocumentTable(ABC):
    """A file whose rows are documents of partners, each read by the strict reader."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._file = label(path)
        self.unread: list[str] = []

    @abstractmethod
    def documents(self, stream: BinaryIO, as_of: str | None) -> Iterator[RowDocument]:
        """Yield the rows; `as_of` is the name of the column of dates, if there is one."""

    def chunks(self, options: PortfolioOptions, problems: RowProblems) -> Iterator[Chunk]:
        """See `Table`."""
        column = options.as_of if isinstance(options.as_of, str) else None
        with self._open() as stream:
            documents = self.documents(stream, column)
            batch = list(islice(documents, ROWS_PER_CHUNK // 4))
            while True:
                found: list[_core.Diagnostic] = []
                rows = [self._row(document, found, column is not None) for document in batch]
                if options.on_error == "raise":
                    problems.add(InputError(found))
                if not problems.count:
                    result = _core.assess_partners(rows, *options)
                    partners = [row[0] if column is not None else row for row in rows]
                    size = sum(document.size for document in batch)
                    yield Chunk(result, len(batch), size, partial(_select, partners))
                batch = list(islice(documents, ROWS_PER_CHUNK // 4))
                if not batch:
                    return

    def partners(self, problems: RowProblems) -> Iterator[_core.Partner]:
        """See `Table`."""
        with self._open() as stream:
            for document in self.documents(stream, None):
                found: list[_core.Diagnostic] = []
                row = self._row(document, found, False)
                problems.add(InputError(found))
                if not found:
                    yield row

    def _open(self) -> BinaryIO:
        try:
            return open_input(self._path)
        except OSError as error:
            raise UsageError(unreadable_message(self._file, error)) from None

    def _row(self, document: RowDocument, found: list[_core.Diagnostic], has_day: bool) -> Any:
        try:
            if document.problem:
                raise InputError([_core.Diagnostic(code="syntax", message=document.problem)])
            partner = _core.parse_partner(document.text, "")
            return (partner, parse_day(document.as_of)) if has_day else partner
        except InputError as error:
            for one in error.diagnostics:
                found.append(one.replace(file=self._file, line=document.line, column=max(one.column, 1)))
            return document.id, "; ".join(str(one.replace(file="", line=0)) for one in error.diagnostics)


def _select(partners: list[Any], mask: Any) -> Iterator[_core.Partner]:
    return compress(partners, mask.to_pylist())


class NdjsonTable(DocumentTable):
    """NDJSON, one document per line."""

    def documents(self, stream: BinaryIO, as_of: str | None) -> Iterator[RowDocument]:
        """See `DocumentTable`."""
        if as_of is not None:
            raise UsageError(f'{self._file}: --as-of must be a date, not "{as_of}"; NDJSON has no columns [as_of]')
        for number, line in bounded_lines(stream, _core.MAX_BYTES):
            yield RowDocument(number, _read_id(line), line, "", "", len(line) + 1)


class CsvTable(DocumentTable):
    """CSV, with lists as JSON text; an empty cell is unknown."""

    def documents(self, stream: BinaryIO, as_of: str | None) -> Iterator[RowDocument]:
        """See `DocumentTable`."""
        csv.field_size_limit(1 << 30)
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        try:
            yield from self._rows(csv.reader(text, strict=True), as_of)
        except (csv.Error, UnicodeDecodeError):
            raise UsageError(f"{self._file}: must be a CSV file in UTF-8 [format]") from None
        finally:
            text.detach()

    def _rows(self, reader: Any, as_of: str | None) -> Iterator[RowDocument]:
        header: list[str] = next(reader, [])
        known = ("id", "name", *LISTS)
        for name in ("id", as_of):
            if name is not None and header.count(name) != 1:
                count = "no column" if name not in header else "more than one column"
                raise UsageError(f'{self._file}:1:1: the table has {count} "{name}" [missing_key]')
        repeated = sorted({name for name in header if name in known and header.count(name) > 1})
        if repeated:
            raise UsageError(f'{self._file}:1:1: the table has more than one column "{repeated[0]}" [duplicate_key]')
        self.unread = [name for name in header if name not in (*known, as_of)]
        for cells in reader:
            line, size = reader.line_num, sum(map(len, cells)) + len(cells)
            if not cells:
                continue
            problem = "" if len(cells) == len(header) else f"must have {len(header)} cells, not {len(cells)}"
            row = dict(zip(header, cells, strict=False))
            members = [f'"{name}": {json.dumps(row[name])}' for name in ("id", "name") if row.get(name)]
            for name in LISTS:
                cell = row.get(name, "").strip()
                if not cell:
                    continue
                try:
                    json.loads(cell)
                except (ValueError, RecursionError):
                    problem = problem or f"{name}: must be JSON text"
                members.append(f'"{name}": {cell}')
            text = ("{" + ", ".join(members) + "}").encode("utf-8", "surrogatepass")
            yield RowDocument(line, row.get("id", ""), text, row.get(as_of or "", ""), problem, size)


def _read_id(line: bytes) -> str:
    """Return the id of a document that cannot be read, or an empty text."""
    try:
        name = json.loads(line)["id"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""
    return name if isinstance(name, str) else ""
