"""Answers over time: the line of states, and the next day on which anything changes."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from designation import _core
from designation._answers.difference import Change, differences
from designation._api import assess, rules_of
from designation._days import years_after
from designation._display import public, shown
from designation._records import PERIOD_LISTS


@public
@shown
class Timeline:
    """The maximal runs of days on which the state is the same; together they cover the span.

    ``segments`` holds them in order: ``from_`` and ``through``, both included, and the ``assessment`` as of ``from_``.
    """

    __slots__ = ("segments",)

    def __init__(self, segments: tuple[_core.Segment, ...]) -> None:
        self.segments = segments

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Timeline) and self.segments == other.segments

    def __hash__(self) -> int:
        return hash(self.segments)

    def __repr__(self) -> str:
        return f"<Timeline {self.segments[0].from_} to {self.segments[-1].through}: {len(self.segments)} segments>"


def timeline(
    partner: _core.Partner,
    from_: datetime.date | str,
    through: datetime.date | str,
    policy: _core.Policy | Mapping[str, Any] | None = None,
    rulebook: _core.Rulebook | None = None,
) -> Timeline:
    """Cut a span into the maximal runs of days with an equal state. Exact, not sampled.

    Args:
        partner: The partner's record; facts of the future are taken as they stand.
        from_: The first day, a date or ``"YYYY-MM-DD"``.
        through: The last day, included.
        policy: As in `assess`.
        rulebook: As in `assess`.

    Raises:
        InputError: A day is none, or the policy does not fit the rulebook.
        ValueError: The span ends before it begins.

    Example:
        >>> import designation as dsg
        >>> partner = dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
        >>> for segment in dsg.timeline(partner, from_="2026-07-02", through="2027-04-30").segments:
        ...     print(segment.from_, segment.assessment.term.status)
        2026-07-02 active
        2027-01-01 renewal_open
        2027-03-02 renewal_overdue
        2027-04-02 expired
    """
    return Timeline(tuple(_core.timeline(partner, from_, through, rules_of(policy, rulebook))))


def next_change(
    partner: _core.Partner,
    as_of: datetime.date | str | None = None,
    policy: _core.Policy | Mapping[str, Any] | None = None,
    rulebook: _core.Rulebook | None = None,
) -> Change | None:
    """Give the first later day on which the state differs, with what changes; None where it never does.

    Args:
        partner: The partner's record.
        as_of: The day from which to look; default: today.
        policy: As in `assess`.
        rulebook: As in `assess`.

    Raises:
        InputError: The day is none, or the policy does not fit the rulebook.

    Example:
        >>> import designation as dsg
        >>> partner = dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
        >>> change = dsg.next_change(partner, as_of="2027-01-15")
        >>> change.on, change.after.term.status
        (datetime.date(2027, 3, 2), <Status: 'renewal_overdue'>)
        >>> change.differences[1]
        Difference(path='/term/in_force', before='met', after='unmet', rule='SSD-T7', from_=None, through=None)
    """
    return change_after(assess(partner, as_of, policy, rulebook))


def change_after(assessment: _core.Assessment) -> Change | None:
    """The first later day on which the state differs, with what changes; None where it never does."""
    rules = _core.rules(assessment.policy, assessment.rulebook)
    after = _core.next_change(assessment.partner, assessment.as_of, rules)
    return None if after is None else Change(after.as_of, assessment, after, differences(assessment, after))


def default_span(partner: _core.Partner, as_of: datetime.date) -> tuple[datetime.date, datetime.date]:
    """Give the days from the first fact, at the latest the day of the answer, to two years after that day."""
    begun = [record.from_ for name in PERIOD_LISTS for record in getattr(partner, name) or ()]
    begun += [event.on for event in partner.events or ()]
    return min([*begun, as_of]), years_after(as_of, 2)
