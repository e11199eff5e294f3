"""Summaries of portfolios: counts, fees, deadlines, and actions over all partners."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from designation import _core
from designation._api import RulebookSource, as_partner, build_rules
from designation._convert import build_frame, json_object
from designation._display import displayable, public
from designation._errors import InputError
from designation._lazy import lazy
from designation._messages import quote
from designation._rulebooks.rule_index import EVALUATIONS, PREREQUISITES
from designation._tables.assess_table import collect_table, partner_from_row
from designation._tables.tally import Tally, column_types, select_columns

nw = lazy("narwhals", "table")
pa = lazy("pyarrow", "table")
pc = lazy("pyarrow.compute", "table")

ENDS = ("badges", *EVALUATIONS, "contracts")


@public
class MissingCount(NamedTuple):
    """The number of partners that lack a prerequisite or an evaluation.

    ``held`` counts those that hold the designation, ``not_held`` those that do not, ``unknown`` unknown verdicts.
    """

    item: str
    held: int
    not_held: int
    unknown: int


@public
class Deadline(NamedTuple):
    """The last day of timely renewal of a partner, with the prerequisites and evaluations that it lacks.

    ``name`` is None without the partners.
    """

    id: str
    status: str
    renew_by: datetime.date
    missing: tuple[str, ...]
    name: str | None = None


@public
class FeeTotal(NamedTuple):
    """The fees of a month (``YYYY-MM``) or fiscal year; ``when`` is None for fees without a deadline."""

    when: str | int | None
    partners: int
    outstanding: Decimal
    due: Decimal


@public
class EndingCount(NamedTuple):
    """The number of badges, passes, and contracts that end in a month; ``contracts`` is None without partners."""

    month: str
    badges: int
    capability: int
    performance: int
    csat: int
    contracts: int | None


@public
class ActionTotal(NamedTuple):
    """An action, with the number of partners that need it, their total fees, and the earliest deadline."""

    actor: str
    do: str
    rule: str
    partners: int
    fees: Decimal
    by: datetime.date | None


@public
class FactNeeded(NamedTuple):
    """An unknown fact: ``settles`` counts the partners for whom it is the only missing fact, ``needed_by`` all."""

    fact: str
    settles: int
    needed_by: int


_PARTS: dict[str, Any] = {
    "deadlines": Deadline,
    "missing": MissingCount,
    "fees_by_month": FeeTotal,
    "fees_by_fiscal_year": FeeTotal,
    "ending": EndingCount,
    "actions": ActionTotal,
    "facts_needed": FactNeeded,
}


@public
@displayable
@dataclass(frozen=True, repr=False)
class Summary:
    """The summary of a portfolio; see `summarize`.

    ``days`` holds the first and the last date of the assessments; None if there are none. ``partners`` counts rows,
    ``unanswered`` those without a result (``on_error="null"``). ``status``, ``in_force``, and ``eligibility`` count
    partners by value. ``first_at_risk`` holds the ids of at most five partners at risk, and ``deadlines`` at most ten
    partners, those with the earliest deadlines, overdue ones first.
    ``missing`` counts unmet prerequisites, and evaluations that a renewal lacks (SSD-R) or, if the designation is not
    held, that are unmet. ``outstanding``, ``due`` (SSD-F1, SSD-F2), and ``incurred`` (SSD-F3) are sums in ``currency``;
    ``fees_unknown`` counts partners whose fees are unknown.

    The month and fiscal year of a fee are those of the last day of timely payment: the last day on which the renewal
    keeps the designation in force or, once it is not in force, the last day of the window. If the designation is not
    held, no rule sets a day. A badge ends on its anniversary (SSD-T2), which has passed for overdue partners.

    Without the partners, the contracts of ``ending``, ``actions``, and ``facts_needed`` are None. ``by`` holds the
    summary of each value of a column, by the name of the column and the value as text, which is empty for a blank one.
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
    first_at_risk: tuple[str, ...]
    deadlines: tuple[Deadline, ...]
    missing: tuple[MissingCount, ...]
    outstanding: Decimal
    due: Decimal
    incurred: Decimal
    fees_unknown: int
    fees_by_month: tuple[FeeTotal, ...]
    fees_by_fiscal_year: tuple[FeeTotal, ...]
    ending: tuple[EndingCount, ...]
    actions: tuple[ActionTotal, ...] | None
    facts_needed: tuple[FactNeeded, ...] | None
    by: dict[str, dict[str, Summary]] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the summary as JSON values."""
        return json_object({name: value for name, value in vars(self).items() if name != "by" or value})

    def to_frame(self, part: str, kind: str = "pandas") -> Any:
        """Return a part as a frame of pandas or Polars.

        Args:
            part: ``"deadlines"``, ``"missing"``, ``"fees_by_month"``, ``"fees_by_fiscal_year"``, ``"ending"``,
                ``"actions"``, or ``"facts_needed"``.
            kind: ``"pandas"`` or ``"polars"``.

        Raises:
            ValueError: The part or kind is not one of these, or the part needs the partners.
            ImportError: The library is not installed.
        """
        if part not in _PARTS:
            raise ValueError(f'part must be one of {", ".join(_PARTS)}, not "{part}"')
        rows = getattr(self, part)
        if rows is None:
            raise ValueError(f"{part} needs the partners; call summarize(assessed, partners)")
        return build_frame(rows, _PARTS[part]._fields, kind)

    def __repr__(self) -> str:
        return f"<Summary: {self.partners:,} partners, edition {self.edition}>"


def summarize(
    assessed: Any,
    partners: Any = None,
    *,
    policy: _core.Policy | Mapping[str, Any] | None = None,
    rulebook: RulebookSource | None = None,
    by: str | None = None,
) -> Summary:
    """Compute the counts, fees, and ends by month of a portfolio and, with its partners, the actions.

    Args:
        assessed: The result of `assess_table`, as a frame of any library, with one date per partner; or a list of
            assessments, which includes partners, policy, and rulebook.
        partners: The assessed table, or a list of partners or dicts, matched by id. They are needed for ends of
            contracts, actions, and facts needed, which the columns do not hold. Each partner is then assessed again.
        policy: The policy of the results.
        rulebook: The rulebook of the results.
        by: A column of the results, such as one that ``assess_table(..., keep=["region"])`` kept: each of its values
            also has a summary.

    Raises:
        InputError: The results lack a column, or are of another edition.
        ValueError: A partner has several dates, a row has no partner, or the rules are not those of the results.

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
        if by is not None:
            raise ValueError("by needs results with columns, as assess_table returns them; a list has none")
        return _summarize_assessments(list(assessed))
    tally = Tally(build_rules(policy, rulebook))
    table = _read_arrow(assessed, [*column_types(), *([] if by is None else [by])])
    results = select_columns(table)
    dates = results["as_of"].unique()
    if len(dates.drop_null()) > 1 and len(results["id"].unique()) < len(results):
        raise ValueError("a partner has results for several dates; summarize one date at a time")
    _check_once(results)
    tally.add(results)
    groups: dict[str, Tally] = {}
    values = None if by is None else group_values(table, by)
    if values is not None:
        for value in values.unique().to_pylist():
            groups.setdefault(value, Tally(tally.rules)).add(results.filter(pc.equal(values, value)))
    if partners is not None:
        owners = [] if values is None else values.filter(pc.is_valid(results["status"])).to_pylist()
        for row, assessment in enumerate(_reassess(results, partners, tally.rules)):
            tally.add_assessment(assessment)
            if owners:
                groups[owners[row]].add_assessment(assessment)
    return build_summary(tally, with_partners=partners is not None, by={by: groups} if by is not None else {})


