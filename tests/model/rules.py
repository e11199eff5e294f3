"""The reference model: the rules of the designation again, slow and obvious, from the text of the rules alone."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

Json = dict[str, Any]
Record = tuple[str, date, date]

DAY = timedelta(days=1)
MET, UNMET, UNKNOWN = "met", "unmet", "unknown"
HELD = ("active", "renewal_open", "renewal_overdue")
EVALUATIONS = {"capability": "capability_evaluated", "performance": "case_rate_determined", "csat": "csat_evaluated"}
YEARS_VALID = {"capability": 2, "performance": 1, "csat": 1}
FIRST_FEE = {"capability": 1500, "performance": 1350, "csat": 500}
ORDER_ON_A_DAY = ["interest_registered", "eligibility_decided", "capability_evaluated", "case_volume_validated"]
ORDER_ON_A_DAY += ["case_rate_determined", "csat_evaluated", "badge_awarded", "renewal_approved"]
STEPS = {
    "2025-11": ["register_interest", "eligibility_validation", "capability", "performance", "csat", "award"],
    "2026-04": ["register_interest", "performance", "csat", "capability", "award"],
}
STEPS["2026-09"] = STEPS["2026-04"]
ACTOR = {"register_interest": "partner", "eligibility_validation": "microsoft", "award": "microsoft"}
AZURE = ("azure_data_ai", "azure_digital_app_innovation", "azure_infrastructure")
UNIFIED = {"2025-11": ("2026-07-01", "2027-06-30", None), "2026-04": ("2027-01-01", "2027-06-30", None)}
UNIFIED["2026-09"] = UNIFIED["2026-04"]
OTHERS = {"badge": ("2025-11-18", None, "2025-11-18"), "marketplace_visibility": ("2026-01-01", "2026-06-30", None)}


class Event(NamedTuple):
    place: int
    on: date
    type: str
    outcome: str | None


class Decision(NamedTuple):
    """An award or renewal that counted, the term after it, and for a renewal the anniversary that it renewed."""

    event: Event
    attained_on: date
    anniversary: date
    renewed: date | None


@dataclass
class World:
    policy: Json
    edition: str
    authorizations: list[Record] | None
    contracts: list[Record] | None
    designations: list[Record] | None
    events: list[Event] | None
    decisions: list[Decision] = field(default_factory=list)

    def reads(self, interpretation: str, alternative: str) -> bool:
        return (self.policy.get("interpretations") or {}).get(interpretation) == alternative


def assess(partner: Json, as_of: str | date, policy: Json | None = None) -> Json:
    """Return the members of an assessment that conformance cases compare."""
    d = date.fromisoformat(str(as_of))
    w = read(partner, d, policy or {})
    last = last_decision(w)
    state, a = status(w, last, d), last.anniversary if last else None
    ready = readiness(w, last, last.anniversary, d) if last and state in HELD else None
    at_risk = state in HELD and eligibility(w, d) == UNMET
    missing = [step for step in STEPS[w.edition] if ready and ready.get(step) == UNMET]
    found = {(e.on, code) for e in w.events or [] for code in findings(w, e)}
    found |= {(d, "prerequisite_lapsed")} if at_risk else set()
    evaluations = {}
    for e in EVALUATIONS:
        on = counting_pass(w, e, d)
        through = add_years(w, on, YEARS_VALID[e]) - DAY if on else None
        evaluations[e] = {"verdict": evaluated(w, e, d), "passed_on": iso(on), "valid_through": iso(through)}
    return {
        "format": "designation/assessment@1",
        "partner": {"id": partner["id"], "name": partner.get("name")},
        "as_of": iso(d),
        "edition": w.edition,
        "eligibility": {"verdict": eligibility(w, d), "prerequisites": prerequisites(w, d)},
        "evaluations": evaluations,
        "term": {
            "status": state,
            "in_force": designation_in_force(w, d),
            "attained_on": iso(last and last.attained_on),
            "expires_on": iso(a),
            "renewal_opens_on": iso(a and a - 60 * DAY),
            "renewal_closes_on": iso(a and a + 30 * DAY),
            "at_risk": at_risk,
        },
        "renewal": ready and {"verdict": all_of(*ready.values()), "missing": missing},
        "journey": journey(w, state, d),
        "fees": fees(w, state, missing, d),
        "benefits": benefits(w, d),
        "findings": [{"code": code, "on": iso(on)} for on, code in sorted(found)],
    }


def read(partner: Json, as_of: date, policy: Json) -> World:
    """Return the facts as of a date: events up to it, ordered by date, then by type, then as in the document."""

    def records(key: str, kind: str) -> list[Record] | None:
        rows, day = partner.get(key), date.fromisoformat
        return rows and [(r[kind], day(r["from"]), day(r.get("through") or "9999-12-31")) for r in rows]

    rows = partner.get("events")
    used = [row for row in rows or [] if row["on"] <= as_of.isoformat()]
    used.sort(key=lambda row: (row["on"], ORDER_ON_A_DAY.index(row["type"])))
    events = [Event(i, date.fromisoformat(r["on"]), r["type"], r.get("outcome")) for i, r in enumerate(used)]
    authorizations, contracts = records("csp_authorizations", "type"), records("support_contracts", "type")
    designations = records("solutions_partner_designations", "area")
    w = World(
        policy,
        policy.get("edition") or "2025-11",
        authorizations,
        contracts,
        designations,
        None if rows is None else events,
    )
    w.decisions = counted_decisions(w)
    return w


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def add_years(w: World, day: date, years: int) -> date:
    """Return the same date in another year; 29 February becomes 28 February or 1 March (`leap_day`)."""
    year = day.year + years
    if (day.month, day.day) == (2, 29) and not calendar.isleap(year):
        return date(year, 3, 1) if w.reads("leap_day", "roll_forward") else date(year, 2, 28)
    return date(year, day.month, day.day)


def verdict(fact: bool) -> str:
    return MET if fact else UNMET


def all_of(*verdicts: str) -> str:
    """Return Kleene's AND of verdicts."""
    return UNMET if UNMET in verdicts else UNKNOWN if UNKNOWN in verdicts else MET


