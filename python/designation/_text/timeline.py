"""A timeline as a band over the days, and as the list of what changes."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from designation._answers.difference import differences
from designation._answers.timeline import Timeline
from designation._core import Assessment, Segment
from designation._text.compare import differing
from designation._text.layout import COLUMNS, EMPTY, Line, Role, Span, fill, pad
from designation._text.wording import ROLES, capital, named, spoken

LABEL = 20
LONG, SHORT = 3 * 366, 62  # days: over a longer span years are written, over a shorter one days
MARKS = {
    "active": "=",
    "renewal_open": "o",
    "renewal_overdue": "!",
    "expired": "x",
    "not_attained": ".",
    "unknown": "?",
    "met": "=",
    "unmet": ".",
}
LEGEND = ("= active or met   o renewal open   ! overdue   x expired", ". not attained or not met   ? unknown")


def lines(timeline: Timeline, most: int | None = 8) -> Iterator[Line]:
    """Lay out a timeline at 80 columns: the band, and of its changes so many; all of them where it is None."""
    segments = timeline.segments
    first, last = segments[0].from_, segments[-1].through
    who = named(segments[0].assessment.partner)
    yield from fill(Span(f"{who}, {first} to {last}, edition {segments[0].assessment.edition}", "label"))
    yield EMPTY
    width = min(COLUMNS - LABEL, (last - first).days + 1)
    days = [first + datetime.timedelta(((last - first).days + 1) * place // width) for place in range(width)]
    columns = list(_columns(segments, [*days, last]))
    yield (Span(" " * LABEL), Span(_dates(days), "muted"))
    for label, word in _rows(segments[0].assessment):
        yield (
            Span(pad(label, LABEL), "label"),
            *_band([[word(assessment) for assessment in column] for column in columns]),
        )
    yield EMPTY
    for line in LEGEND:
        yield (Span(" " * LABEL), Span(line, "muted"))
    yield from _each(days, width)
    for before, after in pairwise(segments[: None if most is None else most + 1]):
        yield EMPTY
        yield (Span(str(after.from_), "label"),)
        yield from differing(differences(before.assessment, after.assessment))
    if most is not None and len(segments) - 1 > most:
        yield EMPTY
        yield (Span(f"and {len(segments) - 1 - most} more days of change", "muted"),)


def _rows(assessment: Assessment) -> Iterator[tuple[str, Callable[[Assessment], str]]]:
    yield "Status", lambda a: a.term.status
    yield "In force", lambda a: a.term.in_force
    for name in assessment.eligibility.prerequisites:
        yield capital(spoken(name)), lambda a, name=name: a.eligibility.prerequisites[name]  # type: ignore[misc]
    for name in assessment.evaluations:
        yield capital(spoken(name)), lambda a, name=name: a.evaluations[name].verdict  # type: ignore[misc]


def _columns(segments: Sequence[Segment], days: list[datetime.date]) -> Iterator[list[Assessment]]:
    """Give for each column the assessments on its first day, on its days of change, and on the next one's first day."""
    starts = [segment.from_ for segment in segments]
    for first, following in pairwise(days):
        places = range(bisect_right(starts, first) - 1, bisect_right(starts, following))
        yield [segments[place].assessment for place in places]


def _band(columns: list[list[str]]) -> Iterator[Span]:
    for first, *others in columns:
        # What neither this column nor the next one would show is shown here: a short state is not lost.
        word = next((other for other in others if other not in (first, others[-1])), first)
        role: Role = ROLES[word]
        yield Span(MARKS[word], role)


def _dates(days: list[datetime.date]) -> str:
    """Write each year, month or day where it begins, as far as there is room."""
    span = (days[-1] - days[0]).days
    written = "%Y" if span > LONG else "%Y-%m" if span > SHORT else "%Y-%m-%d"
    text = ""
    for place, day in enumerate(days):
        word = f"{day:{written}}"
        begins = place == 0 or word != f"{days[place - 1]:{written}}"
        if begins and (not text or len(text) < place) and place + len(word) <= len(days):
            text = f"{text:<{place}}{word}"
    return text


def _each(days: list[datetime.date], width: int) -> Iterator[Line]:
    step = (days[-1] - days[0]).days / max(width - 1, 1)
    if step > 1:
        shown = f"a column shows the first of about {round(step)} days, or a state that comes and goes in it"
        yield from fill(Span(" " * LABEL), Span(shown, "muted"))
