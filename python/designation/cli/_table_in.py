"""A portfolio's file, read and assessed piece by piece, so that it may be larger than memory."""

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
from designation._tables.assess_table import partner_of, partners_of
from designation.cli._errors import UsageError, label, unreadable
from designation.cli._input import open_input

pa = lazy("pyarrow", "table")
portfolio = lazy("designation.portfolio")
parquet = lazy("pyarrow.parquet", "table")

ROWS = 65_536
SLICE = 4_096  # Python's objects take far more room than columns
LISTS = ("csp_authorizations", "support_contracts", "solutions_partner_designations", "events")
MOST_PROBLEMS = 100


class Question(NamedTuple):
    """What is asked of each piece, as the core takes it."""

    rules: _core.Rules
    as_of: Any
    columns: list[str]
    on_error: str
    threads: int


class Piece(NamedTuple):
    """The answer to some rows, how much of the file they were, and their partners, of the rows of a mask."""

    answer: _core.PortfolioResult
    rows: int
    size: int
    partners: Callable[[Any], Iterator[_core.Partner]]


def _partners_of(batch: Any) -> Callable[[Any], Iterator[_core.Partner]]:
    def partners(mask: Any) -> Iterator[_core.Partner]:
        rows = batch.filter(mask)
        for first in range(0, len(rows), SLICE):
            yield from map(partner_of, rows.slice(first, SLICE).to_pylist())

    return partners


class Table(Protocol):
    """A file of partners."""

    unread: list[str]

    def pieces(self, question: Question, problems: Problems) -> Iterator[Piece]:
        """Give the answers piece by piece; none any more once there are problems."""

    def partners(self, problems: Problems) -> Iterator[_core.Partner]:
        """Give the partners of the rows that can be read."""


class Problems:
    """What is wrong with the rows: the first problems, and how many there are."""

    def __init__(self) -> None:
        self.kept: list[_core.Diagnostic] = []
        self.count = 0

    def add(self, error: InputError) -> None:
        """Add what is wrong with later rows."""
        listed = [one for one in error.diagnostics if one.code != "more"]
        self.kept += listed[: MOST_PROBLEMS - len(self.kept)]
        self.count += error.count

    def settle(self) -> None:
        """Raise them, if there are any."""
        if not self.count:
            return
        rest = self.count - len(self.kept)
        more = [_core.Diagnostic(code="more", pointer="", message=f"and {rest} more problems")] if rest else []
        raise InputError([*self.kept, *more])


def opened(path: str) -> Table:
    """Open a file by its ending."""
    ending = os.path.splitext(path)[1].lower()
    if path == "-" or ending in (".ndjson", ".jsonl"):
        return Lines(path)
    if ending == ".csv":
        return Facts(path, "from_csv") if _has_a_row_per_fact(path) else Rows(path)
    if ending == ".parquet":
        return Parquet(path)
    if ending == ".xlsx":
        return Facts(path, "from_excel")
    raise UsageError(f"{label(path)}: a table is .parquet, .csv, .ndjson, .jsonl or .xlsx [format]")


def _has_a_row_per_fact(path: str) -> bool:
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            return {"partner_id", "kind"} <= set(next(csv.reader(file), []))
    except OSError as error:
        raise UsageError(unreadable(label(path), error)) from None
    except (csv.Error, UnicodeDecodeError):
        return False


class Facts:
    """A workbook with a sheet per table, or a CSV file with a row per fact; it fits into memory."""

    unread: list[str]

    def __init__(self, path: str, reader: str) -> None:
        try:
            self._table = getattr(portfolio, reader)(path).table
            self._size = os.stat(path).st_size
        except OSError as error:
            raise UsageError(unreadable(label(path), error)) from None
        self.unread = []

    def pieces(self, question: Question, problems: Problems) -> Iterator[Piece]:
        """See `Table`; what is wrong with a row was said when the file was read."""
        wanted = self._table.select(["id", *LISTS])
        yield Piece(_core.assess_table(wanted, *question), len(wanted), self._size, _partners_of(wanted))

    def partners(self, problems: Problems) -> Iterator[_core.Partner]:
        """See `Table`."""
        return partners_of(self._table)[0]


