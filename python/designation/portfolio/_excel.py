"""A portfolio from an Excel workbook with one sheet per table."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from designation import _core
from designation._errors import InputError
from designation._lazy import lazy
from designation._messages import quote
from designation.portfolio._arrow import build_table
from designation.portfolio._portfolio import OnError, Portfolio, build_portfolio
from designation.portfolio._sheets import (
    REQUIRED,
    SHEET_LISTS,
    SHEETS,
    SheetProblems,
    SheetRow,
    build_documents,
    check_header,
    document_value,
)

openpyxl = lazy("openpyxl", "excel")

NOTES = "notes"


def from_excel(path: str | os.PathLike[str], *, on_error: OnError = "raise") -> Portfolio:
    """Build a portfolio from a workbook with the sheets ``partners, authorizations, contracts, designations, events``.

    The facts of a missing sheet are unknown. If a sheet has no row for a partner, the partner has none of its facts.
    ``designation init --excel portfolio.xlsx`` writes a template.

    Args:
        path: The file (.xlsx).
        on_error: ``"exclude"`` omits each partner with a row that has problems, and lists its rows in ``unused``.

    Raises:
        InputError: Rows have problems; the error lists all of them, with sheet, row and column.
        OSError: The file cannot be read.
    """
    name = os.fspath(path)
    with open(path, "rb") as file:
        try:
            book = openpyxl.load_workbook(file, data_only=True)
            formulas = openpyxl.load_workbook(file)
        except Exception:  # openpyxl passes on the errors of its parsers.
            message = "must be an Excel workbook (.xlsx)"
            raise InputError([_core.Diagnostic(code="syntax", message=message, file=name)]) from None
    problems = SheetProblems()
    rows: list[SheetRow] = []
    for sheet in book.sheetnames:
        location = f"{name}[{sheet}]"
        if sheet in SHEETS:
            rows += _rows(sheet, location, book[sheet], formulas[sheet], problems)
        elif sheet != NOTES:
            message = f"unknown sheet; must be one of {', '.join((*SHEETS, NOTES))}"
            problems.append(_core.Diagnostic(code="unknown_sheet", message=message, file=location))
    if "partners" not in book.sheetnames:
        message = 'missing sheet "partners"'
        problems.append(_core.Diagnostic(code="missing_sheet", message=message, file=name))
        return build_portfolio(build_table([]), problems, on_error)
    covered = [SHEET_LISTS[sheet] for sheet in SHEET_LISTS if sheet in book.sheetnames]
    documents = build_documents(rows, covered, problems)
    return build_portfolio(build_table(documents), problems, on_error, problems.omitted)


def _rows(sheet: str, location: str, values: Any, formulas: Any, problems: SheetProblems) -> Iterator[SheetRow]:
    value_rows = values.iter_rows(values_only=True)
    header = [document_value(cell) for cell in next(value_rows, ())]
    while header and header[-1] is None:
        header.pop()
    problems += check_header(header, SHEETS[sheet], REQUIRED[sheet], location)
    columns = {member: number for number, member in enumerate(header, 1)}
    for line, (cells, raw) in enumerate(zip(value_rows, formulas.iter_rows(min_row=2), strict=True), 2):
        members = {member: document_value(cells[n - 1]) for member, n in columns.items() if member in SHEETS[sheet]}
        given = {member: value for member, value in members.items() if value not in (None, "")}
        row = SheetRow(sheet, location, line, given, columns)
        for index, value in enumerate(cells):
            if value is None and raw[index].data_type == "f":
                message = "the formula has no stored value; open the workbook in a spreadsheet program and save it"
                problems.add(row, "formula", message, header[index] if index < len(header) else "")
            elif value is not None and index >= len(header):
                problems.add(row, "columns", f"the cell {quote(value)} is in a column without a name")
        if row.cells:
            yield row
