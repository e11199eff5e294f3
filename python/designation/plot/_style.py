"""The style of all plots, with colors that remain distinct with color blindness, and files with reproducible bytes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from designation._io import replace_file
from designation._lazy import lazy
from designation._text.layout import replace_controls

if TYPE_CHECKING:
    from matplotlib.axes import Axes

matplotlib = lazy("matplotlib", "plot")
dates = lazy("matplotlib.dates", "plot")
figure = lazy("matplotlib.figure", "plot")
pyplot = lazy("matplotlib.pyplot", "plot")
ticker = lazy("matplotlib.ticker", "plot")

# This is the palette of Okabe and Ito.
BLUE, SKY, GREEN, YELLOW, ORANGE, PINK = "#0072B2", "#56B4E9", "#009E73", "#F0E442", "#D55E00", "#CC79A7"
BLACK, GRAY, PALE = "#1A1A1A", "#595959", "#D0D0D0"
EVALUATIONS = {"capability": BLUE, "performance": SKY, "csat": YELLOW}
EDGE: dict[str, Any] = {"edgecolor": BLACK, "linewidth": 0.6}
# Hatches keep the statuses distinct without color.
STATUSES: dict[str, dict[str, str]] = {
    "active": {"facecolor": BLUE},
    "renewal_open": {"facecolor": SKY},
    "renewal_overdue": {"facecolor": ORANGE, "hatch": "///"},
    "expired": {"facecolor": GRAY, "hatch": "xxx"},
    "not_attained": {"facecolor": PALE},
    "unknown": {"facecolor": "white", "hatch": "..."},
}


def axes_or_new(ax: Axes | None, height: float = 4.8) -> Any:
    """Return the axes that the user passed, or new ones with a height in inches."""
    if ax is not None:
        return ax
    return pyplot.subplots(figsize=(8, height), layout="constrained")[1]


def new_axes() -> Any:
    """Return axes on a new figure that no window shows."""
    return figure.Figure(figsize=(8, 4), layout="constrained").subplots()


def finish(ax: Any, title: str) -> Any:
    """Set the title, place the legend below the axes, and remove the upper and the right frame."""
    ax.spines[["top", "right"]].set_visible(False)
    entries = {label: handle for handle, label in zip(*ax.get_legend_handles_labels(), strict=True)}
    if entries:
        below = {"loc": "upper left", "bbox_to_anchor": (0, 0), "borderaxespad": 2.6, "ncols": 4, "columnspacing": 1.2}
        # Slanted labels need the room below the axes, so the legend is inside.
        slanted = any(label.get_rotation() for label in ax.get_xticklabels())
        ax.legend(entries.values(), entries.keys(), frameon=False, fontsize="small", **({} if slanted else below))
    ax.set_title(escape(title), loc="left", fontsize="medium")
    return ax


def use_date_axis(ax: Any) -> None:
    """Label the horizontal axis with dates, in the shortest form that is unique."""
    locator = dates.AutoDateLocator(minticks=3, maxticks=10)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator, show_offset=False))


def use_count_axis(axis: Any) -> None:
    """Label an axis with whole numbers."""
    axis.set_major_locator(ticker.MaxNLocator(integer=True))
    axis.set_major_formatter("{x:,.0f}")


def escape(text: str) -> str:
    """Escape a text for Matplotlib, which reads a dollar sign as the beginning of a formula."""
    return replace_controls(text).replace("$", r"\$")


def save(ax: Any, path: str | os.PathLike[str]) -> None:
    """Write the figure of some axes to an SVG, PNG or PDF file; the same plot always gives the same bytes.

    Args:
        ax: The axes.
        path: The file; its name ends in ``.svg``, ``.png`` or ``.pdf``.
    """
    kind = os.path.splitext(path)[1][1:].lower() or "png"
    without_date = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}
    with replace_file(path) as draft, open(draft, "wb") as file, matplotlib.rc_context({"svg.hashsalt": "designation"}):
        ax.figure.savefig(file, format=kind, metadata=without_date.get(kind))
