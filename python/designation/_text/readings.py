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
    else:
        yield from fill(Span(_describe_deciding(readings), "muted"))
    for reading in readings.changing:
        yield EMPTY
        yield from fill(Span(f"{reading.interpretation}  ", "label"), Span(reading.question))
        yield from fill(Span(f"{reading.reading} -> {reading.alternative}", "warn"))
        yield EMPTY
        yield from now_and_over_time_lines(readings.assessment, reading.now, reading.over_time, paths=paths)


def _describe_deciding(readings: Readings) -> str:
    """Return which of the interpretations `Assessment.deciding` names, and why it names no others."""
    changing = [reading.interpretation for reading in readings.changing]
    named = [one["interpretation"] for one in readings.assessment.deciding if one["interpretation"] in changing]
    until = f"on {readings.as_of} or until the renewal window ends"
    results = f"the status, whether the designation is in force or at risk, or the deadline, {until}"
    if not named:
        return f"None of these changes {results}; so the assessment names none under Depends on."
    others = "" if len(named) == len(changing) else " The others change only other results or other days."
    return f"The assessment names {', '.join(named)} under Depends on: another reading changes {results}.{others}"
