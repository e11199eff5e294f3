"""The display of numbers and tables, in lines of at most 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from designation._display import displayable
from designation._messages import more_text
from designation._text.layout import Line, Role, Span, cells, fill, pad, replace_controls


@displayable
class PageValue:
    """A value that prints as a page; its class defines the lines."""

    __slots__ = ()

    def lines(self) -> Iterable[Line]:
        """Lay out the value at 80 columns."""
        raise AssertionError("each class defines its lines")


def format_number(value: float | Decimal, places: int = 0) -> str:
    """Return a number as text with thousands separators."""
    return f"{value:,.{places}f}"


def format_size(value: Decimal) -> str:
    """Return an exact size as text with thousands separators, and up to four decimals where it has some."""
    whole, _, fraction = f"{value:,.4f}".partition(".")
    fraction = fraction.rstrip("0")
    return f"{whole}.{fraction.ljust(2, '0')}" if fraction else whole


def format_figure(value: float) -> str:
    """Return a measured value as text, with a number of decimals that fits its size."""
    return format_number(value, 1 if value >= 100 else 2 if value >= 1 else 4)


def format_interval(interval: tuple[float, float]) -> str:
    """Return an interval as text."""
    return f"{format_figure(interval[0])} to {format_figure(interval[1])}"


def table_lines(head: Sequence[str], rows: Iterable[Sequence[str]], most: int = 24) -> Iterator[Line]:
    """Lay out rows in columns: the first left-aligned and truncated if necessary, the others right-aligned."""
    visible = [tuple(map(replace_controls, row)) for row in rows]
    more = more_text(len(visible) - most)
    visible = visible[:most]
    widths = [max(map(cells, column)) for column in zip(head, *visible, strict=True)]
    widths[0] = min(widths[0], 80 - sum(widths[1:]) - 2 * len(widths[1:]))
    for index, row in enumerate([tuple(head), *visible]):
        first = fill(Span(row[0]), columns=10_000)[0][0].text
        first = first if cells(first) <= widths[0] else first[: widths[0] - 1] + "…"
        role: Role = "muted" if index == 0 else ""
        others = "".join(
            f"  {' ' * (width - cells(text))}{text}" for text, width in zip(row[1:], widths[1:], strict=True)
        )
        yield (Span(pad(first, widths[0]), role), Span(others, role))
    if more:
        yield (Span(more, "muted"),)
