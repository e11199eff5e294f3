"""The impact of other rules, or of another date, on a portfolio: whose results differ, and the rule where it begins."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from designation import _core
from designation._answers.sides import Base, ImpactSide, Side, read_sides
from designation._api import RulebookSource, as_rulebook
from designation._convert import convert_table, json_object
from designation._display import displayable, public
from designation._lazy import lazy
from designation._tables.changes import FEES, RESULTS_AND_OTHER, find_changes
from designation._tables.impact_groups import RULE, GroupTally, ImpactGroup, ImpactMove, columns_to_keep, whole
from designation._tables.impact_plans import PlanImpact, PlanTally
from designation._tables.impact_source import open_portfolio

pa = lazy("pyarrow", "table")
pc = lazy("pyarrow.compute", "table")


@public
@displayable
@dataclass(frozen=True, repr=False)
class Impact:
    """The impact on a portfolio; see `impact`.

    ``partners`` counts all partners, ``excluded`` those that could not be read. ``changes`` is a PyArrow table with a
    row for each partner whose results differ: ``id``, the columns that were kept, ``rules``, ``NAME_differs``,
    ``others``, and status, in-force state, eligibility, deadline, and fees before and after. ``rules`` has the rules
    where a change begins: their own results differ, and none that they build on. ``others`` has the columns of other
    results that differ. ``fees`` holds the sums over all partners, before and after, by name; ``plans`` is None unless
    plans were compared.
    """

    before: ImpactSide
    after: ImpactSide
    partners: int
    excluded: int
    by: tuple[str, ...]
    groups: tuple[ImpactGroup, ...]
    moves: tuple[ImpactMove, ...]
    fees: dict[str, tuple[Decimal, Decimal]]
    changes: Any
    plans: PlanImpact | None = None

    @property
    def changed(self) -> int:
        """The number of partners whose results differ."""
        return len(self.changes)

    @property
    def counts(self) -> dict[str, int]:
        """The number of partners in whom each result differs: status, in force, eligibility, deadline, fees, other."""
        return {name: pc.sum(self.changes[f"{name}_differs"]).as_py() or 0 for name in RESULTS_AND_OTHER}

    def to_frame(self, kind: str = "pandas") -> Any:
        """Return ``changes`` as a frame of pandas or Polars.

        Raises:
            ValueError: The kind is another one.
            ImportError: The library is not installed.
        """
        return convert_table(self.changes, kind)

    def to_dict(self) -> dict[str, Any]:
        """Return the impact as JSON values, with a row for each changed partner."""
        found = {
            **{
                name: getattr(self, name)
                for name in ("before", "after", "partners", "excluded", "changed", "counts", "by")
            },
            "groups": self.groups,
            "moves": self.moves,
            "fees": {name: {"before": before, "after": after} for name, (before, after) in self.fees.items()},
            "changes": self.changes.to_pylist(),
        }
        return json_object(found if self.plans is None else found | {"plans": self.plans})

    def __repr__(self) -> str:
        return f"<Impact of {self.before.name} -> {self.after.name}: {self.changed:,} of {self.partners:,} partners>"


def impact(  # noqa: PLR0913 (most of the parameters are named)
    portfolio: Any,
    before: Any,
    after: Any,
    as_of: datetime.date | str | None = None,
    *,
    policy: _core.Policy | Mapping[str, Any] | None = None,
    rulebook: RulebookSource | None = None,
    by: str | Sequence[str] = RULE,
    keep: Sequence[str] = (),
    plans: bool = False,
    through: datetime.date | str | None = None,
    on_error: str = "raise",
    threads: int | None = None,
) -> Impact:
    """Compare the results of a portfolio under two editions, policies, or readings, or as of two dates.

    Args:
        portfolio: A table that `assess_table` accepts, or anything that `portfolio.load` accepts.
        before: An edition, such as ``"2025-11"``; a policy, a rulebook, or a dict; the file of a policy or a rulebook;
            a reading, such as ``"leap_day=roll_forward"``; or a date.
        after: The other side, likewise. If one side is a date, the other must be one.
        as_of: The date of both sides; default: today.
        policy: The policy of both sides, unless a side is a policy; a reading changes one interpretation of it.
        rulebook: The rulebook of both sides, unless a side is an edition or a rulebook.
        by: What groups the changed partners: ``"rule"``, columns that are kept, or several of them.
        keep: Columns of the portfolio that ``changes`` also has, such as ``"region"``.
        plans: Whether to compare the recommended plans, too: their fees, lapsed days, and latest days.
        through: The last date of the plans; default: five years after the later date.
        on_error: ``"raise"`` raises an error if a partner is invalid; ``"exclude"`` omits and counts such partners.
        threads: The number of threads; default: one per core.

    Raises:
        InputError: The portfolio has problems, or a side names nothing or has problems.
        ImportError: The extra ``table`` is not installed.
        OSError: A file cannot be read.
        ValueError: An argument has another value.

    Example:
        >>> import designation as dsg
        >>> award = dsg.Event(on="2025-03-02", type="badge_awarded")
        >>> partners = [dsg.Partner(id="contoso", events=[award]), dsg.Partner(id="fabrikam", events=[])]
        >>> found = dsg.impact(partners, "after_anniversary=lapsed", "after_anniversary=in_force", "2026-03-15")
        >>> found
        <Impact of after_anniversary=lapsed -> after_anniversary=in_force: 1 of 2 partners>
        >>> found.groups[0].key, found.groups[0].title, found.moves[0]
        (('SSD-T7',), 'In force', ImpactMove(result='in_force', before='unmet', after='met', partners=1))
    """
    sides = read_sides(before, after, Base(as_of, policy, as_rulebook(rulebook)))
    keys = (by,) if isinstance(by, str) else tuple(by)
    if not keys:
        raise ValueError('by must name "rule" or a column')
    kept = columns_to_keep(keep, keys)
    tally = ImpactTally(*sides, keys)
    source = open_portfolio(portfolio, kept, on_error, threads)
    first, second = (source.assess(side.rules, side.as_of) for side in sides)
    tally.add(first, second, source.kept)
    tally.excluded += source.excluded
    if not plans:
        return tally.build()
    planned = PlanTally(*sides, through)
    planned.add(source.partners())
    return tally.build(planned.build())


class ImpactTally:
    """The changes so far: a portfolio can be larger than memory, and is then compared in chunks."""

    def __init__(self, before: Side, after: Side, by: Sequence[str]) -> None:
        self.before, self.after, self.by = before, after, tuple(by)
        self.partners = self.excluded = 0
        self._changes: list[Any] = []
        self._groups = GroupTally(by)
        self._fees = {name: [Decimal(0), Decimal(0)] for name in FEES}

    def add(self, before: Any, after: Any, kept: Any = None) -> None:
        """Add the results of both sides for the same rows; rows without a result are counted as excluded."""
        if "error" in before.column_names:
            good = pc.is_null(before["error"])
            self.excluded += len(before) - (pc.sum(good).as_py() or 0)
            before, after = before.filter(good), after.filter(good)
            kept = None if kept is None else kept.filter(good)
        self.partners += len(before)
        for name, sums in self._fees.items():
            for index, table in enumerate((before, after)):
                sums[index] += _total(table[name])
        found = find_changes(before, after, kept)
        self._groups.add(found)
        self._changes.append(found.table)

    def build(self, plans: PlanImpact | None = None) -> Impact:
        """Build the impact of what was added."""
        return Impact(
            before=self.before.shown,
            after=self.after.shown,
            partners=self.partners,
            excluded=self.excluded,
            by=self.by,
            groups=tuple(self._groups.groups(self.after.titles)),
            moves=tuple(self._groups.moves()),
            fees={name.removeprefix("fees_"): (sums[0], sums[1]) for name, sums in self._fees.items()},
            changes=pa.concat_tables(self._changes, promote_options="permissive"),
            plans=plans,
        )


def _total(column: Any) -> Decimal:
    return whole(pc.sum(column.cast(pa.decimal128(18, 4))).as_py())
