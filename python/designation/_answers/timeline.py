"""Assessments over time: timelines, and the next change."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping
from typing import Any

from designation import _core
from designation._answers.difference import Change, find_differences
from designation._api import RulebookSource, as_partner, assess, build_rules
from designation._days import years_after
from designation._display import displayable, public
from designation._records import PERIOD_LISTS


@public
@displayable
class Timeline:
    """The maximal periods in which the state does not change; together they cover the whole period.

    ``segments`` is in order. Each has ``from_`` and ``through``, both included, and the ``assessment`` as of ``from_``.
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
    partner: _core.Partner | Mapping[str, Any] | str | os.PathLike[str],
    from_: datetime.date | str,
    through: datetime.date | str,
    policy: _core.Policy | Mapping[str, Any] | None = None,
    rulebook: RulebookSource | None = None,
) -> Timeline:
    """Compute the maximal periods in which the state does not change. The result is exact: no date is sampled.

    Args:
        partner: The partner's record; future facts count too.
        from_: The first day, a date or ``"YYYY-MM-DD"``.
        through: The last day, included.
        policy: As in `assess`.
        rulebook: As in `assess`.

    Raises:
        InputError: A date is not valid, or the policy does not fit the rulebook.
        ValueError: ``through`` is before ``from_``.

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
    return Timeline(tuple(_core.timeline(as_partner(partner), from_, through, build_rules(policy, rulebook))))


def next_change(
    partner: _core.Partner | Mapping[str, Any] | str | os.PathLike[str],
    as_of: datetime.date | str | None = None,
    policy: _core.Policy | Mapping[str, Any] | None = None,
    rulebook: RulebookSource | None = None,
) -> Change | None:
    """Return the first later day on which the state differs, with the differences; None if there is none.

    Args:
        partner: The partner's record, its document as a dict, or the path of its file.
        as_of: The date to start from; default: today.
        policy: As in `assess`.
        rulebook: As in `assess`.

    Raises:
        InputError: The date is not valid, or the policy does not fit the rulebook.

    Example:
        >>> import designation as dsg
        >>> partner = dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
        >>> change = dsg.next_change(partner, as_of="2027-01-15")
        >>> change.on, change.after.term.status
        (datetime.date(2027, 3, 2), <Status: 'renewal_overdue'>)
        >>> change.differences[1]
        Difference(path='/term/in_force', before='met', after='unmet', rule='SSD-T7', from_=None, through=None)
    """
    return next_change_after(assess(partner, as_of, policy, rulebook))


def next_change_after(assessment: _core.Assessment) -> Change | None:
    """Return the first change after an assessment; None if there is none."""
    rules = _core.rules(assessment.policy, assessment.rulebook)
    after = _core.next_change(assessment.partner, assessment.as_of, rules)
    return None if after is None else Change(after.as_of, assessment, after, find_differences(assessment, after))


def default_span(partner: _core.Partner, as_of: datetime.date) -> tuple[datetime.date, datetime.date]:
    """Return the default period: from the first fact, or ``as_of`` if earlier, to two years after ``as_of``."""
    starts = [record.from_ for name in PERIOD_LISTS for record in getattr(partner, name) or ()]
    starts += [event.on for event in partner.events or ()]
    return min([*starts, as_of]), years_after(as_of, 2)


def drawn_span(partner: _core.Partner, as_of: datetime.date) -> tuple[datetime.date, datetime.date]:
    """Return the default period of a drawing, which begins with the first event: contracts can be much older."""
    first, last = default_span(partner, as_of)
    return min((event.on for event in partner.events or ()), default=first), last
