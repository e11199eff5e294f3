"""Excel workbooks: a template for a portfolio, and an assessed table."""

from __future__ import annotations

import datetime
import io
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from designation import _core
from designation._api import as_partners
from designation._errors import InputError
from designation._input.sheets import SHEETS, UNKNOWN, record_cells
from designation._input.workbook import example_partner
from designation._input.workbook_text import escape_cell
from designation._io import replace_file
from designation._lazy import lazy
from designation._records import FIELDS, SHEET_LISTS
from designation._start import read_starter_document
from designation._text.layout import replace_controls
from designation.portfolio._arrow import DATES

openpyxl = lazy("openpyxl", "excel")
pa = lazy("pyarrow", "table")

MAX_ROWS = 1_048_575
MAX_TEXT = 32_767
VALIDATED_ROWS = 10_000
MAX_WIDTH = 40
DATE_FORMAT = "yyyy-mm-dd"
RARE = (UNKNOWN, "dimensions")  # columns that are only written if they have values
# A member without a hint of its own has its meaning as the hint.
HINTS = {
    "id": "The partner's id: a text that no other partner has.",
    "partner_id": "An id from the sheet partners.",
    "name": "The partner's name.",
    "from": "The first day, included.",
    "through": "The last day, included; empty if no end is known.",
    "on": "The date of the event.",
    "annual_value": "An amount per year, with its currency.",
    "currency": "Three letters, such as USD.",
    "outcome": "pass or fail for an evaluation, eligible or ineligible for an eligibility decision; otherwise empty.",
    "score": "The CSAT score, from 1 to 5.",
    "rate": "The case rate that was determined.",
    "cases": "The number of cases that were validated.",
    "notes": "Any text; no rule reads it.",
    "unknown": "The sheets whose facts are unknown for the partner, such as events, contracts.",
    "dimensions": "The scores of a capability evaluation, as JSON text.",
}
NOTES = (
    "A portfolio for designation: one sheet per table, and one row per partner, record or event.",
    "A row belongs to the partner with its id. Delete the example, contoso; beside other partners, it is ignored.",
    "If you delete a sheet, its facts are unknown. If a sheet has no row for a partner, the partner has none.",
    "If facts of one partner are unknown, add the column unknown to the sheet partners, such as: contracts, events.",
    "Enter dates as dates or as text like 2026-09-15. Enter ids as text.",
    "To assess it, run: designation portfolio THIS.xlsx -o assessed.xlsx. Errors name the sheet and the row.",
)


def write_workbook(source: Any, path: str | os.PathLike[str] | None = None) -> None:
    """Write a portfolio with a sheet per table, drop-downs and notes, which `from_excel` reads unchanged.

    Args:
        source: As in `portfolio.load`. If there is no other argument, the path of the file, and a template with an
            example is written there.
        path: The file (.xlsx); it is replaced as a whole or not at all.

    Raises:
        ImportError: The extra ``excel`` is not installed.
        InputError: Partners have problems; nothing is written.
        OSError: A file cannot be read or written.
    """
    is_template = path is None
    rows = _example() if is_template else _document_rows([partner.to_dict() for partner in as_partners(source)])
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, columns in SHEETS.items():
        if name not in rows:
            continue
        filled = [column for n, column in enumerate(columns) if column not in RARE or any(row[n] for row in rows[name])]
        sheet = book.create_sheet(name)
        numbers = [columns.index(column) for column in filled]
        _fill(sheet, filled, [[row[number] for number in numbers] for row in rows[name]])
        _add_help(sheet, name, filled)
    notes = book.create_sheet("notes")
    notes.column_dimensions["A"].width = 110
    for line in NOTES if is_template else NOTES[1:]:
        notes.append([line])
    _save(book, source if path is None else path)


def to_excel(assessed: Any, path: str | os.PathLike[str]) -> int:
    """Write an assessed table to a workbook, and return the number of its rows.

    A text stays a text even if it begins like a formula. The items of a list are separated by commas.

    Args:
        assessed: A table, as `assess_table` returns it, or any table that has ``__arrow_c_stream__``.
        path: The file (.xlsx); it is replaced as a whole or not at all.

    Raises:
        ImportError: The extra ``excel`` is not installed.
        ValueError: The table has more rows than a sheet can hold.
        OSError: The file cannot be written.
    """
    table = pa.table(assessed)
    if len(table) > MAX_ROWS:
        raise ValueError(f"a sheet can hold {MAX_ROWS:,} rows, not {len(table):,}; write Parquet or CSV")
    book = openpyxl.Workbook()
    rows = ([_cell_value(value) for value in row.values()] for batch in table.to_batches() for row in batch.to_pylist())
    _fill(book.active, table.column_names, rows)
    book.active.title = "assessed"
    book.active.auto_filter.ref = book.active.dimensions
    _save(book, path)
    return len(table)


