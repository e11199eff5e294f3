"""The cheapest ways to keep the designation, proved: every plan that no other betters in fees and lapsed days."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from designation import _core
from designation._api import parse_partner, rules_of
from designation._core import PlanStep
from designation._days import day_or_today, parse_day, years_after
from designation._display import public, shown

SUBJECTS = {
    "capability_evaluated": "capability",
    "case_rate_determined": "performance",
    "csat_evaluated": "csat",
    "badge_awarded": "award",
    "renewal_approved": "renewal",
}


@public
@shown
class Plan(NamedTuple):
    """A schedule that keeps the designation, and what it costs.

    ``readings`` names the interpretations that it leans on: under the alternative the same schedule is not valid, or
    has other measures. It holds the designation from ``held_from`` up to the anniversary ``held_until``.
    """

    fees: Decimal
    lapsed_days: int
    held_from: datetime.date
    held_until: datetime.date
    steps: tuple[PlanStep, ...]
    readings: tuple[str, ...]

    @property
    def held_days(self) -> int:
        """How many days the designation is held, the anniversary that ends it left out."""
        return (self.held_until - self.held_from).days

    def to_dict(self) -> dict[str, Any]:
        """Give the plan as JSON has it."""
        days = {name: str(getattr(self, name)) for name in ("held_from", "held_until")}
        steps = [_step(step) for step in self.steps]
        measures = {"fees": number(self.fees), "lapsed_days": self.lapsed_days, "held_days": self.held_days}
        return {**measures, **days, "steps": steps, "readings": list(self.readings)}


@public
class Impossible(NamedTuple):
    """Why there is no plan: without any of the ``constraints`` there would be one.

    These are JSON Pointers into the policy. ``anniversary`` is the one that no plan renews; None where the badge itself
    is not reached.
    """

    anniversary: datetime.date | None
    constraints: tuple[str, ...]

    def __str__(self) -> str:
        what = "the badge is not reached" if self.anniversary is None else f"{self.anniversary} cannot be renewed"
        return f"{what}, because of {', '.join(self.constraints)} in the policy"


@public
@shown
class Plans(NamedTuple):
    """Every plan that no other betters in both fees and lapsed days, fees rising; the last one is recommended.

    ``impossible`` says why there is none; ``facts_needed`` names what is to be known before there can be one.
    """

    partner: _core.Partner
    as_of: datetime.date
    through: datetime.date
    currency: str
    front: tuple[Plan, ...]
    impossible: Impossible | None
    facts_needed: tuple[str, ...]

    @property
    def recommended(self) -> Plan | None:
        """Of the plans with the fewest lapsed days the cheapest; None where there is none."""
        return self.front[-1] if self.front else None

    def to_dict(self) -> dict[str, Any]:
        """Give the plans as JSON has them."""
        impossible = self.impossible and {
            "anniversary": self.impossible.anniversary and str(self.impossible.anniversary),
            "constraints": list(self.impossible.constraints),
        }
        return {
            "partner": {"id": self.partner.id, "name": self.partner.name},
            "as_of": str(self.as_of),
            "through": str(self.through),
            "currency": self.currency,
            "front": [plan.to_dict() for plan in self.front],
            "recommended": self.recommended and self.recommended.to_dict(),
            "impossible": impossible,
            "facts_needed": list(self.facts_needed),
        }


def plan(
    partner: _core.Partner,
    as_of: datetime.date | str | None = None,
    through: datetime.date | str | None = None,
    policy: _core.Policy | Mapping[str, Any] | None = None,
    rulebook: _core.Rulebook | None = None,
) -> Plans:
    """Find every way to keep the designation and renew it that no other betters in both fees and lapsed days.

    Exact: the days that are tried are proved to suffice. Every evaluation that is taken passes, the prerequisites hold,
    and events after ``as_of`` are left out. A policy's ``planning`` is respected.

    Args:
        partner: The partner's record.
        as_of: The first day on which anything is done; default: today.
        through: The last day whose anniversary is renewed; default: five years after ``as_of``.
        policy: As in `assess`.
        rulebook: As in `assess`.

    Raises:
        InputError: A day is none, or the policy does not fit the rulebook.
        ValueError: ``through`` is before ``as_of``.

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
    return of(partner, first, last, rules_of(policy, rulebook))


def of(partner: _core.Partner, as_of: datetime.date, through: datetime.date, rules: _core.Rules) -> Plans:
    """Plan under rules that are made already."""
    known, front, unreached, constraints = _core.plan(partner, as_of, through, rules)
    plans = tuple(Plan(*each) for each in front)
    impossible = Impossible(unreached, constraints) if known and not plans else None
    return Plans(partner, as_of, through, rules.currency, plans, impossible, () if known else ("/events",))


def followed(partner: _core.Partner, as_of: datetime.date, plan: Plan) -> _core.Partner:
    """Give the partner who has done all that a plan says, and nothing else after ``as_of``."""
    document = partner.to_dict()
    steps = [(str(step.on), str(step.type), step.valid_through) for step in plan.steps]
    document["events"] = [event for event in document["events"] if event["on"] <= str(as_of)] + [
        {"on": on, "type": kind} | ({"outcome": "pass"} if evaluated else {}) for on, kind, evaluated in steps
    ]
    return parse_partner(document)


def number(amount: Decimal) -> int | float:
    """Give an amount as JSON has it."""
    return int(amount) if amount == int(amount) else float(amount)


def _step(step: PlanStep) -> dict[str, Any]:
    made: dict[str, Any] = {"on": str(step.on), "latest": str(step.latest), "type": str(step.type)}
    made |= {"actor": str(step.actor), "then": step.then and str(step.then), "fee": number(step.fee)}
    days = ("anniversary", "valid_through", "expires_on")
    return made | {name: day and str(day) for name in days for day in [getattr(step, name)]}
