"""The rows of a portfolio's report, and their fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from designation import _core
from designation._report._worklist import action_label, endings, month_label, period_of
from designation._rulebooks.rule_index import BENEFITS, EVALUATIONS, PREREQUISITES
from designation._text.assessment import missing_or_step
from designation._text.wording import Wording, humanize

Field = dict[str, str]

LISTS = {"actions": "What to do next", "ends": "Ends", "findings": "Findings"}


def build_fields(wording: Wording, currency: str, keep: Sequence[str]) -> list[Field]:
    """Build the fields of a row: the name and the label of each, and its group in an expanded row."""
    groups = {
        "": {"id": "ID", "name": "Partner", **LISTS},
        "Columns": {f"kept_{number}": name for number, name in enumerate(keep)},
        "Standing": {
            "status": "Status",
            "deadline": "Deadline",
            "days_left": "Days left",
            "missing": "Missing, or step",
            "next": "Next",
            "due": f"Due, {currency}",
            "outstanding": f"Outstanding, {currency}",
        },
        "Term": {
            "in_force": "In force",
            "at_risk": "At risk",
            "attained_on": "Attained",
            "expires_on": "Anniversary",
            "renewal_opens_on": "Window opens",
            "renewal_closes_on": "Window closes",
            "next_change": "Next change",
        },
        "Prerequisites": {name: wording.title(rule) for name, rule in PREREQUISITES.items()},
        "Evaluations": {name: wording.title(rule) for name, rule in EVALUATIONS.items()},
        "Benefits": {name: wording.title(rule) for name, rule in BENEFITS.items()},
    }
    return [
        {"name": name, "label": label, "group": group}
        for group, labels in groups.items()
        for name, label in labels.items()
    ]


def build_row(assessment: _core.Assessment, rules: _core.Rules, wording: Wording, kept: Sequence[str]) -> list[Any]:
    """Build the row of a partner, in the order of the fields."""
    return [
        *_general(assessment, wording),
        *kept,
        *_standing(assessment),
        *_term(assessment, rules),
        *_verdicts(assessment),
    ]


def _general(assessment: _core.Assessment, wording: Wording) -> Iterator[Any]:
    yield from (assessment.partner.id, assessment.partner.name or assessment.partner.id)
    yield [_action(action, assessment) for action in assessment.actions]
    yield [[month_label(f"{day:%Y-%m}", assessment.as_of), what, str(day)] for what, day in endings(assessment)]
    yield [f"{finding.on}: {wording.finding(finding.code)}" for finding in assessment.findings]


def _action(action: _core.Action, assessment: _core.Assessment) -> list[Any]:
    by, fee = action.by and str(action.by), action.fee and float(action.fee)
    return [action_label(action), by, fee, period_of(action, assessment.as_of)]


def _standing(assessment: _core.Assessment) -> Iterator[Any]:
    fees, actions = assessment.fees, assessment.actions
    deadline = min((action.by for action in actions if action.by), default=None)
    yield from (humanize(assessment.term.status), deadline and str(deadline), assessment.days_left)
    yield from (missing_or_step(assessment), humanize(actions[0].actor) if actions else "")
    yield from (None if amount is None else float(amount) for amount in (fees.due, fees.outstanding))


def _term(assessment: _core.Assessment, rules: _core.Rules) -> Iterator[Any]:
    term = assessment.term
    after = _core.next_change(assessment.partner, assessment.as_of, rules)
    yield from (humanize(term.in_force), "yes" if term.at_risk else "no")
    days = (term.attained_on, term.expires_on, term.renewal_opens_on, term.renewal_closes_on)
    yield from (day and str(day) for day in (*days, after and after.as_of))


def _verdicts(assessment: _core.Assessment) -> Iterator[str]:
    yield from map(humanize, assessment.eligibility.prerequisites.values())
    for _, result in assessment.evaluations.items():
        yield humanize(result.verdict) + (f", through {result.valid_through}" if result.valid_through else "")
    for name in BENEFITS:
        yield humanize(assessment.benefits[name])


def kept_texts(kept: Mapping[str, Any], keep: Sequence[str]) -> list[str]:
    """Return the values of the kept columns of a partner as text; a missing value is an empty text."""
    return ["" if kept.get(name) is None else str(kept[name]) for name in keep]