class Parquet:
    """A Parquet file, row groups in pieces."""

    def __init__(self, path: str) -> None:
        try:
            self._file = parquet.ParquetFile(path)
            self._size = os.stat(path).st_size
        except pa.ArrowInvalid as error:
            raise UsageError(f"{label(path)}: is no Parquet file: {error} [format]") from None
        except OSError as error:
            raise UsageError(unreadable(label(path), error)) from None
        self._path = path
        known = ("id", "name", "notes", "format", "$schema", *LISTS)
        self.unread = [name for name in self._file.schema_arrow.names if name not in known]

    def pieces(self, question: Question, problems: Problems) -> Iterator[Piece]:
        """See `Table`."""
        rows, done, total = 0, 0, max(self._file.metadata.num_rows, 1)
        threads = question.threads or os.cpu_count() or 1
        wanted = [name for name in self._file.schema_arrow.names if name in ("id", *LISTS, question.as_of)]
        batches = self._file.iter_batches(ROWS * threads, columns=wanted)
        # A file without rows still has an answer's columns, and types to be checked.
        nothing = self._file.schema_arrow.empty_table().select(wanted)
        while True:
            try:
                batch = next(batches, None) if rows else next(batches, nothing)
            except (pa.ArrowException, OSError) as error:
                raise UsageError(f"{label(self._path)}: cannot be read: {error} [format]") from None
            if batch is None:
                return
            try:
                answer = _core.assess_table(batch, *question, first_row=rows)
            except InputError as error:
                if not batch.num_rows or any(
                    not one.pointer[1:2].isdecimal() for one in error.diagnostics if one.pointer
                ):
                    raise
                problems.add(error)
                answer = None
            rows += batch.num_rows
            share = self._size * rows // total - done
            done += share
            if answer is not None and not problems.count:
                yield Piece(answer, batch.num_rows, share, _partners_of(batch))
            if not batch.num_rows:
                return

    def partners(self, problems: Problems) -> Iterator[_core.Partner]:
        """See `Table`; the first rows with problems are refused."""
        rows = 0
        try:
            known = [name for name in self._file.schema_arrow.names if name in ("id", "name", *LISTS)]
            for batch in self._file.iter_batches(ROWS, columns=known):
                partners, unread = partners_of(batch, rows)
                self.unread += unread if rows == 0 else []
                yield from partners
                rows += batch.num_rows
        except (pa.ArrowException, OSError) as error:
            raise UsageError(f"{label(self._path)}: cannot be read: {error} [format]") from None


class Document(NamedTuple):
    """A row as a document, and where it stands."""

    line: int
    id: str
    text: bytes
    as_of: str
    problem: str
    size: int


