"""The assumptions of a plan: which of them the facts contradict, and the fees that fall due after its last day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from designation import _core
from designation._answers.plan import apply_plan
from designation._core import EventType, Plans, Verdict
from designation._days import is_supported
from designation._display import public

RECORDS = {
    "csp_authorization": "csp_authorizations",
    "support_contract": "support_contracts",
    "solutions_partner": "solutions_partner_designations",
}


@public
class Gap(NamedTuple):
    """A prerequisite that a plan assumes, and that is not met, or not known, on a day on which the plan needs it.

    Attributes:
        partner: The id of the partner.
        prerequisite: Its name, as in ``Eligibility.prerequisites``.
        verdict: Its verdict on that day.
        on: The first such day of the plan.
        record: The type of the record that ends on the day before, if one does: ``psfp``.
        decision: The type of the first decision that the gap can prevent.
        by: The latest day of that decision.
    """

    partner: str
    prerequisite: str
    verdict: Verdict
    on: datetime.date
    record: str | None
    decision: EventType
    by: datetime.date


@public
class LaterFees(NamedTuple):
    """The fees of the first renewal that a plan does not count, because its anniversary is after the plan's last day.

    Attributes:
        partner: The id of the partner.
        by: The latest day of that renewal that leaves no gap.
        amount: The fees of the evaluations that it needs, after the plan.
    """

    partner: str
    by: datetime.date
    amount: Decimal


def find_gaps(plans: Plans, rules: _core.Rules) -> tuple[Gap, ...]:
    """Return the prerequisites that are not known, or not met, up to the last decision of the recommended plan."""
    plan = plans.recommended
    decisions = [step for step in plan.steps if step.valid_through is None] if plan else []
    if not decisions:
        return ()
    last = max(step.latest for step in decisions)
    verdicts = _core.assess(plans.partner, plans.as_of, rules).eligibility.prerequisites
    gaps = []
    for name, now in verdicts.items():
        found: tuple[datetime.date, str | None, Verdict] | None = (plans.as_of, None, now)
        if now == Verdict.met:
            found = next(_breaks(plans.partner, name, plans.as_of, last, rules), None)
        if found is not None:
            on, record, verdict = found
            decision = next(step for step in decisions if step.latest >= on)
            gaps.append(Gap(plans.partner.id, name, verdict, on, record, decision.type, decision.latest))
    return tuple(sorted(gaps, key=lambda gap: gap.on))


def _breaks(
    partner: _core.Partner, name: str, as_of: datetime.date, last: datetime.date, rules: _core.Rules
) -> Iterator[tuple[datetime.date, str | None, Verdict]]:
    """Yield the days after the end of a record on which a prerequisite is not met: it can lapse on no other day."""
    records = getattr(partner, RECORDS[name])
    ends = {record.through: str(getattr(record, "type", None) or record.area) for record in records if record.through}
    for end in sorted(day for day in ends if as_of <= day < last):
        day = _core.add_days(end, 1)
        if not is_supported(day):
            return
        verdict = _core.assess(partner, day, rules).eligibility.prerequisites[name]
        if verdict != Verdict.met:
            yield day, ends[end], verdict


def find_later_fees(plans: Plans, rules: _core.Rules) -> LaterFees | None:
    """Return the fees of the first renewal after the recommended plan.

    None if there is no plan, or if the renewal cannot be planned, for example because its days are not supported.
    """
    plan = plans.recommended
    if plan is None:
        return None
    start = max([plans.as_of, *(step.on for step in plan.steps)])
    if not is_supported(max(start, plan.held_until)):
        return None
    after = apply_plan(plans.partner, plans.as_of, plan)
    next_plan = _core.plan_under(after, start, max(start, plan.held_until), rules).recommended
    if next_plan is None:
        return None
    fees = sum((step.fee for step in next_plan.steps if step.anniversary == plan.held_until), Decimal(0))
    return LaterFees(plans.partner.id, rules.renew_by(plan.held_until, start), fees)
