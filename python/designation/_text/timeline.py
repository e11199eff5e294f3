"""The page of a timeline: a status band over the period, and a list of changes."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise

from designation._answers.difference import find_changes
from designation._answers.timeline import Timeline
from designation._core import Assessment, Segment
from designation._days import today
from designation._messages import more_text
from designation._text.blocks import EMPTY, Block, Figure, Line, Span, Title, fill
from designation._text.compare import difference_lines
from designation._text.drawing import draw_timeline
from designation._text.layout import COLUMNS, lay_out_line, pad
from designation._text.outlook import describe_standing
from designation._text.sentences import describe_change_without_date, facts_by_day
from designation._text.svg import draw
from designation._text.tokens import STATUSES, TOKENS
from designation._text.wording import capitalize, humanize, partner_label

LABEL_WIDTH = 20
LONG, SHORT = 3 * 366, 62  # days: the labels are years above LONG, and dates up to SHORT
# The verdicts share their marks with statuses.
LEGEND = ", ".join(f"{token.mark} {token.word}" for token in STATUSES.values()) + "; met =, not met ."


def lines(timeline: Timeline, most: int | None = 8, *, paths: bool = False) -> Iterator[Block]:
    """Lay out a timeline: bands, and at most ``most`` changes (None: all), in words or as paths."""
    segments = timeline.segments
    first, last = segments[0].from_, segments[-1].through
    ends = ((segments[0], first), (segments[-1], last))
    name = partner_label(segments[0].assessment.partner)
    standings = (f"{describe_standing(each.assessment)} on {day}" for each, day in ends)
    yield Title(
        f"{name}, {first} to {last}, edition {segments[0].assessment.edition}", subtitle=", then ".join(standings)
    )
    yield EMPTY
    yield Figure(partial(_draw_bands, segments), partial(_draw_svg, segments))
    if len(segments) > 1:
        yield EMPTY
    facts = facts_by_day(segments[0].assessment.partner)
    for change in find_changes(segment.assessment for segment in segments[: None if most is None else most + 1]):
        if paths:
            yield from fill(Span(str(change.on), "label"))
            yield from difference_lines(change.differences)
        else:
            yield from fill(Span(str(change.on), "label", 12), Span(describe_change_without_date(change, facts)))
    if most is not None and (more := more_text(len(segments) - 1 - most, "changes")):
        yield from fill(Span(more, "muted"))


def _draw_bands(segments: Sequence[Segment], columns: int) -> Iterator[Line]:
    """Draw a band for each row over the period, with date labels above it and a legend below it."""
    first, last = segments[0].from_, segments[-1].through
    width = min(columns - LABEL_WIDTH, (last - first).days + 1)
    days = [first + datetime.timedelta(((last - first).days + 1) * column // width) for column in range(width)]
    states = list(_columns(segments, [*days, last]))
    yield (Span(" " * LABEL_WIDTH), Span(_date_labels(days), "muted"))
    for label, word in _rows(segments):
        bands = _band([[word(assessment) for assessment in column] for column in states])
        yield (Span(pad(label, LABEL_WIDTH), "label"), *bands)
    yield EMPTY
    indent = LABEL_WIDTH if columns >= COLUMNS else 0
    for text in (LEGEND, _scale_note(days, width)):
        yield from ((Span(" " * indent), *line) for line in lay_out_line((Span(text, "muted"),), columns - indent))


def _draw_svg(segments: Sequence[Segment]) -> str:
    """Draw the timeline of the report, with a line at today, or else at the first day."""
    first, last = segments[0].from_, segments[-1].through
    day = today() if first <= today() <= last else first
    return draw(draw_timeline(segments[0].assessment.partner, segments, day))


def _rows(segments: Sequence[Segment]) -> Iterator[tuple[str, Callable[[Assessment], str]]]:
    yield "Status", lambda a: a.term.status
    if any(segment.assessment.term.at_risk for segment in segments):
        yield "At risk", lambda a: "at_risk" if a.term.at_risk else "not_attained"
    yield "In force", lambda a: a.term.in_force
    assessment = segments[0].assessment
    for name in assessment.eligibility.prerequisites:
        yield capitalize(humanize(name)), lambda a, name=name: a.eligibility.prerequisites[name]  # type: ignore[misc]
    for name in assessment.evaluations:
        yield capitalize(humanize(name)), lambda a, name=name: a.evaluations[name].verdict  # type: ignore[misc]


def _columns(segments: Sequence[Segment], days: list[datetime.date]) -> Iterator[list[Assessment]]:
    """Yield for each column the assessments on its first day, on each change, and on the first day of the next."""
    starts = [segment.from_ for segment in segments]
    for first, following in pairwise(days):
        indexes = range(bisect_right(starts, first) - 1, bisect_right(starts, following))
        yield [segments[index].assessment for index in indexes]


def _band(columns: list[list[str]]) -> Iterator[Span]:
    for first, *others in columns:
        # A state that begins and ends within the column would be lost, because the next column does not show it.
        word = next((other for other in others if other not in (first, others[-1])), first)
        yield Span(TOKENS[word].mark, word)


def _date_labels(days: list[datetime.date]) -> str:
    """Return the line of date labels, each where its year, month, or day begins, if there is room."""
    span = (days[-1] - days[0]).days
    form = "%Y" if span > LONG else "%Y-%m" if span > SHORT else "%Y-%m-%d"
    text = ""
    for column, day in enumerate(days):
        label = f"{day:{form}}"
        begins = column == 0 or label != f"{days[column - 1]:{form}}"
        if begins and (not text or len(text) < column) and column + len(label) <= len(days):
            text = f"{text:<{column}}{label}"
    return text


def _scale_note(days: list[datetime.date], width: int) -> str:
    step = round((days[-1] - days[0]).days / max(width - 1, 1))
    if step <= 1:
        return "each column is a day"
    return f"each column covers about {step} days: the state on its first day, or a shorter state in it"
