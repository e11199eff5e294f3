"""Frames as people have them, in Arrow: columns without a name are ignored, and columns of mixed values are kept."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from designation._input.text import number_repeated
from designation._lazy import lazy

nw = lazy("narwhals", "table")
pa = lazy("pyarrow", "table")


class FrameColumn(NamedTuple):
    """A column of a frame: an Arrow array, or a list of values that have no common type."""

    name: str
    values: Any

    @property
    def is_mixed(self) -> bool:
        """Whether the values have no common type in Arrow."""
        return isinstance(self.values, list)


def frame_columns(frame: Any) -> list[FrameColumn]:
    """Return the columns of an eager frame that have a name; names that occur more than once are numbered."""
    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(frame, pandas.DataFrame):
        names = [name if isinstance(name, str) else "" for name in frame.columns]
        columns = (frame.iloc[:, number] for number in range(len(names)))
        return _named(names, (_from_pandas(column) for column in columns))
    polars = sys.modules.get("polars")
    if polars is not None and isinstance(frame, polars.DataFrame):
        series = frame.get_columns()
        columns = (one.to_list() if one.dtype == polars.Object else one.to_arrow() for one in series)
        return _named(frame.columns, columns)
    table = frame if isinstance(frame, pa.Table) else _to_table(frame)
    return _named(table.column_names, table.columns)


def is_missing(value: Any) -> bool:
    """Return whether a value of a frame stands for no value: None, NaN, NaT, or NA."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return True
    return type(value).__name__ in ("NaTType", "NAType")


def _to_table(frame: Any) -> Any:
    if hasattr(frame, "__arrow_c_stream__"):
        return pa.table(frame)
    known = nw.from_native(frame, eager_only=True, pass_through=True)
    if known is frame:
        raise TypeError(f"must be a partner, a dict, a path, or a frame, not {type(frame).__name__}")
    return known.to_arrow()


def _named(names: Sequence[str], columns: Iterable[Any]) -> list[FrameColumn]:
    pairs = zip(number_repeated(names), columns, strict=True)
    return [FrameColumn(name, values) for name, values in pairs if name]


def _from_pandas(column: Any) -> Any:
    try:
        array = pa.Array.from_pandas(column)
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        return [None if is_missing(value) else value for value in column]
    return array.storage if isinstance(array, pa.ExtensionArray) else array
