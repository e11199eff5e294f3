"""Comparisons of two assessments, or of two timelines over the same period."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any, NamedTuple

from designation import _core
from designation._answers.difference import Difference, find_differences
from designation._answers.timeline import Timeline
from designation._display import displayable, public


@public
@displayable
class Comparison(NamedTuple):
    """The differences, and the two sides; ``same`` is true if there are none."""

    differences: tuple[Difference, ...]
    before: _core.Assessment | Timeline | None = None
    after: _core.Assessment | Timeline | None = None

    @property
    def same(self) -> bool:
        """Whether there are no differences."""
        return not self.differences

    def to_dict(self) -> dict[str, Any]:
        """Return the comparison as JSON values."""
        return {"same": self.same, "differences": [difference.to_dict() for difference in self.differences]}


def compare(a: _core.Assessment | Timeline, b: _core.Assessment | Timeline) -> Comparison:
    """Compare two assessments, or two timelines over the same period.

    The comparison covers the keys of an assessment except the partner and the date; findings are compared as a set.

    Raises:
        TypeError: The two are not of the same type.
        ValueError: The timelines do not cover the same period.

    Example:
        >>> import designation as dsg
        >>> partner = dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
        >>> print(dsg.compare(dsg.assess(partner, as_of="2026-09-15"), dsg.assess(partner, as_of="2027-01-15")))
        contoso, 2026-09-15 -> 2027-01-15: active, in force -> renewal open, in force
          the status is renewal open, fees due 3,350 USD instead of 0 USD
    """
    if isinstance(a, _core.Assessment) and isinstance(b, _core.Assessment):
        return Comparison(find_differences(a, b), a, b)
    if isinstance(a, Timeline) and isinstance(b, Timeline):
        return Comparison(tuple(timeline_differences(a, b)), a, b)
    raise TypeError(f"compare two assessments or two timelines, not {type(a).__name__} and {type(b).__name__}")


def timeline_differences(a: Timeline, b: Timeline) -> Iterator[Difference]:
    """Yield the differences between two timelines, each with its first and last day."""
    periods = [(one.segments[0].from_, one.segments[-1].through) for one in (a, b)]
    if periods[0] != periods[1]:
        raise ValueError("the timelines must cover the same period")
    found: list[Difference] = []
    open_indices: dict[Difference, int] = {}
    for first, last, left, right in _common_segments(a, b):
        indices = {}
        for difference in find_differences(left, right):
            index = open_indices.get(difference)
            if index is None:
                index = len(found)
                found.append(difference._replace(from_=first))
            found[index] = found[index]._replace(through=last)
            indices[difference] = index
        open_indices = indices
    # Differences over the same days come one after the other.
    yield from sorted(found, key=lambda one: (one.from_, one.through))


def _common_segments(
    a: Timeline, b: Timeline
) -> Iterator[tuple[datetime.date, datetime.date, _core.Assessment, _core.Assessment]]:
    left, right = 0, 0
    while left < len(a.segments) and right < len(b.segments):
        one, other = a.segments[left], b.segments[right]
        last = min(one.through, other.through)
        yield max(one.from_, other.from_), last, one.assessment, other.assessment
        left += one.through == last
        right += other.through == last