def has(records: list[Record] | None, d: date, *kinds: str) -> str:
    """Return whether a record of one of the kinds is in force on a date; unknown if the list is unknown."""
    return UNKNOWN if records is None else verdict(any(k in kinds and since <= d <= end for k, since, end in records))


def prerequisites(w: World, d: date) -> dict[str, str]:
    """Return the verdicts of SSD-P1, of SSD-P2 with Kleene's OR, and of SSD-P3."""
    counted = w.reads("pilot_contract", "counted")
    offer = MET if counted else available(w, "unified_for_partners", d)
    unified = all_of(has(w.contracts, d, "ufp"), offer)
    either = (has(w.contracts, d, "asfp", "psfp"), unified)
    return {
        "csp_authorization": has(w.authorizations, d, "direct_bill", "distributor", "indirect_provider"),
        "support_contract": MET if MET in either else UNKNOWN if UNKNOWN in either else UNMET,
        "solutions_partner": has(w.designations, d, "modern_work", "business_applications", "security", *AZURE),
    }


def eligibility(w: World, d: date) -> str:
    """Return whether all prerequisites are met (SSD-P)."""
    return all_of(*prerequisites(w, d).values())


def counting_pass(w: World, evaluation: str, d: date) -> date | None:
    """Return the last pass up to d (SSD-E1, E2, E3); under `latest_outcome_governs` only if it is the last outcome."""
    decided = [e for e in w.events or [] if e.type == EVALUATIONS[evaluation] and e.on <= d]
    governing = decided[-1:] if w.reads("failed_reevaluation", "latest_outcome_governs") else decided
    passes = [e.on for e in governing if e.outcome == "pass"]
    return passes[-1] if passes else None


def evaluated(w: World, evaluation: str, d: date, day: date | None = None) -> str:
    """Return whether the pass that counts as of d is in force on d, or on another date (SSD-E1, E2, E3)."""
    on = counting_pass(w, evaluation, d)
    good = on is not None and on <= (day or d) < add_years(w, on, YEARS_VALID[evaluation])
    return UNKNOWN if w.events is None else verdict(good)


def counted_decisions(w: World) -> list[Decision]:
    """Return every award and renewal that counts (SSD-T1, SSD-T4)."""
    counted: list[Decision] = []
    for e in w.events or []:
        last = counted[-1] if counted else None
        if e.type == "badge_awarded" and not term_runs(last, e.on):
            counted.append(Decision(e, e.on, add_years(w, e.on, 1), None))
        if e.type == "renewal_approved" and last:
            o = last.event.on if w.reads("renewal_anchor", "decision") else last.attained_on
            anniversaries = [add_years(w, o, k) for k in range(1, e.on.year - o.year + 4)]
            opened = [b for b in anniversaries if b >= last.anniversary and b - 60 * DAY <= e.on]
            if opened and (e.on <= opened[-1] + 30 * DAY or not w.reads("late_renewal", "ignored")):
                following = anniversaries[anniversaries.index(opened[-1]) + 1]
                a = add_years(w, e.on, 1) if w.reads("renewal_anchor", "decision") else following
                counted.append(Decision(e, last.attained_on, a, opened[-1]))
    return counted


