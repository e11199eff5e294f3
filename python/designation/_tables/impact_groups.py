"""Counts and fees of changed partners: by rule and by the values of columns, and from one value to another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from designation._display import public
from designation._lazy import lazy
from designation._tables.changes import RESULTS_AND_OTHER, RULES, Changes, differs_by

pa = lazy("pyarrow", "table")
pc = lazy("pyarrow.compute", "table")

RULE = "rule"
SUMS = ("fees_outstanding_before", "fees_outstanding_after")
MOVING = ("status", "in_force", "eligibility")


@public
class ImpactGroup(NamedTuple):
    """The changed partners of a rule, or with the same values of the columns that ``by`` names.

    ``key`` holds the rule and these values, ``title`` the title of the rule. ``partners`` counts the partners that the
    group has; the counts of results say in how many of them each result differs because of the rule. A partner with
    changes by several rules is in several groups. ``fees_before`` and ``fees_after`` are sums of the outstanding fees.
    """

    key: tuple[str, ...]
    title: str
    partners: int
    status: int
    in_force: int
    eligibility: int
    deadline: int
    fees: int
    other: int
    fees_before: Decimal
    fees_after: Decimal


@public
class ImpactMove(NamedTuple):
    """The number of partners whose status, in-force state, or eligibility moves from one value to another."""

    result: str
    before: str | None
    after: str | None
    partners: int


class GroupTally:
    """The groups so far."""

    def __init__(self, by: Sequence[str]) -> None:
        self._by = tuple(by)
        self._columns = [name for name in by if name != RULE]
        self._groups: dict[tuple[str, ...], list[Any]] = {}
        self._moves: dict[tuple[str, Any, Any], int] = {}

    def add(self, found: Changes) -> None:
        """Add the changes of more rows."""
        if RULE not in self._by:
            self._add_groups("", found.table, {name: found.table[f"{name}_differs"] for name in RESULTS_AND_OTHER})
        for rule in RULES if RULE in self._by else ():
            rows = found.causes[rule]
            if pc.any(rows).as_py():
                flags = {name: differs_by(rule, columns, found) for name, columns in RESULTS_AND_OTHER.items()}
                self._add_groups(rule, found.table.filter(rows), {n: one.filter(rows) for n, one in flags.items()})
        for name in MOVING:
            keys = [f"{name}_before", f"{name}_after"]
            moved = found.table.select(keys).filter(found.table[f"{name}_differs"])
            for row in moved.group_by(keys).aggregate([([], "count_all")]).to_pylist():
                key = (name, *(row[one] for one in keys))
                self._moves[key] = self._moves.get(key, 0) + row["count_all"]

    def _add_groups(self, rule: str, table: Any, flags: Mapping[str, Any]) -> None:
        rows = {name: table[name] for name in self._columns}
        rows |= {f"{name} differs": flag for name, flag in flags.items()}
        rows |= {name: table[name].cast(pa.decimal128(18, 4)) for name in SUMS}
        sums = [name for name in rows if name not in self._columns]
        if not len(table):
            return
        grouped = pa.table(rows).group_by(self._columns).aggregate([([], "count_all"), *((one, "sum") for one in sums)])
        for row in grouped.to_pylist():
            key = tuple(rule if name == RULE else _text(row[name]) for name in self._by)
            counts = [row["count_all"], *(row[f"{name}_sum"] or 0 for name in sums)]
            total = self._groups.get(key, [0] * len(counts))
            self._groups[key] = [one + other for one, other in zip(total, counts, strict=True)]

    def groups(self, titles: Mapping[str, str]) -> Iterator[ImpactGroup]:
        """Yield the groups, those with the most partners first."""
        for key, row in sorted(self._groups.items(), key=lambda item: (-item[1][0], item[0])):
            title = titles[key[self._by.index(RULE)]] if RULE in self._by else ""
            yield ImpactGroup._make([key, title, *row[:-2], *map(whole, row[-2:])])

    def moves(self) -> Iterator[ImpactMove]:
        """Yield the moves of each result, the most frequent first."""
        order = sorted(self._moves.items(), key=lambda item: (MOVING.index(item[0][0]), -item[1], str(item[0])))
        return (ImpactMove(*key, count) for key, count in order)


def columns_to_keep(keep: Sequence[str], by: Sequence[str]) -> list[str]:
    """Return the columns of the portfolio that are kept: those that are asked for, and those that group."""
    return list(dict.fromkeys([*keep, *(name for name in by if name != RULE)]))


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def whole(amount: Decimal | int | None) -> Decimal:
    """Return an amount without trailing zeros, as fees are written."""
    total = Decimal(amount or 0)
    return total.to_integral_value() if total == total.to_integral_value() else total.normalize()
