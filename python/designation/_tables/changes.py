"""What differs between two results of one portfolio, column by column, and the rules where it begins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any, NamedTuple

from designation._lazy import lazy
from designation._rulebooks.rule_index import BENEFITS, EVALUATIONS, PREREQUISITES, RULES_BY_PATH, rules_below

pa = lazy("pyarrow", "table")
pc = lazy("pyarrow.compute", "table")

TERM = ("attained_on", "expires_on", "renewal_opens_on", "renewal_closes_on", "at_risk", "status", "in_force")
FEES = ("fees_outstanding", "fees_due", "fees_incurred")
PATHS = {
    **{name: f"/eligibility/prerequisites/{name}" for name in PREREQUISITES},
    "eligibility": "/eligibility/verdict",
    **{name: f"/evaluations/{name}/verdict" for name in EVALUATIONS},
    **{f"{name}_{day}": f"/evaluations/{name}/{day}" for name in EVALUATIONS for day in ("passed_on", "valid_through")},
    **{name: f"/term/{name}" for name in TERM},
    "renewal": "/renewal/verdict",
    "renewal_missing": "/renewal/missing",
    "step": "/journey/step",
    "waiting_on": "/journey/waiting_on",
    **{name: f"/fees/{name.removeprefix('fees_')}" for name in FEES},
    **{name: f"/benefits/{name}" for name in BENEFITS},
}
# The deadline is that of the action to renew, whose rule is SSD-T4 (`Assessment.actions`); it follows from the term.
DEADLINE_RULE = "SSD-T4"
COLUMN_RULES = {name: RULES_BY_PATH[path] for name, path in PATHS.items()} | {"deadline": DEADLINE_RULE}
COLUMNS = ("id", *COLUMN_RULES)
RULES = tuple(dict.fromkeys(COLUMN_RULES.values()))
BELOW = {rule: rules_below(rule) for rule in RULES} | {DEADLINE_RULE: frozenset({"SSD-T6"}) | rules_below("SSD-T6")}
# What a change is counted as; the results that are left count as "other".
RESULTS: dict[str, tuple[str, ...]] = {
    **{name: (name,) for name in ("status", "in_force", "eligibility", "deadline")},
    "fees": FEES,
}
SHOWN = tuple(name for names in RESULTS.values() for name in names)
RESULTS_AND_OTHER = RESULTS | {"other": tuple(name for name in COLUMN_RULES if name not in SHOWN)}


class Changes(NamedTuple):
    """The partners whose results differ, a row each, and the rules where a change begins.

    Attributes:
        table: The id, the kept columns, the rules, which results differ, the names of the other ones that do, and the
            shown results before and after.
        causes: For each rule, whether a change begins there: its own result differs, and none that it builds on.
        differs: For each column, whether it differs.
    """

    table: Any
    causes: dict[str, Any]
    differs: dict[str, Any]


def find_changes(before: Any, after: Any, kept: Any = None) -> Changes:
    """Compare the results of the same rows, with `COLUMNS` and any columns of the portfolio that are kept."""
    everywhere = {name: _differs(before[name], after[name]) for name in COLUMN_RULES}
    changed = any_of(everywhere.values())
    differs = {name: flags.filter(changed) for name, flags in everywhere.items()}
    causes = _find_causes(differs)
    left, right = before.select(["id", *SHOWN]).filter(changed), after.select(SHOWN).filter(changed)
    columns = {"id": left["id"]}
    if kept is not None:
        columns |= {name: kept[name].filter(changed) for name in kept.column_names}
    columns["rules"] = _names(causes)
    for name, members in RESULTS_AND_OTHER.items():
        columns[f"{name}_differs"] = any_of(differs[member] for member in members)
    columns["others"] = _names({name: differs[name] for name in RESULTS_AND_OTHER["other"]})
    for name in SHOWN:
        columns[f"{name}_before"], columns[f"{name}_after"] = _plain(left[name]), _plain(right[name])
    return Changes(pa.table(columns), causes, differs)


def differs_by(rule: str, columns: Iterable[str], found: Changes) -> Any:
    """Return for each row whether one of the columns differs because of a rule: it is its own, or builds on it."""
    own = [name for name in columns if COLUMN_RULES[name] == rule or rule in BELOW[COLUMN_RULES[name]]]
    none = pa.scalar(False)
    return pc.and_(found.causes[rule], any_of(found.differs[name] for name in own) if own else none)


def _names(flags: Mapping[str, Any]) -> Any:
    """Return for each row the list of the names whose flags are true."""
    words = [pc.if_else(one, f"{name},", pa.scalar("")) for name, one in flags.items()]
    joined = pc.utf8_rtrim(pc.binary_join_element_wise(*words, ""), ",")
    parts = pc.split_pattern(joined, ",")
    return pc.if_else(pc.equal(joined, ""), pa.scalar([], pa.list_(pa.string())), parts)


def any_of(flags: Iterable[Any]) -> Any:
    """Return for each row whether one of the flags is true."""
    return reduce(pc.or_, flags)


def _find_causes(differs: dict[str, Any]) -> dict[str, Any]:
    by_rule = {rule: any_of(differs[name] for name, own in COLUMN_RULES.items() if own == rule) for rule in RULES}
    causes = {}
    for rule, flags in by_rule.items():
        below = [by_rule[other] for other in BELOW[rule] if other in by_rule]
        causes[rule] = pc.and_not(flags, any_of(below)) if below else flags
    return causes


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
