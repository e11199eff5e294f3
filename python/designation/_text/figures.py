"""How results are shown: lines of at most 80 columns, in a terminal and in a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from designation._display import shown
from designation._text.layout import Line, Role, Span, cells, fill, pad, printable


@shown
class Shown:
    """A value that prints as a page; its class gives the lines."""

    __slots__ = ()

    def lines(self) -> Iterable[Line]:
        """Lay out the value at 80 columns."""
        raise AssertionError("each class lays out itself")


def number(value: float | Decimal, places: int = 0) -> str:
    """Write a number with a thousands separator."""
    return f"{value:,.{places}f}"


def figure(value: float) -> str:
    """Write a measured value with as many places as say something."""
    return number(value, 1 if value >= 100 else 2 if value >= 1 else 4)


def span_of(interval: tuple[float, float]) -> str:
    """Write an interval."""
    return f"{figure(interval[0])} to {figure(interval[1])}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], most: int = 24) -> Iterator[Line]:
    """Lay out rows in columns: the first to the left and cut where it is too long, the others to the right."""
    shown = [tuple(map(printable, row)) for row in rows]
    hidden = len(shown) - most if len(shown) > most else 0
    shown = shown[:most] if hidden else shown
    widths = [max(map(cells, column)) for column in zip(head, *shown, strict=True)]
    widths[0] = min(widths[0], 80 - sum(widths[1:]) - 2 * len(widths[1:]))
    for place, row in enumerate([tuple(head), *shown]):
        first = fill(Span(row[0]), columns=10_000)[0][0].text
        first = first if cells(first) <= widths[0] else first[: widths[0] - 1] + "…"
        role: Role = "muted" if place == 0 else ""
        others = "".join(
            f"  {' ' * (width - cells(text))}{text}" for text, width in zip(row[1:], widths[1:], strict=True)
        )
        yield (Span(pad(first, widths[0]), role), Span(others, role))
    if hidden:
        yield (Span(f"and {hidden} more", "muted"),)