def group_values(table: Any, name: str) -> Any:
    """Return a column as text, with empty texts for blank values; raise InputError if the table does not have it."""
    if name not in table.column_names:
        message = f"the results have no column {quote(name)}; keep it with assess_table(..., keep=[{quote(name)}])"
        raise InputError([_core.Diagnostic(code="missing_key", pointer=f"/{name}", message=message)])
    return pc.fill_null(table[name].cast(pa.string()), "")


def _check_once(results: Any) -> None:
    """Raise InputError if a partner has two results for a date; the error names both rows."""
    counts = results.group_by(["id", "as_of"]).aggregate([([], "count_all")])
    repeated = counts.filter(pc.greater(counts["count_all"], 1))["id"].drop_null().to_pylist()
    if repeated:
        rows = [row for row, name in enumerate(results["id"].to_pylist()) if name == repeated[0]]
        message = f"id {quote(repeated[0])} is in row {rows[0]} and in row {rows[1]}"
        raise InputError([_core.Diagnostic(code="duplicate", pointer=f"/{rows[1]}/id", message=message)])


def _summarize_assessments(assessments: Sequence[_core.Assessment]) -> Summary:
    for one in assessments:
        if not isinstance(one, _core.Assessment):
            raise TypeError(f"a list to summarize must hold assessments, not {type(one).__name__}")
        if one.provenance != assessments[0].provenance:
            raise ValueError("the assessments have different rules; summarize those of one policy and rulebook")
    rules = build_rules(assessments[0].policy, assessments[0].rulebook) if assessments else build_rules(None, None)
    tally = Tally(rules)
    rows: list[Any] = [(one.partner, one.as_of) for one in assessments]
    results = _core.assess_partners(rows, rules, "as_of", list(column_types()), "raise", 1)
    tally.add(select_columns(pa.table(results)))
    for one in assessments:
        tally.add_assessment(one)
    return build_summary(tally, with_partners=True)


