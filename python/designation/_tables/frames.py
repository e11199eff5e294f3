"""The kinds of frames: an answer in the kind that the table had, and one row as Python values."""

from __future__ import annotations

from typing import Any

from designation import _core
from designation._lazy import lazy

pa = lazy("pyarrow", "table")
polars = lazy("polars")


def answers_as(answer: _core.PortfolioResult, table: Any) -> Any:
    """Give an answer as the kind of frame that the table is."""
    kind = kind_of(table)
    if kind == "polars":
        return _polars(answer, table)
    if kind == "pandas":
        return _pandas(answer, table)
    if kind in ("pyarrow", "designation"):  # a `Portfolio` holds a PyArrow table
        return pa.table(answer)
    if kind == "duckdb":
        return _duckdb(answer, table)
    return answer


def row_of(table: Any, row: int) -> dict[str, Any]:
    """Give a row's values by the names of their columns."""
    if kind_of(table) == "polars":
        frame = table.slice(row, 1) if row >= 0 else None
        rows = [] if frame is None else getattr(frame, "collect", lambda: frame)().to_dicts()
    else:
        arrow = pa.table(table)
        rows = arrow.slice(row, 1).to_pylist() if 0 <= row < arrow.num_rows else []
    if not rows:
        raise IndexError(f"the table has no row {row}")
    values: dict[str, Any] = rows[0]
    return values


def kind_of(table: Any) -> str:
    """Name the library that a frame is of, or that of a class that it derives from."""
    known = ("polars", "pandas", "pyarrow", "duckdb", "designation")
    modules = (base.__module__.partition(".")[0].lstrip("_") for base in type(table).__mro__)
    return next((module for module in modules if module in known), "")


def _polars(answer: _core.PortfolioResult, table: Any) -> Any:
    frame = polars.DataFrame(answer)
    return frame.lazy() if isinstance(table, polars.LazyFrame) else frame


def _pandas(answer: _core.PortfolioResult, table: Any) -> Any:
    frame = pa.table(answer).to_pandas(date_as_object=False)
    if len(frame) == len(table):
        frame.index = table.index
    return frame


def _duckdb(answer: _core.PortfolioResult, table: Any) -> Any:
    answers = answer  # noqa: F841 - DuckDB finds it by its name, on the connection that the relation is of
    return table.query("_", "SELECT * FROM answers")
