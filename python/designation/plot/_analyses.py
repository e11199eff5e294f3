"""Plots of what a metric depends on: ways of counting, drivers, a forecast, lists of cases, and mappings of answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from designation.plot._style import (
    BLUE,
    GRAY,
    MEDIUM,
    ORANGE,
    SKY,
    axes_or_new,
    finish,
    fit_text,
    set_height,
    use_count_axis,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from designation.metrics import Drivers, Forecast, Reconciliation, ScaleComparison, Ways

MAX_GROUPS = 20
LABEL_WIDTH = 150  # of the label of a row, in points


def ways(found: Ways, *, ax: Axes | None = None, threshold: float | None = None) -> Any:
    """Draw the rate of each way of counting with its interval; only ways in the unit of the first one are comparable.

    Args:
        found: Ways of counting, as ``rate.ways(...)`` returns them.
        ax: The axes to draw on.
        threshold: The user's own threshold, in the unit of the first way.

    Example:
        >>> import designation as dsg, polars as pl
        >>> cases = pl.DataFrame({"id": [1, 2], "created": ["2026-01-05", "2026-02-07"], "kind": ["fault", "bill"]})
        >>> rate = dsg.metrics.case_rate(cases, 4_000_000, "2026-Q1", unit="USD", escalated="every")
        >>> ax = dsg.plot.ways(rate.ways(["all", "technical_only"], technical="kind=fault"))
        >>> [text.get_text() for text in ax.get_yticklabels()]
        ['all', 'technical_only']
    """
    axes = axes_or_new(ax)
    first = found.ways[0]
    shown = [way for way in found.ways if (way.unit, way.per) == (first.unit, first.per)]
    positions = range(len(shown))
    axes.hlines(positions, *zip(*(way.interval for way in shown), strict=True), color=BLUE, label="interval, exact")
    axes.plot([way.rate for way in shown], positions, "o", color=BLUE)
    if threshold is not None:
        axes.axvline(threshold, color=ORANGE, linestyle=":", label=f"your policy {threshold:g}")
    axes.set_xlim(left=0)
    _label_rows(axes, [way.name for way in shown])
    others = len(found.ways) - len(shown)
    title = f"Ways of counting: cases per {first.per:,} {first.unit}"
    return finish(axes, title + (f"; {others} per another unit are not shown" if others else ""))


def drivers(found: Drivers, *, ax: Axes | None = None, level: float = 0.05) -> Any:
    """Draw the cases of each group and their expected number; groups with more than chance explains are marked.

    Args:
        found: Drivers, as ``rate.drivers(...)`` returns them.
        ax: The axes to draw on.
        level: The adjusted p-value up to which a group is marked.

    Example:
        >>> import designation as dsg, polars as pl
        >>> cases = pl.DataFrame({"id": [1, 2], "created": ["2026-01-05", "2026-02-07"], "product": ["Azure", "Teams"]})
        >>> rate = dsg.metrics.case_rate(cases, 4_000_000, "2026-Q1", unit="USD", escalated="every", by="product")
        >>> [text.get_text() for text in dsg.plot.drivers(rate.drivers()).get_yticklabels()]
        ['Azure', 'Teams']
    """
    axes = axes_or_new(ax)
    groups = sorted(found.groups, key=lambda group: -group.cases)[:MAX_GROUPS]
    is_high = [group.p_value is not None and group.p_value <= level for group in groups]
    colors = [ORANGE if high else BLUE for high in is_high]
    bars = axes.barh(range(len(groups)), [group.cases for group in groups], color=colors)
    for bar, high in zip(bars, is_high, strict=True):
        bar.set_hatch("///" if high else None)
    known = [(group.expected, at) for at, group in enumerate(groups) if group.expected is not None]
    if known:
        axes.plot(*zip(*known, strict=True), "|", color="black", markersize=16, label="expected")
    if any(is_high):
        axes.barh([0], [0], color=ORANGE, hatch="///", label=f"more than expected (p at most {level:g})")
    use_count_axis(axes.xaxis)
    _label_rows(axes, [group.key for group in groups])
    omitted = len(found.groups) - len(groups)
    title = f"Drivers: cases by {found.by}"
    return finish(axes, title + (f"; {omitted} smaller groups are not shown" if omitted else ""))


def forecast(found: Forecast, *, ax: Axes | None = None) -> Any:
    """Draw the forecast rate with its 90 % interval, and the user's limit if it has one.

    Args:
        found: A forecast, as ``rate.forecast(...)`` returns it.
        ax: The axes to draw on.

    Example:
        >>> import designation as dsg, polars as pl
        >>> cases = pl.DataFrame({"id": [1, 2], "created": ["2026-01-05", "2026-02-07"]})
        >>> rate = dsg.metrics.case_rate(cases, 4_000_000, "2026-Q1", unit="USD", escalated="every")
        >>> dsg.plot.forecast(rate.forecast("2026-06-30", more=4_000_000)).get_title(loc="left")
        'Forecast for 2026-06-30, if the rate stays the same: cases per 1,000,000 USD'
    """
    axes = axes_or_new(ax)
    set_height(axes, 2.8)
    low, median, high = found.rates
    axes.hlines([0], [low], [high], color=BLUE, linewidth=6, alpha=0.4, label="90 % interval")
    axes.plot([median], [0], "o", color=BLUE, label=f"median {median:,.3g}")
    if found.at_most is not None:
        chance = "" if found.chance_within is None else f", {found.chance_within:.0%} chance of at most that"
        axes.axvline(found.at_most, color=ORANGE, linestyle=":", label=f"your limit {found.at_most:g}{chance}")
    axes.set_yticks([])
    axes.set_xlim(left=0)
    unit = f"cases per {found.per:,} {found.unit}"
    return finish(axes, f"Forecast for {found.through}, if the rate stays the same: {unit}")


def reconciliation(found: Reconciliation, *, ax: Axes | None = None) -> Any:
    """Draw how many cases are in which lists.

    Args:
        found: A reconciliation, as `reconcile` returns it.
        ax: The axes to draw on.

    Example:
        >>> import designation as dsg, polars as pl
        >>> ours = pl.DataFrame({"id": ["1", "2"], "created": ["2026-01-05", "2026-01-07"]})
        >>> theirs = pl.DataFrame({"id": ["2"], "created": ["2026-01-07"]})
        >>> found = dsg.metrics.reconcile({"ours": ours, "theirs": theirs}, "2026-Q1")
        >>> [text.get_text() for text in dsg.plot.reconciliation(found).get_yticklabels()]
        ['ours and theirs', 'only ours']
    """
    axes = axes_or_new(ax)
    colors = {"all": BLUE, "some": SKY, "one": ORANGE}
    hatches = {"all": None, "some": "...", "one": "///"}
    for kind, label in (("all", "in all lists"), ("some", "in some"), ("one", "in one only")):
        rows = [(at, one.cases) for at, one in enumerate(found.classes) if one.kind == kind]
        if rows:
            bars = axes.barh(*zip(*rows, strict=True), color=colors[kind], hatch=hatches[kind], label=label)
            axes.bar_label(bars, fmt="{:,.0f}", padding=3)
    axes.margins(x=0.12)
    use_count_axis(axes.xaxis)
    names = [("only " if one.kind == "one" else "") + " and ".join(one.lists) for one in found.classes]
    _label_rows(axes, names)
    return finish(axes, f"{found.union:,} cases of {len(found.lists)} lists, {found.period}")


def scales(found: ScaleComparison, *, ax: Axes | None = None, threshold: float | None = None) -> Any:
    """Draw the score under each mapping of the answers.

    Args:
        found: A comparison, as `compare_scales` returns it.
        ax: The axes to draw on.
        threshold: The user's own threshold.

    Example:
        >>> import designation as dsg, polars as pl
        >>> answers = pl.DataFrame({"score": ["good", "bad"]})
        >>> found = dsg.metrics.compare_scales(answers, {"wide": {"good": 5, "bad": 1}, "mild": {"good": 4, "bad": 2}})
        >>> [text.get_text() for text in dsg.plot.scales(found).get_yticklabels()]
        ['wide', 'mild']
    """
    axes = axes_or_new(ax)
    set_height(axes, 3.2)
    scored = [(one.score, at) for at, one in enumerate(found.scores) if one.score is not None]
    if scored:
        axes.plot(*zip(*scored, strict=True), "o", color=BLUE)
        for score, at in scored:
            axes.annotate(f"{score:.2f}", (score, at), xytext=(0, 6), textcoords="offset points", ha="center")
    if threshold is not None:
        axes.axvline(threshold, color=GRAY, linestyle=":", label=f"your policy {threshold:g}")
    axes.set_xlim(1, 5.05)
    _label_rows(axes, [one.name for one in found.scores])
    spread = "" if found.spread is None else f", {found.spread:.2f} apart"
    return finish(axes, f"The score under {len(found.scores)} mappings{spread}")


def _label_rows(ax: Any, names: Sequence[str | None]) -> None:
    """Label horizontal rows, the first one at the top."""
    ax.set_yticks(range(len(names)), ["\n".join(fit_text(name or "(blank)", LABEL_WIDTH, MEDIUM)) for name in names])
    ax.set_ylim(len(names) - 0.5, -0.5)
