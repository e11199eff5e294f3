"""Adding up the answers of a portfolio, piece by piece, so that it may be larger than memory."""

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


def types() -> dict[str, Any]:
    """Give the columns of an answer that are added up, with the types that they are taken as."""
    day, word, money = pa.date32(), pa.string(), pa.decimal128(18, 4)
    return {
        **{"id": word, "as_of": day, "edition": word, "eligibility": word},
        **dict.fromkeys((*PREREQUISITES, *EVALUATIONS), word),
        **{f"{name}_valid_through": day for name in EVALUATIONS},
        **{"status": word, "in_force": word, "expires_on": day, "at_risk": pa.bool_()},
        **{"renewal": word, "renewal_missing": pa.list_(word)},
        **{f"fees_{name}": money for name in ("outstanding", "due", "incurred")},
    }


def answers_of(table: Any) -> Any:
    """Give the columns that are added up of an answer in Arrow, in their types.

    Raises:
        InputError: Columns are missing, or hold something else.
    """
    problems, taken = [], {}
    for name, wanted in types().items():
        if name not in table.column_names:
            message = f"the answers have no column {name!r}; a summary needs those of assess_table"
            problems.append(_core.Diagnostic(code="missing_key", pointer=f"/{name}", message=message))
            continue
        try:
            taken[name] = table[name].cast(wanted)
        except pa.ArrowException:
            message = f"is {table[name].type}, and a summary takes it as {wanted}"
            problems.append(_core.Diagnostic(code="type", pointer=f"/{name}", message=message))
    if problems:
        raise InputError(problems)
    return pa.table(taken)


class Tally:
    """Counts and sums of the answers so far."""

    def __init__(self, rules: _core.Rules) -> None:
        self.rules = rules
        self.days: set[datetime.date] = set()
        self.partners = self.unanswered = self.at_risk = self.fees_unknown = 0
        self.status: Counter[str] = Counter()
        self.in_force: Counter[str] = Counter()
        self.eligibility: Counter[str] = Counter()
        self.missing: Counter[tuple[str, str]] = Counter()
        self.incurred = Decimal(0)
        # By the last day on which they are paid in time, or none: partners, outstanding, due.
        self.fees: defaultdict[datetime.date | None, list[Any]] = defaultdict(lambda: [0, Decimal(0), Decimal(0)])
        self.ending: Counter[tuple[_Month, str]] = Counter()
        # By actor, rule and words: partners, fees, the earliest deadline.
        self.actions: defaultdict[tuple[str, str, str], list[Any]] = defaultdict(lambda: [0, Decimal(0), None])
        self.needed: Counter[str] = Counter()
        self.settles: Counter[str] = Counter()

    def add(self, answers: Any) -> None:
        """Add what `answers_of` gives."""
        answered = _with(answers, "status")
        self.partners += len(answers)
        self.unanswered += len(answers) - len(answered)
        for (edition, day), _ in _counts(answered, "edition", "as_of"):
            if edition != self.rules.edition:
                message = f"the answers are of edition {edition}, not of {self.rules.edition}: give their policy"
                raise InputError([_core.Diagnostic(code="edition", pointer="/edition", message=message)])
            self.days.add(day)
        for name in ("status", "in_force", "eligibility"):
            getattr(self, name).update({word: count for (word,), count in _counts(answered, name)})
        self.at_risk += pc.sum(answered["at_risk"]).as_py() or 0
        answered = answered.append_column("held", pc.is_valid(answered["renewal"]))
        self._add_missing(answered)
        self._add_fees(answered)
        self._add_ending(answered)

    def _add_missing(self, answered: Any) -> None:
        for name in (*PREREQUISITES, *EVALUATIONS):
            for (held, verdict), count in _counts(answered, "held", name):
                if verdict == "unknown":
                    self.missing[name, "unknown"] += count
                elif verdict == "unmet" and (name in PREREQUISITES or not held):
                    self.missing[name, "held" if held else "not_held"] += count
        for one in pc.value_counts(pc.list_flatten(answered["renewal_missing"])).to_pylist():
            self.missing[one["values"], "held"] += one["counts"]

    def _add_fees(self, answered: Any) -> None:
        names = ("held", "as_of", "expires_on", "fees_outstanding", "fees_due", "fees_incurred")
        known = _with(answered.select(names), "fees_outstanding")
        self.fees_unknown += len(answered) - len(known)
        self.incurred += _amount(pc.sum(known["fees_incurred"]).as_py())
        owing = known.filter(pc.greater(known["fees_outstanding"], Decimal(0)))
        sums = [("fees_outstanding", "count"), ("fees_outstanding", "sum"), ("fees_due", "sum")]
        for (held, as_of, anniversary), count, *amounts in _grouped(owing, names[:3], sums):
            total = self.fees[self.rules.renew_by(anniversary, as_of) if held else None]
            total[0] += count
            total[1] += _amount(amounts[0])
            total[2] += _amount(amounts[1])

    def _add_ending(self, answered: Any) -> None:
        ends = {"badges": (answered["held"], "expires_on")}
        ends |= {name: (pc.equal(answered[name], "met"), f"{name}_valid_through") for name in EVALUATIONS}
        for what, (counts, column) in ends.items():
            for (day,), count in _counts(answered.select([column]).filter(counts), column):
                self.ending[(day.year, day.month), what] += count

    def add_partner(self, assessment: _core.Assessment) -> None:
        """Add what is not in the columns of an answer: ends of contracts, actions, facts needed."""
        day = assessment.as_of
        for contract in assessment.partner.support_contracts or ():
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
            return  # nothing is needed, and the explanation would take a while
        facts = assessment.explain().facts_needed
        self.needed.update(facts)
        if len(facts) == 1:
            self.settles.update(facts)


def _with(table: Any, name: str) -> Any:
    """Give the rows that have a value; a table without others is not copied."""
    column = table[name]
    return table.filter(column.is_valid()) if column.null_count else table


def _amount(total: Decimal | None) -> Decimal:
    """Give a sum as fees are written: without decimals that say nothing."""
    whole = (total or Decimal(0)).to_integral_value()
    return whole if total is None or whole == total else total.normalize()


def _counts(table: Any, *names: str) -> Iterator[tuple[tuple[Any, ...], int]]:
    yield from ((key, count) for key, count in _grouped(table, names, [([], "count_all")]))


def _grouped(table: Any, names: Iterable[str], sums: list[Any]) -> Iterator[tuple[Any, ...]]:
    keys = list(names)
    grouped = table.group_by(keys).aggregate(sums)
    values = (grouped[name].to_pylist() for name in grouped.column_names if name not in keys)
    yield from zip(zip(*(grouped[name].to_pylist() for name in keys), strict=True), *values, strict=True)
