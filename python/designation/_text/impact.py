"""The page of an impact: sums, groups by rule, moves from one value to another, and the changed partners."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from designation._messages import more_text
from designation._tables.changes import RESULTS_AND_OTHER, SHOWN
from designation._tables.impact import Impact
from designation._tables.impact_groups import RULE, ImpactGroup
from designation._tables.impact_plans import PlanChange, PlanImpact
from designation._text.blocks import EMPTY, Block, Span, Title, block, build_table, fill, row
from designation._text.figures import format_size
from designation._text.wording import capitalize, format_count, format_money, humanize

MOST_PARTNERS = 24
MOVE_HEAD = ("Result", "from", "to", "partners")
COUNTS = tuple(RESULTS_AND_OTHER)
PARTNER_HEAD = ("Partner", "rules", "results")
_OTHERS = {"step": "next step", "waiting_on": "waiting on another", "renewal_missing": "missing for the renewal"}
PLAN_HEAD = ("Plan of", "fees", "lapsed days", "latest day")


def lines(impact: Impact) -> Iterator[Block]:
    """Lay out an impact."""
    yield Title(title(impact), subtitle=subtitle(impact))
    yield EMPTY
    yield from _sums(impact)
    if impact.groups:
        yield EMPTY
        yield build_table(group_head(impact), map(group_cells, impact.groups), wraps=())
        yield EMPTY
        yield build_table(fee_head(impact), map(fee_cells, impact.groups), left=(0, 1), wraps=(1,))
        yield from fill(Span(note(impact), "muted"))
    if impact.moves:
        yield EMPTY
        yield build_table(MOVE_HEAD, move_cells(impact), left=(0, 1, 2), wraps=())
    if impact.changed:
        yield EMPTY
        rows = [partner_cells(one) for one in impact.changes.slice(0, MOST_PARTNERS).to_pylist()]
        yield build_table(PARTNER_HEAD, rows, left=(0, 1, 2), wraps=(0, 1, 2))
        if more := more_text(impact.changed - len(rows), "partners"):
            yield from fill(Span(more, "muted"))
    if impact.plans is not None:
        yield EMPTY
        yield from _plans(impact.plans, impact.after.currency)


def title(impact: Impact) -> str:
    """Return the heading of an impact."""
    return f"Impact of {impact.before.name} -> {impact.after.name}"


def subtitle(impact: Impact) -> str:
    """Return the number of partners, the dates, and the editions."""
    days = _pair(impact.before.as_of, impact.after.as_of)
    editions = _pair(impact.before.edition, impact.after.edition)
    return f"{format_count(impact.partners, 'partner')} as of {days}, edition {editions}"


def describe_changed(impact: Impact) -> str:
    """Return how many partners have other results."""
    return f"results of {impact.changed:,} of {format_count(impact.partners, 'partner')} differ"


def note(impact: Impact) -> str:
    """Return what the groups mean."""
    if RULE not in impact.by:
        return "The columns count the partners in whom a result differs."
    return (
        "A rule did it if its own result differs and no result that it builds on does; the columns count the results "
        "that differ because of it. Fees are those outstanding, before and after."
    )


def group_head(impact: Impact) -> tuple[str, ...]:
    """Return the heads of the table of counts."""
    return (", ".join(map(capitalize, impact.by)), "partners", *map(humanize, COUNTS))


def group_cells(group: ImpactGroup) -> tuple[str, ...]:
    """Return the counts of a group; a count of zero is blank."""
    return (_key(group), f"{group.partners:,}", *(f"{number:,}" if number else "" for number in group[3:-2]))


def fee_head(impact: Impact) -> tuple[str, ...]:
    """Return the heads of the table of fees."""
    return (group_head(impact)[0], "", f"{impact.after.currency} before", "after")


def fee_cells(group: ImpactGroup) -> tuple[str, ...]:
    """Return the title of a group, and the outstanding fees of its partners before and after."""
    return _key(group), group.title, f"{group.fees_before:,}", f"{group.fees_after:,}"


def _key(group: ImpactGroup) -> str:
    return ", ".join(one or "(blank)" for one in group.key)


def move_cells(impact: Impact) -> Iterator[tuple[str, ...]]:
    """Return the cells of the moves."""
    for move in impact.moves:
        before, after = (humanize(value or "none") for value in (move.before, move.after))
        yield capitalize(humanize(move.result)), before, after, f"{move.partners:,}"


def partner_cells(change: dict[str, Any]) -> tuple[str, str, str]:
    """Return the id of a changed partner, the rules, and the results that differ."""
    pairs = [
        f"{humanize(name)} {_value(change[f'{name}_before'])} -> {_value(change[f'{name}_after'])}"
        for name in SHOWN
        if change[f"{name}_before"] != change[f"{name}_after"]
    ]
    others = [", ".join(_OTHERS.get(name, humanize(name)) for name in change["others"])] if not pairs else []
    return change["id"], ", ".join(change["rules"]), "; ".join([*pairs, *others])


def plan_cells(change: PlanChange) -> tuple[str, ...]:
    """Return the cells of a changed plan."""
    pairs = ((change.fees_before, change.fees_after), (change.lapsed_days_before, change.lapsed_days_after))
    fees, lapsed = (_pair(*(_value(value, "no plan") for value in pair)) for pair in pairs)
    if change.step is None:
        return change.id, fees, lapsed, ""
    days = _pair(_value(change.latest_before), _value(change.latest_after))
    return change.id, fees, lapsed, f"{humanize(change.step)} {days}"


def sum_rows(impact: Impact) -> Iterator[tuple[str, str]]:
    """Return the sums of the fees before and after, with their names."""
    for name, (before, after) in impact.fees.items():
        text = format_money(after, impact.after.currency)
        yield f"fees {name}", text if before == after else f"{before:,} -> {text} ({after - before:+,})"


def describe_plans(plans: PlanImpact, currency: str) -> str:
    """Return the sums of the plans."""
    fees = _pair(f"{plans.fees_before:,}", f"{plans.fees_after:,}")
    without = f", {plans.unplanned:,} without a plan" if plans.unplanned else ""
    return (
        f"{len(plans.changes):,} of {format_count(plans.partners + plans.unplanned, 'plan')} through {plans.through} "
        f"differ{without}; fees {fees} {currency}"
    )


def _sums(impact: Impact) -> Iterator[Block]:
    changed = Span(describe_changed(impact), "warn" if impact.changed else "good")
    rows: list[Iterable[Span]] = [(changed,), *((Span(f"{name} {text}"),) for name, text in sum_rows(impact))]
    yield from block("Total", [tuple(one) for one in rows])
    if impact.excluded:
        yield from row("", Span(f"{format_count(impact.excluded, 'partner')} excluded because of errors", "warn"))


def _plans(plans: PlanImpact, currency: str) -> Iterator[Block]:
    yield from row("Plans", Span(describe_plans(plans, currency), "warn" if plans.changes else ""))
    if plans.changes:
        yield EMPTY
        yield build_table(PLAN_HEAD, map(plan_cells, plans.changes), left=(0, 3), wraps=(3,))


def _pair(before: object, after: object) -> str:
    return str(before) if before == after else f"{before} -> {after}"


def _value(value: Any, none: str = "none") -> str:
    if value is None:
        return none
    if isinstance(value, str):
        return humanize(value)
    if isinstance(value, float):
        return format_size(Decimal(str(value)))
    return str(value) if isinstance(value, datetime.date) else f"{value:,}"
