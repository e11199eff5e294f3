"""The page of a comparison or a change: sentences, or the path, the rule, and both values of each difference."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from designation._answers.compare import Comparison
from designation._answers.difference import Change, Difference
from designation._answers.timeline import Timeline
from designation._core import Assessment
from designation._text.blocks import EMPTY, Block, Span, Title, fill
from designation._text.outlook import describe_standing
from designation._text.sentences import describe_change, difference_sentences
from designation._text.wording import partner_label


def lines(result: Comparison | Change, *, paths: bool = False) -> Iterator[Block]:
    """Lay out differences as sentences, or as paths, under a heading."""
    if result.before is not None and result.after is not None:
        yield Title(_heading(result.before, result.after))
    if not result.differences:
        yield (Span("no differences"),)
    elif paths or result.after is None:
        yield from difference_lines(result.differences)
    elif isinstance(result, Change):
        yield from fill(Span("  "), Span(describe_change(result)))
    else:
        yield from difference_sentences(result.differences, _assessment(result.after))


def difference_lines(differences: tuple[Difference, ...]) -> Iterator[Block]:
    """Lay out the paths of differences; those of timelines under their first and last day."""
    width = max((len(difference.path) for difference in differences), default=0)
    days: tuple[Any, Any] = (None, None)
    for difference in differences:
        if (difference.from_, difference.through) != days:
            days = (difference.from_, difference.through)
            yield (Span(f"{days[0]} to {days[1]}", "label"),)
        head = Span(difference.rule or "", "muted", 8)
        values = f"{format_value(difference.before)} -> {format_value(difference.after)}"
        yield from fill(head, Span(difference.path, "", width + 2), Span(values))


def now_and_over_time_lines(
    assessment: Assessment, now: tuple[Difference, ...], later: tuple[Difference, ...], *, paths: bool = False
) -> Iterator[Block]:
    """Lay out the differences as of the date of an assessment, then those over time."""

    def differences(group: tuple[Difference, ...]) -> Iterable[Block]:
        return difference_lines(group) if paths else difference_sentences(group, assessment)

    if now:
        yield (Span(f"as of {assessment.as_of}", "label"),)
        yield from differences(now)
    if now and later:
        yield EMPTY
    yield from differences(later)


def standing_title(assessment: Assessment, days: tuple[datetime.date, datetime.date] | None = None) -> Title:
    """Return the partner, the date, the standing, and the days that were examined."""
    standing = f"{partner_label(assessment.partner)}, as of {assessment.as_of}: {describe_standing(assessment)}"
    period = "" if days is None else f"examined from {days[0]} through {days[1]}, edition {assessment.edition}"
    return Title(standing, subtitle=period)


def format_value(value: Any) -> str:
    """Return a value of an assessment as text."""
    if isinstance(value, tuple):
        return ", ".join(value) or "nothing"
    return "none" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _assessment(side: Assessment | Timeline) -> Assessment:
    return side.segments[0].assessment if isinstance(side, Timeline) else side


def _heading(old: Assessment | Timeline, new: Assessment | Timeline) -> str:
    before, after = _assessment(old), _assessment(new)
    label = partner_label(before.partner)
    if isinstance(old, Timeline):
        return f"{label}, {before.as_of} through {old.segments[-1].through}"
    days = _pair(str(before.as_of), str(after.as_of))
    return f"{label}, {days}: {_pair(describe_standing(before), describe_standing(after))}"


def _pair(before: str, after: str) -> str:
    return before if before == after else f"{before} -> {after}"
