"""The display of numbers and tables, and values that print as pages."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from designation._display import displayable
from designation._text.blocks import Block


@displayable
class PageValue:
    """A value that prints as a page; its class defines the lines."""

    __slots__ = ()

    def lines(self) -> Iterable[Block]:
        """Build the page of the value."""
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
