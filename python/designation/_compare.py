"""What differs between two answers, and the rule that each difference stands for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from designation import _core
from designation._shown import shown

if TYPE_CHECKING:
    import datetime

    from designation._layout import Line
    from designation._time import Timeline

NOT_COMPARED = ("format", "partner", "as_of", "days_left", "actions", "amounts", "provenance")
ABSENT_RENEWAL = {"verdict": None, "missing": None}


class Difference(NamedTuple):
    """One value that is not the same: where, what it was, what it is, and by which rule.

    A finding that is there on one side only stands with its day on that side; that a prerequisite has lapsed is true or
    false, because its day is that of the answer. Between timelines, ``from_`` and
    ``through`` are the days on which it is so.
    """

    path: str
    before: Any
    after: Any
    rule: str | None
    from_: datetime.date | None = None
    through: datetime.date | None = None

    def to_dict(self) -> dict[str, Any]:
        """Give the difference as JSON has it."""
        made: dict[str, Any] = {} if self.from_ is None else {"from": str(self.from_), "through": str(self.through)}
        before, after = (list(value) if isinstance(value, tuple) else value for value in (self.before, self.after))
        return {**made, "path": self.path, "before": before, "after": after, "rule": self.rule}


@shown(__name__)
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


@shown(__name__)
class Change(NamedTuple):
    """The first day on which the state is another one, the assessments around it, and what differs."""

    on: datetime.date
    before: _core.Assessment
    after: _core.Assessment
    differences: tuple[Difference, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the day and what differs as JSON has it."""
        return {"on": str(self.on), "differences": [difference.to_dict() for difference in self.differences]}


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
    from designation._time import Timeline

    if isinstance(a, _core.Assessment) and isinstance(b, _core.Assessment):
        return Comparison(differences(a, b))
    if isinstance(a, Timeline) and isinstance(b, Timeline):
        return Comparison(tuple(over_time(a, b)))
    raise TypeError(f"two assessments or two timelines, not {type(a).__name__} and {type(b).__name__}")


def differences(a: _core.Assessment, b: _core.Assessment) -> tuple[Difference, ...]:
    """Give what differs between two assessments, in the order of their keys."""
    return tuple(_differences(a, b))


def lines(found: Comparison | Change) -> Iterator[Line]:
    """Lay out what differs at 80 columns, and the day of a change."""
    from designation._layout import Span

    if isinstance(found, Change):
        yield (Span(str(found.on), "label"),)
    elif found.same:
        yield (Span("the same"),)
    yield from differing(found.differences)


def differing(found: tuple[Difference, ...]) -> Iterator[Line]:
    """Lay out differences at 80 columns, those of timelines under the days on which they are so."""
    from designation._layout import Span, fill, pad

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
    from designation._layout import EMPTY, Span

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


def _differences(a: _core.Assessment, b: _core.Assessment) -> Iterator[Difference]:
    from designation._wording import RULES

    left, right = _state(a), _state(b)
    for path in left | right:
        if left.get(path) != right.get(path):
            yield Difference(path, left.get(path), right.get(path), RULES.get(path))
    yield from _of_findings(a, b)


def _state(assessment: _core.Assessment) -> dict[str, Any]:
    answer = {key: value for key, value in assessment.to_dict().items() if key not in NOT_COMPARED}
    answer.pop("findings")
    answer["renewal"] = answer["renewal"] or ABSENT_RENEWAL
    return dict(_leaves("", answer))


def _leaves(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(f"{path}/{key}", inner)
    else:
        yield path, tuple(value) if isinstance(value, list) else value


def _of_findings(a: _core.Assessment, b: _core.Assessment) -> Iterator[Difference]:
    left, right = _findings(a), _findings(b)
    for code, known in sorted(left ^ right):
        gone = (code, known) in left
        there, absent = (known, None) if known else (True, False)
        rule = (a if gone else b).rulebook.to_dict()["findings"][code]["rule"]
        yield Difference(f"/findings/{code}", there if gone else absent, absent if gone else there, rule)


def _findings(assessment: _core.Assessment) -> set[tuple[str, str]]:
    return {(f.code, "" if f.code == "prerequisite_lapsed" else str(f.on)) for f in assessment.findings}


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
