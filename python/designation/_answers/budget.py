"""The fees of plans, by month, fiscal year, and partner."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from designation import _core
from designation._answers.assumptions import Gap, LaterFees, find_gaps, find_later_fees
from designation._answers.budget_change import BudgetChange, compare_policies
from designation._answers.plan import SUBJECTS, parse_worth
from designation._api import RulebookSource, as_partners, build_rules
from designation._convert import build_frame, build_table, json_object
from designation._core import EventType, Impossible, Plans
from designation._days import day_or_today, parse_day, years_after
from designation._display import displayable, public

PERIODS = ("fiscal_year", "month")


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

    @property
    def reason(self) -> str:
        """The reason in words."""
        return str(self.impossible) if self.impossible else f"needs {', '.join(self.facts_needed)}"


@public
@displayable
class Budget(NamedTuple):
    """The fees of the recommended plans. Fees can change: ``schedule`` holds the first date of each amount.

    Attributes:
        names: The display name of each partner with a plan, by its id.
        later: The fees of each partner's first renewal after the plan, which are not counted.
        attaining: The ids of the partners whose plan begins with the badge; it assumes their form and eligibility.
        gaps: The prerequisites that the plans assume and that the facts contradict.
        against: The effect of another policy, if one was given.
    """

    as_of: datetime.date
    through: datetime.date
    currency: str
    fees: tuple[Fee, ...]
    unplanned: tuple[Unplanned, ...]
    schedule: dict[str, list[_core.FeeFrom]]
    names: dict[str, str] = {}  # noqa: RUF012 - never changed
    later: tuple[LaterFees, ...] = ()
    attaining: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    against: BudgetChange | None = None

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

    @property
    def later_total(self) -> Decimal:
        """The fees of the first renewals after the plans, which the total does not count."""
        return sum((fees.amount for fees in self.later), Decimal(0))

    @property
    def later_by(self) -> datetime.date | None:
        """The last day of the renewals of ``later_total``."""
        return max((fees.by for fees in self.later if fees.amount), default=None)

    def by_partner_and(self, name: str) -> dict[str, dict[Any, Decimal]]:
        """Return the fees of each partner with a plan, by ``"fiscal_year"`` or by ``"month"``.

        Raises:
            ValueError: The name is another one.
        """
        if name not in PERIODS:
            raise ValueError(f"must be one of {', '.join(PERIODS)}, not {name!r}")
        totals: dict[str, dict[Any, Decimal]] = {partner: {} for partner in self.names}
        for fee in self.fees:
            row, key = totals[fee.partner], getattr(fee, name)
            row[key] = row.get(key, Decimal(0)) + fee.amount
        return totals

    def _total_by(self, name: str) -> dict[Any, Decimal]:
        totals: dict[Any, Decimal] = {}
        for fee in self.fees:
            key = getattr(fee, name)
            totals[key] = totals.get(key, Decimal(0)) + fee.amount
        return dict(sorted(totals.items()))

    def to_frame(self, kind: str = "pandas", *, by: str | None = None) -> Any:
        """Return a frame with a row for each fee; with ``by``, a row for each partner and a column for each period.

        Args:
            kind: ``"pandas"`` or ``"polars"``.
            by: ``"fiscal_year"`` or ``"month"``.

        Raises:
            ImportError: The library is not installed.
            ValueError: An argument has another value.
        """
        if by is None:
            return build_frame(self.fees, (*Fee._fields, "month"), kind)
        columns, rows = self.table(by)
        return build_table({name: [row[index] for row in rows] for index, name in enumerate(columns)}, kind)

    def table(self, by: str = "fiscal_year") -> tuple[list[str], list[list[Any]]]:
        """Return the names of the columns and the rows of a table: a row per partner, and a column per period.

        A partner without a plan has no amounts, and a note.

        Raises:
            ValueError: ``by`` is neither ``"fiscal_year"`` nor ``"month"``.
        """
        fees = self.by_partner_and(by)
        periods = sorted({period for row in fees.values() for period in row})
        if by == "fiscal_year" and periods:
            periods = list(range(periods[0], periods[-1] + 1))
        later = {one.partner: one for one in self.later}
        rows: list[list[Any]] = []
        for partner, row in fees.items():
            amounts = [row.get(period, Decimal(0)) for period in periods]
            after = later.get(partner)
            rest = [after.amount, after.by] if after else [None, None]
            rows.append([partner, self.names[partner], *amounts, sum(amounts, Decimal(0)), *rest, None])
        empty = [None] * (len(periods) + 3)
        rows += [[one.partner, None, *empty, f"no plan: {one.reason}"] for one in self.unplanned]
        names = [f"FY{period}" if by == "fiscal_year" else str(period) for period in periods]
        return ["partner_id", "name", *names, "total", "later_fees", "later_by", "note"], rows

    def to_dict(self) -> dict[str, Any]:
        """Return the budget as JSON values."""
        return json_object(
            {
                "as_of": self.as_of,
                "through": self.through,
                "currency": self.currency,
                "total": self.total,
                **{f"by_{name}": self._total_by(name) for name in ("fiscal_year", "month", "partner")},
                "by_partner_and_fiscal_year": self.by_partner_and("fiscal_year"),
                "fees": self.fees,
                "later_fees": {"total": self.later_total, "by": self.later_by, "partners": self.later},
                "assumptions": {"attaining": self.attaining, "gaps": self.gaps},
                "unplanned": [
                    {**one._asdict(), "impossible": one.impossible and str(one.impossible)} for one in self.unplanned
                ],
                "schedule": {
                    name: [{"from": one.from_, "amount": one.amount} for one in amounts]
                    for name, amounts in self.schedule.items()
                },
                **({} if self.against is None else {"against": self.against}),
            }
        )


def budget(  # noqa: PLR0913 (most of the parameters are optional)
    partners: Any,
    as_of: datetime.date | str | None = None,
    through: datetime.date | str | None = None,
    policy: _core.Policy | Mapping[str, Any] | None = None,
    rulebook: RulebookSource | None = None,
    *,
    worth: Decimal | float = 0,
    against: _core.Policy | Mapping[str, Any] | None = None,
) -> Budget:
    """Compute the fees of the recommended plans, by month, fiscal year, and partner.

    Args:
        partners: A partner, plans, or several of them, or a file, a frame, or a portfolio. Plans are used as given.
        as_of: The first date of the plans of partners; default: today.
        through: The last date of the plans of partners; default: five years after ``as_of``.
        policy: As in `assess`; with its ``fees``, compute a budget for another schedule.
        rulebook: As in `assess`.
        worth: As in `plan`.
        against: Another policy. The budget's ``against`` then tells the effect of its prices on the same schedule
            apart from the effect of the schedule that it would recommend.

    Raises:
        InputError: A date is not valid, or a policy does not fit the rulebook.
        ValueError: ``through`` is before ``as_of``, or ``worth`` is not an amount.

    Example:
        >>> import designation as dsg
        >>> partner = dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
        >>> budget = dsg.budget(partner, as_of="2026-09-15", through="2028-12-31")
        >>> budget.by_fiscal_year
        {2027: Decimal('3350'), 2028: Decimal('1850')}
        >>> other = {"fees": {"csat": [{"from": "2027-07-01", "amount": 600}]}}
        >>> change = dsg.budget(partner, as_of="2026-09-15", through="2028-12-31", against=other).against
        >>> change.before, change.prices, change.schedule, change.after
        (Decimal('5200'), Decimal('100'), Decimal('-100'), Decimal('5200'))
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
    result = add_up_plans(plans, first, last, rules)
    if against is None:
        return result
    return result._replace(against=compare_policies(plans, rules, build_rules(against, rulebook), least))


def add_up_plans(partners: Iterable[Plans], as_of: datetime.date, through: datetime.date, rules: _core.Rules) -> Budget:
    """Build the budget of existing plans."""
    fees, unplanned, later, names, attaining = [], [], [], {}, []
    gaps: list[Gap] = []
    for plans in partners:
        partner = plans.partner.id
        if plans.recommended is None:
            unplanned.append(Unplanned(partner, plans.impossible, plans.facts_needed))
            continue
        names[partner] = plans.partner.name or partner
        for step in plans.recommended.steps:
            if step.valid_through is not None:
                year = rules.fiscal_year(step.on)
                fees.append(Fee(partner, step.on, step.latest, SUBJECTS[step.type], step.fee, year))
            elif step.type == EventType.badge_awarded:
                attaining.append(partner)
        after = find_later_fees(plans, rules)
        later += [after] if after else []
        gaps += find_gaps(plans, rules)
    fees.sort(key=lambda fee: (fee.on, fee.partner))
    return Budget(
        as_of, through, rules.currency, tuple(fees), tuple(unplanned), rules.fees,
        names, tuple(later), tuple(attaining), tuple(gaps),
    )  # fmt: skip
