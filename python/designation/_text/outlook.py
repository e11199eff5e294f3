"""What lies ahead of a partner, in words: the deadline, what must be done first, and what the assessment depends on."""

from __future__ import annotations

from typing import Any

from designation._core import Action, Assessment
from designation._rulebooks.rule_index import PREREQUISITES
from designation._text.wording import Wording, capitalize, format_count, humanize

IN_FORCE = {"met": "in force", "unmet": "not in force", "unknown": "in force: unknown"}
_SUBJECTS = {
    **{rule: humanize(name) for name, rule in PREREQUISITES.items()},
    "SSD-R2": "performance",
    "SSD-R3": "capability",
    "SSD-R4": "CSAT",
    "SSD-T4": "renewal",
}


def describe_standing(assessment: Assessment) -> str:
    """Return the status, whether it is in force, and whether it is at risk: ``active, in force, at risk``."""
    term = assessment.term
    parts = [humanize(term.status)]
    parts += [] if term.attained_on is None else [IN_FORCE[term.in_force]]
    parts += ["at risk"] if term.at_risk else []
    return ", ".join(parts)


def describe_term(assessment: Assessment) -> str:
    """Return the days of the term: ``attained 2026-04-20, through 2027-04-19, anniversary 2027-04-20``."""
    term = assessment.term
    if term.attained_on is None or term.expires_on is None:
        return ""
    last_day = term.expires_on.fromordinal(term.expires_on.toordinal() - 1)
    return f"attained {term.attained_on}, through {last_day}, anniversary {term.expires_on}"


def describe_deadline(assessment: Assessment) -> str:
    """Return by when the renewal must be decided; empty if the designation is not held."""
    term, deadline = assessment.term, assessment.deadline
    if deadline is None:
        return ""
    if assessment.overdue_since is not None:
        since = f"Overdue since {assessment.overdue_since} (the anniversary)"
        return f"{since}; renew by {deadline}, the last possible day"
    if deadline == term.renewal_closes_on:
        return f"Renew by {deadline}, the last possible day"
    return f"Renew by {deadline} (the anniversary) to avoid a gap; last possible day {term.renewal_closes_on}"


def describe_actions(assessment: Assessment) -> str:
    """Return how many actions have a deadline or are overdue, and which is the first; empty if there are none."""
    wording = Wording(assessment.rulebook)
    overdue = [action for action in assessment.actions if action.overdue_since]
    if overdue:
        first = f"the first since {overdue[0].overdue_since} ({_subject(overdue[0], wording)})"
        return f"{format_count(len(overdue), 'action')} overdue, {first}"
    dated = [(action.by, _subject(action, wording)) for action in assessment.actions if action.by]
    if not dated:
        return ""
    (by, subject), last = dated[0], max(day for day, _ in dated)
    first = f" ({subject} first)" if by == last else f", the first by {by} ({subject})"
    return f"{format_count(len(dated), 'action')} by {last}{first if len(dated) > 1 else f' ({subject})'}"


def describe_later_facts(assessment: Assessment) -> str:
    """Return how many facts are later than the date of the assessment, and the first of them; empty if none are."""
    later: dict[str, Any] = assessment.facts_after
    if not later["count"]:
        return ""
    first, verb = later["first"], "is" if later["count"] == 1 else "are"
    count = format_count(later["count"], "fact")
    if later["count"] == 1:
        return f"{count} after {assessment.as_of} {verb} not counted: {first['on']} ({first['pointer']})"
    where = f"the first on {first['on']} ({first['pointer']})"
    return f"{count} after {assessment.as_of} {verb} not counted, {where}"


def describe_deciding(assessment: Assessment) -> list[str]:
    """Return a sentence for each interpretation whose other reading changes the status, in force, or the deadline."""
    return [_deciding(entry, assessment) for entry in assessment.deciding]


def describe_open_questions(assessment: Assessment) -> list[str]:
    """Return the same in plain words: the question that the program's text leaves open, and what each answer means."""
    interpretations = Wording(assessment.rulebook).content["interpretations"]
    texts = []
    for entry in assessment.deciding:
        value, other = _values(entry, assessment)
        reading, alternative = humanize(entry["reading"]), humanize(entry["other"])
        question = interpretations[entry["interpretation"]]["question"]
        texts.append(f"{question} As read here ({reading}): {value}. With the other reading ({alternative}): {other}.")
    return texts


def _deciding(entry: dict[str, Any], assessment: Assessment) -> str:
    value, other = _values(entry, assessment)
    return f"{capitalize(value)} with `{entry['reading']}`, {other} with `{entry['other']}` [{entry['interpretation']}]"


def _values(entry: dict[str, Any], assessment: Assessment) -> tuple[str, str]:
    """Return what is so with the reading in use, and with the other one from a later day."""
    value, other = (_value(entry["path"], entry[key]) for key in ("value", "other_value"))
    return value, other if entry["on"] == str(assessment.as_of) else f"{other} from {entry['on']}"


def _value(path: str, value: Any) -> str:
    if path == "/term/in_force":
        return "unknown whether in force" if value == "unknown" else IN_FORCE[value]
    if path == "/term/at_risk":
        return "at risk" if value else "not at risk"
    if path == "/deadline":
        return "no deadline" if value is None else f"deadline {value}"
    return humanize(value)


def _subject(action: Action, wording: Wording) -> str:
    return _SUBJECTS.get(action.rule) or wording.title(action.rule).lower()
