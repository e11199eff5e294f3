"""Deadlines of actions, alarms, and facts after the as-of date (section 15 of the rules), day by day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from .rules import (
    DAY,
    HELD,
    MET,
    UNKNOWN,
    UNMET,
    Decision,
    World,
    add_years,
    last_decision,
    prerequisites,
    read,
    readiness,
    status,
)

Json = dict[str, Any]
PREREQUISITES = {"csp_authorization": "SSD-P1", "support_contract": "SSD-P2", "solutions_partner": "SSD-P3"}
RENEWED = {"performance": "SSD-R2", "capability": "SSD-R3", "csat": "SSD-R4"}
RECORDS = ("csp_authorizations", "support_contracts", "solutions_partner_designations")


class Deadline(NamedTuple):
    rule: str
    by: date | None
    overdue_since: date | None


class Situation(NamedTuple):
    """The facts as of a date, the term that they lead to, and the status."""

    world: World
    last: Decision | None
    status: str
    on: date


def situation(partner: Json, d: date, policy: Json) -> Situation:
    world = read(partner, d, policy)
    last = last_decision(world)
    return Situation(world, last, status(world, last, d), d)


def renewal_deadline(s: Situation) -> tuple[date | None, date | None]:
    """Return the deadline of the renewal, and since when it is overdue; nothing unless the designation is held."""
    if s.last is None or s.status not in HELD:
        return None, None
    a = s.last.anniversary
    if s.world.reads("after_anniversary", "in_force"):
        return a + 30 * DAY, None
    return (a, None) if s.on <= a else (a + 30 * DAY, a)


def last_day_met(s: Situation, name: str, end: date) -> date | None:
    """Return the last day on which a prerequisite is met from now on, if it then is unmet and that is before `end`."""
    day = s.on
    while prerequisites(s.world, day + DAY)[name] == MET:
        day += DAY
        if day >= end:
            return None
    return day if day < end and prerequisites(s.world, day + DAY)[name] == UNMET else None


def run_of_unmet_days(s: Situation, name: str, attained_on: date) -> list[date]:
    """Return the days up to now, without a break and since the award, on which a prerequisite was not met."""
    days: list[date] = []
    while s.on - len(days) * DAY >= attained_on and prerequisites(s.world, s.on - len(days) * DAY)[name] != MET:
        days.append(s.on - len(days) * DAY)
    return days


def held_deadlines(s: Situation, last: Decision) -> Iterator[Deadline]:
    """Return the deadlines while the designation is held."""
    by, overdue_since = renewal_deadline(s)
    suspended = s.world.reads("prerequisite_lapse", "suspend")
    for name, verdict in prerequisites(s.world, s.on).items():
        if verdict == MET:
            until = last_day_met(s, name, last.anniversary + 30 * DAY)
            if until:
                yield Deadline(PREREQUISITES[name], until, None)
            continue
        if unknown_list(s.world, name):
            continue
        run = run_of_unmet_days(s, name, last.attained_on)
        if any(prerequisites(s.world, day)[name] == UNMET for day in run):
            yield Deadline(PREREQUISITES[name], s.on if suspended else by, run[-1])
    ready = readiness(s.world, last, last.anniversary, s.on)
    yield from (Deadline(rule, by, overdue_since) for name, rule in RENEWED.items() if ready[name] == UNMET)
    yield Deadline("SSD-T4", by, overdue_since)


def unknown_list(w: World, name: str) -> bool:
    lists = {
        "csp_authorization": w.authorizations,
        "support_contract": w.contracts,
        "solutions_partner": w.designations,
    }
    return lists[name] is None


def deadlines(s: Situation) -> list[Deadline]:
    """Return the actions that have a deadline, a day since which they are overdue, or an unmet prerequisite."""
    if s.last and s.status in HELD:
        return list(held_deadlines(s, s.last))
    verdicts = prerequisites(s.world, s.on)
    unmet = [Deadline(PREREQUISITES[name], None, None) for name, v in verdicts.items() if v == UNMET]
    if unmet and s.status != UNKNOWN:
        return unmet
    end = add_years(s.world, s.on, 1)
    ending = [(PREREQUISITES[n], last_day_met(s, n, end)) for n, v in verdicts.items() if v == MET]
    return unmet + [Deadline(rule, day, None) for rule, day in ending if day]


def lists_prerequisites_alone(s: Situation) -> bool:
    """Return whether the actions are the unmet prerequisites and nothing else."""
    return s.status not in (*HELD, UNKNOWN) and UNMET in prerequisites(s.world, s.on).values()


def safe_by(s: Situation, by: date, not_before: date, evaluation: str) -> date | None:
    """Return the last day that leaves room for a second try, and that the policy allows (section 14)."""
    planning = s.world.policy.get("planning") or {}
    day = by - planning["retry_days"][evaluation] * DAY
    earliest = max(not_before, s.on + planning.get("lead_days", {}).get(evaluation, 0) * DAY)
    while day >= earliest and is_blocked(planning, day):
        day -= DAY
    return day if day >= earliest else None


def is_blocked(planning: Json, day: date) -> bool:
    return any(row["from"] <= day.isoformat() <= row["through"] for row in planning.get("blocked", []))


def is_within(actions: list[Deadline], d: date, days: int) -> bool:
    """Return whether the alarm `within=Nd` is red."""
    return any((a.by is not None and a.by <= d + days * DAY) or a.overdue_since for a in actions)


def is_overdue(actions: list[Deadline]) -> bool:
    """Return whether the alarm `overdue` is red."""
    return any(a.overdue_since for a in actions)


def dated_facts(partner: Json) -> list[tuple[date, str]]:
    """Return the first day of each fact with its JSON Pointer, in the order of the document's keys."""
    records = [(f"/{key}/{i}", row["from"]) for key in RECORDS for i, row in enumerate(partner.get(key) or [])]
    events = [(f"/events/{i}", row["on"]) for i, row in enumerate(partner.get("events") or [])]
    return [(date.fromisoformat(day), pointer) for pointer, day in records + events]


def facts_after(partner: Json, d: date) -> Json:
    """Return how many facts are dated after a date, and the first."""
    later = [(day, pointer) for day, pointer in dated_facts(partner) if day > d]
    first = min(later, key=lambda fact: fact[0]) if later else None
    return {"count": len(later), "first": first and {"on": first[0].isoformat(), "pointer": first[1]}}


def far_facts(partner: Json, d: date) -> list[str]:
    """Return the pointers of the facts that are dated more than 20 years after a date."""
    last = (d.year + 20, d.month, d.day)
    return [pointer for day, pointer in dated_facts(partner) if (day.year, day.month, day.day) > last]
