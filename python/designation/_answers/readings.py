"""The interpretations that a partner's assessments depend on."""

from __future__ import annotations

import datetime
import functools
import os
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from designation import _core
from designation._answers.compare import timeline_differences
from designation._answers.difference import Difference, find_differences
from designation._answers.timeline import Timeline, default_span, timeline
from designation._api import RulebookSource, as_partner, assess, build_rules, parse_policy
from designation._convert import json_object
from designation._display import displayable, public


@public
class Reading(NamedTuple):
    """An interpretation, its reading in use, and the differences that its alternative makes.

    ``now`` holds the differences as of the date of the assessment, ``over_time`` those between the timelines.
    In each, ``before`` is the value under the reading in use, ``after`` the value under the alternative.
    """

    interpretation: str
    question: str
    reading: str
    alternative: str
    now: tuple[Difference, ...]
    over_time: tuple[Difference, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the reading as JSON values."""
        return json_object(self)


@public
@displayable
class Readings(NamedTuple):
    """The readings that an assessment or a timeline depends on; with any other, the alternative changes nothing."""

    as_of: datetime.date
    from_: datetime.date
    through: datetime.date
    changing: tuple[Reading, ...]
    assessment: _core.Assessment

    def to_dict(self) -> dict[str, Any]:
        """Return the readings as JSON values, without the assessment."""
        return json_object({name: value for name, value in self._asdict().items() if name != "assessment"})


def readings(
    partner: _core.Partner | Mapping[str, Any] | str | os.PathLike[str],
    as_of: datetime.date | str | None = None,
    policy: _core.Policy | Mapping[str, Any] | None = None,
    rulebook: RulebookSource | None = None,
    span: tuple[datetime.date | str, datetime.date | str] | None = None,
) -> Readings:
    """Return the interpretations that the assessment or timeline depends on, with both values and the days.

    Each interpretation is switched to its alternative by itself; the others keep the readings of the policy.

    Args:
        partner: The partner's record, its document as a dict, or the path of its file.
        as_of: The date of the assessment; default: today.
        policy: As in `assess`.
        rulebook: As in `assess`.
        span: The first and the last day of the timeline; default: from the first fact to two years after ``as_of``.

    Raises:
        InputError: A date is not valid, or the policy does not fit the rulebook.
        ValueError: ``span`` ends before it begins.

    Example:
        >>> import designation as dsg
        >>> partner = dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
        >>> found = dsg.readings(partner, as_of="2026-09-15")
        >>> [reading.interpretation for reading in found.changing]
        ['after_anniversary', 'prerequisite_lapse', 'announcement']
        >>> found.changing[0].over_time[0].from_
        datetime.date(2027, 3, 2)
    """
    record = as_partner(partner)
    current = assess(record, as_of, policy, rulebook)
    line = timeline(record, *(span or default_span(record, current.as_of)), current.policy, current.rulebook)
    found = tuple(reading for reading in _compare_alternatives(current, line) if reading.now or reading.over_time)
    return Readings(current.as_of, *_span(line), found, current)


def _span(line: Timeline) -> tuple[datetime.date, datetime.date]:
    return line.segments[0].from_, line.segments[-1].through


def _compare_alternatives(current: _core.Assessment, line: Timeline) -> Iterator[Reading]:
    for name, question, both, rules in find_alternatives(current.policy, current.rulebook):
        switched = _core.assess(current.partner, current.as_of, rules)
        switched_line = Timeline(tuple(_core.timeline(current.partner, *_span(line), rules)))
        differing = (find_differences(current, switched), tuple(timeline_differences(line, switched_line)))
        yield Reading(name, question, both.used, both.alternative, *differing)


@functools.lru_cache(maxsize=8)
def find_alternatives(policy: _core.Policy, rulebook: _core.Rulebook) -> list[tuple[str, str, Any, _core.Rules]]:
    """Return each interpretation, its question, its readings, and the rules with its alternative.

    They are the same for all partners, and take longer to build than to apply.
    """
    chosen, interpretations = policy.to_dict(), rulebook.to_dict()["interpretations"]
    alternatives = []
    for name, both in build_rules(policy, rulebook).readings.items():
        document = chosen | {"interpretations": chosen["interpretations"] | {name: both.alternative}}
        rules = build_rules(parse_policy(document, rulebook=rulebook), rulebook)
        alternatives.append((name, interpretations[name]["question"], both, rules))
    return alternatives
