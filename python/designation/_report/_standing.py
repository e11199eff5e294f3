"""Where a partner stands: the status, and tiles with a few figures."""

from __future__ import annotations

from typing import Any

from designation import _core
from designation._text.outlook import IN_FORCE, describe_actions, describe_later_facts, describe_term
from designation._text.sentences import describe_change_without_date
from designation._text.tokens import standing
from designation._text.wording import ROLES, Wording, capitalize, format_money, humanize

Model = dict[str, Any]

READY = {"met": "ready", "unmet": "not ready", "unknown": "unknown"}


def build_standing(assessment: _core.Assessment, currency: str) -> Model:
    """Build the status, the sentences about it, and the tiles."""
    term = assessment.term
    status = capitalize(humanize(term.status)) + (", at risk" if term.at_risk else "")
    actions = describe_actions(assessment)
    sentences = [f"{capitalize(actions)}."] if actions else []
    if term.attained_on is not None and term.expires_on is not None:
        sentences.append(f"{capitalize(IN_FORCE[term.in_force])}; {describe_term(assessment)}.")
    if term.status == "not_attained":
        sentences.append("The designation has never been attained.")
    if term.status == "unknown":
        sentences.append("The term is unknown, because the events are not given.")
    if term.at_risk:
        sentences.append("At risk: a prerequisite is not met.")
    sentences += [f"{text}." for text in [describe_later_facts(assessment)] if text]
    tiles = [_days(assessment), _missing(assessment), _fees(assessment, currency), _next_change(assessment)]
    return {
        "status": status,
        "token": standing(term.status, term.at_risk),
        "sentences": sentences,
        "tiles": [tile for tile in tiles if tile],
    }


def later_editions(edition: str) -> list[str]:
    """Return the built-in editions that are later than a built-in one; a custom rulebook has a place of its own."""
    known = _core.editions()
    return known[known.index(edition) + 1 :] if edition in known else []


def _tile(label: str, value: str, note: str = "", role: str = "") -> Model:
    return {"label": label, "value": value, "note": note, "role": role}


def _days(assessment: _core.Assessment) -> Model | None:
    term, days_left = assessment.term, assessment.days_left
    if days_left is not None:
        return _tile("Days left", f"{days_left:,}", f"anniversary {term.expires_on}", ROLES[term.status])
    if assessment.renewal is not None and term.renewal_closes_on is not None:
        days = (term.renewal_closes_on - assessment.as_of).days + 1
        return _tile("Days to renew", str(days), f"last day {term.renewal_closes_on}", "bad")
    return None


def _missing(assessment: _core.Assessment) -> Model:
    unmet = [humanize(name) for name, verdict in assessment.eligibility.prerequisites.items() if verdict == "unmet"]
    renewal, step = assessment.renewal, assessment.journey.step
    if renewal is not None:
        missing = [humanize(name) for name in renewal.missing] + unmet
        window = f"window from {assessment.term.renewal_opens_on}, last day {assessment.term.renewal_closes_on}"
        not_ready = "warn" if assessment.term.status == "active" else "bad"
        role = "good" if renewal.verdict == "met" else not_ready
        return _tile("Missing for renewal", ", ".join(missing) or READY[renewal.verdict], window, role)
    if step is None:
        return _tile("Step", "unknown", "", "warn")
    steps = [each["step"] for each in Wording(assessment.rulebook).content["journey"]]
    notes = [f"waiting on {humanize(actor)}" for actor in [assessment.journey.waiting_on] if actor]
    notes += [f"not met: {', '.join(unmet)}"] if unmet else []
    label = f"Step {steps.index(step) + 1} of {len(steps)}"
    return _tile(label, humanize(step), "; ".join(notes), "bad" if unmet else "warn")


def _fees(assessment: _core.Assessment, currency: str) -> Model:
    fees = assessment.fees
    if fees.due is None or fees.outstanding is None or fees.incurred is None:
        return _tile("Fees due now", "unknown", "", "warn")
    note = f"{format_money(fees.outstanding, currency)} outstanding, {format_money(fees.incurred, currency)} incurred"
    return _tile("Fees due now", format_money(fees.due, currency), note, "warn" if fees.due else "")


def _next_change(assessment: _core.Assessment) -> Model:
    change = assessment.next_change
    if change is None:
        return _tile("Next change", "none", "nothing changes unless somebody acts")
    return _tile("Next change", str(change.on), f"if nobody acts: {describe_change_without_date(change)}")
