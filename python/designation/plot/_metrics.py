"""Plots of support metrics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from designation._text.figures import format_figure
from designation.plot._style import (
    BLUE,
    GRAY,
    MEDIUM,
    ORANGE,
    axes_or_new,
    finish,
    fit_text,
    label_values,
    room_of,
    text_width,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from designation.metrics import CaseRate, ControlChart, Csat

MAX_GROUPS = 20
LABEL_WIDTH = 130  # of the label of a group, in points


def case_rate(rate: CaseRate, *, by: str = "month", ax: Axes | None = None, threshold: float | None = None) -> Any:
    """Draw the rate of each month or group with its interval, and the pooled rate; without sizes, draw the cases.

    Args:
        rate: A case rate.
        by: ``"month"``, or a breakdown of the rate.
        ax: The axes to draw on.
        threshold: The user's own threshold, in the unit of the rate.

    Example:
        >>> import designation as dsg, polars as pl
        >>> cases = pl.DataFrame({"id": [1, 2], "created": ["2026-01-05", "2026-02-07"]})
        >>> business = {"2026-01": 1_000_000, "2026-02": 3_000_000}
        >>> rate = dsg.metrics.case_rate(cases, business, "2026-01..2026-02", unit="USD", escalated="every")
        >>> dsg.plot.case_rate(rate).get_ylabel()
        'cases per 1,000,000 USD'
    """
    axes = axes_or_new(ax)
    groups = rate.months if by == "month" else rate.by[by][:MAX_GROUPS]
    if all(group.rate is None for group in groups):
        bars = [(index, group.cases) for index, group in enumerate(groups)]
        axes.bar(*zip(*bars, strict=True), color=BLUE)
        label_values(axes, bars, [f"{cases:,}" for _, cases in bars])
        axes.set_ylabel("cases")
    else:
        rated = [(index, group.rate, *group.interval) for index, group in enumerate(groups) if group.interval]
        position, value, low, high = zip(*rated, strict=True)
        axes.vlines(position, low, high, color=BLUE, label=f"{rate.level:.0%} interval, exact")
        axes.plot(position, value, "o", color=BLUE)
        label_values(axes, list(zip(position, high, strict=True)), list(map(format_figure, value)))
        axes.axhline(rate.rate, color=GRAY, linestyle="--", label=f"pooled {rate.rate:,.3g}")
        axes.set_ylabel(f"cases per {rate.per:,} {rate.unit}")
        if threshold is not None:
            axes.axhline(threshold, color=ORANGE, linestyle=":", label=f"your policy {threshold:g}")
    _label_groups(axes, [group.key for group in groups])
    axes.set_ylim(bottom=0)
    return finish(axes, f"Case rate, {rate.period}")


def control_chart(chart: ControlChart, *, ax: Axes | None = None) -> Any:
    """Draw a control chart: the value of each month, its limits, and the pooled value; months outside are marked.

    Args:
        chart: The chart of a case rate or a CSAT score.
        ax: The axes to draw on.

    Example:
        >>> import designation as dsg, polars as pl
        >>> answers = pl.DataFrame({"answered": ["2026-01-05", "2026-01-06", "2026-02-07"], "score": [5, 3, 4]})
        >>> chart = dsg.metrics.csat(answers, "2026-Q1", by="month").chart()
        >>> dsg.plot.control_chart(chart).get_ylabel()
        'score'
    """
    axes = axes_or_new(ax)
    positions = range(len(chart.points))
    axes.plot(positions, [point.value for point in chart.points], "o-", color=BLUE)
    axes.axhline(chart.center, color=GRAY, linestyle="--", label=f"pooled {chart.center:,.3g}")
    for number, limits in enumerate(([point.lower for point in chart.points], [point.upper for point in chart.points])):
        label = "_nolegend_" if number else "limits of chance"
        axes.step(positions, limits, where="mid", color=GRAY, linewidth=1, label=label)
    outside = [(at, point.value) for at, point in enumerate(chart.points) if point.is_outside]
    if outside:
        axes.plot(*zip(*outside, strict=True), "D", color=ORANGE, label="outside")
    axes.set_ylabel("rate" if chart.metric == "case_rate" else "score")
    _label_groups(axes, [point.month for point in chart.points])
    return finish(axes, "Control chart")


def csat(score: Csat, *, by: str | None = None, ax: Axes | None = None, threshold: float | None = None) -> Any:
    """Draw the distribution of a CSAT score or, with ``by``, the score of each month or group with its interval.

    Args:
        score: A CSAT score.
        by: A breakdown of the score; default: the distribution.
        ax: The axes to draw on.
        threshold: The user's own threshold, shown with a breakdown.

    Example:
        >>> import designation as dsg, polars as pl
        >>> dsg.plot.csat(dsg.metrics.csat(pl.DataFrame({"score": [5, 4, 4, 2]}))).get_title(loc="left")
        'CSAT 3.75, 4 answers, all dates'
    """
    axes = axes_or_new(ax)
    if by is None:
        bars = [(f"{value:g}", count) for value, count in score.distribution.items()]
        axes.bar(*zip(*bars, strict=True), color=BLUE)
        label_values(axes, bars, [f"{count:,}" for _, count in bars])
        axes.set_xlabel("score")
        axes.set_ylabel("answers")
    else:
        groups = score.by[by][: None if by == "month" else MAX_GROUPS]
        intervals = [(index, *group.interval) for index, group in enumerate(groups) if group.interval]
        if intervals:
            axes.vlines(*zip(*intervals, strict=True), color=BLUE, label=f"{score.level:.0%} interval")
        axes.plot(range(len(groups)), [group.score for group in groups], "o", color=BLUE)
        axes.axhline(score.score, color=GRAY, linestyle="--", label=f"all {score.score:.2f}")
        if threshold is not None:
            axes.axhline(threshold, color=ORANGE, linestyle=":", label=f"your policy {threshold:g}")
        _label_groups(axes, [group.key for group in groups])
        axes.set_ylim(1, 5.1)
        axes.set_ylabel("score")
    return finish(axes, f"CSAT {score.score:.2f}, {score.answers:,} answers, {score.period or 'all dates'}")


def _label_groups(ax: Any, keys: list[str | None]) -> None:
    names = [fit_text(key or "(blank)", LABEL_WIDTH, MEDIUM, 1)[0] for key in keys]
    slanted = sum(text_width(name, MEDIUM) + 8 for name in names) > room_of(ax) * 0.85
    ax.set_xlim(-0.5, len(names) - 0.5)
    ax.set_xticks(range(len(names)), names, rotation=45 if slanted else 0, ha="right" if slanted else "center")
