"""Excel workbooks with one sheet per table."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

from designation import _core
from designation._errors import InputError
from designation._input.limits import MAX_WORKBOOK, check_workbook, read_whole
from designation._input.partner_frames import near_name
from designation._input.sheets import (
    PARTNERS,
    REQUIRED,
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
from designation._input.spaces import trim
from designation._input.workbook_text import unescape_cell
from designation._lazy import lazy
from designation._messages import MIGRATION, quote, several
from designation._records import SHEET_LISTS
from designation._start import read_starter_document

openpyxl = lazy("openpyxl", "excel")

NOTES = "notes"
FORMULA = "the formula has no stored value; open the workbook in a spreadsheet program and save it"


def read_workbook(source: Source, keep: Sequence[str] = ()) -> SheetDocuments:
    """Read the documents in a workbook; the problems have cells such as ``events!B5``.

    Args:
        source: The source of the workbook.
        keep: Other columns of the sheet ``partners`` that its rows hold.
    """
    content = read_whole(source, MAX_WORKBOOK)
    try:
        check_workbook(content, source.name)
        values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        formulas = openpyxl.load_workbook(io.BytesIO(content))
    except InputError:
        raise
    except Exception:  # openpyxl passes on the errors of its parsers, in their words.
        message = "must be an Excel workbook (.xlsx); it is damaged, protected by a password, or of another kind"
        raise source_error("syntax", message, source.name) from None
    problems = SheetProblems()
    sheets = _find_sheets(values.sheetnames, source.name, problems)
    rows: list[SheetRow] = []
    for sheet, title in sheets.items():
        others = [name for name in keep if name not in SHEETS[sheet]] if sheet == PARTNERS else []
        rows += _rows(sheet, source.name, values[title], formulas[title], problems, others)
    if PARTNERS not in sheets:
        message = 'missing sheet "partners"' if sheets else f'missing sheet "partners"; {MIGRATION}'
        problems.append(_core.Diagnostic(code="missing_sheet", message=message, file=source.name))
    covered = [SHEET_LISTS[sheet] for sheet in SHEET_LISTS if sheet in sheets]
    return build_documents(_without_example(rows, problems), covered, problems)


def example_partner() -> dict[str, str]:
    """Return the cells of the partner that the template of `write_workbook` shows."""
    document = json.loads(read_starter_document())
    return {"id": document["id"], "name": document["name"], "notes": "Delete the rows of this example."}


def _without_example(rows: list[SheetRow], problems: SheetProblems) -> list[SheetRow]:
    """Return the rows without those of the template's example, unless it is the only partner: people forget it."""
    example = example_partner()
    partners = [row for row in rows if row.sheet == PARTNERS]
    if len(partners) < 2 or not any(row.cells.items() >= example.items() for row in partners):
        return rows
    problems.notes.append(f"ignored the example of the template, {quote(example['id'])}; delete its rows")
    return [row for row in rows if row.partner != example["id"]]


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


def _rows(  # noqa: PLR0913, PLR0917 (a sheet is there twice: with its values, and with its formulas)
    sheet: str, file: str, values: Any, formulas: Any, problems: SheetProblems, keep: Sequence[str]
) -> Iterator[SheetRow]:
    if not hasattr(values, "iter_rows"):
        problems.append(cell_problem("unknown_sheet", "the sheet is a chart", file, sheet, 1, 1))
        return
    # A cell far away costs nothing: only the cells that exist are looked at, and not those between them.
    cells_of, raw_of = _cells_by_line(values), _cells_by_line(formulas)
    first = {number: str(cell.value) for number, cell in cells_of.get(1, {}).items() if cell.value not in (None, "")}
    header = [first.get(number, "") for number in range(1, max(first, default=0) + 1)]
    known, required = (*SHEETS[sheet], *keep), (*REQUIRED[sheet], *keep)
    columns = read_header(header, known, required, (file, sheet), problems)
    merged = _merged_values(values)
    has_header = all(name in columns for name in REQUIRED[sheet])
    lines = sorted({*cells_of, *raw_of, *(line for line, _ in merged)} - {1})
    for line in lines if has_header else ():
        cells: dict[str, Any] = {}
        row = SheetRow(sheet, file, line, cells, columns, sheet)
        bad: list[tuple[str, str, str]] = []
        found, raw = cells_of.get(line, {}), raw_of.get(line, {})
        for member, number in columns.items():
            cell = found.get(number)
            value = merged.get((line, number), None if cell is None else cell.value)
            if value is None and number in raw and raw[number].data_type == "f":
                bad.append(("formula", FORMULA, member))
            elif cell is not None and cell.data_type == "e" and value is not None:
                bad.append(("error", f"the cell holds an error, {value}; correct its formula, or clear it", member))
            elif (plain := document_value(unescape_cell(value) if isinstance(value, str) else value)) not in (None, ""):
                cells[member] = plain
        for problem in bad:
            problems.add(row, *problem)
        if cells or bad:
            _report_nameless(row, found, len(header), problems)
        elif others := [f"{sheet}!{cell.coordinate}" for cell in found.values() if cell.value is not None]:
            problems.notes.append(f"ignored cells: {several(others)}")
        if cells:
            yield row


def _cells_by_line(sheet: Any) -> dict[int, dict[int, Any]]:
    """Return the cells that exist, by line and column."""
    lines: dict[int, dict[int, Any]] = {}
    for (line, number), cell in sheet._cells.items():
        lines.setdefault(line, {})[number] = cell
    return lines


def _report_nameless(row: SheetRow, cells: dict[int, Any], last: int, problems: SheetProblems) -> None:
    for number, cell in sorted(cells.items()):
        if number > last and cell.value is not None:
            message = f"the cell {quote(cell.value)} is in a column without a name"
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
