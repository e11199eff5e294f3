"""Workbooks: one to begin with, and one of an assessed table."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from designation import _core
from designation._enums import Word
from designation._io import replacing
from designation._lazy import lazy
from designation._start import start
from designation.portfolio._arrow import DAYS
from designation.portfolio._sheets import LISTS, SHEETS

openpyxl = lazy("openpyxl", "excel")
pa = lazy("pyarrow", "table")

ROWS = 10_000
WIDEST = 40
DAY_FORMAT = "yyyy-mm-dd"
CHOICES: dict[tuple[str, str], type[Word]] = {
    ("authorizations", "type"): _core.AuthorizationType,
    ("contracts", "type"): _core.ContractType,
    ("designations", "area"): _core.SolutionArea,
    ("events", "type"): _core.EventType,
    ("events", "outcome"): _core.Outcome,
}
HINTS = {
    "id": "The partner's id: a text, each once.",
    "partner_id": "An id of the sheet partners.",
    "name": "The partner's name.",
    "from": "The first day, included.",
    "through": "The last day, included; empty where no end is known.",
    "on": "The day of the event.",
    "annual_value": "An amount per year, with its currency.",
    "currency": "Three letters, such as USD.",
    "outcome": "pass or fail of an evaluation, eligible or ineligible of an eligibility decision; else empty.",
    "score": "CSAT: from 1 to 5.",
    "rate": "The case rate that was determined.",
    "cases": "How many cases were validated.",
    "notes": "Whatever you like; no rule reads it.",
}
NOTES = (
    "A portfolio for designation: one sheet per table, one row per partner, record or event.",
    "Rows with a partner's id belong to the partner of that id. The rows of contoso are an example; delete them.",
    "A sheet that is deleted means: not known. A sheet without a row for a partner means: the partner has none.",
    "Days are dates, or texts like 2026-09-15. Ids are texts.",
    "designation portfolio THIS.xlsx -o assessed.xlsx assesses it; what cannot be read is named with sheet and row.",
)


def write_workbook(path: str | os.PathLike[str]) -> None:
    """Write a workbook to begin with: a sheet per table, drop-downs, an example and notes; `from_excel` reads it back.

    Raises:
        ImportError: The extra ``excel`` is not installed.
        OSError: The file cannot be written.
    """
    book = openpyxl.Workbook()
    book.remove(book.active)
    example = _example()
    for name, columns in SHEETS.items():
        sheet = book.create_sheet(name)
        _fill(sheet, columns, example[name])
        _help(sheet, name, columns)
    notes = book.create_sheet("notes")
    notes.column_dimensions["A"].width = 110
    for line in NOTES:
        notes.append([line])
    _save(book, path)


def to_excel(assessed: Any, path: str | os.PathLike[str]) -> int:
    """Write an assessed table to a workbook, and give the number of its rows.

    Texts stay texts, also where they begin like a formula; lists are written with commas.

    Args:
        assessed: What `assess_table` gave, or any table that has ``__arrow_c_stream__``.
        path: The file (.xlsx); it is written as a whole or not at all.

    Raises:
        ImportError: The extra ``excel`` is not installed.
        ValueError: The table has more rows than a sheet.
        OSError: The file cannot be written.
    """
    table = pa.table(assessed)
    most = 1_048_575
    if len(table) > most:
        raise ValueError(f"a sheet has room for {most:,} rows, not for {len(table):,}; write Parquet or CSV")
    book = openpyxl.Workbook()
    rows = ([_shown(value) for value in row.values()] for batch in table.to_batches() for row in batch.to_pylist())
    _fill(book.active, table.column_names, rows)
    book.active.title = "assessed"
    book.active.auto_filter.ref = book.active.dimensions
    _save(book, path)
    return len(table)


def _fill(sheet: Any, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    bold = openpyxl.styles.Font(bold=True)
    sheet.append(list(columns))
    for cell in sheet[1]:
        cell.font = bold
    sheet.freeze_panes = "B2"
    widths = [len(name) for name in columns]
    for line, row in enumerate(rows, 2):
        for at, value in enumerate(row):
            if value is None:
                continue
            cell = sheet.cell(line, at + 1, value)
            if isinstance(value, datetime.date):
                cell.number_format = DAY_FORMAT
            elif isinstance(value, str):
                cell.data_type = "s"
            widths[at] = max(widths[at], len(str(value)))
    letter = openpyxl.utils.get_column_letter
    for at, width in enumerate(widths, 1):
        sheet.column_dimensions[letter(at)].width = min(width, WIDEST) + 2


def _help(sheet: Any, name: str, columns: Sequence[str]) -> None:
    validation = openpyxl.worksheet.datavalidation.DataValidation
    letter = openpyxl.utils.get_column_letter
    for at, column in enumerate(columns, 1):
        words = CHOICES.get((name, column))
        if hint := HINTS.get(column):
            sheet.cell(1, at).comment = openpyxl.comments.Comment(hint, "designation")
        if words:
            rule = validation(type="list", formula1=f'"{",".join(word.value for word in words)}"', allow_blank=True)
            rule.error, rule.errorTitle = "Choose one of the list.", column
            sheet.add_data_validation(rule)
            rule.add(f"{letter(at)}2:{letter(at)}{ROWS}")
        if column in DAYS:
            for line in range(2, 200):
                sheet.cell(line, at).number_format = DAY_FORMAT


def _example() -> dict[str, list[list[object]]]:
    """Give the rows that hold the document to begin with."""
    document = json.loads(start())
    owner = document["id"]
    records = {name: [{"partner_id": owner, **one} for one in document[key]] for name, key in LISTS.items()}
    for contract in records["contracts"]:
        contract |= {
            "annual_value": contract["annual_value"]["amount"],
            "currency": contract["annual_value"]["currency"],
        }
    sheets = {
        "partners": [{"id": owner, "name": document["name"], "notes": "Delete the rows of this example."}],
        **records,
    }
    return {name: [[_day(key, row.get(key)) for key in SHEETS[name]] for row in rows] for name, rows in sheets.items()}


def _day(member: str, value: Any) -> object:
    return datetime.date.fromisoformat(value) if value and member in DAYS else value


def _shown(value: object) -> object:
    if isinstance(value, list):
        return ", ".join(str(_shown(one)) for one in value)
    if isinstance(value, Mapping):
        return " ".join(str(one) for one in value.values() if one is not None)
    return float(value) if isinstance(value, Decimal) else value


def _save(book: Any, path: str | os.PathLike[str]) -> None:
    with replacing(path) as draft, open(draft, "wb") as file:
        book.save(file)
