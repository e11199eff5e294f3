"""The parts of a page about support metrics: sections, tiles, tables, and the marks that draw a row's values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

Model = dict[str, Any]
Interval = tuple[float, float]
WIDTH = 99  # of 100, to leave room for the line at the greatest value


def section(title: str, texts: Iterable[str], tiles: Sequence[Model] = (), tables: Sequence[Model] = ()) -> Model:
    """Return a section of the page."""
    return {"title": title, "texts": list(texts), "tiles": list(tiles), "tables": list(tables)}


def tile(label: str, value: str, note: str, role: str = "") -> Model:
    """Return a tile, which shows one figure."""
    return {"label": label, "value": value, "note": note, "role": role}


def table(
    label: str,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    marks: Sequence[Model | None] = (),
    text: Sequence[int] = (),
) -> Model:
    """Return a table: the label is the heading of the first column, and each row can have a mark.

    ``text`` has the indices in ``head`` of the columns of text, which are aligned to the left and wrapped.
    """
    marked = [{"cells": list(cells), "mark": marks[at] if marks else None} for at, cells in enumerate(rows)]
    has_marks = any(row["mark"] for row in marked)
    return {"label": label, "head": list(head), "rows": marked, "has_marks": has_marks, "text": list(text)}


def bars(
    values: Sequence[float | None], expected: Sequence[float | None] = (), top: float | None = None
) -> list[Model | None]:
    """Return a bar for each value, from 0, and a line at its expected value."""
    known = [value for value in (*values, *expected, top) if value is not None]
    scale = WIDTH / (max([0.0, *known]) or 1)
    lines = expected or [None] * len(values)
    return [
        None if value is None else _mark(0, max(value, 0) * scale, None if line is None else line * scale)
        for value, line in zip(values, lines, strict=True)
    ]


def ranges(
    rows: Sequence[tuple[float | None, Interval | None]],
    center: float | None,
    *,
    top: float | None = None,
    clip: bool = True,
) -> list[Model | None]:
    """Return the interval of each row as a bar, with a line at its value, and a thin line at the center."""
    intervals = [interval for _, interval in rows if interval is not None]
    values = [value for value, _ in rows if value is not None]
    ends = [*values, *(bound for interval in intervals for bound in interval)]
    least = 0.0 if clip or not ends else min(ends)
    greatest = top if top is not None else max([least, *ends])
    scale = WIDTH / ((greatest - least) or 1)

    def at(value: float | None) -> float | None:
        return None if value is None else (value - least) * scale

    marks: list[Model | None] = []
    for value, interval in rows:
        low, high = (at(bound) or 0.0 for bound in (interval or (least, least)))
        marks.append(None if value is None else _mark(low, high, at(value), at(center)))
    return marks


def _mark(low: float, high: float, value: float | None = None, center: float | None = None) -> Model:
    names = {"low": low, "width": high - low, "value": value, "center": center}
    return {name: None if number is None else round(number, 2) for name, number in names.items()}
