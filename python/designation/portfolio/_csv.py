"""A portfolio from a CSV file with one row per fact."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Collection, Iterator

from designation import _core
from designation._messages import quote
from designation._records import TYPE_FIELDS, names_of_kinds
from designation.portfolio._arrow import build_table
from designation.portfolio._portfolio import OnError, Portfolio, build_portfolio
from designation.portfolio._sheets import (
    SHEET_LISTS,
    SHEETS,
    SheetProblems,
    SheetRow,
    build_documents,
    check_header,
)

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


def from_csv(path: str | os.PathLike[str], *, unknown: Collection[str] = (), on_error: OnError = "raise") -> Portfolio:
    """Build a portfolio from a CSV file with a header and one row per fact.

    The columns are ``partner_id``, ``kind``, and, optionally, those of the sheets of a workbook, such as ``type``,
    ``from``, ``on``, and ``name`` (see `write_workbook`). ``kind`` is ``partner`` (a partner with its name),
    ``authorization``, ``contract``, ``designation`` (whose area is in the column ``type``), or ``event``. Each partner
    with a row is in the portfolio.

    Args:
        path: The file, in UTF-8, with commas.
        unknown: The kinds that the file does not cover. A partner without a row of another kind has none of it.
        on_error: ``"exclude"`` omits each partner with a row that has problems, and lists its rows in ``unused``.

    Raises:
        InputError: Rows have problems; the error lists all of them, with line and column.
        OSError: The file cannot be read.
        ValueError: ``unknown`` or ``on_error`` is not valid.
    """
    kinds = [kind for kind in KINDS if kind != "partner"]
    for kind in set(unknown) - set(kinds):
        raise ValueError(f'unknown must be kinds of facts ({", ".join(kinds)}), not "{kind}"')
    problems = SheetProblems()
    rows = list(_rows(path, problems))
    covered = [SHEET_LISTS[KINDS[kind]] for kind in kinds if kind not in unknown]
    for row in rows:
        if row.sheet[:-1] in unknown:
            problems.add(row, "unknown", f'the file has a row of kind "{row.sheet[:-1]}", which is unknown', "kind")
    documents = build_documents(_with_partners(rows), covered, problems)
    return build_portfolio(build_table(documents), problems, on_error, problems.omitted)


def _rows(path: str | os.PathLike[str], problems: SheetProblems) -> Iterator[SheetRow]:
    name = os.fspath(path)
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            problems += check_header(header, COLUMNS, REQUIRED_COLUMNS, name)
            columns = {member: number for number, member in enumerate(header, 1)}
            for cells in reader:
                if not any(cells):
                    continue
                texts = {member: text.strip() for member, text in zip(header, cells, strict=False) if text.strip()}
                row = SheetRow("", name, reader.line_num, texts, columns)
                if len(cells) > len(header):
                    problems.add(row, "columns", f"the row has {len(cells)} cells, but the header has {len(header)}")
                yield from _typed_rows(row, problems)
    except (UnicodeDecodeError, csv.Error) as error:
        line = 0 if isinstance(error, UnicodeDecodeError) else reader.line_num
        problems.append(_core.Diagnostic(code="syntax", message=str(error), file=name, line=line))


def _typed_rows(row: SheetRow, problems: SheetProblems) -> Iterator[SheetRow]:
    """Return the row as a row of the sheet of its kind; none if the kind is unknown."""
    kind = row.cells.pop("kind", "")
    if kind not in KINDS:
        problems.add(row, "unknown_value", f"must be one of {', '.join(KINDS)}, not {quote(kind)}", "kind")
        return
    sheet = KINDS[kind]
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
