"""What pictures share: colours that everybody can tell apart, and files that are the same byte by byte."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from designation._io import replacing
from designation._lazy import lazy
from designation._text.layout import printable

matplotlib = lazy("matplotlib", "plot")
dates = lazy("matplotlib.dates", "plot")
figure = lazy("matplotlib.figure", "plot")
pyplot = lazy("matplotlib.pyplot", "plot")
ticker = lazy("matplotlib.ticker", "plot")

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Okabe and Ito's colours.
BLUE, SKY, GREEN, YELLOW, ORANGE, PINK = "#0072B2", "#56B4E9", "#009E73", "#F0E442", "#D55E00", "#CC79A7"
BLACK, GREY, PALE = "#1A1A1A", "#595959", "#D0D0D0"
EVALUATIONS = {"capability": BLUE, "performance": SKY, "csat": YELLOW}
EDGE: dict[str, Any] = {"edgecolor": BLACK, "linewidth": 0.6}
# Where colours fail, hatches tell them apart.
STATUSES: dict[str, dict[str, str]] = {
    "active": {"facecolor": BLUE},
    "renewal_open": {"facecolor": SKY},
    "renewal_overdue": {"facecolor": ORANGE, "hatch": "///"},
    "expired": {"facecolor": GREY, "hatch": "xxx"},
    "not_attained": {"facecolor": PALE},
    "unknown": {"facecolor": "white", "hatch": "..."},
}


def axes_of(ax: Axes | None, height: float = 4.8) -> Any:
    """Give the axes to draw on: those given, or new ones of a height in inches."""
    if ax is not None:
        return ax
    return pyplot.subplots(figsize=(8, height), layout="constrained")[1]


def blank() -> Any:
    """Make axes of a figure of their own, which no window shows."""
    return figure.Figure(figsize=(8, 4), layout="constrained").subplots()


def finish(ax: Any, title: str) -> Any:
    """Set the title, put the legend where it covers nothing, and take away what says nothing."""
    ax.spines[["top", "right"]].set_visible(False)
    once = {label: handle for handle, label in zip(*ax.get_legend_handles_labels(), strict=True)}
    if once:
        below = {"loc": "upper left", "bbox_to_anchor": (0, 0), "borderaxespad": 2.6, "ncols": 4, "columnspacing": 1.2}
        slanted = any(label.get_rotation() for label in ax.get_xticklabels())
        ax.legend(once.values(), once.keys(), frameon=False, fontsize="small", **({} if slanted else below))
    ax.set_title(plain(title), loc="left", fontsize="medium")
    return ax


def dated(ax: Any) -> None:
    """Write days along the axis, as short as they can be told apart."""
    locator = dates.AutoDateLocator(minticks=3, maxticks=10)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator, show_offset=False))


def counted(axis: Any) -> None:
    """Write whole numbers along an axis."""
    axis.set_major_locator(ticker.MaxNLocator(integer=True))
    axis.set_major_formatter("{x:,.0f}")


def plain(text: str) -> str:
    """Take a text as it stands: a dollar sign would begin a formula."""
    return printable(text).replace("$", r"\$")


def save(ax: Any, path: str | os.PathLike[str]) -> None:
    """Write the figure of some axes to a file: SVG, PNG or PDF by its name, the same bytes for the same picture."""
    kind = os.path.splitext(path)[1][1:].lower() or "png"
    dated = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}
    with replacing(path) as draft, open(draft, "wb") as file, matplotlib.rc_context({"svg.hashsalt": "designation"}):
        ax.figure.savefig(file, format=kind, metadata=dated.get(kind))
