"""Conversions of results: to JSON values, and to frames."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from designation._lazy import need


def json_value(value: Any) -> Any:
    """Convert a value to JSON values: a date to text, an amount to a number, and a named tuple to an object."""
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if isinstance(value, Mapping) or hasattr(value, "_asdict"):
        return json_object(value)
    if isinstance(value, tuple | list):
        return [json_value(one) for one in value]
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return str(value) if isinstance(value, datetime.date) else value


def json_object(value: Any) -> dict[str, Any]:
    """Convert a mapping, or the members of a named tuple, to a JSON object."""
    if isinstance(value, Mapping):
        return {str(key): json_value(one) for key, one in value.items()}
    # The name of a member that is a keyword of Python ends with an underscore.
    return {name.removesuffix("_"): json_value(one) for name, one in value._asdict().items()}


def build_frame(rows: Sequence[object], columns: Sequence[str], kind: str) -> Any:
    """Build a frame of pandas or Polars with the attributes of rows; raise ValueError for another kind."""
    return build_table({name: [getattr(row, name) for row in rows] for name in columns}, kind)


def build_table(columns: Mapping[str, Sequence[object]], kind: str) -> Any:
    """Build a frame of pandas or Polars with columns; raise ValueError for another kind."""
    return _library(kind).DataFrame(dict(columns))


def convert_table(table: Any, kind: str) -> Any:
    """Convert an Arrow table to a frame of pandas or Polars; raise ValueError for another kind."""
    library = _library(kind)
    return table.to_pandas() if kind == "pandas" else library.DataFrame(table)


def _library(kind: str) -> Any:
    if kind not in ("pandas", "polars"):
        raise ValueError(f'kind must be "pandas" or "polars", not "{kind}"')
    return need(kind)
