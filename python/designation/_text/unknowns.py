"""What is unknown in an assessment, and the missing facts behind it."""

from __future__ import annotations

from collections.abc import Iterator

from designation._core import Assessment
from designation._rulebooks.rule_index import BENEFITS, EVALUATIONS, PREREQUISITES
from designation._text.wording import RECORD_KEYS, Wording


def describe_unknowns(assessment: Assessment, wording: Wording) -> list[str]:
    """Return a line for each cause: what is missing, and what is unknown because of it."""
    by_cause: dict[str, list[str]] = {}
    for item, causes in _unknowns(assessment, wording):
        for cause in causes:
            by_cause.setdefault(cause, []).append(item)
    return [f"{cause}: {', '.join(dict.fromkeys(items))}" for cause, items in by_cause.items()]


def _unknowns(assessment: Assessment, wording: Wording) -> Iterator[tuple[str, list[str]]]:
    if assessment.term.status == "unknown":
        yield "status, renewal, step, fees, findings", _missing_facts(assessment, "events")
    elif assessment.term.in_force == "unknown":
        yield "in force", _eligibility_causes(assessment, wording)
    for name, verdict in assessment.eligibility.prerequisites.items():
        if verdict == "unknown":
            yield wording.title(PREREQUISITES[name]), _prerequisite_causes(assessment, wording, name)
    for name, result in assessment.evaluations.items():
        if result.verdict == "unknown":
            yield wording.title(EVALUATIONS[name]), _missing_facts(assessment, "events")
    for name, verdict in assessment.benefits.items():
        if verdict == "unknown":
            yield wording.title(BENEFITS[name]), _benefit_causes(assessment, wording, name)


def _missing_facts(assessment: Assessment, records: str) -> list[str]:
    return [f"{records} not given"] if getattr(assessment.partner, records) is None else []


def _missing_date(wording: Wording, key: str) -> str:
    return f'no date yet for "{wording.announcement(key)}"'


def _prerequisite_causes(assessment: Assessment, wording: Wording, name: str) -> list[str]:
    subjects = [
        kind.get("subject_to")
        for kind in wording.content["prerequisites"][name].get("types", [])
        if isinstance(kind, dict)
    ]
    return _missing_facts(assessment, RECORD_KEYS[name]) or [_missing_date(wording, key) for key in subjects if key]


def _eligibility_causes(assessment: Assessment, wording: Wording) -> list[str]:
    verdicts = assessment.eligibility.prerequisites
    return [
        cause
        for name in verdicts
        if verdicts[name] == "unknown"
        for cause in _prerequisite_causes(assessment, wording, name)
    ]


def _benefit_causes(assessment: Assessment, wording: Wording, name: str) -> list[str]:
    benefit = wording.content["benefits"][name]
    causes = _missing_facts(assessment, "support_contracts") if benefit.get("contract") else []
    if assessment.term.in_force == "unknown":
        causes += _missing_facts(assessment, "events") or _eligibility_causes(assessment, wording)
    if benefit.get("limited_places"):
        return [*causes, "limited places, assigned by Microsoft"]
    return causes or [_missing_date(wording, benefit["availability"])]
