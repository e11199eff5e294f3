"""The work of a portfolio: actions by deadline, what ends in which month, and the partners by a column."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from designation import _core
from designation._rulebooks.rule_index import EVALUATIONS
from designation._text.wording import capitalize, format_money, humanize

Model = dict[str, Any]

MONTHS = 14
OVERDUE, NO_DEADLINE, LATER = "overdue", "no deadline", "later"
SOON = (30, 90)  # days from the date of the report


def periods(as_of: datetime.date) -> list[tuple[str, datetime.date]]:
    """Return the periods of deadlines: the name of each, and its last day."""
    return [(f"in the next {days} days", as_of + datetime.timedelta(min(days, _days_left(as_of)))) for days in SOON]


def _days_left(as_of: datetime.date) -> int:
    return (datetime.date.max - as_of).days


def period_of(action: _core.Action, as_of: datetime.date) -> str:
    """Return the period in which the deadline of an action is."""
    if action.overdue_since is not None:
        return OVERDUE
    if action.by is None:
        return NO_DEADLINE
    return next((name for name, last in periods(as_of) if action.by <= last), LATER)


def action_label(action: _core.Action) -> str:
    """Return the text of an action that is the same for all partners: ``ISSI: Repeat the CSAT evaluation``."""
    return f"{humanize(action.actor)}: {action.do}"


def build_worklist(assessments: Iterable[_core.Assessment], as_of: datetime.date, currency: str) -> list[Model]:
    """Build the actions of all partners, grouped by the period of their deadlines, the earliest first."""
    totals: dict[tuple[str, str, str], list[Any]] = {}
    for assessment in assessments:
        for action in assessment.actions:
            total = totals.setdefault(
                (period_of(action, as_of), humanize(action.actor), action.do),
                [action.by, 0, Decimal(0), action.rule, action.overdue_since],
            )
            total[0] = min(filter(None, (total[0], action.by)), default=None)
            total[4] = min(filter(None, (total[4], action.overdue_since)), default=None)
            total[1] += 1
            total[2] += action.fee or 0
    last_days = dict(periods(as_of))
    return [
        {
            "period": period,
            "label": capitalize(period) + (f", through {last_days[period]}" if period in last_days else ""),
            "actions": [
                {
                    "actor": actor,
                    "do": do,
                    "label": f"{actor}: {do}",
                    "by": str(by or ""),
                    "overdue_since": str(overdue_since or ""),
                    "partners": partners,
                    "fees": format_money(fees, currency) if fees else "",
                    "rule": rule,
                }
                for (when, actor, do), (by, partners, fees, rule, overdue_since) in sorted(
                    totals.items(), key=_by_deadline
                )
                if when == period
            ],
        }
        for period in (OVERDUE, *last_days, LATER, NO_DEADLINE)
        if any(when == period for when, _, _ in totals)
    ]


def _by_deadline(item: tuple[tuple[str, str, str], list[Any]]) -> tuple[Any, ...]:
    key, (by, partners, *_) = item
    return str(by or "9999"), -partners, key


def month_label(month: str, as_of: datetime.date) -> str:
    """Return the row of a month (``YYYY-MM``) in tables by month, which combine the months before and after them."""
    shown = _shown_months(as_of)
    return "before" if month < shown[0] else LATER if month > shown[-1] else month


def labeled_months(as_of: datetime.date, known: Iterable[str]) -> list[tuple[str, list[str]]]:
    """Return the months to show with their labels; earlier months are combined, and so are later ones."""
    months = _shown_months(as_of)
    before = [("before", [month for month in known if month < months[0]])]
    later = [(LATER, [month for month in known if month > months[-1]])]
    return [one for one in (*before, *((month, [month]) for month in months), *later) if one[1]]


def _shown_months(as_of: datetime.date) -> list[str]:
    return [f"{as_of.year + (as_of.month - 1 + n) // 12}-{(as_of.month - 1 + n) % 12 + 1:02}" for n in range(MONTHS)]


def endings(assessment: _core.Assessment) -> Iterator[tuple[str, datetime.date]]:
    """Yield what ends and when: the badge on its anniversary, passes and contracts in force on their last day."""
    term = assessment.term
    if assessment.renewal is not None and term.expires_on is not None:
        yield "badge", term.expires_on
    for name in EVALUATIONS:
        result = assessment.evaluations[name]
        if result.verdict == "met" and result.valid_through is not None:
            yield f"{humanize(name)} pass", result.valid_through
    for contract in assessment.partner.support_contracts or ():
        if contract.through is not None and contract.from_ <= assessment.as_of <= contract.through:
            yield "contract", contract.through


def build_groups(assessments: Sequence[_core.Assessment], values: Sequence[str], currency: str) -> list[Model]:
    """Build the counts and fees of the partners with each value of a column."""
    groups: dict[str, list[_core.Assessment]] = {}
    for assessment, value in zip(assessments, values, strict=True):
        groups.setdefault(value, []).append(assessment)
    return [_group(value, groups[value], currency) for value in sorted(groups, key=lambda value: (not value, value))]


def _group(value: str, members: Sequence[_core.Assessment], currency: str) -> Model:
    def total(name: str) -> str:
        return format_money(sum((getattr(one.fees, name) or Decimal(0) for one in members), Decimal(0)), currency)

    return {
        "label": value or "(blank)",
        "value": value,
        "partners": len(members),
        "in_force": sum(one.term.in_force == "met" for one in members),
        "at_risk": sum(one.term.at_risk for one in members),
        "overdue": sum(one.overdue_since is not None for one in members),
        "due": total("due"),
        "outstanding": total("outstanding"),
    }
