"""Plans: the cheapest ways to hold the designation and renew it."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from designation import _core
from designation._api import RulebookSource, as_partner, build_rules, parse_partner
from designation._core import Plan, Plans, RepricedPlan
from designation._days import day_or_today, parse_day, years_after

LARGEST_AMOUNT = 10**10
SUBJECTS = {
    "capability_evaluated": "capability",
    "case_rate_determined": "performance",
    "csat_evaluated": "csat",
    "badge_awarded": "award",
    "renewal_approved": "renewal",
}


def plan(  # noqa: PLR0913 (most of the parameters are optional)
    partner: _core.Partner | Mapping[str, Any] | str | os.PathLike[str],
    as_of: datetime.date | str | None = None,
    through: datetime.date | str | None = None,
    policy: _core.Policy | Mapping[str, Any] | None = None,
    rulebook: RulebookSource | None = None,
    *,
    worth: Decimal | float = 0,
) -> Plans:
    """Return every plan that no other plan beats on both fees and lapsed days.

    A plan holds the designation from ``as_of`` on and renews it at each anniversary through ``through``. The result is
    exact: no date is sampled. It assumes that every evaluation passes and that the prerequisites stay met. Events after
    ``as_of`` are ignored. A policy's ``planning`` is respected.

    Args:
        partner: The partner's record, its document as a dict, or the path of its file.
        as_of: The first date of the plans; default: today.
        through: The last date of the plans; default: five years after ``as_of``.
        policy: As in `assess`.
        rulebook: As in `assess`.
        worth: The amount that a repeated evaluation must save; the recommended plan has no repeat that saves less.

    Raises:
        InputError: A date is not valid, or the policy does not fit the rulebook.
        ValueError: ``through`` is before ``as_of``, or ``worth`` is negative or has more than four decimal places.

    Example:
        >>> import designation as dsg
        >>> partner = dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
        >>> plans = dsg.plan(partner, as_of="2026-09-15", through="2028-12-31")
        >>> [(plan.fees, plan.lapsed_days, plan.readings) for plan in plans.front]
        [(Decimal('4700'), 1, ('renewal_anchor', 'after_anniversary')), (Decimal('5200'), 0, ('renewal_anchor',))]
        >>> plans.recommended.steps[0].on, plans.recommended.steps[0].latest
        (datetime.date(2027, 1, 1), datetime.date(2027, 3, 2))
    """
    first = day_or_today(as_of)
    last = years_after(first, 5) if through is None else parse_day(through)
    return _core.plan_under(as_partner(partner), first, last, build_rules(policy, rulebook), parse_worth(worth))


def parse_worth(worth: Decimal | float | str) -> Decimal:
    """Return the worth of a repeat as an exact amount.

    Raises:
        ValueError: It is not an amount of 0 or more with at most four decimal places.
    """
    try:
        amount = Decimal(str(worth))
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or not 0 <= amount <= LARGEST_AMOUNT or amount != round(amount, 4):
        raise ValueError(f"worth must be an amount of 0 or more with at most four decimal places, not {worth!r}")
    return amount


def reprice(
    plan: Plan,
    policy: _core.Policy | Mapping[str, Any] | None = None,
    rulebook: RulebookSource | None = None,
) -> RepricedPlan:
    """Return the fees of a plan's steps, on the same days, under the prices of another policy or rulebook.

    Args:
        plan: One of the plans that `plan` returned.
        policy: As in `assess`.
        rulebook: As in `assess`.

    Raises:
        InputError: The policy does not fit the rulebook.
        ValueError: The rulebook lacks an evaluation of the plan.

    Example:
        >>> import designation as dsg
        >>> partner = dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
        >>> plan = dsg.plan(partner, as_of="2026-09-15", through="2027-12-31").recommended
        >>> repriced = dsg.reprice(plan, {"fees": {"csat": [{"from": "2027-01-01", "amount": 550}]}})
        >>> repriced.planned_fees, repriced.fees
        (Decimal('3350'), Decimal('3400'))
    """
    return _core.reprice(plan, build_rules(policy, rulebook))


def apply_plan(partner: _core.Partner, as_of: datetime.date, plan: Plan) -> _core.Partner:
    """Return the partner after all steps of a plan, without other events after ``as_of``."""
    document = partner.to_dict()
    steps = [(str(step.on), str(step.type), step.valid_through) for step in plan.steps]
    document["events"] = [event for event in document["events"] if event["on"] <= str(as_of)] + [
        {"on": on, "type": kind} | ({"outcome": "pass"} if evaluated else {}) for on, kind, evaluated in steps
    ]
    return parse_partner(document)
