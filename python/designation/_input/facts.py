"""Text tables with one row per fact."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence

from designation._core import Diagnostic
from designation._input.guard import read_cell
from designation._input.sheets import (
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
from designation._records import FACT_KINDS, SHEET_LISTS, TYPE_FIELDS, names_of_kinds

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


def validate_kinds(unknown: Collection[str]) -> Collection[str]:
    """Return the kinds that a table does not cover; raise ValueError if one is not a kind of fact."""
    for kind in unknown:
        if kind not in FACT_KINDS:
            raise ValueError(f'unknown must be kinds of facts ({", ".join(FACT_KINDS)}), not "{kind}"')
    return unknown


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
    covered = [SHEET_LISTS[KINDS[kind]] for kind in FACT_KINDS if kind not in unknown]
    return build_documents(_with_partners(rows), covered, problems)


def absent_kinds_note(found: SheetDocuments) -> str:
    """Return a note on the kinds of which no partner has a fact, although the table covers them; empty if none."""
    lists = {kind: SHEET_LISTS[KINDS[kind]] for kind in FACT_KINDS}
    absent = [kind for kind in lists if found.documents and all(one.get(lists[kind]) == [] for one in found.documents)]
    if not absent:
        return ""
    remedy = " ".join(f"--unknown {kind}" for kind in absent)
    return f"no row of kind {', '.join(absent)}: each partner is taken to have none; if it is unknown, use {remedy}"


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
