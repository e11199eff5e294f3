"""The model of a page about an impact: sums, groups by rule, moves, changed partners, and plans."""

from __future__ import annotations

from typing import Any

from designation import _core
from designation._report._figure_tables import Model, bars, section, table, tile
from designation._tables.impact import Impact
from designation._tables.impact_plans import PlanImpact
from designation._text.impact import (
    MOVE_HEAD,
    PARTNER_HEAD,
    PLAN_HEAD,
    describe_changed,
    describe_plans,
    fee_head,
    fee_rows,
    group_head,
    group_rows,
    move_cells,
    note,
    partner_cells,
    plan_cells,
    subtitle,
    title,
)
from designation._text.wording import capitalize, format_money

MOST_PARTNERS = 1000


def build_impact_model(impact: Impact) -> Model:
    """Build the model of a page about an impact."""
    shown = impact.changes.slice(0, MOST_PARTNERS).to_pylist()
    sections = [_summary(impact), *_groups(impact), *_partners(impact, shown)]
    if impact.plans is not None:
        sections.append(_plans(impact.plans, impact.after.currency))
    for number, part in enumerate(sections):
        part["name"] = f"section-{number + 1}"
    rest = impact.changed - len(shown)
    model = {
        "kind": "impact",
        "title": title(impact),
        "id": title(impact),
        "as_of": str(impact.after.as_of),
        "scope": subtitle(impact).split(", "),
        "sections": sections,
        "figures": {name: value for name, value in impact.to_dict().items() if name != "changes"},
        "more": f"{rest:,} more partners are not shown; designation impact -o changes.parquet writes all of them."
        if rest
        else "All changed partners are shown above; designation impact -o changes.parquet writes them as a table.",
        "provenance": {"engine": _core.__version__},
    }
    return {name: value if name == "figures" else _with_arrows(value) for name, value in model.items()}


def _with_arrows(value: Any) -> Any:
    """Write the arrows of text pages as the character, which the font of a terminal may lack."""
    if isinstance(value, str):
        return value.replace(" -> ", " \N{RIGHTWARDS ARROW} ")
    if isinstance(value, dict):
        return {name: _with_arrows(member) for name, member in value.items()}
    return [_with_arrows(member) for member in value] if isinstance(value, list | tuple) else value


def _summary(impact: Impact) -> Model:
    tiles = [tile("Partners that change", f"{impact.changed:,}", f"of {impact.partners:,}", _role(impact.changed))]
    for name, (before, after) in impact.fees.items():
        change = "unchanged" if before == after else f"{after - before:+,} against {before:,}"
        tiles.append(tile(f"Fees {name}", format_money(after, impact.after.currency), change, _role(before != after)))
    texts = [f"{capitalize(describe_changed(impact))}."]
    if impact.excluded:
        texts.append(f"Excluded because of errors: {impact.excluded:,}.")
    return section("What changes", texts, tiles)


def _role(is_changed: object) -> str:
    return "warn" if is_changed else ""


def _groups(impact: Impact) -> list[Model]:
    if not impact.groups:
        return []
    by = ", ".join(impact.by)
    parts = [section(f"By {by}", [note(impact)], (), [_table(group_head(impact), list(group_rows(impact)))])]
    if fees := fee_rows(impact):
        parts.append(section(f"Fees by {by}", [], (), [_table(fee_head(impact), fees)]))
    moves = [(f"{result}: {before} -> {after}", number) for result, before, after, number in move_cells(impact)]
    if moves:
        marks = bars([move.partners for move in impact.moves])
        moved = table(f"{MOVE_HEAD[0]}, before -> after", ("Partners",), moves, marks)
        parts.append(section("From what to what", [], (), [moved]))
    return parts


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> Model:
    return table(head[0], tuple(map(capitalize, head[1:])), rows)


def _partners(impact: Impact, shown: list[dict[str, Any]]) -> list[Model]:
    if not shown:
        return []
    rows = [partner_cells(change) for change in shown]
    head = tuple(map(capitalize, PARTNER_HEAD[1:]))
    return [section("Partners", [], (), [table(PARTNER_HEAD[0], head, rows, text=(0, 1))])]


def _plans(plans: PlanImpact, currency: str) -> Model:
    text = f"{capitalize(describe_plans(plans, currency))}."
    if not plans.changes:
        return section("Plans", [text])
    rows = [plan_cells(change) for change in plans.changes[:MOST_PARTNERS]]
    return section("Plans", [text], (), [table(PLAN_HEAD[0], tuple(map(capitalize, PLAN_HEAD[1:])), rows, text=(2,))])
