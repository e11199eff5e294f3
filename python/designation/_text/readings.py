"""The page of readings: each interpretation, and what its other reading would change."""

from __future__ import annotations

from collections.abc import Iterator

from designation._answers.readings import Readings
from designation._text.blocks import EMPTY, Block, Span, fill
from designation._text.compare import now_and_over_time_lines, standing_title


def lines(readings: Readings, *, paths: bool = False) -> Iterator[Block]:
    """Lay out readings, their differences as sentences or as paths."""
    yield standing_title(readings.assessment, (readings.from_, readings.through))
    yield EMPTY
    if not readings.changing:
        dates = f"as of {readings.as_of}, or on any day from {readings.from_} through {readings.through}"
        yield from fill(Span(f"No other reading changes the assessment {dates}."))
    for index, reading in enumerate(readings.changing):
        if index:
            yield EMPTY
        yield from fill(Span(f"{reading.interpretation}  ", "label"), Span(reading.question))
        yield from fill(Span(f"{reading.reading} -> {reading.alternative}", "warn"))
        yield EMPTY
        yield from now_and_over_time_lines(readings.assessment, reading.now, reading.over_time, paths=paths)
