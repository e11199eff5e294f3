"""An answer's columns into a file, piece by piece."""

from __future__ import annotations

import json
import os
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from designation._lazy import lazy
from designation.cli._errors import UsageError, label

pa = lazy("pyarrow", "table")
pc = lazy("pyarrow.compute", "table")
arrow_csv = lazy("pyarrow.csv", "table")
portfolio = lazy("designation.portfolio")
parquet = lazy("pyarrow.parquet", "table")

LISTS = ("renewal_missing", "findings")
FORMULA = r"^[=+\-@\t\r]"


class Writer(ABC):
    """A file of answers."""

    _file: Any = None

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    @abstractmethod
    def write(self, answer: Any) -> None:
        """Write the next rows, a PyArrow table."""


def writer_of(path: str, *, spreadsheet_safe: bool) -> Callable[[str], Writer]:
    """Give what writes the kind of file that a name ends in; it is told the name of the draft."""
    ending = os.path.splitext(path)[1].lower()
    if spreadsheet_safe and ending != ".csv":
        raise UsageError("designation portfolio: --spreadsheet-safe is for CSV")
    if ending == ".parquet":
        return Parquet
    if ending == ".csv":
        return lambda draft: Csv(draft, spreadsheet_safe)
    if ending in (".ndjson", ".jsonl"):
        return Lines
    if ending == ".xlsx":
        return Workbook
    raise UsageError(f"{label(path)}: a table is .parquet, .csv, .ndjson, .jsonl or .xlsx [format]")


class Workbook(Writer):
    """A sheet, written at the end: it fits into memory."""

    def __init__(self, draft: str) -> None:
        self._draft = draft
        self._answers: list[Any] = []

    def write(self, answer: Any) -> None:
        """See `Writer`."""
        self._answers.append(answer)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            return
        try:
            portfolio.to_excel(pa.concat_tables(self._answers), self._draft)
        except ValueError as error:
            raise UsageError(f"designation portfolio: {error}") from None


class Parquet(Writer):
    """Columns as they are."""

    def __init__(self, draft: str) -> None:
        self._draft = draft

    def write(self, answer: Any) -> None:
        """See `Writer`."""
        if self._file is None:
            self._file = parquet.ParquetWriter(self._draft, answer.schema)
        self._file.write_table(answer)


class Csv(Writer):
    """Words as text, lists as JSON text, null as an empty cell."""

    def __init__(self, draft: str, spreadsheet_safe: bool) -> None:
        self._draft = draft
        self._safe = spreadsheet_safe

    def write(self, answer: Any) -> None:
        """See `Writer`."""
        plain = pa.table({name: self._plain(answer[name], name) for name in answer.column_names})
        if self._file is None:
            self._file = arrow_csv.CSVWriter(self._draft, plain.schema)
        self._file.write_table(plain)

    def _plain(self, column: Any, name: str) -> Any:
        if name in LISTS:
            texts = (None if value is None else _json(value) for value in column.to_pylist())
            return pa.array(texts, pa.string())
        if pa.types.is_dictionary(column.type):
            return column.cast(pa.string())
        if self._safe and pa.types.is_string(column.type):
            # A spreadsheet would take such a text for a formula; with an apostrophe it is shown as it is.
            risky = pc.match_substring_regex(column, FORMULA)
            return pc.if_else(risky, pc.binary_join_element_wise("'", column, ""), column)
        return column


class Lines(Writer):
    """One JSON object a line."""

    def __init__(self, draft: str) -> None:
        self._draft = draft

    def write(self, answer: Any) -> None:
        """See `Writer`."""
        if self._file is None:
            self._file = open(self._draft, "w", encoding="utf-8", newline="\n")  # noqa: SIM115 - closed by the block that it is in
        names = answer.column_names
        columns = (answer[name].to_pylist() for name in names)
        self._file.writelines(_json(dict(zip(names, row, strict=True))) + "\n" for row in zip(*columns, strict=True))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
