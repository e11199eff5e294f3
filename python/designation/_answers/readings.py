"""Which readings of the program's text change a partner's answer."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from designation import _core
from designation._answers.compare import over_time
from designation._answers.difference import Difference, differences
from designation._answers.timeline import Timeline, default_span, timeline
from designation._api import assess, parse_policy, rules_of
from designation._display import public, shown


@public
class Reading(NamedTuple):
    """A question that the program's text leaves open, and what its other answer would change.

    ``now`` holds the differences as of the day of the answer, ``over_time`` those of the timelines, each with its days;
    ``before`` is by the reading in use, ``after`` by the alternative.
    """

    interpretation: str
    question: str
    reading: str
    alternative: str
    now: tuple[Difference, ...]
    over_time: tuple[Difference, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the reading as JSON has it."""
        found = {name: [one.to_dict() for one in getattr(self, name)] for name in ("now", "over_time")}
        return {**self._asdict(), **found}


@public
@shown
class Readings(NamedTuple):
    """The readings that change a partner's answer on a day, or a day of a span; the others change nothing there."""

    as_of: datetime.date
    from_: datetime.date
    through: datetime.date
    changing: tuple[Reading, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the readings as JSON has them."""
        days = {"as_of": str(self.as_of), "from": str(self.from_), "through": str(self.through)}
        return {**days, "changing": [reading.to_dict() for reading in self.changing]}


def readings(
    partner: _core.Partner,
    as_of: datetime.date | str | None = None,
    policy: _core.Policy | Mapping[str, Any] | None = None,
    rulebook: _core.Rulebook | None = None,
    span: tuple[datetime.date | str, datetime.date | str] | None = None,
) -> Readings:
    """Say which interpretations change this partner's answer, now or on the timeline, with both outcomes and days.

    Each is turned to its alternative on its own; the others stay as the policy has them.

    Args:
        partner: The partner's record.
        as_of: The day of the answer; default: today.
        policy: As in `assess`.
        rulebook: As in `assess`.
        span: The first and the last day of the timeline; default: from the first fact to two years after ``as_of``.

    Raises:
        InputError: A day is none, or the policy does not fit the rulebook.
        ValueError: The span ends before it begins.

    Example:
        >>> import designation as dsg
        >>> partner = dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
        >>> found = dsg.readings(partner, as_of="2026-09-15")
        >>> [reading.interpretation for reading in found.changing]
        ['after_anniversary', 'prerequisite_lapse', 'announcement']
        >>> found.changing[0].over_time[0].from_
        datetime.date(2027, 3, 2)
    """
    here = assess(partner, as_of, policy, rulebook)
    line = timeline(partner, *(span or default_span(partner, here.as_of)), here.policy, here.rulebook)
    found = tuple(reading for reading in _each(here, line) if reading.now or reading.over_time)
    return Readings(here.as_of, *_span(line), found)


def _span(line: Timeline) -> tuple[datetime.date, datetime.date]:
    return line.segments[0].from_, line.segments[-1].through


def _each(here: _core.Assessment, line: Timeline) -> Iterator[Reading]:
    questions = here.rulebook.to_dict()["interpretations"]
    chosen = here.policy.to_dict()
    for name, (reading, alternative) in rules_of(here.policy, here.rulebook).readings.items():
        other = chosen | {"interpretations": chosen["interpretations"] | {name: alternative}}
        policy = parse_policy(other, rulebook=here.rulebook)
        there = assess(here.partner, here.as_of, policy, here.rulebook)
        line_there = timeline(here.partner, *_span(line), policy, here.rulebook)
        differing = (differences(here, there), tuple(over_time(line, line_there)))
        yield Reading(name, questions[name]["question"], reading, alternative, *differing)
