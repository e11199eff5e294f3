"""What plans cost, by month, fiscal year and partner."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from designation import _core
from designation._answers.plan import SUBJECTS, json_number
from designation._api import rules_of
from designation._core import Impossible, Plans
from designation._days import day_or_today, parse_day, years_after
from designation._display import public, shown
from designation._lazy import need


@public
class Fee(NamedTuple):
    """A fee that a plan has to pay."""

    partner: str
    on: datetime.date
    latest: datetime.date
    evaluation: str
    amount: Decimal
    fiscal_year: int

    @property
    def month(self) -> str:
        """The month of its day, as ``YYYY-MM``."""
        return f"{self.on:%Y-%m}"


@public
class Unplanned(NamedTuple):
    """A partner for whom there is no plan, and why: what stands in the way, or the facts that are needed."""

    partner: str
    impossible: Impossible | None
    facts_needed: tuple[str, ...]


@public
@shown
class Budget(NamedTuple):
    """The fees of the recommended plans, subject to change: the schedule says from when on each amount holds."""

    as_of: datetime.date
    through: datetime.date
    currency: str
    fees: tuple[Fee, ...]
    unplanned: tuple[Unplanned, ...]
    schedule: dict[str, list[tuple[datetime.date, Decimal]]]

    @property
    def total(self) -> Decimal:
        """All fees together."""
        return sum((fee.amount for fee in self.fees), Decimal(0))

    @property
    def by_month(self) -> dict[str, Decimal]:
        """The fees of each month (``YYYY-MM``) in which there are any."""
        return self._by("month")

    @property
    def by_fiscal_year(self) -> dict[int, Decimal]:
        """The fees of each fiscal year, named by the year in which it ends."""
        return self._by("fiscal_year")

    @property
    def by_partner(self) -> dict[str, Decimal]:
        """The fees of each partner who has any."""
        return self._by("partner")

    def _by(self, name: str) -> dict[Any, Decimal]:
        totals: dict[Any, Decimal] = {}
        for fee in self.fees:
            key = getattr(fee, name)
            totals[key] = totals.get(key, Decimal(0)) + fee.amount
        return dict(sorted(totals.items()))

    def to_frame(self, kind: str = "pandas") -> Any:
        """Give a row for each fee, as a frame of pandas or of Polars.

        Raises:
            ImportError: The library is not installed.
            ValueError: The kind is neither ``"pandas"`` nor ``"polars"``.
        """
        if kind not in ("pandas", "polars"):
            raise ValueError(f"a frame is of pandas or of polars, not of {kind!r}")
        columns = {name: [getattr(fee, name) for fee in self.fees] for name in (*Fee._fields, "month")}
        return need(kind).DataFrame(columns)

    def to_dict(self) -> dict[str, Any]:
        """Give the budget as JSON has it."""
        grouped = {f"by_{name}": self._by(name) for name in ("fiscal_year", "month", "partner")}
        return {
            "as_of": str(self.as_of),
            "through": str(self.through),
            "currency": self.currency,
            "total": json_number(self.total),
            **{name: {str(key): json_number(amount) for key, amount in sums.items()} for name, sums in grouped.items()},
            "fees": [
                {**fee._asdict(), "on": str(fee.on), "latest": str(fee.latest), "amount": json_number(fee.amount)}
                for fee in self.fees
            ],
            "unplanned": [
                {
                    "partner": one.partner,
                    "impossible": one.impossible and str(one.impossible),
                    "facts_needed": list(one.facts_needed),
                }
                for one in self.unplanned
            ],
            "schedule": {
                name: [{"from": str(day), "amount": json_number(amount)} for day, amount in amounts]
                for name, amounts in self.schedule.items()
            },
        }


def budget(
    partners: _core.Partner | Plans | Iterable[_core.Partner | Plans],
    as_of: datetime.date | str | None = None,
    through: datetime.date | str | None = None,
    policy: _core.Policy | Mapping[str, Any] | None = None,
    rulebook: _core.Rulebook | None = None,
) -> Budget:
    """Add up what the recommended plans cost, by month, fiscal year and partner.

    Args:
        partners: A partner or plans, or several; plans are taken as they are.
        as_of: The first day of the plans that are still to be made; default: today.
        through: The last day whose anniversary is renewed; default: five years after ``as_of``.
        policy: As in `assess`; its ``fees`` say what would be if the schedule changed.
        rulebook: As in `assess`.

    Raises:
        InputError: A day is none, or the policy does not fit the rulebook.
        ValueError: ``through`` is before ``as_of``.

    Example:
        >>> import designation as dsg
        >>> partner = dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
        >>> budget = dsg.budget(partner, as_of="2026-09-15", through="2028-12-31")
        >>> budget.by_fiscal_year
        {2027: Decimal('3350'), 2028: Decimal('1850')}
    """
    first = day_or_today(as_of)
    last = years_after(first, 5) if through is None else parse_day(through)
    rules = rules_of(policy, rulebook)
    each = [partners] if isinstance(partners, _core.Partner | Plans) else partners
    plans = [one if isinstance(one, Plans) else _core.plan_under(one, first, last, rules) for one in each]
    return added_up(plans, first, last, rules)


def added_up(each: Iterable[Plans], as_of: datetime.date, through: datetime.date, rules: _core.Rules) -> Budget:
    """Add up plans that are made already."""
    fees, unplanned = [], []
    for plans in each:
        who = plans.partner.id
        if plans.recommended is None:
            unplanned.append(Unplanned(who, plans.impossible, plans.facts_needed))
            continue
        for step in plans.recommended.steps:
            if step.valid_through is not None:
                year = rules.fiscal_year(step.on)
                fees.append(Fee(who, step.on, step.latest, SUBJECTS[step.type], step.fee, year))
    fees.sort(key=lambda fee: (fee.on, fee.partner))
    return Budget(as_of, through, rules.currency, tuple(fees), tuple(unplanned), rules.fees)
