"""The fees of plans, by month, fiscal year, and partner."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from designation import _core
from designation._answers.plan import SUBJECTS, parse_worth
from designation._api import as_partners, build_rules
from designation._convert import build_frame, json_object
from designation._core import Impossible, Plans
from designation._days import day_or_today, parse_day, years_after
from designation._display import displayable, public


@public
class Fee(NamedTuple):
    """A fee of a recommended plan."""

    partner: str
    on: datetime.date
    latest: datetime.date
    evaluation: str
    amount: Decimal
    fiscal_year: int

    @property
    def month(self) -> str:
        """The month of its date, as ``YYYY-MM``."""
        return f"{self.on:%Y-%m}"


@public
class Unplanned(NamedTuple):
    """A partner without a plan, and the reason: an obstacle, or the facts that are needed."""

    partner: str
    impossible: Impossible | None
    facts_needed: tuple[str, ...]


@public
@displayable
class Budget(NamedTuple):
    """The fees of the recommended plans. Fees can change: ``schedule`` holds the first date of each amount."""

    as_of: datetime.date
    through: datetime.date
    currency: str
    fees: tuple[Fee, ...]
    unplanned: tuple[Unplanned, ...]
    schedule: dict[str, list[_core.FeeFrom]]

    @property
    def total(self) -> Decimal:
        """The sum of all fees."""
        return sum((fee.amount for fee in self.fees), Decimal(0))

    @property
    def by_month(self) -> dict[str, Decimal]:
        """The fees of each month (``YYYY-MM``) that has any."""
        return self._total_by("month")

    @property
    def by_fiscal_year(self) -> dict[int, Decimal]:
        """The fees of each fiscal year that has any; a fiscal year is named by the year in which it ends."""
        return self._total_by("fiscal_year")

    @property
    def by_partner(self) -> dict[str, Decimal]:
        """The fees of each partner that has any."""
        return self._total_by("partner")

    def _total_by(self, name: str) -> dict[Any, Decimal]:
        totals: dict[Any, Decimal] = {}
        for fee in self.fees:
            key = getattr(fee, name)
            totals[key] = totals.get(key, Decimal(0)) + fee.amount
        return dict(sorted(totals.items()))

    def to_frame(self, kind: str = "pandas") -> Any:
        """Return a frame with a row for each fee.

        Raises:
            ImportError: The library is not installed.
            ValueError: The kind is neither ``"pandas"`` nor ``"polars"``.
        """
        return build_frame(self.fees, (*Fee._fields, "month"), kind)

    def to_dict(self) -> dict[str, Any]:
        """Return the budget as JSON values."""
        return json_object(
            {
                "as_of": self.as_of,
                "through": self.through,
                "currency": self.currency,
                "total": self.total,
                **{f"by_{name}": self._total_by(name) for name in ("fiscal_year", "month", "partner")},
                "fees": self.fees,
                "unplanned": [
                    {**one._asdict(), "impossible": one.impossible and str(one.impossible)} for one in self.unplanned
                ],
                "schedule": {
                    name: [{"from": one.from_, "amount": one.amount} for one in amounts]
                    for name, amounts in self.schedule.items()
                },
            }
        )


def budget(  # noqa: PLR0913 (most of the parameters are optional)
    partners: Any,
    as_of: datetime.date | str | None = None,
    through: datetime.date | str | None = None,
    policy: _core.Policy | Mapping[str, Any] | None = None,
    rulebook: _core.Rulebook | None = None,
    *,
    worth: Decimal | float = 0,
) -> Budget:
    """Compute the fees of the recommended plans, by month, fiscal year, and partner.

    Args:
        partners: A partner, plans, or several of them, or a file, a frame, or a portfolio. Plans are used as given.
        as_of: The first date of the plans of partners; default: today.
        through: The last date of the plans of partners; default: five years after ``as_of``.
        policy: As in `assess`; with its ``fees``, compute a budget for another schedule.
        rulebook: As in `assess`.
        worth: As in `plan`.

    Raises:
        InputError: A date is not valid, or the policy does not fit the rulebook.
        ValueError: ``through`` is before ``as_of``, or ``worth`` is not an amount.

    Example:
        >>> import designation as dsg
        >>> partner = dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
        >>> budget = dsg.budget(partner, as_of="2026-09-15", through="2028-12-31")
        >>> budget.by_fiscal_year
        {2027: Decimal('3350'), 2028: Decimal('1850')}
    """
    first = day_or_today(as_of)
    last = years_after(first, 5) if through is None else parse_day(through)
    rules = build_rules(policy, rulebook)
    least = parse_worth(worth)
    given = list(partners) if isinstance(partners, Iterator | list | tuple) else [partners]
    plans = [
        one if isinstance(one, Plans) else _core.plan_under(one, first, last, rules, least)
        for one in (given if any(isinstance(one, Plans) for one in given) else as_partners(given))
    ]
    return add_up_plans(plans, first, last, rules)


def add_up_plans(partners: Iterable[Plans], as_of: datetime.date, through: datetime.date, rules: _core.Rules) -> Budget:
    """Build the budget of existing plans."""
    fees, unplanned = [], []
    for plans in partners:
        partner = plans.partner.id
        if plans.recommended is None:
            unplanned.append(Unplanned(partner, plans.impossible, plans.facts_needed))
            continue
        for step in plans.recommended.steps:
            if step.valid_through is not None:
                year = rules.fiscal_year(step.on)
                fees.append(Fee(partner, step.on, step.latest, SUBJECTS[step.type], step.fee, year))
    fees.sort(key=lambda fee: (fee.on, fee.partner))
    return Budget(as_of, through, rules.currency, tuple(fees), tuple(unplanned), rules.fees)
