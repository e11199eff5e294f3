"""The placement of lanes of dates in a drawing: horizontal positions in percent of the width, heights in pixels.

A drawing has two layouts, for wide and for narrow screens. In both, every bar has a label: inside it, to the right of
it, or below it. The labels fit at the smallest width of a layout, and therefore at every other width.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from designation._text.tokens import TOKENS

Drawing = dict[str, Any]
Day = datetime.date

WIDE, NARROW = 640, 268  # the smallest widths of the layouts, in pixels
HEADER, LANE_LABEL, ROW, LABEL_ROW, GAP, LEGEND_ROW = 42, 18, 24, 16, 12, 20  # heights in pixels
LETTER, INDENT, LEGEND_COLUMN = 6.7, 7, 134  # widths in pixels
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
TICK = 36  # the smallest distance of two ticks in pixels
MARK_LABELS = {"decided": "award, renewal", "failed": "failed"}
KIND_LABELS = {name: token.word for name, token in TOKENS.items()} | MARK_LABELS


class Bar(NamedTuple):
    """A bar from ``from_`` through ``through``, which is None if no end is known, and the label that it shows."""

    kind: str
    name: str
    label: str
    from_: Day
    through: Day | None


class Mark(NamedTuple):
    """A mark on a day."""

    kind: str
    name: str
    on: Day


class Lane(NamedTuple):
    """The bars and marks under one label; ``note`` explains an empty lane."""

    label: str
    bars: Sequence[Bar]
    marks: Sequence[Mark] = ()
    note: str = ""


class _Axis(NamedTuple):
    first: Day
    last: Day
    width: int

    def position(self, day: Day) -> float:
        """Return the position of the beginning of a day, in percent of the width."""
        days = (self.last - self.first).days + 1
        return round(min(max((day - self.first).days / days, 0), 1) * 100, 3)

    def pixels(self, percent: float) -> float:
        return percent * self.width / 100


def place(name: str, title: str, lanes: Sequence[Lane], span: tuple[Day, Day], as_of: Day) -> Drawing:
    """Place lanes in both layouts, and list their content as rows of a table."""
    return {
        "name": name,
        "title": f"{title}, {span[0]} to {span[1]}",
        "rows": [row for lane in lanes for row in _rows(lane)],
        "wide": _layout(lanes, _Axis(*span, WIDE), as_of),
        "narrow": _layout(lanes, _Axis(*span, NARROW), as_of),
    }


def _rows(lane: Lane) -> Iterator[list[str]]:
    for bar in lane.bars:
        yield [lane.label, bar.name, str(bar.from_), str(bar.through or "no end known")]
    for mark in lane.marks:
        yield [lane.label, mark.name, str(mark.on), str(mark.on)]
    if not lane.bars and not lane.marks:
        yield [lane.label, lane.note, "", ""]


def _layout(lanes: Iterable[Lane], axis: _Axis, as_of: Day) -> Drawing:
    placed, top = [], HEADER
    for lane in lanes:
        placed_lane = _place_lane(lane, axis, top)
        top = placed_lane.pop("bottom") + GAP
        placed.append(placed_lane)
    kinds = {one["kind"] for lane in placed for one in (*lane["bars"], *lane["marks"])}
    legend = [(kind, label) for kind, label in KIND_LABELS.items() if kind in kinds]
    columns = axis.width // LEGEND_COLUMN
    x, label = axis.position(as_of), f"as of {as_of}"
    return {
        "bottom": top - GAP,
        "height": top + LEGEND_ROW * -(-len(legend) // columns),
        "as_of": {"x": x, "label": label, "anchor": "start" if _fits(label, axis, axis.pixels(x)) else "end"},
        "ticks": list(_ticks(axis)),
        "lanes": placed,
        "legend": [
            {"kind": kind, "label": label, "x": index % columns * 100 // columns, "y": top + LEGEND_ROW * row}
            for index, (kind, label) in enumerate(legend)
            for row in [index // columns]
        ],
    }


def _place_lane(lane: Lane, axis: _Axis, top: int) -> dict[str, Any]:
    """Place bars in rows, where bars that overlap in time are below each other, and labels below each row."""
    bars: list[dict[str, Any]] = []
    y = top + LANE_LABEL
    for row in _split_rows(lane.bars, axis):
        placed = [_place_bar(bar, axis, y) for bar in row]
        y += ROW + LABEL_ROW * _place_labels(placed, axis, y + ROW)
        bars += placed
    marks = [
        {"kind": mark.kind, "x": axis.position(mark.on), "title": f"{mark.on}: {mark.name}"}
        for mark in lane.marks
        if axis.first <= mark.on <= axis.last
    ]
    note = "" if bars or marks else lane.note or "nothing in this period"
    bottom = max(y, top + LANE_LABEL + ROW)
    return {"label": lane.label, "y": top, "bars": bars, "marks": marks, "note": note, "bottom": bottom}


def _split_rows(bars: Iterable[Bar], axis: _Axis) -> list[list[Bar]]:
    rows: list[list[Bar]] = []
    for bar in sorted(bars, key=lambda bar: bar.from_):
        if (bar.through or axis.last) < axis.first or bar.from_ > axis.last:
            continue
        row = next((row for row in rows if (row[-1].through or axis.last) < bar.from_), None)
        if row is None:
            rows.append([bar])
        else:
            row.append(bar)
    return rows


def _place_bar(bar: Bar, axis: _Axis, y: int) -> dict[str, Any]:
    x = axis.position(bar.from_)
    end = axis.position(bar.through + datetime.timedelta(1)) if bar.through and bar.through < axis.last else 100.0
    days = f"{bar.from_} through {bar.through}" if bar.through else f"from {bar.from_}, no end known"
    width = round(end - x, 3)
    return {"kind": bar.kind, "x": x, "y": y, "width": width, "label": bar.label, "title": f"{bar.name}: {days}"}


def _place_labels(row: Sequence[dict[str, Any]], axis: _Axis, top: int) -> int:
    """Place the labels of a row of bars, the last one first, and return the number of rows of labels below the bars."""
    below: list[float] = []  # where the leftmost label of each row begins
    limit = float(axis.width)
    for bar in reversed(row):
        start, end = axis.pixels(bar["x"]), axis.pixels(bar["x"] + bar["width"])
        room = _width(bar["label"])
        if room + 2 * INDENT <= end - start:
            bar["room"] = "inside"
        elif end + room + INDENT <= limit:
            bar["room"] = "right"
        else:
            bar["room"] = "below" if start + room <= axis.width else "below-end"
            left = min(start, axis.width - room)
            line = next((line for line, begin in enumerate(below) if left + room + INDENT <= begin), len(below))
            below[line:] = [left, *below[line + 1 :]]
            bar["label_y"] = top + LABEL_ROW * line - bar["y"]
        limit = start
    return len(below)


def _width(label: str) -> float:
    return len(label) * LETTER


def _fits(label: str, axis: _Axis, x: float) -> bool:
    return x + INDENT + _width(label) <= axis.width


def _ticks(axis: _Axis) -> Iterator[dict[str, Any]]:
    """Yield a tick for each month, quarter, half-year, or year, depending on the room for their labels."""
    months = (axis.last - axis.first).days / 30.44 or 1
    step = next((step for step in (1, 3, 6) if step * axis.width / months >= TICK), 12)
    years = max(1, -(-int(TICK * months / 12) // axis.width))
    for year in range(axis.first.year, axis.last.year + 1):
        for month in range(1, 13, step):
            day = Day(year, month, 1)
            if axis.first < day <= axis.last and (year - axis.first.year - 1) % years == 0:
                label = str(year) if month == 1 else MONTHS[month - 1]
                x = axis.position(day)
                shown = label if _fits(label, axis, axis.pixels(x)) else ""
                yield {"x": x, "label": shown, "kind": "year" if month == 1 else "month"}
