"""What the partners of a portfolio come to together."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from designation import _core


@dataclass
class Counts:
    """Counts and sums over partners; months are ``YYYY-MM``, or empty where no rule names a day."""

    status: Counter[str] = field(default_factory=Counter)
    in_force: Counter[str] = field(default_factory=Counter)
    at_risk: int = 0
    missing: Counter[str] = field(default_factory=Counter)
    ending: Counter[tuple[str, str]] = field(default_factory=Counter)
    due: Decimal = Decimal(0)
    outstanding: Decimal = Decimal(0)
    fees_unknown: int = 0
    fees: dict[str, Decimal] = field(default_factory=dict)
    actions: dict[tuple[str, str], tuple[int, Decimal, datetime.date | None]] = field(default_factory=dict)
    needed: Counter[str] = field(default_factory=Counter)

    def add(self, assessment: _core.Assessment) -> None:
        """Count a partner."""
        self.status[assessment.term.status.value] += 1
        self.in_force[assessment.term.in_force.value] += 1
        self.at_risk += assessment.term.at_risk
        verdicts = assessment.eligibility.prerequisites
        self.missing.update(name for name, verdict in verdicts.items() if verdict == "unmet")
        if assessment.renewal is not None:
            self.missing.update(map(str, assessment.renewal.missing))
        elif assessment.term.status != "unknown":
            self.missing.update(name for name, result in assessment.evaluations.items() if result.verdict == "unmet")
        self._add_ends(assessment)
        self._add_fees(assessment)
        self.needed.update(assessment.explain().facts_needed)

    def _add_ends(self, assessment: _core.Assessment) -> None:
        ends: list[tuple[str, datetime.date | None]] = []
        if assessment.renewal is not None:
            ends.append(("badges", assessment.term.expires_on))
        for name, result in assessment.evaluations.items():
            if result.verdict == "met":
                ends.append((name, result.valid_through))
        for contract in assessment.partner.support_contracts or ():
            if contract.from_ <= assessment.as_of and (contract.through or assessment.as_of) >= assessment.as_of:
                ends.append(("contracts", contract.through))
        self.ending.update((_month(day), kind) for kind, day in ends if day)

    def _add_fees(self, assessment: _core.Assessment) -> None:
        fees = assessment.fees
        self.fees_unknown += fees.due is None
        self.due += fees.due or 0
        self.outstanding += fees.outstanding or 0
        for action in assessment.actions:
            fee = action.fee or Decimal(0)
            if fee:
                month = _month(action.by)
                self.fees[month] = self.fees.get(month, Decimal(0)) + fee
            number, sum_, by = self.actions.get((action.actor, action.do), (0, Decimal(0), None))
            first = min((day for day in (by, action.by) if day), default=None)
            self.actions[action.actor, action.do] = (number + 1, sum_ + fee, first)


def counted(assessments: Iterable[_core.Assessment]) -> Counts:
    """Count partners."""
    counts = Counts()
    for assessment in assessments:
        counts.add(assessment)
    return counts


def _month(day: datetime.date | None) -> str:
    return f"{day:%Y-%m}" if day else ""
