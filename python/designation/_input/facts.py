"""Text tables with one row per fact."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence

from designation._core import Diagnostic
from designation._input.guard import read_cell
from designation._input.sheets import (
    SHEET_LISTS,
    SHEETS,
    SheetDocuments,
    SheetProblems,
    SheetRow,
    build_documents,
    read_header,
)
from designation._input.source import Source
from designation._input.spaces import trim
from designation._input.text import TextTable, fold_name, plain_header
from designation._messages import quote, suggestion
from designation._records import TYPE_FIELDS, names_of_kinds

KINDS = {"partner": "partners", **{sheet[:-1]: sheet for sheet in SHEET_LISTS}}
REQUIRED_COLUMNS = ("partner_id", "kind")
# The member that the column `type` has in the rows of each sheet.
TYPE_MEMBERS = {sheet: TYPE_FIELDS[name].name for sheet, name in SHEET_LISTS.items()}
COLUMNS = tuple(
    dict.fromkeys(
        (
            *REQUIRED_COLUMNS,
            *("type" if name == TYPE_MEMBERS.get(sheet) else name for sheet in SHEETS for name in SHEETS[sheet][1:]),
        )
    )
)
NUMBERS = names_of_kinds("money", "number", "integer")


def has_row_per_fact(header: Sequence[str]) -> bool:
    """Return whether a header is one of rows of facts, and not of rows of partners."""
    return set(REQUIRED_COLUMNS) <= set(map(fold_name, header))


def read_facts(source: Source, table: TextTable, unknown: Collection[str] = ()) -> SheetDocuments:
    """Read the documents in a text table with one row per fact.

    Args:
        source: The source of the table.
        table: The table.
        unknown: The kinds of facts that the table does not cover.
    """
    problems = SheetProblems()
    columns: dict[str, int] = {}

    def report(line: int, cells: list[str], problem: Diagnostic) -> None:
        problems.append(problem)
        owner = columns["partner_id"] - 1
        problems.partners.setdefault(trim(cells[owner]) if owner < len(cells) else None, []).append(problem)

    names = plain_header(table.header)
    columns |= read_header(names, COLUMNS, REQUIRED_COLUMNS, (source.name, ""), problems)
    rows: list[SheetRow] = []
    for line, cells in table.rows(pad=True, report=report) if all(name in columns for name in REQUIRED_COLUMNS) else ():
        texts = {member: read_cell(cells[number - 1]) for member, number in columns.items()}
        row = SheetRow("", source.name, line, {member: text for member, text in texts.items() if text}, columns)
        if row.cells:
            rows += _typed_rows(row, problems)
    for row in rows:
        if row.sheet[:-1] in unknown:
            problems.add(row, "unknown", f'the file has a row of kind "{row.sheet[:-1]}", which is unknown', "kind")
    covered = [SHEET_LISTS[sheet] for kind, sheet in KINDS.items() if sheet in SHEET_LISTS and kind not in unknown]
    return build_documents(_with_partners(rows), covered, problems)


def absent_kinds(found: SheetDocuments) -> list[str]:
    """Return the kinds of which no partner has a fact, although the table covers them."""
    lists = ((kind, SHEET_LISTS[sheet]) for kind, sheet in KINDS.items() if sheet in SHEET_LISTS)
    return [kind for kind, name in lists if found.documents and all(one[name] == [] for one in found.documents)]


def _typed_rows(row: SheetRow, problems: SheetProblems) -> Iterator[SheetRow]:
    """Return the row as a row of the sheet of its kind; none if the kind is unknown."""
    kind = row.cells.pop("kind", "")
    if kind.casefold() not in KINDS:
        given = suggestion(kind, KINDS, "") if kind else ""
        message = f"must be one of {', '.join(KINDS)}, not {quote(kind)}{given}"
        problems.add(row, "unknown_value", message, "kind")
        return
    sheet = KINDS[kind.casefold()]
    renamed = {"type": TYPE_MEMBERS[sheet]} if sheet in TYPE_MEMBERS else {"partner_id": "id"}
    cells = {renamed.get(member, member): _parse_value(member, text) for member, text in row.cells.items()}
    columns = {renamed.get(member, member): number for member, number in row.columns.items()}
    typed = SheetRow(sheet, row.file, row.line, cells, columns)
    for member in [member for member in cells if member not in SHEETS[sheet]]:
        problems.add(typed, "unknown_key", f'a row of kind "{kind}" must not have a value for {member}', member)
        del cells[member]
    yield typed


def _parse_value(member: str, text: str) -> object:
    if member in NUMBERS:
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text


def _with_partners(rows: list[SheetRow]) -> Iterator[SheetRow]:
    """Return the rows, with a row of kind partner before the first row of each partner that has none."""
    seen = {row.cells.get("id") for row in rows if row.sheet == "partners"}
    for row in rows:
        partner = row.cells.get("partner_id")
        if row.sheet != "partners" and partner and partner not in seen:
            seen.add(partner)
            yield SheetRow("partners", row.file, row.line, {"id": partner}, {"id": row.columns["partner_id"]})
        yield row
