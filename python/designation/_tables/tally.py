"""Counts and sums over the results of a portfolio, chunk by chunk: a portfolio can be larger than memory."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from designation import _core
from designation._errors import InputError
from designation._lazy import lazy
from designation._rulebooks.rule_index import EVALUATIONS, PREREQUISITES

pa = lazy("pyarrow", "table")
pc = lazy("pyarrow.compute", "table")

_Month = tuple[int, int]
MOST_DEADLINES, MOST_AT_RISK = 10, 5


def column_types() -> dict[str, Any]:
    """Return the columns of a result that a summary needs, with their types."""
    date, text, money = pa.date32(), pa.string(), pa.decimal128(18, 4)
    return {
        **{"id": text, "as_of": date, "edition": text, "eligibility": text},
        **dict.fromkeys((*PREREQUISITES, *EVALUATIONS), text),
        **{f"{name}_valid_through": date for name in EVALUATIONS},
        **{"status": text, "in_force": text, "expires_on": date, "at_risk": pa.bool_()},
        **{"renewal": text, "renewal_missing": pa.list_(text)},
        **{f"fees_{name}": money for name in ("outstanding", "due", "incurred")},
    }


def select_columns(table: Any) -> Any:
    """Return the columns of an Arrow table that a summary needs, cast to their types.

    Raises:
        InputError: A column is missing, or has a type that cannot be cast.
    """
    problems, selected = [], {}
    for name, required in column_types().items():
        if name not in table.column_names:
            message = f'the results have no column "{name}"; a summary needs all columns of assess_table'
            problems.append(_core.Diagnostic(code="missing_key", pointer=f"/{name}", message=message))
            continue
        try:
            selected[name] = table[name].cast(required)
        except pa.ArrowException:
            message = f"must have a type that can be cast to {required}, not {table[name].type}"
            problems.append(_core.Diagnostic(code="type", pointer=f"/{name}", message=message))
    if problems:
        raise InputError(problems)
    return pa.table(selected)


class Tally:
    """Counts and sums of the results so far."""

    def __init__(self, rules: _core.Rules) -> None:
        self.rules = rules
        self.days: set[datetime.date] = set()
        self.partners = self.unanswered = self.at_risk = self.fees_unknown = 0
        self.status: Counter[str] = Counter()
        self.in_force: Counter[str] = Counter()
        self.eligibility: Counter[str] = Counter()
        self.missing: Counter[tuple[str, str]] = Counter()
        self.incurred = Decimal(0)
        # Partners, outstanding fees, and due fees, by the last day of timely payment; None if no rule sets one.
        self.fees: defaultdict[datetime.date | None, list[Any]] = defaultdict(lambda: [0, Decimal(0), Decimal(0)])
        self.ending: Counter[tuple[_Month, str]] = Counter()
        # The anniversary, id, status, last day to renew, and what is missing of the partners with the first ones.
        self.first_at_risk: list[str] = []
        self.names: dict[str, str] = {}  # of the partners that were among those with the first deadlines
        self.deadlines: list[tuple[datetime.date, str, str, datetime.date, tuple[str, ...]]] = []
        # Partners, fees, and the earliest deadline, by actor, rule, and text.
        self.actions: defaultdict[tuple[str, str, str], list[Any]] = defaultdict(lambda: [0, Decimal(0), None])
        self.needed_by: Counter[str] = Counter()
        self.only_missing_fact: Counter[str] = Counter()

    def add(self, results: Any) -> None:
        """Add the results that `select_columns` returned."""
        assessed = _rows_with(results, "status")
        self.partners += len(results)
        self.unanswered += len(results) - len(assessed)
        for (edition, day), _ in _count_by(assessed, "edition", "as_of"):
            if edition != self.rules.edition:
                message = f"the results are of edition {edition}, not {self.rules.edition}; pass their policy"
                raise InputError([_core.Diagnostic(code="edition", pointer="/edition", message=message)])
            self.days.add(day)
        for name in ("status", "in_force", "eligibility"):
            getattr(self, name).update({value: count for (value,), count in _count_by(assessed, name)})
        at_risk = assessed["id"].filter(assessed["at_risk"])
        self.at_risk += len(at_risk)
        self.first_at_risk += at_risk.slice(0, MOST_AT_RISK - len(self.first_at_risk)).to_pylist()
        assessed = assessed.append_column("held", pc.is_valid(assessed["renewal"]))
        self._add_missing(assessed)
        self._add_fees(assessed)
        self._add_ending(assessed)
        self._add_deadlines(assessed.filter(assessed["held"]))

    def _add_missing(self, assessed: Any) -> None:
        for name in (*PREREQUISITES, *EVALUATIONS):
            for (held, verdict), count in _count_by(assessed, "held", name):
                if verdict == "unknown":
                    self.missing[name, "unknown"] += count
                elif verdict == "unmet" and (name in PREREQUISITES or not held):
                    self.missing[name, "held" if held else "not_held"] += count
        for one in pc.value_counts(pc.list_flatten(assessed["renewal_missing"])).to_pylist():
            self.missing[one["values"], "held"] += one["counts"]

    def _add_fees(self, assessed: Any) -> None:
        names = ("held", "as_of", "expires_on", "fees_outstanding", "fees_due", "fees_incurred")
        known = _rows_with(assessed.select(names), "fees_outstanding")
        self.fees_unknown += len(assessed) - len(known)
        self.incurred += _normalize_amount(pc.sum(known["fees_incurred"]).as_py())
        unpaid = known.filter(pc.greater(known["fees_outstanding"], Decimal(0)))
        sums = [("fees_outstanding", "count"), ("fees_outstanding", "sum"), ("fees_due", "sum")]
        for (held, as_of, anniversary), count, *amounts in _aggregate_by(unpaid, names[:3], sums):
            total = self.fees[self.rules.renew_by(anniversary, as_of) if held else None]
            total[0] += count
            total[1] += _normalize_amount(amounts[0])
            total[2] += _normalize_amount(amounts[1])

    def _add_ending(self, assessed: Any) -> None:
        ends = {"badges": (assessed["held"], "expires_on")}
        ends |= {name: (pc.equal(assessed[name], "met"), f"{name}_valid_through") for name in EVALUATIONS}
        for item, (is_counted, column) in ends.items():
            for (day,), count in _count_by(assessed.select([column]).filter(is_counted), column):
                self.ending[(day.year, day.month), item] += count

    def _add_deadlines(self, held: Any) -> None:
        if not held.num_rows:
            return  # Older versions of PyArrow cannot select rows of nothing.
        # An overdue partner has an earlier anniversary than any other.
        keys = [("expires_on", "ascending"), ("id", "ascending")]
        for row in held.take(pc.select_k_unstable(held, MOST_DEADLINES, keys)).to_pylist():
            unmet = (name for name in PREREQUISITES if row[name] == "unmet")
            by = self.rules.renew_by(row["expires_on"], row["as_of"])
            missing = (*unmet, *row["renewal_missing"])
            self.deadlines.append((row["expires_on"], row["id"], row["status"], by, missing))
        self.deadlines = sorted(self.deadlines)[:MOST_DEADLINES]

    def add_assessment(self, assessment: _core.Assessment) -> None:
        """Add what the columns of a result do not hold: names, ends of contracts, actions, and facts needed."""
        day, partner = assessment.as_of, assessment.partner
        if partner.name and any(partner.id == row[1] for row in self.deadlines):
            self.names[partner.id] = partner.name
        for contract in partner.support_contracts or ():
            end = contract.through
            if end is not None and contract.from_ <= day <= end:
                self.ending[(end.year, end.month), "contracts"] += 1
        for action in assessment.actions:
            total = self.actions[action.actor, action.rule, action.do]
            total[0] += 1
            total[1] += action.fee or 0
            total[2] = min((by for by in (total[2], action.by) if by is not None), default=None)
        verdicts = assessment.eligibility.prerequisites.values()
        if "unknown" not in (assessment.term.status, assessment.term.in_force, *verdicts):
            return  # No fact is needed, and an explanation takes long to compute.
        facts = assessment.explain().facts_needed
        self.needed_by.update(facts)
        if len(facts) == 1:
            self.only_missing_fact.update(facts)


def _rows_with(table: Any, name: str) -> Any:
    """Return the rows with a value in a column; do not copy a table in which every row has one."""
    column = table[name]
    return table.filter(column.is_valid()) if column.null_count else table


def _normalize_amount(total: Decimal | None) -> Decimal:
    """Return a sum without trailing zeros, as fees are written."""
    whole = (total or Decimal(0)).to_integral_value()
    return whole if total is None or whole == total else total.normalize()


def _count_by(table: Any, *names: str) -> Iterator[tuple[tuple[Any, ...], int]]:
    yield from ((key, count) for key, count in _aggregate_by(table, names, [([], "count_all")]))


def _aggregate_by(table: Any, names: Iterable[str], sums: list[Any]) -> Iterator[tuple[Any, ...]]:
    keys = list(names)
    grouped = table.group_by(keys).aggregate(sums)
    values = (grouped[name].to_pylist() for name in grouped.column_names if name not in keys)
    yield from zip(zip(*(grouped[name].to_pylist() for name in keys), strict=True), *values, strict=True)
