"""Documents built from rows of sheets, each row with the id of a partner."""

from __future__ import annotations

import contextlib
import datetime
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from designation import _core
from designation._days import with_meant_days
from designation._errors import InputError
from designation._input.identity import Identities, normalize_id
from designation._input.members import DIGITS, plain_scalar
from designation._input.partner_frames import near_name
from designation._input.spaces import trim
from designation._input.spellings import fold, spellings
from designation._messages import quote, suggestion
from designation._records import FIELDS, SHEET_LISTS, names_of_kinds

MONEY = names_of_kinds("money")
DIMENSIONS = names_of_kinds("dimensions")
CELL = re.compile(r"(.+)!([A-Z]+)(\d+)", re.DOTALL)


def _columns(field: _core.RecordField) -> tuple[str, ...]:
    """Return the columns of a member: an amount has two."""
    return {"money": (field.name, "currency")}.get(field.kind, (field.name,))


PARTNERS = "partners"
DOCUMENT_COLUMNS = ("id", "name", "notes")
# The column `unknown` names the sheets that say nothing about a partner.
UNKNOWN = "unknown"
SHEETS = {
    PARTNERS: (*DOCUMENT_COLUMNS, UNKNOWN),
    **{
        sheet: ("partner_id", *(column for field in FIELDS[name] for column in _columns(field)))
        for sheet, name in SHEET_LISTS.items()
    },
}
REQUIRED = {
    PARTNERS: ("id",),
    **{
        sheet: ("partner_id", *(field.name for field in FIELDS[name] if field.required))
        for sheet, name in SHEET_LISTS.items()
    },
}


class SheetRow(NamedTuple):
    """A row of a sheet: its location, and its cells and the numbers of their columns by member.

    ``grid`` is the name of the sheet in a workbook, whose cells have names such as ``B5``; empty for a text file.
    """

    sheet: str
    file: str
    line: int
    cells: dict[str, Any]
    columns: dict[str, int]
    grid: str = ""

    @property
    def partner(self) -> object:
        """The id of the partner that the row belongs to."""
        return self.cells.get("id" if self.sheet == PARTNERS else "partner_id")

    @property
    def place(self) -> str:
        """The location of the row for people."""
        return f"in row {self.line} of {self.grid}" if self.grid else f"on line {self.line}"

    def problem(self, code: str, message: str, member: str = "") -> _core.Diagnostic:
        """Return a problem of the row, at the cell of a member."""
        return cell_problem(code, message, self.file, self.grid, self.line, self.columns.get(member, 1))


class SheetProblems(list[_core.Diagnostic]):
    """The problems of rows, also by the ids of their partners, and a problem for each valid row omitted with them.

    ``notes`` holds what is ignored: sheets and columns that are not those of a portfolio.
    """

    def __init__(self) -> None:
        super().__init__()
        self.partners: dict[object, list[_core.Diagnostic]] = {}
        self.omitted: list[_core.Diagnostic] = []
        self.notes: list[str] = []

    def add(self, row: SheetRow, code: str, message: str, member: str = "") -> None:
        """Add a problem of a row."""
        problem = row.problem(code, message, member)
        self.append(problem)
        self.partners.setdefault(row.partner, []).append(problem)


class SheetDocuments(NamedTuple):
    """The valid documents of sheets, the row of each partner by id, and the problems."""

    documents: list[dict[str, Any]]
    rows: dict[str, SheetRow]
    problems: SheetProblems


def cell_problem(  # noqa: PLR0913, PLR0917 (a location has four parts)
    code: str, message: str, file: str, grid: str, line: int, column: int
) -> _core.Diagnostic:
    """Return a problem at a cell: ``events!B5`` in a workbook, a line and a column in a text file."""
    if grid:
        pointer = f"{grid}!{column_letters(column)}{line}"
        return _core.Diagnostic(code=code, message=message, file=file, pointer=pointer)
    return _core.Diagnostic(code=code, message=message, file=file, line=line, column=column)


