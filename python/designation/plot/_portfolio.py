"""A portfolio as a picture: how many partners stand where, and what expires when."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import TYPE_CHECKING, Any

from designation._lazy import lazy
from designation._text.wording import humanize
from designation.plot._style import EDGE, STATUSES, axes_of, counted, dated, finish

nw = lazy("narwhals", "table")

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FURTHER = {"status": [], "month": ["expires_on"], "day": ["as_of"]}
HELD = ("active", "renewal_open", "renewal_overdue")
Counts = dict[str, Counter[Any]]


def portfolio(assessed: Any, *, by: str = "status", ax: Axes | None = None) -> Any:
    """Draw how many partners have which status, whose anniversary is when, or how the counts change over the days.

    Args:
        assessed: What `assess_table` gives: a frame of pandas, Polars, PyArrow or DuckDB with ``status`` and, by month,
            ``expires_on`` or, by day, ``as_of``.
        by: ``"status"``; ``"month"`` of the anniversary, of those who hold the designation; or ``"day"``, where the
            table has several.
        ax: The axes to draw on.

    Raises:
        ValueError: ``by`` is none of these, the table lacks a column, or a row has no answer.

    Example:
        >>> import designation as dsg, pyarrow as pa
        >>> assessed = dsg.assess_table(pa.table({"id": ["a", "b"]}), as_of="2026-09-15")
        >>> dsg.plot.portfolio(assessed).get_title(loc="left")
        '2 partners by status'
    """
    if by not in FURTHER:
        raise ValueError(f"a portfolio is drawn by {', '.join(FURTHER)}, not by {by!r}")
    counts, axes = _counted(assessed, FURTHER[by]), axes_of(ax)
    if by == "status":
        return _by_status(counts, axes)
    return _by_month(counts, axes) if by == "month" else _by_day(counts, axes)


def _counted(assessed: Any, further: list[str]) -> Counts:
    """Count the rows of each status and day, in the engine of the frame."""
    frame = nw.from_native(assessed).lazy()
    lacking = [name for name in ("status", *further) if name not in frame.collect_schema().names()]
    if lacking:
        raise ValueError(f"the table has no column {', '.join(lacking)}")
    keys = [nw.col("status").cast(nw.String), *(nw.col(name).cast(nw.Date) for name in further)]
    found = frame.select(keys).group_by("status", *further).agg(n=nw.len()).collect("pyarrow").rows()
    if unread := sum(row[-1] for row in found if row[0] is None):
        raise ValueError(f"{unread:,} rows have no answer; leave them out, and say so")
    counts: Counts = {status: Counter() for status in STATUSES}
    for status, *days, n in found:
        counts[status][days[0] if days else None] = n
    return counts


def _by_status(counts: Counts, ax: Any) -> Any:
    sums = {status: found.total() for status, found in counts.items()}
    for place, (status, n) in enumerate(sums.items()):
        ax.barh(place, n, 0.7, **EDGE, **STATUSES[status])
        ax.annotate(f"{n:,}", (n, place), (4, 0), textcoords="offset points", va="center", fontsize="small")
    ax.set_yticks(range(len(sums)), [humanize(status) for status in sums])
    ax.invert_yaxis()
    ax.margins(x=0.12)
    counted(ax.xaxis)
    return finish(ax, f"{sum(sums.values()):,} partners by status")


def _by_month(counts: Counts, ax: Any) -> Any:
    held: Counts = {status: Counter() for status in HELD}
    for status, found in held.items():
        for day, n in counts[status].items():
            found[day.replace(day=1)] += n
    below: Counter[Any] = Counter()
    for status, found in held.items():
        if found:
            style = {"align": "edge", "label": humanize(status), **EDGE, **STATUSES[status]}
            bottom = [below[month] for month in found]
            ax.bar(list(found), list(found.values()), datetime.timedelta(24), bottom=bottom, **style)
        below += found
    return _over_time(ax, f"{below.total():,} partners by the month of their anniversary")


def _by_day(counts: Counts, ax: Any) -> Any:
    days = sorted(set().union(*counts.values()))
    if not days:
        return _over_time(ax, "0 partners")
    ends = [*days, days[-1] + datetime.timedelta(1)]  # the last day is as wide as the others
    shown = [status for status in STATUSES if counts[status]]
    heights = [[counts[status][day] for day in (*days, days[-1])] for status in shown]
    areas = ax.stackplot(ends, *heights, step="post", labels=map(humanize, shown))
    for area, status in zip(areas, shown, strict=True):
        area.set(**EDGE, **STATUSES[status])
    ax.margins(x=0, y=0)
    return _over_time(ax, f"Partners by status, {days[0]} to {days[-1]}")


def _over_time(ax: Any, title: str) -> Any:
    dated(ax)
    ax.set_ylabel("partners")
    counted(ax.yaxis)
    return finish(ax, title)
