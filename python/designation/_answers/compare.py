"""What differs between two answers of one kind: assessments, or timelines over the same span."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any, NamedTuple

from designation import _core
from designation._answers.difference import Difference, differences
from designation._answers.timeline import Timeline
from designation._display import public, shown


@public
@shown
class Comparison(NamedTuple):
    """What differs; ``same`` where nothing does."""

    differences: tuple[Difference, ...]

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not self.differences

    def to_dict(self) -> dict[str, Any]:
        """Give the comparison as JSON has it."""
        return {"same": self.same, "differences": [difference.to_dict() for difference in self.differences]}


def compare(a: _core.Assessment | Timeline, b: _core.Assessment | Timeline) -> Comparison:
    """Say what differs between two assessments, or between two timelines over the same span.

    Compared are the keys of an assessment without the partner's name and the day; findings as a set.

    Raises:
        TypeError: The two are not of one kind.
        ValueError: The timelines are not over the same span.

    Example:
        >>> import designation as dsg
        >>> partner = dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
        >>> print(dsg.compare(dsg.assess(partner, as_of="2026-09-15"), dsg.assess(partner, as_of="2027-01-15")))
        SSD-T6  /term/status  active -> renewal_open
        SSD-F2  /fees/due     0 -> 3350
    """
    if isinstance(a, _core.Assessment) and isinstance(b, _core.Assessment):
        return Comparison(differences(a, b))
    if isinstance(a, Timeline) and isinstance(b, Timeline):
        return Comparison(tuple(over_time(a, b)))
    raise TypeError(f"two assessments or two timelines, not {type(a).__name__} and {type(b).__name__}")


def over_time(a: Timeline, b: Timeline) -> Iterator[Difference]:
    """Give what differs between two timelines over one span, each with the days on which it does."""
    spans = [(line.segments[0].from_, line.segments[-1].through) for line in (a, b)]
    if spans[0] != spans[1]:
        raise ValueError("two timelines are compared over the same span")
    found: list[Difference] = []
    running: dict[Difference, int] = {}
    for first, last, left, right in _pieces(a, b):
        seen = {}
        for difference in differences(left, right):
            place = running.get(difference)
            if place is None:
                place = len(found)
                found.append(difference._replace(from_=first))
            found[place] = found[place]._replace(through=last)
            seen[difference] = place
        running = seen
    # One day's differences stand together where they also end together.
    yield from sorted(found, key=lambda one: (one.from_, one.through))


def _pieces(
    a: Timeline, b: Timeline
) -> Iterator[tuple[datetime.date, datetime.date, _core.Assessment, _core.Assessment]]:
    left, right = 0, 0
    while left < len(a.segments) and right < len(b.segments):
        one, other = a.segments[left], b.segments[right]
        last = min(one.through, other.through)
        yield max(one.from_, other.from_), last, one.assessment, other.assessment
        left += one.through == last
        right += other.through == last
