"""The page of readings: each open question, and what its other answer would change."""

from __future__ import annotations

from collections.abc import Iterator

from designation._answers.readings import Readings
from designation._text.compare import now_and_over_time
from designation._text.layout import EMPTY, Line, Span, fill


def lines(found: Readings) -> Iterator[Line]:
    """Lay out readings at 80 columns."""
    if not found.changing:
        none = f"No other reading changes the answer as of {found.as_of}, or on a day from {found.from_} to"
        yield from fill(Span(f"{none} {found.through}."))
    for place, reading in enumerate(found.changing):
        if place:
            yield EMPTY
        yield from fill(Span(f"{reading.interpretation}  ", "label"), Span(reading.question))
        yield from fill(Span(f"{reading.reading} -> {reading.alternative}", "warn"))
        yield EMPTY
        yield from now_and_over_time(found.as_of, reading.now, reading.over_time)
