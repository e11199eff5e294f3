"""Where a portfolio stands: what a manager asks about all its partners together."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from designation import _core
from designation._answers.plan import json_number
from designation._api import rules_of
from designation._display import public, shown
from designation._lazy import lazy, need
from designation._rulebooks.rule_index import EVALUATIONS, PREREQUISITES
from designation._tables.assess_table import partner_of, streamable
from designation._tables.tally import Tally, answers_of, types

nw = lazy("narwhals", "table")
pa = lazy("pyarrow", "table")
pc = lazy("pyarrow.compute", "table")

ENDS = ("badges", *EVALUATIONS, "contracts")


@public
class Missing(NamedTuple):
    """How many partners lack an item: who holds the designation, who does not, and of whom that is unknown."""

    item: str
    held: int
    not_held: int
    unknown: int


@public
class FeesOf(NamedTuple):
    """The fees of a month (``YYYY-MM``) or fiscal year, of how many partners; None is of those without a deadline."""

    when: str | int | None
    partners: int
    outstanding: Decimal
    due: Decimal


@public
class Ending(NamedTuple):
    """How many badges, passes in force and contracts in force end in a month; contracts is None without partners."""

    month: str
    badges: int
    capability: int
    performance: int
    csat: int
    contracts: int | None


@public
class ToDo(NamedTuple):
    """What an actor does next, for how many partners, at what fees together, and the earliest deadline."""

    actor: str
    do: str
    rule: str
    partners: int
    fees: Decimal
    by: datetime.date | None


@public
class FactNeeded(NamedTuple):
    """A fact that is not known: for how many partners nothing else is, and how many need it, be it among others."""

    fact: str
    settles: int
    needed_by: int


_PARTS: dict[str, Any] = {
    "missing": Missing,
    "fees_by_month": FeesOf,
    "fees_by_fiscal_year": FeesOf,
    "ending": Ending,
    "actions": ToDo,
    "facts_needed": FactNeeded,
}


@public
@shown
@dataclass(frozen=True, repr=False)
class Summary:
    """Where a portfolio stands, as `summarize` gives it.

    ``partners`` counts rows, ``unanswered`` those without an answer (``on_error="null"``). ``status``, ``in_force`` and
    ``eligibility`` count partners by word. ``missing`` has the prerequisites that are unmet, and the evaluations that a
    renewal lacks (SSD-R) or, where the designation is not held, that are unmet. ``outstanding``, ``due`` (SSD-F1,
    SSD-F2) and ``incurred`` (SSD-F3) are sums in ``currency``; ``fees_unknown`` counts partners whose fees are unknown.

    The month, and fiscal year, of a fee is that of the last day on which it is paid in time: that is the last day on
    which the renewal keeps the designation in force, and once it is no longer, the last day of the window. Where the
    designation is not held no rule names a day. A badge ends on its anniversary (SSD-T2), which has passed for those
    that are overdue.

    ``ending``'s contracts, ``actions`` and ``facts_needed`` are None where the partners were not given.
    """

    days: tuple[datetime.date, datetime.date] | None
    edition: str
    currency: str
    partners: int
    unanswered: int
    status: dict[str, int]
    in_force: dict[str, int]
    eligibility: dict[str, int]
    at_risk: int
    missing: tuple[Missing, ...]
    outstanding: Decimal
    due: Decimal
    incurred: Decimal
    fees_unknown: int
    fees_by_month: tuple[FeesOf, ...]
    fees_by_fiscal_year: tuple[FeesOf, ...]
    ending: tuple[Ending, ...]
    actions: tuple[ToDo, ...] | None
    facts_needed: tuple[FactNeeded, ...] | None

    def to_dict(self) -> dict[str, Any]:
        """Give the summary as JSON has it."""
        return {name: _plain(value) for name, value in vars(self).items()}

    def to_frame(self, part: str, kind: str = "pandas") -> Any:
        """Give a part as a frame of pandas or Polars.

        Args:
            part: ``"missing"``, ``"fees_by_month"``, ``"fees_by_fiscal_year"``, ``"ending"``, ``"actions"`` or
                ``"facts_needed"``.
            kind: ``"pandas"`` or ``"polars"``.

        Raises:
            ValueError: There is no such part or kind, or the part needs the partners.
            ImportError: The library is not installed.
        """
        if kind not in ("pandas", "polars"):
            raise ValueError(f"a frame is of pandas or of polars, not of {kind!r}")
        if part not in _PARTS:
            raise ValueError(f"no part {part!r} has rows; parts: {', '.join(_PARTS)}")
        rows = getattr(self, part)
        if rows is None:
            raise ValueError(f"{part} needs the partners: summarize(assessed, partners)")
        columns = {name: [getattr(row, name) for row in rows] for name in _PARTS[part]._fields}
        return need(kind).DataFrame(columns)

    def __repr__(self) -> str:
        return f"<Summary: {self.partners:,} partners, edition {self.edition}>"


def summarize(
    assessed: Any,
    partners: Any = None,
    *,
    policy: _core.Policy | Mapping[str, Any] | None = None,
    rulebook: _core.Rulebook | None = None,
) -> Summary:
    """Say where a portfolio stands: counts, fees and what ends by month, and with the partners what is to be done.

    Args:
        assessed: What `assess_table` gave, in any kind of frame, of one day or with a day for each partner; or a list
            of assessments, which knows its partners, policy and rulebook.
        partners: The table that was assessed, or a list of `Partner`; found by their ids. Without it there are no ends
            of contracts, no actions and no facts needed: these are not in the columns, and take about as long as
            assessing each partner by itself.
        policy: That of the answers.
        rulebook: That of the answers.

    Raises:
        InputError: The answers lack a column, or are of another edition.
        ValueError: A partner has several days, a row has no partner, or the rules given are not those of the answers.

    Example:
        >>> import designation as dsg
        >>> award = dsg.Event(on="2026-03-02", type="badge_awarded")
        >>> partners = [dsg.Partner(id="contoso", events=[award]), dsg.Partner(id="fabrikam", events=[])]
        >>> summary = dsg.summarize([dsg.assess(partner, as_of="2026-09-15") for partner in partners])
        >>> summary.status["active"], summary.outstanding
        (1, Decimal('6700'))
        >>> [(row.when, row.outstanding) for row in summary.fees_by_month]
        [('2027-03', Decimal('3350')), (None, Decimal('3350'))]
        >>> summary.facts_needed[0]
        FactNeeded(fact='/csp_authorizations', settles=0, needed_by=2)
    """
    if isinstance(assessed, list | tuple | Iterator):
        return _of_assessments(list(assessed))
    tally = Tally(rules_of(policy, rulebook))
    answers = answers_of(_arrow(assessed, types()))
    days = answers["as_of"].unique()
    if len(days.drop_null()) > 1 and len(answers["id"].unique()) < len(answers):
        raise ValueError("a partner has answers of several days: summarize those of one day")
    tally.add(answers)
    if partners is not None:
        for assessment in _again(answers, partners, tally.rules):
            tally.add_partner(assessment)
    return summary_of(tally, with_partners=partners is not None)


def _of_assessments(assessments: Sequence[_core.Assessment]) -> Summary:
    for one in assessments:
        if not isinstance(one, _core.Assessment):
            raise TypeError(f"a list to summarize is one of assessments, not of {type(one).__name__}")
        if one.provenance != assessments[0].provenance:
            raise ValueError("the assessments are made by different rules: summarize those of one policy and rulebook")
    rules = rules_of(assessments[0].policy, assessments[0].rulebook) if assessments else rules_of(None, None)
    tally = Tally(rules)
    rows: list[Any] = [(one.partner, one.as_of) for one in assessments]
    answers = _core.assess_partners(rows, rules, "as_of", list(types()), "raise", 1)
    tally.add(answers_of(pa.table(answers)))
    for one in assessments:
        tally.add_partner(one)
    return summary_of(tally, with_partners=True)


def summary_of(tally: Tally, *, with_partners: bool) -> Summary:
    """Give the summary of what has been added up."""
    rules = tally.rules
    by_month: dict[Any, list[Any]] = {}
    by_year: dict[Any, list[Any]] = {}
    for day, amounts in tally.fees.items():
        for sums, key in ((by_month, day and f"{day:%Y-%m}"), (by_year, day and rules.fiscal_year(day))):
            sums[key] = [total + more for total, more in zip(sums.get(key, (0, 0, 0)), amounts, strict=True)]
    months = sorted({month for month, _ in tally.ending})
    actions = sorted(tally.actions.items(), key=lambda item: (item[0][0], -item[1][0], item[0]))
    facts = sorted(tally.needed, key=lambda fact: (-tally.settles[fact], -tally.needed[fact], fact))
    return Summary(
        days=(min(tally.days), max(tally.days)) if tally.days else None,
        edition=rules.edition,
        currency=rules.currency,
        partners=tally.partners,
        unanswered=tally.unanswered,
        status={word.value: tally.status[word] for word in _core.Status},
        in_force=_by_verdict(tally.in_force),
        eligibility=_by_verdict(tally.eligibility),
        at_risk=tally.at_risk,
        missing=tuple(
            Missing(item, *(tally.missing[item, group] for group in Missing._fields[1:]))
            for item in (*PREREQUISITES, *EVALUATIONS)
        ),
        outstanding=sum((outstanding for _, outstanding, _ in tally.fees.values()), Decimal(0)),
        due=sum((due for _, _, due in tally.fees.values()), Decimal(0)),
        incurred=tally.incurred,
        fees_unknown=tally.fees_unknown,
        fees_by_month=_fees(by_month),
        fees_by_fiscal_year=_fees(by_year),
        ending=tuple(_ending(month, tally, with_contracts=with_partners) for month in months),
        actions=tuple(ToDo(actor, do, rule, *sums) for (actor, rule, do), sums in actions) if with_partners else None,
        facts_needed=tuple(FactNeeded(fact, tally.settles[fact], tally.needed[fact]) for fact in facts)
        if with_partners
        else None,
    )


def _ending(month: tuple[int, int], tally: Tally, *, with_contracts: bool) -> Ending:
    counts = {what: tally.ending[month, what] for what in ENDS}
    contracts = counts.pop("contracts")
    return Ending("{}-{:02}".format(*month), **counts, contracts=contracts if with_contracts else None)


def _fees(sums: Mapping[Any, Sequence[Any]]) -> tuple[FeesOf, ...]:
    undated = [key for key in sums if key is None]
    return tuple(FeesOf(key, *sums[key]) for key in [*sorted(sums.keys() - {None}), *undated])


def _by_verdict(counts: Mapping[str, int]) -> dict[str, int]:
    return {word: counts.get(word, 0) for word in ("met", "unmet", "unknown")}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: _plain(one) for name, one in value._asdict().items()}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Decimal):
        return json_number(value)
    return str(value) if isinstance(value, datetime.date) else value


def _arrow(table: Any, columns: Iterable[str] | None = None) -> Any:
    """Read a frame of any library into PyArrow: the columns named, those of them that it has."""
    frame = nw.from_native(table, pass_through=True)
    if frame is table:
        return pa.table(streamable(table))
    lazy = frame.lazy()
    there = lazy.collect_schema().names()
    wanted = there if columns is None else [name for name in columns if name in there]
    return lazy.select(wanted).collect("pyarrow").to_native()


def _again(answers: Any, partners: Any, rules: _core.Rules) -> Iterator[_core.Assessment]:
    """Assess the partners of rows that have an answer, each as of its day."""
    answered = answers.filter(pc.is_valid(answers["status"]))
    ids = answered["id"].to_pylist()
    rest = (answered[name].to_pylist() for name in ("as_of", "status", "fees_outstanding"))
    for partner, as_of, status, outstanding in zip(_found(ids, partners), *rest, strict=True):
        assessment = _core.assess(partner, as_of, rules)
        if (assessment.term.status, assessment.fees.outstanding) != (status, outstanding):
            raise ValueError(
                f"{partner.id!r} has another answer by these rules, {assessment.term.status} and not {status}: "
                "give the partners, policy and rulebook of the answers"
            )
        yield assessment


def _found(ids: Sequence[str], partners: Any) -> Iterator[_core.Partner]:
    """Find partners by their ids, in a list or in a table."""
    if isinstance(partners, list | tuple):
        known = [partner.id for partner in partners]
    else:
        rows = _arrow(partners)
        known = rows["id"].to_pylist()
    place = {name: at for at, name in enumerate(known)}
    if missing := [name for name in ids if name not in place]:
        raise ValueError(f"no partner has the id {missing[0]!r}; {len(missing)} answers have no partner")
    if len(place) < len(known):
        raise ValueError("partners are found by their ids, and an id is there twice")
    if isinstance(partners, list | tuple):
        yield from (partners[place[name]] for name in ids)
        return
    for batch in rows.take([place[name] for name in ids]).to_batches(max_chunksize=10_000):
        yield from map(partner_of, batch.to_pylist())