def write_sheet(
    path: str | os.PathLike[str],
    name: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    notes: Sequence[str],
) -> None:
    """Write a workbook with a sheet of rows and a sheet of notes.

    Raises:
        ImportError: The extra ``excel`` is not installed.
        OSError: The file cannot be written.
    """
    book = openpyxl.Workbook()
    book.active.title = name
    cells = ([replace_controls(cell) if isinstance(cell, str) else _cell_value(cell) for cell in row] for row in rows)
    _fill(book.active, columns, cells)
    page = book.create_sheet("notes")
    page.column_dimensions["A"].width = 110
    for line in notes:
        page.append([line])
    _save(book, path)


def _fill(sheet: Any, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    bold = openpyxl.styles.Font(bold=True)
    for index, column in enumerate(columns, 1):
        _set_text(sheet.cell(1, index), column)
        sheet.cell(1, index).font = bold
    sheet.freeze_panes = "B2"
    widths = [len(name) for name in columns]
    for line, row in enumerate(rows, 2):
        for index, value in enumerate(row):
            if value is None:
                continue
            cell = sheet.cell(line, index + 1)
            if isinstance(value, str):
                _set_text(cell, value)
            else:
                cell.value = value
            if isinstance(value, datetime.date):
                cell.number_format = DATE_FORMAT
            widths[index] = max(widths[index], len(str(value)))
    letter = openpyxl.utils.get_column_letter
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[letter(number)].width = min(width, MAX_WIDTH) + 2


def _set_text(cell: Any, text: str) -> None:
    """Set a cell to a text, also if it begins like a formula; openpyxl would cut a text that is too long."""
    escaped = escape_cell(text)
    if len(escaped) > MAX_TEXT:
        message = f"a cell of a workbook holds {MAX_TEXT:,} characters, not {len(escaped):,}; write to another kind"
        raise InputError([_core.Diagnostic(code="size", message=message)])
    cell.value, cell.data_type = escaped, "s"


def _add_help(sheet: Any, name: str, columns: Sequence[str]) -> None:
    """Add hints to the header, drop-downs for words, and date formats."""
    fields = {field.name: field for field in FIELDS.get(SHEET_LISTS.get(name, ""), ())}
    validation = openpyxl.worksheet.datavalidation.DataValidation
    letter = openpyxl.utils.get_column_letter
    for number, column in enumerate(columns, 1):
        field = fields.get(column)
        words = field.words if field else ()
        if hint := HINTS.get(column, field.meaning.replace("`", "") if field and not words else ""):
            sheet.cell(1, number).comment = openpyxl.comments.Comment(hint, "designation")
        if words:
            rule = validation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
            rule.error, rule.errorTitle = "Choose a value from the list.", column
            sheet.add_data_validation(rule)
            rule.add(f"{letter(number)}2:{letter(number)}{VALIDATED_ROWS}")
        if column in DATES:
            for line in range(2, 200):
                sheet.cell(line, number).number_format = DATE_FORMAT


def _example() -> dict[str, list[list[object]]]:
    """Return the rows of each sheet for the example document."""
    document = json.loads(read_starter_document())
    return _document_rows([{**document, **example_partner()}])


def _document_rows(documents: Sequence[Mapping[str, Any]]) -> dict[str, list[list[object]]]:
    """Return the rows of each sheet; a list that is unknown for all partners has no sheet."""
    known = {
        name: key for name, key in SHEET_LISTS.items() if any(document.get(key) is not None for document in documents)
    }
    sheets: dict[str, list[dict[str, Any]]] = {"partners": [], **{name: [] for name in known}}
    for document in documents:
        unknown = ", ".join(name for name, key in known.items() if document.get(key) is None)
        partner = {name: document.get(name) for name in ("id", "name", "notes")}
        sheets["partners"].append({**partner, UNKNOWN: unknown or None})
        for name, key in known.items():
            owner = {"partner_id": document["id"]}
            sheets[name] += [{**owner, **record_cells(record)} for record in document.get(key) or ()]
    return {name: [[_date(key, row.get(key)) for key in SHEETS[name]] for row in rows] for name, rows in sheets.items()}


def _date(member: str, value: Any) -> object:
    return datetime.date.fromisoformat(value) if value and member in DATES else value


def _cell_value(value: object) -> object:
    if isinstance(value, list):
        return ", ".join(str(_cell_value(item)) for item in value)
    if isinstance(value, Mapping):
        return " ".join(str(member) for member in value.values() if member is not None)
    return float(value) if isinstance(value, Decimal) else value


def _save(book: Any, path: str | os.PathLike[str]) -> None:
    packed = io.BytesIO()  # because openpyxl does not close a file that it cannot write
    book.save(packed)
    with replace_file(path) as draft, open(draft, "wb") as file:
        file.write(packed.getbuffer())
