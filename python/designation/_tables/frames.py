"""Frames of all libraries: convert a result to the library of its table, and read a row."""

from __future__ import annotations

import operator
from typing import Any

from designation import _core
from designation._lazy import lazy

pa = lazy("pyarrow", "table")
polars = lazy("polars")


def convert_result(result: _core.PortfolioResult, table: Any) -> Any:
    """Return a result as a frame of the library that the table is from."""
    library = frame_library(table)
    if library == "polars":
        return _to_polars(result, table)
    if library == "pandas":
        return _to_pandas(result, table)
    if library in ("pyarrow", "designation"):  # a `Portfolio` holds a PyArrow table
        return pa.table(result)
    if library == "duckdb":
        return _to_duckdb(result, table)
    return result


def read_row(table: Any, row: int) -> dict[str, Any]:
    """Return the values of a row by column name. Raise IndexError if there is no such row."""
    row = operator.index(row)
    if frame_library(table) == "polars":
        frame = table.slice(row, 1) if row >= 0 else None
        rows = [] if frame is None else getattr(frame, "collect", lambda: frame)().to_dicts()
    else:
        arrow = pa.table(table)
        rows = arrow.slice(row, 1).to_pylist() if 0 <= row < arrow.num_rows else []
    if not rows:
        raise IndexError(f"the table has no row {row}")
    values: dict[str, Any] = rows[0]
    return values


def frame_library(table: Any) -> str:
    """Return the name of the library that defines the class of a frame or one of its base classes; empty if unknown."""
    known = ("polars", "pandas", "pyarrow", "duckdb", "designation")
    modules = (base.__module__.partition(".")[0].lstrip("_") for base in type(table).__mro__)
    return next((module for module in modules if module in known), "")


def _to_polars(result: _core.PortfolioResult, table: Any) -> Any:
    frame = polars.DataFrame(result)
    return frame.lazy() if isinstance(table, polars.LazyFrame) else frame


def _to_pandas(result: _core.PortfolioResult, table: Any) -> Any:
    frame = pa.table(result).to_pandas(date_as_object=False)
    if len(frame) == len(table):
        frame.index = table.index
    return frame


def _to_duckdb(result: _core.PortfolioResult, table: Any) -> Any:
    return table.query("_", "SELECT * FROM result")  # DuckDB finds the argument by its name
