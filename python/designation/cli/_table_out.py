"""Writers of results, which write a file in chunks."""

from __future__ import annotations

import argparse
import json
import os
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from designation._input.guard import RISKY, guard, guarded_json
from designation._lazy import lazy
from designation._text.layout import escape_controls_in_json, replace_controls
from designation.cli._errors import UsageError, label
from designation.cli._streams import is_terminal

pa = lazy("pyarrow", "table")
pc = lazy("pyarrow.compute", "table")
arrow_csv = lazy("pyarrow.csv", "table")
portfolio = lazy("designation.portfolio")
parquet = lazy("pyarrow.parquet", "table")

LISTS = ("renewal_missing", "findings")


class Writer(ABC):
    """A file of results."""

    _file: Any = None

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._file is not None and self._file is not sys.stdout:
            self._file.close()

    @abstractmethod
    def write(self, result: Any) -> None:
        """Write the next rows, a PyArrow table."""


def find_writer(path: str, options: argparse.Namespace) -> Callable[[str], Writer]:
    """Return the writer for a file of a command; call it with the path to write to, or with ``-``."""
    ending = os.path.splitext(path)[1].lower()
    if path == "-":
        ending = ".ndjson" if options.format == "json" else ".csv"
    if getattr(options, "spreadsheet_safe", False) and ending != ".csv":
        raise UsageError("designation portfolio: --spreadsheet-safe requires a .csv file")
    if ending == ".parquet":
        return ParquetWriter
    if ending == ".csv":
        return lambda draft: CsvWriter(draft, spreadsheet_safe=not options.exact_values)
    if ending in (".ndjson", ".jsonl"):
        return NdjsonWriter
    if ending == ".xlsx":
        return WorkbookWriter
    raise UsageError(f"{label(path)}: must be a .parquet, .csv, .ndjson, .jsonl, or .xlsx file [format]")


class WorkbookWriter(Writer):
    """An Excel workbook, written at the end, because it is built in memory."""

    def __init__(self, draft: str) -> None:
        self._draft = draft
        self._results: list[Any] = []

    def write(self, result: Any) -> None:
        """See `Writer`."""
        self._results.append(result)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            return
        try:
            portfolio.to_excel(pa.concat_tables(self._results), self._draft)
        except ValueError as error:
            raise UsageError(f"designation portfolio: {error}") from None


class ParquetWriter(Writer):
    """A Parquet file."""

    def __init__(self, draft: str) -> None:
        self._draft = draft

    def write(self, result: Any) -> None:
        """See `Writer`."""
        if self._file is None:
            self._file = parquet.ParquetWriter(self._draft, result.schema)
        self._file.write_table(result)


class CsvWriter(Writer):
    """CSV: words as text, lists as JSON text, null as an empty cell."""

    def __init__(self, draft: str, *, spreadsheet_safe: bool) -> None:
        self._draft = draft
        self._safe = spreadsheet_safe
        self._is_shown = draft == "-" and is_terminal(sys.stdout)

    def write(self, result: Any) -> None:
        """See `Writer`."""
        columns = {name: self._to_text(result[name], name) for name in result.column_names}
        table = pa.table({self._guard(name): values for name, values in columns.items()})
        if self._file is None:
            self._file = arrow_csv.CSVWriter(self._draft if self._draft != "-" else sys.stdout.buffer, table.schema)
        self._file.write_table(table)

    def _to_text(self, column: Any, name: str) -> Any:
        if name in LISTS or pa.types.is_nested(column.type):
            to_json = guarded_json if self._safe else _json
            values = column.to_pylist()
            texts = (None if value is None else escape_controls_in_json(to_json(value)) for value in values)
            return pa.array(texts, pa.string())
        if pa.types.is_dictionary(column.type):
            column = column.cast(column.type.value_type)
        is_text = pa.types.is_string(column.type) or pa.types.is_large_string(column.type)
        if not is_text or not (self._safe or self._is_shown):
            return column
        # Few texts need Python.
        if not self._is_shown and not pc.any(pc.match_substring_regex(column, RISKY)).as_py():
            return column
        texts = (None if text is None else self._guard(text) for text in column.to_pylist())
        return pa.array(texts, column.type)

    def _guard(self, text: str) -> str:
        return guard(self._printable(text)) if self._safe else self._printable(text)

    def _printable(self, text: str) -> str:
        return replace_controls(text) if self._is_shown else text


class NdjsonWriter(Writer):
    """NDJSON, one object per line."""

    def __init__(self, draft: str) -> None:
        self._draft = draft

    def write(self, result: Any) -> None:
        """See `Writer`."""
        if self._file is None:
            is_stdout = self._draft == "-"
            opened = open(self._draft, "w", encoding="utf-8", newline="\n") if not is_stdout else None  # noqa: SIM115
            self._file = opened or sys.stdout
        names = result.column_names
        columns = (result[name].to_pylist() for name in names)
        self._file.writelines(_json(dict(zip(names, row, strict=True))) + "\n" for row in zip(*columns, strict=True))


def _json(value: Any) -> str:
    return escape_controls_in_json(json.dumps(value, ensure_ascii=False, default=str))
