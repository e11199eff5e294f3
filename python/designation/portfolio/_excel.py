"""A portfolio from a workbook with a sheet per table."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from designation import _core
from designation._errors import InputError
from designation._lazy import lazy
from designation.portfolio._arrow import table_of
from designation.portfolio._portfolio import OnError, Portfolio, settle
from designation.portfolio._sheets import LISTS, NEEDED, SHEETS, Problems, Row, cell, gather, header_problems, said

openpyxl = lazy("openpyxl", "excel")

NOTES = "notes"


def from_excel(path: str | os.PathLike[str], *, on_error: OnError = "raise") -> Portfolio:
    """Make a portfolio of a workbook with the sheets ``partners, authorizations, contracts, designations, events``.

    A sheet that is not there means unknown; one that is there and has no row for a partner, that the partner has none.
    ``designation init --excel portfolio.xlsx`` writes a workbook to begin with.

    Args:
        path: The file (.xlsx).
        on_error: ``"exclude"`` leaves out each partner with a row that cannot be used, and says so in ``unused``.

    Raises:
        InputError: Every problem of every row at once, with sheet, row and column.
        OSError: The file cannot be read.
    """
    name = os.fspath(path)
    with open(path, "rb") as file:
        try:
            book = openpyxl.load_workbook(file, data_only=True)
            formulas = openpyxl.load_workbook(file)
        except Exception as error:  # openpyxl lets through whatever its parsers raise
            message = f"no workbook that can be read: {error}"
            raise InputError([_core.Diagnostic(code="syntax", message=message, file=name)]) from None
    problems = Problems()
    rows: list[Row] = []
    for sheet in book.sheetnames:
        place = f"{name}[{sheet}]"
        if sheet in SHEETS:
            rows += _rows(sheet, place, book[sheet], formulas[sheet], problems)
        elif sheet != NOTES:
            message = f"an unknown sheet; known: {', '.join((*SHEETS, NOTES))}"
            problems.append(_core.Diagnostic(code="unknown_sheet", message=message, file=place))
    if "partners" not in book.sheetnames:
        message = "the sheet partners is missing"
        problems.append(_core.Diagnostic(code="missing_sheet", message=message, file=name))
        return settle(table_of([]), problems, on_error)
    covered = [LISTS[sheet] for sheet in LISTS if sheet in book.sheetnames]
    documents = gather(rows, covered, problems)
    return settle(table_of(documents), problems, on_error, problems.left_out)


def _rows(sheet: str, place: str, values: Any, formulas: Any, problems: Problems) -> Iterator[Row]:
    lines = values.iter_rows(values_only=True)
    header = [cell(one) for one in next(lines, ())]
    while header and header[-1] is None:
        header.pop()
    problems += header_problems(header, SHEETS[sheet], NEEDED[sheet], place)
    columns = {member: at for at, member in enumerate(header, 1)}
    for number, (line, raw) in enumerate(zip(lines, formulas.iter_rows(min_row=2), strict=True), 2):
        cells = {member: cell(line[at - 1]) for member, at in columns.items() if member in SHEETS[sheet]}
        row = Row(sheet, place, number, {key: one for key, one in cells.items() if one not in (None, "")}, columns)
        for at, value in enumerate(line):
            if value is None and raw[at].data_type == "f":
                message = "a formula without a stored value; open the workbook in a spreadsheet program and save it"
                problems.add(row, "formula", message, header[at] if at < len(header) else "")
            elif value is not None and at >= len(header):
                problems.add(row, "columns", f"a cell under no column: {said(value)}")
        if row.cells:
            yield row
