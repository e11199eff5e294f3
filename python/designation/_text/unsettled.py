"""What an assessment leaves unknown, and what would settle it."""

from __future__ import annotations

from collections.abc import Iterator

from designation._core import Assessment
from designation._rulebooks.rule_index import BENEFITS, EVALUATIONS, PREREQUISITES
from designation._text.wording import LISTS, Wording


def unsettled(assessment: Assessment, wording: Wording) -> list[str]:
    """Name what is unknown, by what would settle it."""
    named: dict[str, list[str]] = {}
    for what, causes in _unknowns(assessment, wording):
        for cause in causes:
            named.setdefault(cause, []).append(what)
    return [f"{cause}: {', '.join(dict.fromkeys(items))}" for cause, items in named.items()]


def _unknowns(assessment: Assessment, wording: Wording) -> Iterator[tuple[str, list[str]]]:
    if assessment.term.status == "unknown":
        yield "status, renewal, step, fees, findings", _not_given(assessment, "events")
    elif assessment.term.in_force == "unknown":
        yield "in force", _of_eligibility(assessment, wording)
    for name, verdict in assessment.eligibility.prerequisites.items():
        if verdict == "unknown":
            yield wording.title(PREREQUISITES[name]), _of_prerequisite(assessment, wording, name)
    for name, result in assessment.evaluations.items():
        if result.verdict == "unknown":
            yield wording.title(EVALUATIONS[name]), _not_given(assessment, "events")
    for name, verdict in assessment.benefits.items():
        if verdict == "unknown":
            yield wording.title(BENEFITS[name]), _of_benefit(assessment, wording, name)


def _not_given(assessment: Assessment, records: str) -> list[str]:
    return [f"{records} not given"] if getattr(assessment.partner, records) is None else []


def _announced(wording: Wording, key: str) -> str:
    return f'no day yet for "{wording.announced(key)}"'


def _of_prerequisite(assessment: Assessment, wording: Wording, name: str) -> list[str]:
    subjects = [
        kind.get("subject_to")
        for kind in wording.content["prerequisites"][name].get("types", [])
        if isinstance(kind, dict)
    ]
    return _not_given(assessment, LISTS[name]) or [_announced(wording, key) for key in subjects if key]


def _of_eligibility(assessment: Assessment, wording: Wording) -> list[str]:
    verdicts = assessment.eligibility.prerequisites
    return [
        cause
        for name in verdicts
        if verdicts[name] == "unknown"
        for cause in _of_prerequisite(assessment, wording, name)
    ]


def _of_benefit(assessment: Assessment, wording: Wording, name: str) -> list[str]:
    benefit = wording.content["benefits"][name]
    causes = _not_given(assessment, "support_contracts") if benefit.get("contract") else []
    if assessment.term.in_force == "unknown":
        causes += _not_given(assessment, "events") or _of_eligibility(assessment, wording)
    if benefit.get("limited_places"):
        return [*causes, "limited places, given by Microsoft"]
    return causes or [_announced(wording, benefit["availability"])]
