"""Where a partner stands, in a status and a few figures: what is read in a minute."""

from __future__ import annotations

from typing import Any

from designation import _core
from designation._answers.difference import Difference
from designation._text.assessment import IN_FORCE
from designation._text.compare import format_value
from designation._text.wording import ROLES, Wording, capitalize, format_money, humanize

Model = dict[str, Any]

READY = {"met": "ready", "unmet": "not ready", "unknown": "unknown"}
GROUPS = ("term", "eligibility", "prerequisites", "evaluations", "journey", "benefits", "findings")


def standing(assessment: _core.Assessment, currency: str) -> Model:
    """Give the status, what it means, and the figures below it."""
    term = assessment.term
    role = "bad" if term.at_risk else ROLES[term.status]
    lead = []
    if term.attained_on is not None and term.expires_on is not None:
        ended = {"renewal_overdue": "its anniversary was", "expired": "expired"}.get(term.status, "expires")
        lead.append(f"{capitalize(IN_FORCE[term.in_force])}. Attained {term.attained_on}, {ended} {term.expires_on}.")
    if term.status == "not_attained":
        lead.append("The designation has never been attained.")
    if term.status == "unknown":
        lead.append("The events are not given: without them nothing can be said about the term.")
    if term.at_risk:
        lead.append("At risk: a prerequisite is not met.")
    status = capitalize(humanize(term.status)) + (", at risk" if term.at_risk else "")
    tiles = [_days(assessment), _missing(assessment), _fees(assessment, currency), _next(assessment)]
    return {"status": status, "role": role, "lead": lead, "tiles": [tile for tile in tiles if tile]}


def _tile(label: str, value: str, note: str = "", role: str = "") -> Model:
    return {"label": label, "value": value, "note": note, "role": role}


def _days(assessment: _core.Assessment) -> Model | None:
    term, left = assessment.term, assessment.days_left
    if left is not None:
        return _tile("Days left", f"{left:,}", f"valid up to {term.expires_on}", ROLES[term.status])
    if assessment.renewal is not None and term.renewal_closes_on is not None:
        days = (term.renewal_closes_on - assessment.as_of).days + 1
        return _tile("Days to renew", str(days), f"the window closes on {term.renewal_closes_on}", "bad")
    return None


def _missing(assessment: _core.Assessment) -> Model:
    lapsed = [humanize(name) for name, verdict in assessment.eligibility.prerequisites.items() if verdict == "unmet"]
    renewal, step = assessment.renewal, assessment.journey.step
    if renewal is not None:
        missing = [humanize(name) for name in renewal.missing] + lapsed
        window = f"window {assessment.term.renewal_opens_on} to {assessment.term.renewal_closes_on}"
        unready = "warn" if assessment.term.status == "active" else "bad"
        role = "good" if renewal.verdict == "met" else unready
        return _tile("Missing for renewal", ", ".join(missing) or READY[renewal.verdict], window, role)
    if step is None:
        return _tile("Step", "unknown", "", "warn")
    steps = [each["step"] for each in Wording(assessment.rulebook).content["journey"]]
    missing = [f"not met: {', '.join(lapsed)}"] if lapsed else []
    waiting = [f"waiting on {humanize(actor)}" for actor in [assessment.journey.waiting_on] if actor]
    place = f"Step {steps.index(step) + 1} of {len(steps)}"
    return _tile(place, humanize(step), "; ".join(waiting + missing), "bad" if lapsed else "warn")


def _fees(assessment: _core.Assessment, currency: str) -> Model:
    fees = assessment.fees
    if fees.due is None or fees.outstanding is None or fees.incurred is None:
        return _tile("Fees due now", "unknown", "", "warn")
    note = f"{format_money(fees.outstanding, currency)} outstanding, {format_money(fees.incurred, currency)} incurred"
    return _tile("Fees due now", format_money(fees.due, currency), note, "warn" if fees.due else "")


def _next(assessment: _core.Assessment) -> Model:
    change = assessment.next_change
    if change is None:
        return _tile("Next change", "none", "nothing changes unless somebody acts")
    first, *others = map(difference, change.differences)
    more = f", and {len(others)} more" if others else ""
    return _tile("Next change", str(change.on), f"if nobody acts: {first}{more}")


def difference(one: Difference) -> str:
    """Say what is another value, before and after."""
    *groups, name = one.path.strip("/").split("/")
    if name == "verdict" and groups:
        name, groups = groups[-1], groups[:-1]
    what = " ".join(humanize(word) for word in [*(group for group in groups if group not in GROUPS), name])
    before, after = (word(format_value(value)) for value in (one.before, one.after))
    return f"{what} {before} → {after}"


def word(verdict: str) -> str:
    """Say a verdict, or any other word of an assessment."""
    return "not met" if verdict == "unmet" else humanize(verdict)
