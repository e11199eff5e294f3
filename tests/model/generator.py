"""Random histories: plausible ones with mishaps, chaotic ones, and dates before, on and after each boundary."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

Json = dict[str, Any]

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
LEAP_DAYS = [date(year, 2, 29) for year in (1904, 1996, 2028, 2028, 2032, 2096, 2096, 2196)]
CENTURIES = [FIRST, date(1900, 2, 28), date(1900, 3, 1), date(2099, 3, 1), date(2100, 2, 28), date(2100, 3, 1), LAST]
LAUNCHES = [date(2025, 11, 18), date(2026, 1, 1), date(2026, 7, 1), date(2027, 1, 1), date(2027, 7, 1)]
EVALUATIONS = ("capability_evaluated", "case_volume_validated", "case_rate_determined", "csat_evaluated")
ORDERS = [("eligibility_decided", *EVALUATIONS), (*EVALUATIONS[1:], "capability_evaluated")]
KINDS = ("interest_registered", *ORDERS[0], "badge_awarded", "renewal_approved")
OUTCOMES = dict.fromkeys(("capability_evaluated", "case_rate_determined", "csat_evaluated"), ("pass", "fail"))
OUTCOMES["eligibility_decided"] = ("eligible", "ineligible")
DIMENSIONS = ("support_function", "support_staff_skills", "support_performance_metrics")
DETAILS: dict[str, Json] = {
    "capability_evaluated": {"dimensions": {name: {"score": 4, "out_of": 5} for name in DIMENSIONS}},
    "case_volume_validated": {"cases": 120},
    "case_rate_determined": {"rate": 3.25},
    "csat_evaluated": {"score": 4.5},
}
EDGES = [(years, days + i) for years in (0, 0, 0, 1, 2, 4) for days in (0, 0, 0, -60, 30) for i in (-1, 0, 0, 1)]
AZURE = ("azure_data_ai", "azure_digital_app_innovation", "azure_infrastructure")
LISTS = {
    "csp_authorizations": ("type", ("direct_bill", "distributor", "indirect_provider", "indirect_reseller")),
    "support_contracts": ("type", ("psfp", "psfp", "ufp", "ufp", "asfp")),
    "solutions_partner_designations": ("area", ("modern_work", "business_applications", "security", *AZURE)),
}
KEYS = ("badge", "marketplace_visibility", "unified_for_partners", "elevated_support", "performance_credits")
READINGS = {
    "leap_day": ("clamp", "roll_forward"),
    "failed_reevaluation": ("earlier_pass_stands", "latest_outcome_governs"),
    "renewal_anchor": ("anniversary", "decision"),
    "late_renewal": ("stands", "ignored"),
    "after_anniversary": ("lapsed", "in_force"),
    "prerequisite_lapse": ("flag", "suspend"),
    "pass_reference_day": ("later_of_anniversary_and_decision", "decision"),
    "announcement": ("presumed", "unconfirmed"),
    "pilot_contract": ("not_counted", "counted"),
}


def move(day: date, years: int = 0, days: int = 0) -> date:
    leaps = years != 0 and (day.month, day.day) == (2, 29)
    moved = date(day.year + years, day.month, 28 if leaps else day.day) + timedelta(days)
    return min(max(moved, FIRST), LAST)


def edge(rng: Random, day: date) -> date:
    """Return a date before, on or after a boundary that an event on the given date sets."""
    return move(day, *rng.choice(EDGES))


def later(rng: Random, day: date, most: int) -> date:
    for notable in LEAP_DAYS + LAUNCHES:
        if day <= notable < day + timedelta(90) and rng.random() < 0.4:
            return max(day, notable + timedelta(rng.choice((-1, 0, 0, 0))))
    return move(day, 0, rng.choice((0, 1, rng.randrange(most))))


class History:
    """Events, and the dates that matter to them; `mishap` returns whether something goes wrong now."""

    def __init__(self, rng: Random) -> None:
        self.rng, self.events, rate = rng, list[Json](), rng.choice((0, 0.05, 0.15, 0.3))
        self.mishap: Callable[[], bool] = lambda: rng.random() < rate
        recent = rng.choice(LAUNCHES) + timedelta(rng.randrange(-120, 120))
        leap = rng.choice(LEAP_DAYS) - timedelta(rng.randrange(200))
        self.days = [rng.choice((recent, recent, recent, leap, leap, rng.choice(CENTURIES)))]
        attempts = rng.choice((0, 1, 1, 1, 1, 1, 2, 3))
        for _ in range(attempts):
            self.attempt()
        for _ in range(rng.choice((0, 0, 0, 1, 3)) if attempts else rng.randrange(14)):
            self.add(edge(rng, rng.choice(self.days)), rng.choice(KINDS))

    def add(self, day: date, kind: str) -> date:
        """Add an event; a mishap drops it, changes its outcome, or repeats it. Return its date."""
        if self.mishap() and self.mishap():
            return day
        event: Json = {"on": day.isoformat(), "type": kind}
        if kind in OUTCOMES:
            event["outcome"] = OUTCOMES[kind][self.mishap()]
        self.events.append(event | DETAILS.get(kind, {}) if self.rng.random() < 0.1 else event)
        self.days.append(day)
        return self.add(later(self.rng, day, 30), kind) if self.mishap() else day

    def attempt(self) -> None:
        """Add an attempt: from the interest to the award, and the renewals after it, or a part of that."""
        rng, order = self.rng, [*self.rng.choice(ORDERS), "badge_awarded"]
        if self.mishap():
            rng.shuffle(order)
        day = self.add(self.days[-1], "interest_registered")
        steps = rng.choice((rng.randrange(6), 9, 9, 9))
        for kind in order[:steps]:
            day = self.add(later(rng, day, 40), kind)
        attained, anchor, by_decision = day, day, rng.random() < 0.4
        for cycle in range(1, rng.choice((1, 1, 2, 2, 4, 6)) if steps == 9 else 1):
            anniversary = move(anchor, 1) if by_decision else move(attained, cycle)
            wrong = rng.choice((-61, 31, rng.randrange(31, 340)))
            anchor = move(anniversary, 0, wrong if self.mishap() else rng.choice((-60, -40, -20, -1, 0, 1, 30)))
            for kind in EVALUATIONS:
                if rng.random() < 0.85:
                    self.add(move(rng.choice((anniversary, anchor)), 0, rng.choice((-40, -1, 0, 0, 1))), kind)
            if not self.mishap():
                self.add(anchor, "renewal_approved")
            self.days += [anniversary, move(anniversary, 1)]
        self.days.append(move(anchor, 1, rng.choice((-60, -1, 0, 1, 30, 31, 200, 400))))


def records(rng: Random, name: str, kinds: tuple[str, ...], days: list[date]) -> list[Json]:
    rows: list[Json] = []
    day = move(min(days), 0, -rng.randrange(1000))
    for _ in range(rng.choice((0, 1, 1, 1, 1, 1, 1, 1, 2, 3))):
        through = max(day, edge(rng, rng.choice(days)))
        last = {"through": through.isoformat()}
        row: Json = {name: rng.choice((kinds[0], rng.choice(kinds))), "from": day.isoformat()}
        rows.append(row | rng.choice(({}, {}, {}, {"through": None}, last, last)))
        day = rng.choice((move(through, 0, 1), through, day))
    return rows


def availability(rng: Random, days: list[date]) -> Json:
    """Return some members, null included; an announced period never ends before it begins."""
    first, second = sorted(edge(rng, rng.choice((rng.choice(LAUNCHES), rng.choice(days)))).isoformat() for _ in "12")
    pair: Json = {"not_before": rng.choice((None, first)), "announced_by": rng.choice((None, second))}
    single = rng.choice(({"not_before": min(first, "2026-06-30")}, {"announced_by": max(second, "2027-06-30")}))
    given: Json = rng.choice(({}, {}, pair, pair, single, {"not_before": None}, {"announced_by": None}))
    return given | rng.choice(({}, {"available_from": None}, {"available_from": None}, {"available_from": second}))


def policy(rng: Random, days: list[date]) -> Json | None:
    fees: Json = {}
    for evaluation in rng.choice(((), (), ("performance", "csat"), ("capability", "performance", "csat"))):
        starts = dict.fromkeys(max(edge(rng, rng.choice(days)), date(1900, 1, 2)).isoformat() for _ in "12")
        amounts = (0, 400, 1725, 549.99, 1234.5, rng.randrange(300000) / 100)
        fees[evaluation] = [{"from": start, "amount": rng.choice(amounts)} for start in starts]
    names = [name for name in READINGS if rng.random() < 0.9]
    members: Json = {
        "format": "designation/policy@1",
        "edition": rng.choice(("2025-11", "2026-04", "2026-09", None)),
        "interpretations": {name: rng.choice((*READINGS[name], READINGS[name][1], None)) for name in names},
        "availability": {key: availability(rng, days) for key in KEYS if rng.random() < 0.3} or None,
        "fees": fees or None,
    }
    return {name: value for name, value in members.items() if rng.random() < 0.9} if rng.random() < 0.9 else None


def generate(rng: Random) -> Json:
    history, partner = History(rng), Json(id=f"p{rng.randrange(99)}", name="P")
    days, ends = history.days, list[date]()
    for key, (name, kinds) in LISTS.items():
        partner[key] = records(rng, name, kinds, days) if rng.random() < 0.96 else None
        ends += [date.fromisoformat(row.get("through") or row["from"]) for row in partner[key] or []]
    events = rng.sample(history.events, len(history.events)) if rng.random() < 0.3 else history.events
    partner["events"] = events if rng.random() < 0.97 else None
    partner = {key: value for key, value in partner.items() if key == "id" or value or rng.random() < 0.5}
    near = rng.choice((days, days, days[-4:], ends or days, None))
    as_of = edge(rng, rng.choice(near)) if near else rng.choice(LAUNCHES) - timedelta(rng.randrange(2))
    return {"partner": partner, "as_of": as_of.isoformat(), "policy": policy(rng, days)}