def last_decision(w: World, before: int | None = None) -> Decision | None:
    """Return the last counted decision, or the last one before the event at an index."""
    earlier = [x for x in w.decisions if before is None or x.event.place < before]
    return earlier[-1] if earlier else None


def term_runs(last: Decision | None, d: date) -> bool:
    """Return whether a term runs on a date (SSD-T2)."""
    return last is not None and d < last.anniversary


def status(w: World, last: Decision | None, d: date) -> str:
    """Return the status on a date (SSD-T3, SSD-T6)."""
    if last is None:
        return UNKNOWN if w.events is None else "not_attained"
    if term_runs(last, d):
        return "active" if d < last.anniversary - 60 * DAY else "renewal_open"
    return "renewal_overdue" if d <= last.anniversary + 30 * DAY else "expired"


def designation_in_force(w: World, d: date) -> str:
    """Return whether the designation is in force (SSD-T7, and SSD-T5 under `suspend`)."""
    overdue = verdict(w.reads("after_anniversary", "in_force"))
    by_status = {UNKNOWN: UNKNOWN, "active": MET, "renewal_open": MET, "renewal_overdue": overdue}
    by_term = by_status.get(status(w, last_decision(w), d), UNMET)
    return all_of(by_term, eligibility(w, d)) if w.reads("prerequisite_lapse", "suspend") else by_term


def readiness(w: World, last: Decision, anniversary: date, d: date) -> dict[str, str]:
    """Return the verdicts of SSD-R1 to R4 for a decision on d about the anniversary after `last`."""
    r = d if w.reads("pass_reference_day", "decision") else max(anniversary, d)
    anew = (counting_pass(w, "performance", d) or date.min) > last.event.on
    return {
        "eligibility": eligibility(w, d),
        "performance": all_of(verdict(anew), evaluated(w, "performance", d)),
        "capability": evaluated(w, "capability", d, r),
        "csat": evaluated(w, "csat", d, r),
    }


def open_attempt(w: World, before: int | None = None) -> date | None:
    """Return the date of the first interest that was registered since the last decision while no term ran (SSD-J1)."""
    last = last_decision(w, before)
    since = (w.events or [])[last.event.place if last else 0 : before]
    starts = [e.on for e in since if e.type == "interest_registered" and not term_runs(last, e.on)]
    return starts[0] if starts else None


def eligibility_decision(w: World, since: date, d: date) -> str | None:
    """Return the outcome of the last eligibility decision between two dates (SSD-J2)."""
    outcomes = [e.outcome for e in w.events or [] if e.type == "eligibility_decided" and since <= e.on <= d]
    return outcomes[-1] if outcomes else None


def step_done(w: World, step: str, attempt: date | None, d: date) -> bool:
    """Return whether a step is completed while the designation is not held (SSD-J2)."""
    if step in EVALUATIONS:
        return evaluated(w, step, d) == MET
    if step == "eligibility_validation":
        return attempt is not None and eligibility_decision(w, attempt, d) == "eligible"
    return step == "register_interest" and attempt is not None


def journey(w: World, state: str, d: date) -> Json:
    """Return the current step, the completed steps, and who acts next (SSD-J3)."""
    attempt = open_attempt(w)
    done = [s for s in STEPS[w.edition] if state in HELD or step_done(w, s, attempt, d)]
    if state in HELD or state == UNKNOWN:
        return {"step": None, "completed": done, "waiting_on": None}
    step = next(s for s in STEPS[w.edition] if s not in done)
    actor = ACTOR.get(step, "issi")
    if step == "eligibility_validation" and attempt and eligibility_decision(w, attempt, d) == "ineligible":
        actor = "partner"
    if step == "performance" and attempt:
        volumes = [e.place for e in w.events or [] if e.type == "case_volume_validated" and e.on >= attempt]
        rates = [e.place for e in w.events or [] if e.type == "case_rate_determined"]
        actor = "microsoft" if any(all(v > rate for rate in rates) for v in volumes) else "issi"
    return {"step": step, "completed": done, "waiting_on": actor}


