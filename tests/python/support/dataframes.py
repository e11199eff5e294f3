"""Every supported kind of data frame, so that one test covers all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa

CONNECTION = duckdb.connect()

ENGINES: dict[str, Callable[[pa.Table], Any]] = {
    "pandas": lambda table: table.to_pandas(),
    "polars": pl.from_arrow,
    "polars lazy": lambda table: pl.DataFrame(pl.from_arrow(table)).lazy(),
    "pyarrow": lambda table: table,
    "duckdb": CONNECTION.from_arrow,
}


def rows_of(frame: Any) -> list[dict[str, Any]]:
    """Return the rows of a frame of any kind."""
    if isinstance(frame, pl.LazyFrame):
        frame = frame.collect()
    if isinstance(frame, duckdb.DuckDBPyRelation):
        frame = frame.to_arrow_table()
    table = pa.table(frame) if hasattr(frame, "__arrow_c_stream__") else pa.Table.from_pandas(frame)
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows
