"""What differs between two results of one portfolio, column by column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from designation._lazy import lazy
from designation._rulebooks.rule_index import BENEFITS, EVALUATIONS, PREREQUISITES, RULES_BY_PATH

pa = lazy("pyarrow", "table")
pc = lazy("pyarrow.compute", "table")

PATHS = {
    **{name: f"/eligibility/prerequisites/{name}" for name in PREREQUISITES},
    "eligibility": "/eligibility/verdict",
    **{name: f"/evaluations/{name}/verdict" for name in EVALUATIONS},
    **{f"{name}_{part}": f"/evaluations/{name}/{part}" for name in EVALUATIONS for part in ("passed_on", "valid_through")},
    "attained_on": "/term/attained_on",
    "expires_on": "/term/expires_on",
    "renewal_opens_on": "/term/renewal_opens_on",
    "renewal_closes_on": "/term/renewal_closes_on",
    "at_risk": "/term/at_risk",
    "status": "/term/status",
    "in_force": "/term/in_force",
    "renewal": "/renewal/verdict",
    "renewal_missing": "/renewal/missing",
    "step": "/journey/step",
    "waiting_on": "/journey/waiting_on",
    **{f"fees_{name}": f"/fees/{name}" for name in ("outstanding", "due", "incurred")},
    **{name: f"/benefits/{name}" for name in BENEFITS},
}
# The deadline is that of the action "renew", whose rule is SSD-T4 (`Assessment.actions`).
DEADLINE_RULE = "SSD-T4"
# The columns that are compared, each after those of the rules that its own rule builds on.
COLUMN_RULES = {name: RULES_BY_PATH[path] for name, path in PATHS.items()}
COLUMN_RULES = {
    name: rule
    for column, own in COLUMN_RULES.items()
    for name, rule in ([("deadline", DEADLINE_RULE), (column, own)] if column == "renewal" else [(column, own)])
}
COLUMNS = ("id", *COLUMN_RULES)
FEES = ("fees_outstanding", "fees_due", "fees_incurred")
# What a change is counted as; the results that are left count as "other".
RESULTS: dict[str, tuple[str, ...]] = {
    **{name: (name,) for name in ("status", "in_force", "eligibility", "deadline")},
    "fees": FEES,
}
SHOWN = (*(name for names in RESULTS.values() for name in names),)
OTHER = tuple(name for name in COLUMN_RULES if name not in SHOWN)


def find_changes(before: Any, after: Any, kept: Any = None) -> Any:
    """Return a row for each partner with a difference: what it is, the rule, and the results before and after.

    The rule is the first one, in the order in which rules build on each other, whose result differs: no result that it
    builds on does. ``rules`` has all rules whose results differ.

    Args:
        before: The results of one side, with `COLUMNS`.
        after: The results of the other side, for the same rows.
        kept: Columns of the portfolio for the same rows, if any.
    """
    differs = {name: _differs(before[name], after[name]) for name in COLUMN_RULES}
    changed = _any_of(differs.values())
    rows = {name: flags.filter(changed) for name, flags in differs.items()}
    left, right = before.select(["id", *SHOWN]).filter(changed), after.select(SHOWN).filter(changed)
    columns = {"id": left["id"], **_kept_columns(kept, changed), **_rules_of(rows)}
    for name, members in RESULTS.items():
        columns[f"{name}_differs"] = _any_of(rows[member] for member in members)
    columns["other_differs"] = _any_of(rows[name] for name in OTHER)
    for name in SHOWN:
        columns[f"{name}_before"], columns[f"{name}_after"] = _plain(left[name]), _plain(right[name])
    return pa.table(columns)


def _kept_columns(kept: Any, changed: Any) -> dict[str, Any]:
    if kept is None:
        return {}
    filtered = kept.filter(changed)
    return {name: filtered[name] for name in filtered.column_names}


def _rules_of(differs: dict[str, Any]) -> dict[str, Any]:
    """Return the first rule and all rules of each row, from the columns that differ."""
    rules = list(dict.fromkeys(COLUMN_RULES.values()))
    by_rule = {
        rule: _any_of(flags for name, flags in differs.items() if COLUMN_RULES[name] == rule) for rule in rules
    }
    words = [pc.if_else(by_rule[rule], rule, pa.scalar(None, pa.string())) for rule in rules]
    joined = pc.binary_join_element_wise(*words, ",", null_handling="skip")
    return {"rule": pc.coalesce(*words), "rules": pc.split_pattern(joined, ",")}


def _differs(before: Any, after: Any) -> Any:
    """Return for each row whether two columns differ; a missing value differs from every value."""
    left, right = _codes(before, after)
    return pc.coalesce(pc.not_equal(left, right), pc.xor(pc.is_null(left), pc.is_null(right)))


def _codes(before: Any, after: Any) -> tuple[Any, Any]:
    """Return columns that can be compared: the indices of words if both sides have the same dictionary."""
    if pa.types.is_list(before.type):
        return pc.binary_join(before, ","), pc.binary_join(after, ",")
    if not pa.types.is_dictionary(before.type):
        return before, after
    words = [chunk.dictionary for column in (before, after) for chunk in column.chunks]
    if all(one.equals(words[0]) for one in words[1:]):
        return _indices(before), _indices(after)
    return _plain(before), _plain(after)


def _indices(column: Any) -> Any:
    return pa.chunked_array([chunk.indices for chunk in column.chunks], column.type.index_type)


def _plain(column: Any) -> Any:
    return column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column


def _any_of(flags: Any) -> Any:
    found: Sequence[Any] = list(flags)
    result = found[0]
    for one in found[1:]:
        result = pc.or_(result, one)
    return result