def findings(w: World, e: Event) -> Iterator[str]:
    """Return the codes of the findings that an event raises."""
    last, attempt, steps = last_decision(w, e.place), open_attempt(w, e.place), STEPS[w.edition]
    counted = [x for x in w.decisions if x.event == e]
    b = counted[0].renewed if counted else None
    if e.type == "interest_registered" and not term_runs(last, e.on) and eligibility(w, e.on) == UNMET:
        yield "registered_without_prerequisites"
    if e.type == "eligibility_decided" and eligibility(w, e.on) == (UNMET if e.outcome == "eligible" else MET):
        yield "eligibility_differs"
    for name, decider in EVALUATIONS.items():
        if e.type == decider and e.outcome == "pass" and attempt and status(w, last, e.on) not in HELD:
            ahead = steps[: steps.index(name)]
            yield from ["step_out_of_order" for step in ahead if not step_done(w, step, attempt, e.on)]
    if e.type == "badge_awarded" and status(w, last, e.on) in HELD:
        yield "award_while_held"
    if e.type == "badge_awarded" and counted:
        yield from [f"award_without_{name}" for name in EVALUATIONS if evaluated(w, name, e.on) != MET]
        decided = eligibility_decision(w, attempt or date.min, e.on)
        if "eligibility_validation" in steps and decided != "eligible":
            yield "award_without_eligibility"
        if available(w, "badge", e.on) == UNMET:
            yield "award_before_launch"
    if e.type == "renewal_approved" and (not b or e.on > b + 30 * DAY):
        yield "renewal_outside_window"
    if last and b and b > last.anniversary:
        yield "renewal_gap"
    if last and b and all_of(*readiness(w, last, b, e.on).values()) == UNMET:
        yield "renewal_unready"


def available(w: World, key: str, day: date) -> str:
    """Return whether an offer is available on a date (SSD-A)."""
    given = w.policy.get("availability") or {}
    bundled = key in ("elevated_support", "performance_credits") and given.get(key) is None
    own = given.get("unified_for_partners" if bundled else key) or {}
    names = ("not_before", "announced_by", "available_from")
    words = dict(zip(names, OTHERS.get(key, UNIFIED[w.edition]), strict=True)) | own
    not_before, announced_by, available_from = (words[name] for name in names)
    if available_from is not None:
        return verdict(day.isoformat() >= available_from)
    if not_before is not None and day.isoformat() < not_before:
        return UNMET
    passed = announced_by is not None and day.isoformat() > announced_by
    return MET if passed and not w.reads("announcement", "unconfirmed") else UNKNOWN


def benefits(w: World, d: date) -> dict[str, str]:
    """Return the verdicts of SSD-B1 to B5. A PSfP contract is a renewal if another one began before it."""
    holds, bundle = designation_in_force(w, d), has(w.contracts, d, "ufp")
    began = [since for kind, since, _ in w.contracts or [] if kind == "psfp"]
    renewals = [b for b in began if any(b > other for other in began)]
    ahead = not any(w.decisions[0].event.on < b <= d for b in renewals if w.decisions)
    return {
        "badge": all_of(holds, available(w, "badge", d)),
        "marketplace_visibility": all_of(holds, available(w, "marketplace_visibility", d)),
        "elevated_support": all_of(holds, bundle, available(w, "elevated_support", d)),
        "performance_credits": all_of(holds, bundle, available(w, "performance_credits", d)),
        "early_adoption_discount": all_of(holds, has(w.contracts, d, "psfp"), verdict(ahead), UNKNOWN),
    }


def fee(w: World, evaluation: str, day: date) -> Decimal:
    """Return the amount that took effect last (SSD-F1)."""
    given = (w.policy.get("fees") or {}).get(evaluation) or []
    schedule = [("0001-01-01", FIRST_FEE[evaluation])] + [(row["from"], row["amount"]) for row in given]
    effective = [row for row in sorted(schedule, key=lambda row: row[0]) if row[0] <= day.isoformat()]
    return Decimal(str(effective[-1][1]))


def fees(w: World, state: str, missing: list[str], d: date) -> Json:
    """Return the outstanding, due and incurred fees (SSD-F1, F2, F3)."""
    attempt = open_attempt(w)
    needed = missing if state in HELD else [e for e in EVALUATIONS if evaluated(w, e, d) == UNMET]
    trying = state not in HELD and attempt is not None and eligibility_decision(w, attempt, d) != "ineligible"
    outstanding = sum((fee(w, e, d) for e in needed), Decimal(0))
    due = outstanding if trying or state in ("renewal_open", "renewal_overdue") else Decimal(0)
    taken = [(name, e.on) for e in w.events or [] for name, decider in EVALUATIONS.items() if e.type == decider]
    incurred = sum((fee(w, name, on) for name, on in taken), Decimal(0))
    exact = [None if w.events is None else int(x) if x == int(x) else float(x) for x in (outstanding, due, incurred)]
    return {"currency": "USD"} | dict(zip(("outstanding", "due", "incurred"), exact, strict=True))