class Documents(ABC):
    """A file of which each row is a partner's document, read by its strict reader."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._file = label(path)
        self.unread: list[str] = []

    @abstractmethod
    def documents(self, stream: BinaryIO, as_of: str | None) -> Iterator[Document]:
        """Give the rows; `as_of` names the column of days, if there is one."""

    def pieces(self, question: Question, problems: Problems) -> Iterator[Piece]:
        """See `Table`."""
        column = question.as_of if isinstance(question.as_of, str) else None
        with self._opened() as stream:
            documents = self.documents(stream, column)
            some = list(islice(documents, ROWS // 4))
            while True:
                found: list[_core.Diagnostic] = []
                rows = [self._row(document, found, column is not None) for document in some]
                if question.on_error == "raise":
                    problems.add(InputError(found))
                if not problems.count:
                    answer = _core.assess_partners(rows, *question)
                    partners = [row[0] if column is not None else row for row in rows]
                    size = sum(document.size for document in some)
                    yield Piece(answer, len(some), size, partial(_chosen, partners))
                some = list(islice(documents, ROWS // 4))
                if not some:
                    return

    def partners(self, problems: Problems) -> Iterator[_core.Partner]:
        """See `Table`."""
        with self._opened() as stream:
            for document in self.documents(stream, None):
                found: list[_core.Diagnostic] = []
                row = self._row(document, found, False)
                problems.add(InputError(found))
                if not found:
                    yield row

    def _opened(self) -> BinaryIO:
        try:
            return open_input(self._path)
        except OSError as error:
            raise UsageError(unreadable(self._file, error)) from None

    def _row(self, document: Document, found: list[_core.Diagnostic], has_day: bool) -> Any:
        try:
            if document.problem:
                problem = _core.Diagnostic(code="syntax", pointer="", message=document.problem)
                raise InputError([problem])
            partner = _core.parse_partner(document.text, "")
            return (partner, parse_day(document.as_of)) if has_day else partner
        except InputError as error:
            found += [
                _core.Diagnostic(
                    code=one.code,
                    pointer=one.pointer,
                    message=one.message,
                    file=self._file,
                    line=document.line,
                    column=max(one.column, 1),
                )
                for one in error.diagnostics
            ]
            told = (_core.Diagnostic(code=o.code, pointer=o.pointer, message=o.message) for o in error.diagnostics)
            return document.id, "; ".join(map(str, told))


def _chosen(partners: list[Any], mask: Any) -> Iterator[_core.Partner]:
    return compress(partners, mask.to_pylist())


class Lines(Documents):
    """One document a line."""

    def documents(self, stream: BinaryIO, as_of: str | None) -> Iterator[Document]:
        """See `Documents`."""
        if as_of is not None:
            raise UsageError(f"{self._file}: documents have no column of days [as_of]")
        for number, line in bounded_lines(stream, _core.MAX_BYTES):
            yield Document(number, _id_of(line), line, "", "", len(line) + 1)


class Rows(Documents):
    """Comma-separated values, the lists as JSON text; an empty cell is unknown."""

    def documents(self, stream: BinaryIO, as_of: str | None) -> Iterator[Document]:
        """See `Documents`."""
        csv.field_size_limit(1 << 30)
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        try:
            yield from self._rows(csv.reader(text, strict=True), as_of)
        except (csv.Error, UnicodeDecodeError) as error:
            raise UsageError(f"{self._file}: is no CSV file in UTF-8: {error} [format]") from None
        finally:
            text.detach()

    def _rows(self, reader: Any, as_of: str | None) -> Iterator[Document]:
        header: list[str] = next(reader, [])
        known = ("id", "name", *LISTS)
        for name in ("id", as_of):
            if name is not None and header.count(name) != 1:
                how = "has no" if name not in header else "has more than one"
                raise UsageError(f"{self._file}:1:1: the table {how} column {name!r} [missing_key]")
        twice = sorted({name for name in header if name in known and header.count(name) > 1})
        if twice:
            raise UsageError(f"{self._file}:1:1: the table has more than one column {twice[0]!r} [duplicate_key]")
        self.unread = [name for name in header if name not in (*known, as_of)]
        for cells in reader:
            line, size = reader.line_num, sum(map(len, cells)) + len(cells)
            if not cells:
                continue
            problem = "" if len(cells) == len(header) else f"{len(cells)} cells, {len(header)} columns"
            row = dict(zip(header, cells, strict=False))
            members = [f'"{name}": {json.dumps(row[name])}' for name in ("id", "name") if row.get(name)]
            for name in LISTS:
                cell = row.get(name, "").strip()
                if not cell:
                    continue
                try:
                    json.loads(cell)
                except (ValueError, RecursionError) as error:
                    problem = problem or f"{name}: is no JSON text: {error}"
                members.append(f'"{name}": {cell}')
            text = ("{" + ", ".join(members) + "}").encode("utf-8", "surrogatepass")
            yield Document(line, row.get("id", ""), text, row.get(as_of or "", ""), problem, size)


def _id_of(line: bytes) -> str:
    """What a document that cannot be read is called, if that can be seen."""
    try:
        name = json.loads(line)["id"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""
    return name if isinstance(name, str) else ""
