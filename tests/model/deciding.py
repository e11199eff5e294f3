"""The interpretations that decide (section 15 of the rules): each is turned alone, and every day is looked at."""

from __future__ import annotations

from datetime import date
from typing import Any

from .actions import Situation, renewal_deadline, situation
from .generator import READINGS
from .rules import DAY, HELD, UNMET, designation_in_force, eligibility, iso, last_decision, read, status

Json = dict[str, Any]
PATHS = ("/term/status", "/term/in_force", "/term/at_risk", "/deadline")


def turned(policy: Json, name: str) -> tuple[str, str, Json]:
    """Return the reading in force, the other one, and the policy with the other one."""
    given = policy.get("interpretations") or {}
    reading = given.get(name) or READINGS[name][0]
    other = next(each for each in READINGS[name] if each != reading)
    return reading, other, {**policy, "interpretations": {**given, name: other}}


def outlook(partner: Json, first: date, last: date, policy: Json) -> list[tuple[Any, ...]]:
    """Return status, in force, at risk and the renewal's deadline of each day."""
    decisive = {date.fromisoformat(event["on"]) for event in partner["events"]}
    days: list[tuple[Any, ...]] = []
    for count in range((last - first).days + 1):
        day = first + count * DAY
        if not count or day in decisive:
            world = read(partner, day, policy)
            decision = last_decision(world)
        state = status(world, decision, day)
        by, _ = renewal_deadline(Situation(world, decision, state, day))
        at_risk = state in HELD and eligibility(world, day) == UNMET
        days.append((state, designation_in_force(world, day), at_risk, iso(by)))
    return days


def end_of_outlook(partner: Json, d: date, *policies: Json) -> date:
    """Return the latest end of the renewal window under the policies, or the date itself if none holds it."""
    found = [situation(partner, d, policy) for policy in policies]
    return max([d, *(s.last.anniversary + 30 * DAY for s in found if s.last and s.status in HELD)])


def deciding(partner: Json, d: date, policy: Json) -> list[Json]:
    """Return each interpretation that changes an answer, with the first day and the first answer that it changes."""
    found: list[Json] = []
    for name in READINGS if partner.get("events") is not None else ():
        reading, other, turned_policy = turned(policy, name)
        last = end_of_outlook(partner, d, policy, turned_policy)
        both = zip(outlook(partner, d, last, policy), outlook(partner, d, last, turned_policy), strict=True)
        for count, (ours, theirs) in enumerate(both):
            if ours != theirs:
                path = next(i for i in range(len(PATHS)) if ours[i] != theirs[i])
                one = {"interpretation": name, "reading": reading, "other": other, "on": iso(d + count * DAY)}
                found.append(one | {"path": PATHS[path], "value": ours[path], "other_value": theirs[path]})
                break
    return sorted(found, key=lambda one: (one["on"], one["interpretation"]))
