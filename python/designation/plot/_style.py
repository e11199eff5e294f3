"""The style of all plots: the colors and patterns of the tokens, texts that fit, and files with reproducible bytes."""

from __future__ import annotations

import functools
import os
import warnings
import weakref
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from designation._io import replace_file
from designation._lazy import lazy
from designation._text.layout import replace_controls, wrap
from designation._text.tokens import STATUSES, Token

if TYPE_CHECKING:
    from matplotlib.axes import Axes

matplotlib = lazy("matplotlib", "plot")
dates = lazy("matplotlib.dates", "plot")
figure = lazy("matplotlib.figure", "plot")
fonts = lazy("matplotlib.font_manager", "plot")
pyplot = lazy("matplotlib.pyplot", "plot")
ticker = lazy("matplotlib.ticker", "plot")

# This is the palette of Okabe and Ito.
BLUE, SKY, YELLOW, ORANGE = "#0072B2", "#56B4E9", "#F0E442", "#D55E00"
BLACK, GRAY = "#1A1A1A", "#595959"
EVALUATIONS = {"capability": BLUE, "performance": SKY, "csat": YELLOW}
EDGE: dict[str, Any] = {"edgecolor": BLACK, "linewidth": 0.6}
HATCHES = {"diagonal": "///", "back_diagonal": "\\\\\\", "vertical": "|||", "cross": "xxx", "dots": "..."}
SMALL, MEDIUM = 8.33, 10.0  # the sizes "small" and "medium" in points
MOST_LABELS = 16  # bars or points that have their values as text
MOST_LINES = 3
# Fonts with the scripts that the default font lacks; the first that are installed are used.
FAMILIES = (
    *("Noto Sans CJK SC", "Noto Sans CJK JP", "Microsoft YaHei", "PingFang SC", "Hiragino Sans", "Yu Gothic"),
    *("Malgun Gothic", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Thai", "Noto Sans Devanagari", "Segoe UI"),
)
# The figures that a plot may enlarge, because no user set their size.
_own: weakref.WeakSet[Any] = weakref.WeakSet()


def token_style(token: Token) -> dict[str, Any]:
    """Return the colors and the pattern of a token for a bar."""
    style = {"facecolor": token.light.fill, "edgecolor": token.light.line, "linewidth": 0.8}
    return style | ({"hatch": HATCHES[token.pattern]} if token.pattern in HATCHES else {})


STATUS_STYLES = {name: token_style(token) for name, token in STATUSES.items()}


def axes_or_new(ax: Axes | None) -> Any:
    """Return the axes that the user passed, or new ones, which a window may show."""
    if ax is None:
        ax = pyplot.subplots(figsize=(8, 4.8), layout="constrained")[1]
        _own.add(ax.figure)
    return ax


def new_axes() -> Any:
    """Return axes on a new figure that no window shows."""
    new = figure.Figure(figsize=(8, 4), layout="constrained")
    _own.add(new)
    return new.subplots()


def set_height(ax: Any, inches: float) -> None:
    """Set the height of a figure, unless the user set it."""
    if ax.figure in _own:
        ax.figure.set_figheight(inches)


def finish(ax: Any, title: str) -> Any:
    """Set the title, place the legend below the axes, and remove the upper and the right frame."""
    ax.spines[["top", "right"]].set_visible(False)
    entries = {label: handle for handle, label in zip(*ax.get_legend_handles_labels(), strict=True)}
    if entries:
        columns = max(1, int(room_of(ax) / (max(text_width(label, SMALL) for label in entries) + 45)))
        below = {"loc": "upper left", "bbox_to_anchor": (0, 0), "borderaxespad": 2.6, "columnspacing": 1.2}
        # Slanted labels need the room below the axes, so the legend is inside.
        slanted = any(label.get_rotation() for label in ax.get_xticklabels())
        style = {} if slanted else {**below, "ncols": min(columns, 4)}
        ax.legend(entries.values(), entries.keys(), frameon=False, fontsize="small", **style)
    with warnings.catch_warnings(action="ignore"):
        ax.figure.draw_without_rendering()  # It computes the layout, and thereby the width of the axes.
    title = "\n".join(fit_text(title, room_of(ax), MEDIUM))
    ax.set_title(title, loc="left", fontsize="medium")
    for text in ax.figure.findobj(matplotlib.text.Text):
        text.set_fontfamily([*dict.fromkeys([*text.get_fontfamily(), *_fallback_families()])])
    return ax


def room_of(ax: Any) -> float:
    """Return the width of the axes in points, as of the last layout."""
    return float(ax.get_window_extent().width * 72 / ax.figure.dpi)


def fit_text(text: str, room: float, size: float, most: int = MOST_LINES) -> list[str]:
    """Wrap a text into at most some lines that fit a width in points; an ellipsis marks what is omitted."""
    columns = max(4, int(room / (size * 0.4)))
    lines = wrap(text, columns)
    while columns > 4 and max(text_width(line, size) for line in lines) > room:
        columns = max(4, int(columns * 0.9))
        lines = wrap(text, columns)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1][:-1].rstrip()}…"]
    return [escape(line) for line in lines]


def text_width(text: str, size: float) -> float:
    """Return an upper bound of the width of a text in points."""
    return sum(map(_advance, text)) * size


@functools.cache
def _advance(letter: str) -> float:
    """Return the width of a letter in the default font relative to its size; 1.2 if the font lacks the letter."""
    font = fonts.get_font(fonts.findfont("DejaVu Sans"))
    font.set_size(100, 72)
    index = font.get_char_index(ord(letter))
    return float(font.load_glyph(index).linearHoriAdvance) / 65536 / 100 if index else 1.2


@functools.cache
def _fallback_families() -> tuple[str, ...]:
    installed = set(fonts.get_font_names())
    return tuple(name for name in FAMILIES if name in installed)


def label_values(ax: Any, points: Sequence[tuple[Any, float]], texts: Sequence[str]) -> None:
    """Write the values above bars or points, unless there are too many to read."""
    if len(points) > MOST_LABELS:
        return
    for point, text in zip(points, texts, strict=True):
        ax.annotate(text, point, (0, 3), textcoords="offset points", ha="center", fontsize="small")


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

    The text of an SVG file remains text, and a PNG file has two pixels per point of the screen.

    Args:
        ax: The axes.
        path: The file; its name ends in ``.svg``, ``.png`` or ``.pdf``.
    """
    kind = os.path.splitext(path)[1][1:].lower() or "png"
    title = ax.get_title(loc="left").replace("\n", " ").replace(r"\$", "$")
    metadata = {"Title": title} | {"svg": {"Date": None}, "pdf": {"CreationDate": None}}.get(kind, {})
    settings = {"svg.hashsalt": "designation", "svg.fonttype": "none"}
    dpi = 2 * ax.figure.dpi if kind == "png" else "figure"
    with replace_file(path) as draft, open(draft, "wb") as file, matplotlib.rc_context(settings):
        ax.figure.savefig(file, format=kind, metadata=metadata, dpi=dpi)
