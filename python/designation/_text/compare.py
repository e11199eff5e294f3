"""The page of a comparison: each place that differs, its rule, and both values."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from designation._answers.compare import Comparison
from designation._answers.difference import Change, Difference
from designation._text.layout import EMPTY, Line, Span, fill, pad


def lines(found: Comparison | Change) -> Iterator[Line]:
    """Lay out what differs at 80 columns, and the day of a change."""
    if isinstance(found, Change):
        yield (Span(str(found.on), "label"),)
    elif found.same:
        yield (Span("the same"),)
    yield from differing(found.differences)


def differing(found: tuple[Difference, ...]) -> Iterator[Line]:
    """Lay out differences at 80 columns, those of timelines under the days on which they are so."""
    width = max((len(difference.path) for difference in found), default=0)
    days: tuple[Any, Any] = (None, None)
    for difference in found:
        if (difference.from_, difference.through) != days:
            days = (difference.from_, difference.through)
            yield (Span(f"{days[0]} to {days[1]}", "label"),)
        head = Span(f"{difference.rule or '':<6}  ", "muted")
        values = f"{said(difference.before)} -> {said(difference.after)}"
        yield from fill(head, Span(pad(difference.path, width) + "  "), Span(values))


def now_and_over_time(
    as_of: datetime.date, now: tuple[Difference, ...], later: tuple[Difference, ...]
) -> Iterator[Line]:
    """Lay out what differs as of a day, then over time."""
    if now:
        yield (Span(f"as of {as_of}", "label"),)
        yield from differing(now)
    if now and later:
        yield EMPTY
    yield from differing(later)


def said(value: Any) -> str:
    """Say a value of an assessment."""
    if isinstance(value, tuple):
        return ", ".join(value) or "nothing"
    return "none" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
