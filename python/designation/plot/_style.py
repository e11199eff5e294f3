"""What pictures share: colours that everybody can tell apart, and files that are the same byte by byte."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from designation._extras import need

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Okabe and Ito's colours.
BLUE, ORANGE, GREY = "#0072B2", "#D55E00", "#595959"


def axes_of(ax: Axes | None) -> Any:
    """Give the axes to draw on: those given, or new ones."""
    if ax is not None:
        return ax
    return need("matplotlib.pyplot", "plot").subplots(layout="constrained")[1]


def blank() -> Any:
    """Make axes of a figure of their own, which no window shows."""
    return need("matplotlib.figure", "plot").Figure(figsize=(8, 4), layout="constrained").subplots()


def finish(ax: Any, title: str) -> Any:
    """Set the title and take away what says nothing."""
    ax.spines[["top", "right"]].set_visible(False)
    labels = ax.get_legend_handles_labels()[1]
    ax.set_title(title, loc="left", fontsize="medium", pad=24 if labels else None)
    if labels:  # between the title and the axes, where nothing is drawn
        above = {"loc": "lower left", "bbox_to_anchor": (0, 1), "borderaxespad": 0.2}
        ax.legend(frameon=False, fontsize="small", ncols=len(labels), **above)
    return ax


def save(ax: Any, path: str | os.PathLike[str]) -> None:
    """Write the figure of some axes to a file: SVG, PNG or PDF by its name, the same bytes for the same picture."""
    matplotlib = need("matplotlib", "plot")
    name = os.fspath(path)
    dated = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}
    with matplotlib.rc_context({"svg.hashsalt": "designation"}):
        ax.figure.savefig(name, metadata=dated.get(name.rpartition(".")[2].lower()))
