"""Columns of results that the core does not have: the days left, and the name of the partner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from designation._lazy import lazy

pa = lazy("pyarrow", "table")
pc = lazy("pyarrow.compute", "table")

NEEDS = {"name": ("id",), "days_left": ("as_of", "expires_on")}


def core_columns(named: Sequence[str]) -> list[str]:
    """Return the columns that the core must compute for the named ones; none means all."""
    if not named:
        return []
    return list(dict.fromkeys(column for name in named for column in NEEDS.get(name, (name,))))


def finish_columns(table: Any, names: Sequence[str]) -> Any:
    """Return the named columns of a result, with the days left if they are named."""
    if "days_left" in names:
        days = pc.days_between(table["as_of"], table["expires_on"])
        table = table.append_column("days_left", pc.if_else(pc.greater(days, 0), days, None).cast(pa.int32()))
    return table.select(list(names))


def exclude_errors(table: Any) -> tuple[Any, int]:
    """Return the rows without an error, without the column of errors, and the number of other rows."""
    good = table.filter(pc.is_null(table["error"]))
    return good.drop_columns(["error"]), len(table) - len(good)
