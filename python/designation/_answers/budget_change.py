"""The effect of another policy on the fees of plans: other prices on the same days, and then another schedule."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from designation import _core
from designation._convert import json_object
from designation._core import Plan, Plans
from designation._display import displayable, public


@public
class FeeEffect(NamedTuple):
    """A partner's fees in a fiscal year: as planned, on the same days at other prices, and in the other plan."""

    partner: str
    fiscal_year: int
    before: Decimal
    repriced: Decimal
    after: Decimal


@public
@displayable
class BudgetChange(NamedTuple):
    """The effect of another policy on a budget.

    Attributes:
        currency: The currency of the amounts.
        effects: A row for each partner and fiscal year.
        lapsed_days: The lapsed days of all plans, before and after.
        left_out: The ids of the partners without a plan before or after; the sums do not contain them.
    """

    currency: str
    effects: tuple[FeeEffect, ...]
    lapsed_days: tuple[int, int]
    left_out: tuple[str, ...]

    @property
    def before(self) -> Decimal:
        """The fees of the plans."""
        return self._total("before")

    @property
    def prices(self) -> Decimal:
        """What the other prices add on the same schedule."""
        return self._total("repriced") - self.before

    @property
    def schedule(self) -> Decimal:
        """What the other schedule adds, at the other prices."""
        return self.after - self._total("repriced")

    @property
    def after(self) -> Decimal:
        """The fees of the plans under the other policy."""
        return self._total("after")

    @property
    def by_fiscal_year(self) -> dict[int, BudgetChange]:
        """The effect in each fiscal year; the lapsed days are those of all years."""
        years = sorted({effect.fiscal_year for effect in self.effects})
        return {year: self._only("fiscal_year", year) for year in years}

    @property
    def by_partner(self) -> dict[str, BudgetChange]:
        """The effect for each partner; the lapsed days are those of all partners."""
        return {partner: self._only("partner", partner) for partner in sorted({one.partner for one in self.effects})}

    def _only(self, name: str, value: object) -> BudgetChange:
        return self._replace(effects=tuple(effect for effect in self.effects if getattr(effect, name) == value))

    def _total(self, name: str) -> Decimal:
        return sum((getattr(effect, name) for effect in self.effects), Decimal(0))

    def to_dict(self) -> dict[str, Any]:
        """Return the effect as JSON values."""
        return json_object(
            {
                "currency": self.currency,
                **_sums(self),
                "lapsed_days": {"before": self.lapsed_days[0], "after": self.lapsed_days[1]},
                "by_fiscal_year": {year: _sums(one) for year, one in self.by_fiscal_year.items()},
                "by_partner": {partner: _sums(one) for partner, one in self.by_partner.items()},
                "left_out": self.left_out,
            }
        )


def _sums(change: BudgetChange) -> dict[str, Decimal]:
    return {name: getattr(change, name) for name in ("before", "prices", "schedule", "after")}


def compare_policies(
    plans: Sequence[Plans], rules: _core.Rules, other: _core.Rules, worth: Decimal = Decimal(0)
) -> BudgetChange:
    """Compute the effect of other rules on the fees of the recommended plans.

    Raises:
        ValueError: The other rules lack an evaluation of a plan.
    """
    totals: dict[tuple[str, int], list[Decimal]] = {}
    lapsed, left_out = [0, 0], []
    for one in plans:
        partner, plan = one.partner.id, one.recommended
        new = _core.plan_under(one.partner, one.as_of, one.through, other, worth).recommended
        if plan is None or new is None:
            left_out.append(partner)
            continue
        lapsed = [lapsed[0] + plan.lapsed_days, lapsed[1] + new.lapsed_days]
        schedules: list[Plan | _core.RepricedPlan] = [plan, _core.reprice(plan, other), new]
        for index, schedule in enumerate(schedules):
            for step in schedule.steps:
                if step.fee:
                    row = totals.setdefault((partner, rules.fiscal_year(step.on)), [Decimal(0)] * 3)
                    row[index] += step.fee
    effects = tuple(FeeEffect(partner, year, *row) for (partner, year), row in sorted(totals.items()))
    return BudgetChange(other.currency, effects, (lapsed[0], lapsed[1]), tuple(left_out))
