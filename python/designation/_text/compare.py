"""The page of a comparison: the path of each difference, its rule, and both values."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from designation._answers.compare import Comparison
from designation._answers.difference import Change, Difference
from designation._text.layout import EMPTY, Line, Span, fill, pad


def lines(result: Comparison | Change) -> Iterator[Line]:
    """Lay out differences at 80 columns, under the date of a change."""
    if isinstance(result, Change):
        yield (Span(str(result.on), "label"),)
    elif result.same:
        yield (Span("no differences"),)
    yield from difference_lines(result.differences)


def difference_lines(differences: tuple[Difference, ...]) -> Iterator[Line]:
    """Lay out differences at 80 columns; those of timelines under their first and last day."""
    width = max((len(difference.path) for difference in differences), default=0)
    days: tuple[Any, Any] = (None, None)
    for difference in differences:
        if (difference.from_, difference.through) != days:
            days = (difference.from_, difference.through)
            yield (Span(f"{days[0]} to {days[1]}", "label"),)
        head = Span(f"{difference.rule or '':<6}  ", "muted")
        values = f"{format_value(difference.before)} -> {format_value(difference.after)}"
        yield from fill(head, Span(pad(difference.path, width) + "  "), Span(values))


def now_and_over_time_lines(
    as_of: datetime.date, now: tuple[Difference, ...], later: tuple[Difference, ...]
) -> Iterator[Line]:
    """Lay out the differences as of a date, then those over time."""
    if now:
        yield (Span(f"as of {as_of}", "label"),)
        yield from difference_lines(now)
    if now and later:
        yield EMPTY
    yield from difference_lines(later)


def format_value(value: Any) -> str:
    """Return a value of an assessment as text."""
    if isinstance(value, tuple):
        return ", ".join(value) or "nothing"
    return "none" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
