"""The parts of a page. `layout` writes them as lines of text that fit a width, and `html` writes them as HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple

Role = Literal["", "label", "good", "warn", "bad", "muted"]


class Span(NamedTuple):
    """A text, its role or the name of its token, and the width of its column; 0 if no column begins after it."""

    text: str
    role: str = ""
    width: int = 0


# A paragraph: parts side by side, the last of which is wrapped. An empty one separates the sections of a page.
Line = tuple[Span, ...]
EMPTY: Line = ()


class Title(NamedTuple):
    """The heading of a page, a text at its right, and a subtitle."""

    text: str
    aside: str = ""
    subtitle: str = ""


class Row(NamedTuple):
    """Parts beside a label; without a label, they continue the row above."""

    label: str
    parts: Line


class Card(NamedTuple):
    """A figure with its label, and lines that explain it."""

    label: str
    value: Span
    notes: tuple[Span, ...] = ()


class Table(NamedTuple):
    """A table: its columns ``left`` are aligned to the left, and its columns ``wraps`` may be wrapped.

    A page of text shows at most ``most`` rows. The first column names the row.
    """

    head: tuple[str, ...]
    rows: tuple[Line, ...]
    footer: Line = ()
    left: tuple[int, ...] = (0,)
    wraps: tuple[int, ...] = (0,)
    most: int | None = 24


class Figure(NamedTuple):
    """A drawing: ``draw`` returns its lines for a width, and ``svg`` an image for a page of HTML; None without one."""

    draw: Callable[[int], Iterable[Line]]
    svg: Callable[[], str] | None = None


Block = Line | Title | Row | Card | Table | Figure
SEPARATOR = Figure(lambda columns: [EMPTY, (Span("=" * columns, "muted"),), EMPTY])


def fill(*parts: Span) -> list[Block]:
    """Build a paragraph: parts side by side, the last one wrapped in its own column."""
    return [parts]


def row(label: str, *parts: Span) -> list[Block]:
    """Build a label and its parts."""
    return [Row(label, parts)]


def block(label: str, rows: Iterable[Line]) -> list[Block]:
    """Build rows under one label, beside the first row."""
    return [Row("" if index else label, parts) for index, parts in enumerate(rows)]


def build_table(  # noqa: PLR0913
    head: Sequence[str],
    rows: Iterable[Sequence[str | Span]],
    footer: Sequence[str] = (),
    *,
    left: tuple[int, ...] = (0,),
    wraps: tuple[int, ...] = (0,),
    most: int | None = 24,
) -> Table:
    """Build a table of texts."""
    lines = [tuple(cell if isinstance(cell, Span) else Span(cell) for cell in cells) for cells in rows]
    return Table(tuple(head), tuple(lines), tuple(Span(text, "label") for text in footer), left, wraps, most)
