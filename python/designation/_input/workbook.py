"""Excel workbooks with one sheet per table."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from designation import _core
from designation._input.partner_frames import near_name
from designation._input.sheets import (
    REQUIRED,
    SHEET_LISTS,
    SHEETS,
    SheetDocuments,
    SheetProblems,
    SheetRow,
    build_documents,
    cell_problem,
    document_value,
    read_header,
)
from designation._input.source import Source, source_error
from designation._input.text import trim
from designation._lazy import lazy
from designation._messages import quote

openpyxl = lazy("openpyxl", "excel")

NOTES = "notes"
FORMULA = "the formula has no stored value; open the workbook in a spreadsheet program and save it"


def read_workbook(source: Source) -> SheetDocuments:
    """Read the documents in a workbook; the problems have cells such as ``events!B5``."""
    content = source.stream.read()
    try:
        values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        formulas = openpyxl.load_workbook(io.BytesIO(content))
    except Exception:  # openpyxl passes on the errors of its parsers, in their words.
        message = "must be an Excel workbook (.xlsx); it is damaged, protected by a password, or of another kind"
        raise source_error("syntax", message, source.name) from None
    problems = SheetProblems()
    sheets = _find_sheets(values.sheetnames, source.name, problems)
    rows: list[SheetRow] = []
    for sheet, title in sheets.items():
        rows += _rows(sheet, source.name, values[title], formulas[title], problems)
    if "partners" not in sheets:
        one = _core.Diagnostic(code="missing_sheet", message='missing sheet "partners"', file=source.name)
        problems.append(one)
    covered = [SHEET_LISTS[sheet] for sheet in SHEET_LISTS if sheet in sheets]
    return build_documents(rows, covered, problems)


def _find_sheets(titles: list[str], file: str, problems: SheetProblems) -> dict[str, str]:
    """Return the titles of the known sheets by name; report misspelled ones, and note others."""
    folded = {trim(title).casefold(): title for title in reversed(titles)}
    sheets = {sheet: folded[sheet] for sheet in SHEETS if sheet in folded}
    others = [title for title in titles if trim(title).casefold() not in (*SHEETS, NOTES)]
    missing = [sheet for sheet in SHEETS if sheet not in sheets]
    for title in list(others):
        if near := near_name(title, missing):
            others.remove(title)
            message = f"unknown sheet {quote(title)}; did you mean {quote(near)}?"
            problems.append(_core.Diagnostic(code="unknown_sheet", message=message, file=file))
    if others:
        problems.notes.append(f"ignored sheets: {', '.join(others)}")
    return sheets


def _rows(sheet: str, file: str, values: Any, formulas: Any, problems: SheetProblems) -> Iterator[SheetRow]:
    if not hasattr(values, "iter_rows"):
        problems.append(cell_problem("unknown_sheet", "the sheet is a chart", file, sheet, 1, 1))
        return
    header = [str(cell.value) if cell.value is not None else "" for cell in next(values.iter_rows(max_row=1), ())]
    while header and not header[-1]:
        header.pop()
    columns = read_header(header, SHEETS[sheet], REQUIRED[sheet], (file, sheet), problems)
    merged = _merged_values(values)
    has_header = all(name in columns for name in REQUIRED[sheet])
    for line, raw in enumerate(formulas.iter_rows(min_row=2), 2) if has_header else ():
        cells: dict[str, Any] = {}
        row = SheetRow(sheet, file, line, cells, columns, sheet)
        bad: list[tuple[str, str, str]] = []
        for member, number in columns.items():
            cell = values.cell(line, number)
            value = merged.get((line, number), cell.value)
            if value is None and number <= len(raw) and raw[number - 1].data_type == "f":
                bad.append(("formula", FORMULA, member))
            elif cell.data_type == "e" and value is not None:
                bad.append(("error", f"the cell holds an error, {value}; correct its formula, or clear it", member))
            elif (plain := document_value(value)) not in (None, ""):
                cells[member] = plain
        for problem in bad:
            problems.add(row, *problem)
        _report_nameless(row, [cell.value for cell in values[line]][len(header) :], len(header), problems)
        if cells:
            yield row


def _report_nameless(row: SheetRow, values: list[Any], first: int, problems: SheetProblems) -> None:
    for number, value in enumerate(values, first + 1):
        if value is not None:
            message = f"the cell {quote(value)} is in a column without a name"
            problem = cell_problem("columns", message, row.file, row.grid, row.line, number)
            problems.append(problem)
            problems.partners.setdefault(row.partner, []).append(problem)


def _merged_values(sheet: Any) -> dict[tuple[int, int], Any]:
    """Return the value of each cell that is merged with the one above it: people read it in each row."""
    return {
        (line, area.min_col): sheet.cell(area.min_row, area.min_col).value
        for area in sheet.merged_cells.ranges
        if area.min_col == area.max_col
        for line in range(area.min_row, area.max_row + 1)
    }