def column_letters(number: int) -> str:
    """Return the letters of a column of a sheet, such as AB for 28."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def sort_key(problem: _core.Diagnostic) -> tuple[str, str, int, int]:
    """Return the order of problems: by file, sheet, row, and column."""
    if match := CELL.fullmatch(problem.pointer):
        column = 0
        for letter in match[2]:
            column = column * 26 + ord(letter) - ord("A") + 1
        return problem.file, match[1], int(match[3]), column
    return problem.file, "", problem.line, problem.column


def read_header(
    names: Sequence[str], known: Sequence[str], required: Sequence[str], where: tuple[str, str], problems: SheetProblems
) -> dict[str, int]:
    """Return the numbers of the known columns by name; report repeated, missing and misspelled columns.

    Args:
        names: The names in the header, without numbers of repeated ones.
        known: The names that are read; upper and lower case are the same.
        required: The names that must be there.
        where: The file, and the name of the sheet in a workbook.
        problems: The problems so far.
    """
    columns: dict[str, int] = {}
    folded = {name.casefold(): name for name in known}
    for number, given in enumerate(names, 1):
        name = folded.get(" ".join(trim(given).split()).casefold())
        if name in columns:
            message = f"repeated column {quote(name)}"
            problems.append(cell_problem("duplicate", message, *where, 1, number))
        elif name is not None:
            columns[name] = number
    ignored = []
    for number, given in enumerate(names, 1):
        if not trim(given) or trim(given).casefold() in folded:
            continue
        if near := near_name(given, [name for name in known if name not in columns]):
            message = f"unknown column {quote(given)}; did you mean {quote(near)}?"
            problems.append(cell_problem("unknown_column", message, *where, 1, number))
        else:
            ignored.append(given)
    if ignored:
        sheet = f" of {where[1]}" if where[1] else ""
        problems.notes.append(f"ignored columns{sheet}: {', '.join(ignored)}")
    for name in required:
        if name not in columns:
            problems.append(cell_problem("missing_column", f"missing column {quote(name)}", *where, 1, 1))
    return columns


def build_documents(rows: Iterable[SheetRow], lists: Iterable[str], problems: SheetProblems) -> SheetDocuments:
    """Build valid documents from rows; a partner with an invalid row is omitted with all its rows.

    Args:
        rows: The rows of all sheets.
        lists: The lists that the rows cover: a partner without a row for one of them has none.
        problems: The problems so far; problems of rows are added.
    """
    partners: dict[str, SheetRow] = {}
    facts: dict[str, list[SheetRow]] = {}
    identities = Identities()
    for row in rows:
        key = "id" if row.sheet == PARTNERS else "partner_id"
        partner = row.partner
        if not isinstance(partner, str):
            given = "an empty cell" if partner is None else quote(partner)
            problems.add(row, "type", f"{key} must be a text that is not empty, not {given}", key)
            continue
        partner = row.cells[key] = normalize_id(partner)
        if row.sheet != PARTNERS:
            facts.setdefault(partner, []).append(row)
            continue
        partners.setdefault(partner, row)
        if problem := identities.add(partner, row.place):
            problems.add(row, problem.code, problem.message, key)
    problems.notes += identities.warnings()
    lists = tuple(lists)
    for partner in (one for one in facts if one not in partners):
        for row in facts[partner]:
            problems.add(row, "unmatched", f"no partner has the id {quote(partner)}", "partner_id")
        # The rows can have other problems, too.
        owner = facts[partner][0]._replace(sheet=PARTNERS, cells={"id": partner})
        _build_document(owner, facts[partner], lists, problems)
    documents = [_build_document(row, facts.get(partner, []), lists, problems) for partner, row in partners.items()]
    problems.sort(key=sort_key)
    with_problem = {sort_key(one)[:3] for one in problems}
    for partner in [partner for partner in partners if partner in problems.partners]:
        for row in (partners[partner], *facts.get(partner, ())):
            one = row.problem("omitted", f"{quote(partner)} is omitted because of its other rows")
            if sort_key(one)[:3] not in with_problem:  # In a table of facts, the first row stands for the partner too.
                with_problem.add(sort_key(one)[:3])
                problems.omitted.append(one)
    valid = [document for document in documents if document["id"] not in problems.partners]
    return SheetDocuments(valid, partners, problems)


def _build_document(
    partner: SheetRow, facts: list[SheetRow], lists: Sequence[str], problems: SheetProblems
) -> dict[str, Any]:
    rows = {name: [row for row in facts if SHEET_LISTS[row.sheet] == name] for name in lists}
    unknown = _unknown_lists(partner, problems)
    known = {name: [_record(row, name) for row in rows[name]] for name in lists if name not in unknown or rows[name]}
    document = {**{key: value for key, value in partner.cells.items() if key in DOCUMENT_COLUMNS}, **known}
    try:
        return _core.read_partner(document, "").to_dict()
    except InputError as error:
        for one in error.diagnostics:
            row, member = _find_cell(one.pointer, partner, rows)
            problems.add(row, one.code, with_meant_days(one).message, member)
    return document


def _unknown_lists(partner: SheetRow, problems: SheetProblems) -> list[str]:
    """Return the lists of which the row of a partner says that they are unknown."""
    names = [name.strip() for name in str(partner.cells.get(UNKNOWN) or "").split(",") if name.strip()]
    # The kind of a fact names its sheet, too: event, events.
    lists = {name: SHEET_LISTS[sheet] for sheet in SHEET_LISTS for name in (sheet, sheet[:-1])}
    for name in names:
        if name.casefold() not in lists:
            problems.add(partner, "unknown_value", f"must name sheets{suggestion(name, SHEET_LISTS)}", UNKNOWN)
    return [lists[name.casefold()] for name in names if name.casefold() in lists]


def _record(row: SheetRow, list_name: str) -> dict[str, Any]:
    cells = row.cells
    record = {member: value for member, value in cells.items() if member not in ("partner_id", "currency")}
    for member, words in spellings(list_name).items():
        if isinstance(word := record.get(member), str):
            record[member] = words.get(fold(word), word)
    for name in MONEY:
        amount = cells.get(name)
        # A spreadsheet stores 13201.2 as 13201.199999999999.
        amount = float(f"{amount:.{DIGITS}g}") if isinstance(amount, float) else amount
        value = {"amount": amount, "currency": cells.get("currency")}
        if members := {key: member for key, member in value.items() if member is not None}:
            record[name] = members
    for name in record.keys() & DIMENSIONS:
        with contextlib.suppress(ValueError, TypeError):
            record[name] = json.loads(record[name])
    return record


def record_cells(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the cells of a record: an amount and its currency are two, and dimensions are JSON text."""
    cells = {name: json.dumps(value) if name in DIMENSIONS else value for name, value in record.items()}
    for name in MONEY:
        if value := record.get(name):
            cells |= {name: value["amount"], "currency": value["currency"]}
    return cells


def document_value(value: Any) -> Any:
    """Convert a cell to a document's value: write a date as text, and a whole number without a fraction."""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return trim(value) if isinstance(value, str) else plain_scalar(value)


def _find_cell(pointer: str, partner: SheetRow, rows: dict[str, list[SheetRow]]) -> tuple[SheetRow, str]:
    """Return the row and the member at a document's pointer."""
    _, name, *rest = pointer.split("/")
    if name not in rows or not rest:
        return partner, name
    row, *members = rest
    # The column of an amount has the name of the member that the amount belongs to.
    member = members[0] if members[1:] == ["amount"] else members[-1] if members else ""
    return rows[name][int(row)], member
