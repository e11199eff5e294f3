"""Several lists of the same cases compared: which cases each list has, and where days and escalations differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from designation._convert import json_object
from designation._messages import quote, several, suggestion
from designation._text.blocks import EMPTY, Block, Card, Span, Title, build_table, fill, row
from designation._text.figures import PageValue, format_number
from designation.metrics._arguments import parse_count, parse_mapping
from designation.metrics._case_lists import CaseLists, ListOptions
from designation.metrics._columns import parse_columns
from designation.metrics._errors import input_error
from designation.metrics._period import Period, Scope, parse_period
from designation.metrics._row_report import RowReport

SHOWN_PAIRS = 10


class CaseClass(NamedTuple):
    """The cases of the union that exactly these lists have: ``kind`` is all, some or one."""

    kind: str
    lists: tuple[str, ...]
    cases: int


class CandidatePair(NamedTuple):
    """Two cases with no list in common, the same customer, and days within the tolerance: they may be one case."""

    customer: str
    first: str
    first_lists: tuple[str, ...]
    second: str
    second_lists: tuple[str, ...]
    days_apart: int


@dataclass(frozen=True, repr=False)
class Reconciliation(PageValue):
    """Lists of cases compared, as `reconcile` returns them.

    ``union`` is the number of cases that some list dates inside the period, and each of them is in one of ``classes``.
    ``days_differ`` and ``escalation_differs`` count cases about which lists disagree, and ``outside`` the cases that
    each list dates outside of the period, or not at all. ``candidates`` counts all pairs that may be one case, of which
    ``candidate_pairs`` holds up to 1,000; None if they were not searched. ``quality`` has each list's row report.
    """

    period: Period
    tolerance: int
    lists: tuple[str, ...]
    union: int
    classes: tuple[CaseClass, ...]
    days_differ: int
    escalation_differs: int
    outside: tuple[tuple[str, int], ...]
    candidates: int | None
    candidate_pairs: tuple[CandidatePair, ...]
    accounts: tuple[tuple[str, RowReport], ...]
    notes: tuple[str, ...] = ()
    _find_cases: Callable[[str], Any] | None = field(default=None, compare=False, repr=False)

    @property
    def quality(self) -> dict[str, RowReport]:
        """The row report of each list."""
        return dict(self.accounts)

    @property
    def in_all(self) -> int:
        """The number of cases that all lists have."""
        return sum(one.cases for one in self.classes if one.kind == "all")

    @property
    def differs(self) -> bool:
        """Whether a case is missing in a list, or lists disagree about its day or its escalation."""
        return self.in_all < self.union or self.days_differ > 0 or self.escalation_differs > 0

    def cases(self, which: str = "union") -> Any:
        """Return cases of the union as a DuckDB relation, with the day and the escalation in each list.

        Args:
            which: ``union``, ``all``, ``some``, ``one``, ``days_differ``, ``escalation_differs`` or ``outside``.

        Raises:
            KeyError: There is no such choice.
            LookupError: The result was pickled; the lists are no longer available.
        """
        if which not in CaseLists.CHOICES:
            raise KeyError(f"{quote(which)} is unknown; must be one of {', '.join(CaseLists.CHOICES)}")
        if self._find_cases is None:
            raise LookupError("the lists are not available, because this result was pickled")
        return self._find_cases(which)

    def to_dict(self) -> dict[str, Any]:
        """Return the comparison as JSON-compatible values."""
        names = (
            *("period", "tolerance", "lists", "union", "differs", "classes", "days_differ", "escalation_differs"),
            *("outside", "candidates", "candidate_pairs", "quality", "notes"),
        )
        members = {name: getattr(self, name) for name in names}
        return json_object({"metric": "reconciliation", **members, "outside": dict(self.outside)})

    def lines(self) -> Iterable[Block]:
        """Lay out the comparison."""
        yield Title(f"Reconciliation of {len(self.lists)} lists, {self.period}")
        yield Card("Cases", Span(f"{format_number(self.union)} in at least one list inside the period"))
        yield Card("In all lists", Span(_share(self.in_all, self.union)))
        yield Card("Days differ", Span(f"{format_number(self.days_differ)} by more than {_days(self.tolerance)}"))
        yield Card("Escalated", Span(f"{format_number(self.escalation_differs)} differ"))
        for name, cases in self.outside:
            if cases:
                yield from row("Outside", Span(f"{format_number(cases)} outside of the period in {name}"))
        if self.candidates is not None:
            noun = "pair" if self.candidates == 1 else "pairs"
            text = f"{format_number(self.candidates)} {noun} with the same customer and no list in common; none merged"
            yield from row("Candidates", Span(text))
        for number, note in enumerate(self.notes):
            yield from row("" if number else "Note", Span(note))
        yield EMPTY
        cells = [(one.kind, ", ".join(one.lists), _share(one.cases, self.union)) for one in self.classes]
        yield build_table(("In", "Lists", "Cases"), cells, left=(0, 1), wraps=(1,))
        if self.candidate_pairs:
            yield EMPTY
            pairs = [(one.first, one.second, one.customer, str(one.days_apart)) for one in self.candidate_pairs]
            yield build_table(
                ("Case", "Candidate", "Customer", "Days"), pairs[:SHOWN_PAIRS], left=(0, 1, 2), wraps=(0, 1, 2)
            )
        for name, report in self.accounts:
            yield EMPTY
            yield from fill(Span(name, "label"))
            yield from report.lines()

    def __repr__(self) -> str:
        return f"<Reconciliation {self.in_all} of {self.union} cases in all of {several(self.lists)}, {self.period}>"

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_find_cases": None}


def reconcile(  # noqa: PLR0913
    lists: Mapping[str, Any],
    period: Any,
    *,
    tolerance: int = 0,
    columns: Mapping[str, Any] | None = None,
    escalated: Mapping[str, Any] | None = None,
    normalize: str | None = None,
    candidates: bool = True,
) -> Reconciliation:
    """Compare lists of cases from several systems over a period; no list is taken to be right.

    Cases are the same if their ids are equal after trimming. A case belongs to the union if some list dates it inside
    the period; a list that dates it outside still has it.

    Args:
        lists: The table of each list by its name, as for `case_rate`.
        period: As for `case_rate`.
        tolerance: The number of days by which lists can differ about the day of a case.
        columns: The column mapping of each list by its name: the name of a mapping (`MAPPINGS`), or a dict.
        escalated: Which cases of a list count as escalated, by its name, as for `case_rate`; unknown for other lists.
        normalize: A regular expression; what it matches is also removed from ids.
        candidates: Whether to search for pairs of cases that may be one.

    Raises:
        InputError: The input has problems, such as missing columns, or ambiguous dates.

    Example:
        >>> import designation as dsg, polars as pl
        >>> ours = pl.DataFrame({"id": ["1", "2"], "created": ["2026-01-05", "2026-01-07"]})
        >>> theirs = pl.DataFrame({"id": ["2 ", "3"], "created": ["2026-01-08", "2026-02-07"]})
        >>> found = dsg.metrics.reconcile({"ours": ours, "theirs": theirs}, "2026-Q1", tolerance=0)
        >>> found.union, found.in_all, found.days_differ
        (3, 1, 1)
        >>> [(one.lists, one.cases) for one in found.classes if one.kind == "one"]
        [(('ours',), 1), (('theirs',), 1)]
    """
    if not isinstance(lists, Mapping) or len(lists) < 2:
        raise input_error("lists", "must be a dict of at least two lists by name", "/lists")
    tolerance = parse_count(tolerance, "/tolerance", may_be_zero=True)
    names = tuple(map(str, lists))
    mappings = _parse_by_list(columns, names, "/columns")
    criteria = _parse_by_list(escalated, names, "/escalated")
    scope = Scope(parse_period(period))
    options = [
        ListOptions(name, parse_columns(mappings.get(name), f"/columns/{name}", "cases"), criteria.get(name))
        for name in names
    ]
    found = CaseLists(list(lists.values()), options, scope, normalize)
    if candidates:
        found.keep()
    counts = found.count(tolerance)
    pairs, total = found.find_candidates(int(tolerance)) if candidates else ((), None)
    return Reconciliation(
        period=scope.period,
        tolerance=int(tolerance),
        lists=names,
        union=counts.union,
        classes=tuple(
            CaseClass(_kind(len(present), len(names)), tuple(names[at] for at in present), cases)
            for present, cases in counts.classes
        ),
        days_differ=counts.days_differ,
        escalation_differs=counts.escalation_differs,
        outside=tuple(zip(names, counts.outside, strict=True)),
        candidates=total,
        candidate_pairs=tuple(
            CandidatePair(customer, first, _names(names, one), second, _names(names, other), apart)
            for customer, first, one, second, other, apart in pairs
        ),
        accounts=tuple(zip(names, counts.reports, strict=True)),
        notes=counts.notes,
        _find_cases=found.cases,
    )


def _parse_by_list(value: Mapping[str, Any] | None, names: tuple[str, ...], pointer: str) -> dict[str, Any]:
    given = parse_mapping(value, pointer)
    for name in given:
        if name not in names:
            raise input_error("unknown_key", f"unknown list {quote(name)}{suggestion(name, names)}", pointer)
    return given


def _kind(present: int, lists: int) -> str:
    return "all" if present == lists else "one" if present == 1 else "some"


def _names(names: tuple[str, ...], mask: int) -> tuple[str, ...]:
    return tuple(name for at, name in enumerate(names) if mask >> at & 1)


def _share(cases: int, union: int) -> str:
    return f"{format_number(cases)} ({cases / union:.1%})" if union else format_number(cases)


def _days(tolerance: int) -> str:
    return f"{tolerance} {'day' if tolerance == 1 else 'days'}"
