"""The plans of a portfolio under two rules: what they cost, and their latest days."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from designation import _core
from designation._answers.plan import SUBJECTS
from designation._answers.sides import Side
from designation._convert import build_frame, json_object
from designation._days import parse_day, years_after
from designation._display import public


@public
class PlanChange(NamedTuple):
    """A partner whose recommended plan differs; the values of a side without a plan are None.

    ``step`` is the first step of the later plan whose latest day differs, or that only one of the plans has.
    """

    id: str
    fees_before: Decimal | None
    fees_after: Decimal | None
    lapsed_days_before: int | None
    lapsed_days_after: int | None
    step: str | None
    latest_before: datetime.date | None
    latest_after: datetime.date | None


@public
class PlanImpact(NamedTuple):
    """The impact on recommended plans.

    Attributes:
        through: The last day of the plans.
        partners: The number of partners with a plan on both sides.
        unplanned: The number of partners without a plan on at least one side.
        fees_before: The fees of the plans of ``partners`` before.
        fees_after: The fees of the plans of ``partners`` after.
        changes: The partners whose plan differs.
    """

    through: datetime.date
    partners: int
    unplanned: int
    fees_before: Decimal
    fees_after: Decimal
    changes: tuple[PlanChange, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the impact on plans as JSON values."""
        return json_object(self)

    def to_frame(self, kind: str = "pandas") -> Any:
        """Return a frame of pandas or Polars with a row for each changed plan.

        Raises:
            ValueError: The kind is another one.
        """
        return build_frame(self.changes, PlanChange._fields, kind)


class PlanTally:
    """The plans so far: a portfolio can be larger than memory."""

    def __init__(self, before: Side, after: Side, through: datetime.date | str | None = None) -> None:
        later = max(before.as_of, after.as_of)
        self._sides = before, after
        self._through = years_after(later, 5) if through is None else parse_day(through)
        if self._through < later:
            raise ValueError(f"the last day, {self._through}, is before {later}")
        self._changes: list[PlanChange] = []
        self._planned = self._unplanned = 0
        self._sums = [Decimal(0), Decimal(0)]

    def add(self, partners: Iterable[_core.Partner]) -> None:
        """Compare the recommended plans of more partners."""
        for partner in partners:
            left, right = (
                _core.plan_under(partner, side.as_of, self._through, side.rules, Decimal(0)).recommended
                for side in self._sides
            )
            if left is None or right is None:
                self._unplanned += 1
            else:
                self._planned += 1
                self._sums = [self._sums[0] + left.fees, self._sums[1] + right.fees]
            change = _change(partner.id, left, right)
            self._changes += [change] if change else []

    def build(self) -> PlanImpact:
        """Build the impact on what was added."""
        before, after = self._sums
        return PlanImpact(self._through, self._planned, self._unplanned, before, after, tuple(self._changes))


def _change(id: str, before: _core.Plan | None, after: _core.Plan | None) -> PlanChange | None:
    left, right = _latest_days(before), _latest_days(after)
    figures = [None if plan is None else (plan.fees, plan.lapsed_days) for plan in (before, after)]
    if figures[0] == figures[1] and left == right:
        return None
    steps = [step for step in dict.fromkeys([*left, *right]) if left.get(step) != right.get(step)]
    step = min(steps, key=lambda one: min(filter(None, (left.get(one), right.get(one)))), default=None)
    (fees, lapsed), (new_fees, new_lapsed) = (one or (None, None) for one in figures)
    days = (None, None) if step is None else (left.get(step), right.get(step))
    return PlanChange(id, fees, new_fees, lapsed, new_lapsed, None if step is None else step[0], *days)


def _latest_days(plan: _core.Plan | None) -> dict[tuple[str, int], datetime.date]:
    """Return the latest day of each step, by what it is about and its number among the steps about it."""
    days: dict[tuple[str, int], datetime.date] = {}
    for step in () if plan is None else plan.steps:
        subject = SUBJECTS[step.type]
        days[subject, sum(name == subject for name, _ in days)] = step.latest
    return days
