"""A plot of a portfolio: the number of partners by status, month of the anniversary, or day."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import TYPE_CHECKING, Any

from designation import _core
from designation._lazy import lazy
from designation._text.tokens import HELD
from designation._text.wording import humanize
from designation.plot._style import STATUS_STYLES, axes_or_new, finish, label_values, use_count_axis, use_date_axis

if TYPE_CHECKING:
    from matplotlib.axes import Axes

nw = lazy("narwhals", "table")

DATE_COLUMNS = {"status": [], "month": ["expires_on"], "day": ["as_of"]}
Counts = dict[str, Counter[Any]]


def portfolio(assessed: Any, *, by: str = "status", ax: Axes | None = None) -> Any:
    """Draw the number of partners by status, by month of the anniversary, or by day.

    Args:
        assessed: A frame of pandas, Polars, PyArrow or DuckDB, as `assess_table` returns it, with ``status`` and, by
            month, ``expires_on`` or, by day, ``as_of``. With ``at_risk``, the partners at risk also have a bar.
        by: ``"status"``; ``"month"`` of the anniversary, for partners that hold the designation; or ``"day"``, if the
            table has several.
        ax: The axes to draw on.

    Raises:
        ValueError: ``by`` is not valid, the table lacks a column, or a row has no assessment.

    Example:
        >>> import designation as dsg, pyarrow as pa
        >>> assessed = dsg.assess_table(pa.table({"id": ["a", "b"]}), as_of="2026-09-15")
        >>> dsg.plot.portfolio(assessed).get_title(loc="left")
        '2 partners by status'
    """
    if by not in DATE_COLUMNS:
        raise ValueError(f'by must be one of {", ".join(DATE_COLUMNS)}, not "{by}"')
    counts, axes = _count(assessed, DATE_COLUMNS[by]), axes_or_new(ax)
    if by == "status":
        return _draw_by_status(counts, _count_at_risk(assessed), axes)
    return _draw_by_month(counts, axes) if by == "month" else _draw_by_day(counts, axes)


def _count(assessed: Any, date_columns: list[str]) -> Counts:
    """Count the rows of each status and day with the engine of the frame."""
    frame = nw.from_native(assessed).lazy()
    missing = [name for name in ("status", *date_columns) if name not in frame.collect_schema().names()]
    if missing:
        raise ValueError(f"the table lacks the column {', '.join(missing)}")
    keys = [nw.col("status").cast(nw.String), *(nw.col(name).cast(nw.Date) for name in date_columns)]
    rows = frame.select(keys).group_by("status", *date_columns).agg(n=nw.len()).collect("pyarrow").rows()
    if unassessed := sum(row[-1] for row in rows if row[0] is None):
        raise ValueError(f"{unassessed:,} rows have no assessment; remove them before you draw the plot")
    counts: Counts = {status: Counter() for status in map(str, _core.Status)}
    for status, *days, n in rows:
        counts[status][days[0] if days else None] = n
    return counts


def _count_at_risk(assessed: Any) -> int:
    """Count the rows of partners that hold the designation without its prerequisites; 0 without the column."""
    frame = nw.from_native(assessed).lazy()
    if "at_risk" not in frame.collect_schema().names():
        return 0
    return int(frame.filter(nw.col("at_risk")).select(n=nw.len()).collect("pyarrow")["n"][0])


def _draw_by_status(counts: Counts, at_risk: int, ax: Any) -> Any:
    totals = {status: by_day.total() for status, by_day in counts.items()}
    bars = totals | ({"at_risk": at_risk} if at_risk else {})
    for position, (status, n) in enumerate(bars.items()):
        ax.barh(position, n, 0.7, **STATUS_STYLES[status])
        ax.annotate(f"{n:,}", (n, position), (4, 0), textcoords="offset points", va="center", fontsize="small")
    ax.set_yticks(range(len(bars)), [humanize(status) for status in bars])
    ax.invert_yaxis()
    ax.margins(x=0.12)
    use_count_axis(ax.xaxis)
    return finish(ax, f"{sum(totals.values()):,} partners by status")


def _draw_by_month(counts: Counts, ax: Any) -> Any:
    held: Counts = {status: Counter() for status in HELD}
    for status, by_month in held.items():
        for day, n in counts[status].items():
            by_month[day.replace(day=1)] += n
    below: Counter[Any] = Counter()
    for status, by_month in held.items():
        if by_month:
            style = {"align": "edge", "label": humanize(status), **STATUS_STYLES[status]}
            bottom = [below[month] for month in by_month]
            ax.bar(list(by_month), list(by_month.values()), datetime.timedelta(24), bottom=bottom, **style)
        below += by_month
    middles = [(month + datetime.timedelta(12), below[month]) for month in sorted(below)]
    label_values(ax, middles, [f"{count:,}" for _, count in middles])
    return _finish_over_time(ax, f"{below.total():,} partners by the month of their anniversary")


def _draw_by_day(counts: Counts, ax: Any) -> Any:
    days = sorted(set().union(*counts.values()))
    if not days:
        return _finish_over_time(ax, "0 partners")
    ends = [*days, days[-1] + datetime.timedelta(1)]  # The last day is as wide as the others.
    statuses = [status for status in map(str, _core.Status) if counts[status]]
    heights = [[counts[status][day] for day in (*days, days[-1])] for status in statuses]
    areas = ax.stackplot(ends, *heights, step="post", labels=map(humanize, statuses))
    for area, status in zip(areas, statuses, strict=True):
        area.set(**STATUS_STYLES[status])
    ax.margins(x=0, y=0)
    return _finish_over_time(ax, f"Partners by status, {days[0]} to {days[-1]}")


def _finish_over_time(ax: Any, title: str) -> Any:
    use_date_axis(ax)
    ax.set_ylabel("partners")
    use_count_axis(ax.yaxis)
    return finish(ax, title)