def build_summary(tally: Tally, *, with_partners: bool, by: Mapping[str, Mapping[str, Tally]] | None = None) -> Summary:
    """Build the summary of a tally, and those of the values of columns."""
    rules = tally.rules
    by_month: dict[Any, list[Any]] = {}
    by_year: dict[Any, list[Any]] = {}
    for day, amounts in tally.fees.items():
        for sums, key in ((by_month, day and f"{day:%Y-%m}"), (by_year, day and rules.fiscal_year(day))):
            sums[key] = [total + more for total, more in zip(sums.get(key, (0, 0, 0)), amounts, strict=True)]
    months = sorted({month for month, _ in tally.ending})
    actions = sorted(tally.actions.items(), key=lambda item: (item[0][0], -item[1][0], item[0]))
    facts = sorted(tally.needed_by, key=lambda fact: (-tally.only_missing_fact[fact], -tally.needed_by[fact], fact))
    return Summary(
        days=(min(tally.days), max(tally.days)) if tally.days else None,
        edition=rules.edition,
        currency=rules.currency,
        partners=tally.partners,
        unanswered=tally.unanswered,
        status={status.value: tally.status[status] for status in _core.Status},
        in_force=_verdict_counts(tally.in_force),
        eligibility=_verdict_counts(tally.eligibility),
        at_risk=tally.at_risk,
        first_at_risk=tuple(tally.first_at_risk),
        deadlines=tuple(Deadline(*row[1:], tally.names.get(row[1])) for row in tally.deadlines),
        missing=tuple(
            MissingCount(item, *(tally.missing[item, group] for group in MissingCount._fields[1:]))
            for item in (*PREREQUISITES, *EVALUATIONS)
        ),
        outstanding=sum((outstanding for _, outstanding, _ in tally.fees.values()), Decimal(0)),
        due=sum((due for _, _, due in tally.fees.values()), Decimal(0)),
        incurred=tally.incurred,
        fees_unknown=tally.fees_unknown,
        fees_by_month=_fee_totals(by_month),
        fees_by_fiscal_year=_fee_totals(by_year),
        ending=tuple(_count_endings(month, tally, with_contracts=with_partners) for month in months),
        actions=tuple(ActionTotal(actor, do, rule, *sums) for (actor, rule, do), sums in actions)
        if with_partners
        else None,
        facts_needed=tuple(FactNeeded(fact, tally.only_missing_fact[fact], tally.needed_by[fact]) for fact in facts)
        if with_partners
        else None,
        by={
            column: {value: build_summary(groups[value], with_partners=with_partners) for value in sorted(groups)}
            for column, groups in (by or {}).items()
        },
    )


def _count_endings(month: tuple[int, int], tally: Tally, *, with_contracts: bool) -> EndingCount:
    counts = {item: tally.ending[month, item] for item in ENDS}
    contracts = counts.pop("contracts")
    return EndingCount("{}-{:02}".format(*month), **counts, contracts=contracts if with_contracts else None)


def _fee_totals(sums: Mapping[Any, Sequence[Any]]) -> tuple[FeeTotal, ...]:
    undated = [key for key in sums if key is None]
    return tuple(FeeTotal(key, *sums[key]) for key in [*sorted(sums.keys() - {None}), *undated])


def _verdict_counts(counts: Mapping[str, int]) -> dict[str, int]:
    return {verdict: counts.get(verdict, 0) for verdict in ("met", "unmet", "unknown")}


def _read_arrow(table: Any, columns: Iterable[str] | None = None) -> Any:
    """Return a frame of any library as a PyArrow table with those of the given columns that it has."""
    frame = nw.from_native(table, pass_through=True)
    if frame is table:
        return pa.table(collect_table(table))
    lazy = frame.lazy()
    names = lazy.collect_schema().names()
    selected = names if columns is None else [name for name in columns if name in names]
    return lazy.select(selected).collect("pyarrow").to_native()


def _reassess(results: Any, partners: Any, rules: _core.Rules) -> Iterator[_core.Assessment]:
    """Yield the assessments of the rows with a result; raise ValueError if one differs from its row."""
    assessed = results.filter(pc.is_valid(results["status"]))
    ids = assessed["id"].to_pylist()
    rest = (assessed[name].to_pylist() for name in ("as_of", "status", "fees_outstanding"))
    for partner, as_of, status, outstanding in zip(_find_partners(ids, partners), *rest, strict=True):
        assessment = _core.assess(partner, as_of, rules)
        if (assessment.term.status, assessment.fees.outstanding) != (status, outstanding):
            raise ValueError(
                f'the result of "{partner.id}" is {status}, but its assessment is {assessment.term.status}; '
                "pass the partners, policy, and rulebook of the results"
            )
        yield assessment


def _find_partners(ids: Sequence[str], partners: Any) -> Iterator[_core.Partner]:
    """Yield the partners with the given ids, from a list or a table."""
    if isinstance(partners, list | tuple):
        partners = [as_partner(partner) for partner in partners]
        known = [partner.id for partner in partners]
    else:
        rows = _read_arrow(partners)
        known = rows["id"].to_pylist()
    index = {name: number for number, name in enumerate(known)}
    if missing := [name for name in ids if name not in index]:
        raise ValueError(f'no partner has the id "{missing[0]}"; {len(missing)} results have no partner')
    if len(index) < len(known):
        raise ValueError("the ids of the partners must be unique")
    if isinstance(partners, list | tuple):
        yield from (partners[index[name]] for name in ids)
        return
    for batch in rows.take([index[name] for name in ids]).to_batches(max_chunksize=10_000):
        yield from map(partner_from_row, batch.to_pylist())
