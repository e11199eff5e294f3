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
PARTNER_HEAD = ("Partner", "rules", "results")
_OTHERS = {"step": "next step", "waiting_on": "who acts next", "renewal_missing": "missing for the renewal"}
PLAN_HEAD = ("Plan of", "fees", "lapsed days", "latest day")


def lines(impact: Impact) -> Iterator[Block]:
    """Lay out an impact."""
    yield Title(title(impact), subtitle=subtitle(impact))
    yield EMPTY
    yield from _sums(impact)
    if impact.groups:
        yield EMPTY
        yield build_table(group_head(impact), group_rows(impact))
        yield from fill(Span(note(impact), "muted"))
        if fees := fee_rows(impact):
            yield EMPTY
            yield build_table(fee_head(impact), fees)
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
        return "The columns count the partners in whom a result changes."
    return (
        "A rule is listed where a change begins: its own result changes, and nothing that it builds on does. "
        "The columns count the partners in whom a result changes because of it."
    )


def group_head(impact: Impact) -> tuple[str, ...]:
    """Return the heads of the groups; what differs in no group has no column."""
    return (_label(impact), "partners", *map(humanize, _counts(impact)))


def group_rows(impact: Impact) -> Iterator[tuple[str, ...]]:
    """Return the cells of the groups; a count of zero is blank."""
    for group in impact.groups:
        counts = (getattr(group, name) for name in _counts(impact))
        yield (_key(impact, group), f"{group.partners:,}", *(f"{number:,}" if number else "" for number in counts))


def fee_head(impact: Impact) -> tuple[str, ...]:
    """Return the heads of the fees of groups."""
    return (_label(impact), f"outstanding {impact.after.currency} before", "after")


def fee_rows(impact: Impact) -> list[tuple[str, ...]]:
    """Return the cells of the groups whose outstanding fees change."""
    changed = (group for group in impact.groups if group.fees_before != group.fees_after)
    return [(_key(impact, group), f"{group.fees_before:,}", f"{group.fees_after:,}") for group in changed]


def _label(impact: Impact) -> str:
    return ", ".join(map(capitalize, impact.by))


def _key(impact: Impact, group: ImpactGroup) -> str:
    parts = zip(impact.by, group.key, strict=True)
    return ", ".join(f"{one} {group.title}" if by == RULE else one or "(blank)" for by, one in parts)


def _counts(impact: Impact) -> list[str]:
    return [name for name in RESULTS_AND_OTHER if any(getattr(group, name) for group in impact.groups)]


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


def describe_fees(impact: Impact) -> list[str]:
    """Return the sums of the fees that change, before and after, and the names of the others."""
    changed = {name: pair for name, pair in impact.fees.items() if pair[0] != pair[1]}
    if not changed:
        return ["fees unchanged"]
    rows = [
        f"fees {name} {before:,} -> {format_money(after, impact.after.currency)} ({after - before:+,})"
        for name, (before, after) in changed.items()
    ]
    same = [name for name in impact.fees if name not in changed]
    return [*rows, f"fees {' and '.join(same)} unchanged"] if same else rows


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
    rows: list[Iterable[Span]] = [(changed,), *((Span(text),) for text in describe_fees(impact))]
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
