"""Documents built from rows of sheets, each row with the id of a partner."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from designation import _core
from designation._api import parse_partner
from designation._errors import InputError
from designation._messages import quote, suggestion
from designation._records import FIELDS, LISTS, names_of_kinds

MONEY = names_of_kinds("money")


def _columns(field: _core.RecordField) -> tuple[str, ...]:
    """Return the columns of a member: an amount has two, and dimensions do not fit into cells."""
    return {"money": (field.name, "currency"), "dimensions": ()}.get(field.kind, (field.name,))


# The name of a sheet is the last word of the name of its list.
SHEET_LISTS = {name.rpartition("_")[2]: name for name in LISTS}
SHEETS = {
    "partners": ("id", "name", "notes"),
    **{
        sheet: ("partner_id", *(column for field in FIELDS[name] for column in _columns(field)))
        for sheet, name in SHEET_LISTS.items()
    },
}
REQUIRED = {
    "partners": ("id",),
    **{
        sheet: ("partner_id", *(field.name for field in FIELDS[name] if field.required))
        for sheet, name in SHEET_LISTS.items()
    },
}


class SheetRow(NamedTuple):
    """A row of a sheet: its location, and its cells and the numbers of their columns by member."""

    sheet: str
    file: str
    line: int
    cells: dict[str, Any]
    columns: dict[str, int]

    @property
    def partner(self) -> object:
        """The id of the partner that the row belongs to."""
        return self.cells.get("id" if self.sheet == "partners" else "partner_id")


class SheetProblems(list[_core.Diagnostic]):
    """The problems of rows, the ids of their partners, and a problem for each valid row that is omitted with them."""

    def __init__(self) -> None:
        super().__init__()
        self.partners: set[object] = set()
        self.omitted: list[_core.Diagnostic] = []

    def add(self, row: SheetRow, code: str, message: str, member: str = "") -> None:
        """Add a problem of a row."""
        column = row.columns.get(member, 1)
        self.append(_core.Diagnostic(code=code, message=message, file=row.file, line=row.line, column=column))
        self.partners.add(row.partner)


def check_header(
    header: Sequence[Any], known: Sequence[str], required: Sequence[str], file: str
) -> Iterator[_core.Diagnostic]:
    """Return the problems of a header: repeated, unknown and missing columns."""
    for number, name in enumerate(header, 1):
        if name in header[: number - 1]:
            yield _core.Diagnostic(code="duplicate", message=f"repeated column {quote(name)}", file=file, line=1)
        if name not in known:
            message = f"unknown column {quote(name)}{suggestion(name, known)}"
            yield _core.Diagnostic(code="unknown_column", message=message, file=file, line=1, column=number)
    for name in required:
        if name not in header:
            yield _core.Diagnostic(code="missing_column", message=f"missing column {quote(name)}", file=file, line=1)


def build_documents(rows: Iterable[SheetRow], lists: Iterable[str], problems: SheetProblems) -> list[dict[str, Any]]:
    """Build valid documents from rows; a partner with an invalid row is omitted with all its rows.

    Args:
        rows: The rows of all sheets.
        lists: The lists that the rows cover: a partner without a row for one of them has none.
        problems: The problems so far; problems of rows are added.
    """
    partners: dict[str, SheetRow] = {}
    facts: dict[str, list[SheetRow]] = {}
    for row in rows:
        key = "id" if row.sheet == "partners" else "partner_id"
        partner = row.partner
        if not isinstance(partner, str):
            given = "an empty cell" if partner is None else quote(partner)
            problems.add(row, "type", f"{key} must be a text that is not empty, not {given}", key)
        elif row.sheet != "partners":
            facts.setdefault(partner, []).append(row)
        elif (first := partners.setdefault(partner, row)) is not row:
            problems.add(row, "duplicate", f"id {quote(partner)} is already in row {first.line}", key)
    for partner in facts.keys() - partners.keys():
        for row in facts[partner]:
            problems.add(row, "unmatched", f"no partner has the id {quote(partner)}", "partner_id")
    lists = tuple(lists)
    documents = [_build_document(row, facts.get(partner, []), lists, problems) for partner, row in partners.items()]
    problems.sort(key=lambda one: (one.file, one.line, one.column))
    with_problem = {(one.file, one.line) for one in problems}
    for partner in partners.keys() & problems.partners:
        for row in (partners[partner], *facts.get(partner, ())):
            if (row.file, row.line) not in with_problem:
                message = f"{quote(partner)} is omitted because of its other rows"
                problems.omitted.append(_core.Diagnostic(code="omitted", message=message, file=row.file, line=row.line))
    return [document for document in documents if document["id"] not in problems.partners]


def _build_document(
    partner: SheetRow, facts: list[SheetRow], lists: Sequence[str], problems: SheetProblems
) -> dict[str, Any]:
    rows = {name: [row for row in facts if SHEET_LISTS[row.sheet] == name] for name in lists}
    document = {**partner.cells, **{name: [_record(row.cells) for row in rows[name]] for name in lists}}
    try:
        return parse_partner(document).to_dict()
    except InputError as error:
        for one in error.diagnostics:
            row, member = _find_cell(one.pointer, partner, rows)
            problems.add(row, one.code, one.message, member)
    return document


def _record(cells: dict[str, Any]) -> dict[str, Any]:
    record = {member: value for member, value in cells.items() if member not in ("partner_id", "currency")}
    for name in MONEY:
        value = {"amount": cells.get(name), "currency": cells.get("currency")}
        if members := {key: member for key, member in value.items() if member is not None}:
            record[name] = members
    return record


def record_cells(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the cells of a record: an amount and its currency are two."""
    cells = dict(record)
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
    return value.strip() if isinstance(value, str) else value


def _find_cell(pointer: str, partner: SheetRow, rows: dict[str, list[SheetRow]]) -> tuple[SheetRow, str]:
    """Return the row and the member at a document's pointer."""
    _, name, *rest = pointer.split("/")
    if name not in rows or not rest:
        return partner, name
    row, *members = rest
    # The column of an amount has the name of the member that the amount belongs to.
    member = members[0] if members[1:] == ["amount"] else members[-1] if members else ""
    return rows[name][int(row)], member
