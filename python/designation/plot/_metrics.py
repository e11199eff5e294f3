"""Pictures of support metrics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from designation.plot._style import BLUE, GREY, ORANGE, axes_of, finish, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from designation.metrics import CaseRate, Csat

MOST = 20


def case_rate(rate: CaseRate, *, by: str = "month", ax: Axes | None = None, threshold: float | None = None) -> Any:
    """Draw the parts of a case rate with their intervals, and the pooled rate; where they have no size, their cases.

    Args:
        rate: A case rate with this breakdown; months are always there.
        by: The breakdown.
        ax: The axes to draw on.
        threshold: A threshold of the user's own, in the rate's unit.

    Example:
        >>> import designation as dsg, polars as pl
        >>> cases = pl.DataFrame({"id": [1, 2], "created": ["2026-01-05", "2026-02-07"]})
        >>> business = {"2026-01": 1_000_000, "2026-02": 3_000_000}
        >>> rate = dsg.metrics.case_rate(cases, business, "2026-01..2026-02", unit="USD", escalated="every")
        >>> dsg.plot.case_rate(rate).get_ylabel()
        'cases per 1,000,000 USD'
    """
    axes = axes_of(ax)
    parts = (rate.months if by == "month" else rate.by[by])[: None if by == "month" else MOST]
    if all(part.rate is None for part in parts):
        axes.bar(range(len(parts)), [part.cases for part in parts], color=BLUE)
        axes.set_ylabel("cases")
    else:
        rated = [(place, part.rate, *part.interval) for place, part in enumerate(parts) if part.interval]
        place, value, low, high = zip(*rated, strict=True)
        axes.vlines(place, low, high, color=BLUE, label=f"{rate.level:.0%} interval, exact")
        axes.plot(place, value, "o", color=BLUE)
        axes.axhline(rate.rate, color=GREY, linestyle="--", label=f"pooled {rate.rate:,.3g}")
        axes.set_ylabel(f"cases per {rate.per:,} {rate.unit}")
        if threshold is not None:
            axes.axhline(threshold, color=ORANGE, linestyle=":", label=f"own policy {threshold:g}")
    _name(axes, [part.key for part in parts])
    axes.set_ylim(bottom=0)
    return finish(axes, f"Case rate, {rate.period}")


def csat(score: Csat, *, by: str | None = None, ax: Axes | None = None, threshold: float | None = None) -> Any:
    """Draw the distribution of a CSAT score or, with ``by``, the score of each part with its interval.

    Args:
        score: A CSAT score; with this breakdown, where one is given.
        by: The breakdown.
        ax: The axes to draw on.
        threshold: A threshold of the user's own.

    Example:
        >>> import designation as dsg, polars as pl
        >>> dsg.plot.csat(dsg.metrics.csat(pl.DataFrame({"score": [5, 4, 4, 2]}))).get_title(loc="left")
        'CSAT 3.75, 4 answers, all days'
    """
    axes = axes_of(ax)
    if by is None:
        axes.bar([f"{value:g}" for value, _ in score.scores], [count for _, count in score.scores], color=BLUE)
        axes.set_xlabel("score")
        axes.set_ylabel("answers")
    else:
        parts = score.by[by][: None if by == "month" else MOST]
        sure = [(place, *part.interval) for place, part in enumerate(parts) if part.interval]
        if sure:
            axes.vlines(*zip(*sure, strict=True), color=BLUE, label=f"{score.level:.0%} interval")
        axes.plot(range(len(parts)), [part.mean for part in parts], "o", color=BLUE)
        axes.axhline(score.mean, color=GREY, linestyle="--", label=f"all {score.mean:.2f}")
        if threshold is not None:
            axes.axhline(threshold, color=ORANGE, linestyle=":", label=f"own policy {threshold:g}")
        _name(axes, [part.key for part in parts])
        axes.set_ylim(1, 5.1)
        axes.set_ylabel("score")
    return finish(axes, f"CSAT {score.mean:.2f}, {score.n:,} answers, {score.period or 'all days'}")


def _name(ax: Any, keys: list[str | None]) -> None:
    names = [plain((key or "(blank)")[:30]) for key in keys]
    slanted = sum(map(len, names)) > 80
    ax.set_xlim(-0.5, len(names) - 0.5)
    ax.set_xticks(range(len(names)), names, rotation=45 if slanted else 0, ha="right" if slanted else "center")
