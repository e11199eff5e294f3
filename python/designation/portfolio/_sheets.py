"""Rows of sheets with a partner's id on each, put together into documents."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple

from designation import _core
from designation._api import parse_partner
from designation._errors import InputError

SHEETS = {
    "partners": ("id", "name", "notes"),
    "authorizations": ("partner_id", "type", "from", "through", "notes"),
    "contracts": ("partner_id", "type", "from", "through", "annual_value", "currency", "notes"),
    "designations": ("partner_id", "area", "from", "through", "notes"),
    "events": ("partner_id", "on", "type", "outcome", "score", "rate", "cases", "notes"),
}
LISTS = {
    "authorizations": "csp_authorizations",
    "contracts": "support_contracts",
    "designations": "solutions_partner_designations",
    "events": "events",
}
NEEDED = {"partners": ("id",), **{sheet: SHEETS[sheet][:3] for sheet in LISTS}}


class Row(NamedTuple):
    """A row of a sheet: where it stands, its cells by member, and the column of each."""

    sheet: str
    file: str
    line: int
    cells: dict[str, Any]
    columns: dict[str, int]

    @property
    def partner(self) -> object:
        """The id of the partner whose row it is."""
        return self.cells.get("id" if self.sheet == "partners" else "partner_id")


class Problems(list[_core.Diagnostic]):
    """What is wrong; the partners that can therefore not be used as a whole, and their other rows."""

    def __init__(self) -> None:
        super().__init__()
        self.partners: set[object] = set()
        self.left_out: list[_core.Diagnostic] = []

    def add(self, row: Row, code: str, message: str, member: str = "") -> None:
        """Note a problem of a row."""
        column = row.columns.get(member, 1)
        self.append(_core.Diagnostic(code=code, message=message, file=row.file, line=row.line, column=column))
        self.partners.add(row.partner)


def header_problems(
    header: Sequence[Any], known: Sequence[str], needed: Sequence[str], file: str
) -> Iterator[_core.Diagnostic]:
    """Say which columns a sheet lacks, repeats, or has without need."""
    for place, name in enumerate(header, 1):
        if name in header[: place - 1]:
            yield _core.Diagnostic(code="duplicate", message=f"column {name!r} is there twice", file=file, line=1)
        if name not in known:
            near = get_close_matches(str(name), known, 1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(known)}"
            message = f"unknown column {name!r}{hint}"
            yield _core.Diagnostic(code="unknown_column", message=message, file=file, line=1, column=place)
    for name in needed:
        if name not in header:
            yield _core.Diagnostic(code="missing_column", message=f"column {name!r} is missing", file=file, line=1)


def gather(rows: Iterable[Row], lists: Iterable[str], problems: Problems) -> list[dict[str, Any]]:
    """Put rows together into valid documents; a partner with a row that cannot be used is left out as a whole.

    The lists named are known: a partner without a row for one has none.
    """
    partners: dict[str, Row] = {}
    facts: dict[str, list[Row]] = {}
    for row in rows:
        key = "id" if row.sheet == "partners" else "partner_id"
        partner = row.partner
        if not isinstance(partner, str):
            problems.add(row, "type", f"{key} must be a text that is not empty, not {said(partner)}", key)
        elif row.sheet != "partners":
            facts.setdefault(partner, []).append(row)
        elif (first := partners.setdefault(partner, row)) is not row:
            problems.add(row, "duplicate", f"id {said(partner)} is in row {first.line} already", key)
    for partner in facts.keys() - partners.keys():
        for row in facts[partner]:
            problems.add(row, "unmatched", f"no partner has the id {said(partner)}", "partner_id")
    lists = tuple(lists)
    found = [_document(row, facts.get(partner, []), lists, problems) for partner, row in partners.items()]
    problems.sort(key=lambda one: (one.file, one.line, one.column))
    named = {(one.file, one.line) for one in problems}
    for partner in partners.keys() & problems.partners:
        for row in (partners[partner], *facts.get(partner, ())):
            if (row.file, row.line) not in named:
                message = f"{said(partner)} is left out, because of its other rows"
                problems.left_out.append(
                    _core.Diagnostic(code="left_out", message=message, file=row.file, line=row.line)
                )
    return [document for document in found if document["id"] not in problems.partners]


def _document(partner: Row, facts: list[Row], lists: Sequence[str], problems: Problems) -> dict[str, Any]:
    rows = {name: [row for row in facts if LISTS[row.sheet] == name] for name in lists}
    document = {**partner.cells, **{name: [record(row.cells) for row in rows[name]] for name in lists}}
    try:
        return parse_partner(document).to_dict()
    except InputError as error:
        for one in error.diagnostics:
            row, member = _place(one.pointer, partner, rows)
            problems.add(row, one.code, one.message, member)
    return document


def record(cells: dict[str, Any]) -> dict[str, Any]:
    """Make a document's record of a row's cells."""
    made = {member: value for member, value in cells.items() if member != "partner_id"}
    amount, currency = made.pop("annual_value", None), made.pop("currency", None)
    if amount is not None or currency is not None:
        value = {"amount": amount, "currency": currency}
        made["annual_value"] = {key: one for key, one in value.items() if one is not None}
    return made


def cell(value: Any) -> Any:
    """Give a cell's value as a document has it: a day as text, a number without a needless fraction."""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.strip() if isinstance(value, str) else value


def said(value: Any) -> str:
    """Show a value in a diagnostic."""
    return "an empty cell" if value is None else json.dumps(value, ensure_ascii=False, default=str)


def _place(pointer: str, partner: Row, rows: dict[str, list[Row]]) -> tuple[Row, str]:
    """Find the row and the member that a document's pointer leads to."""
    _, name, *rest = pointer.split("/")
    if name not in rows or not rest:
        return partner, name
    member = rest[-1] if len(rest) > 1 else ""
    return rows[name][int(rest[0])], "annual_value" if member == "amount" else member
