"""Compare plans of the package with every possible schedule on a few days, each judged by the model."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations, pairwise, product
from random import Random
from typing import Any, NamedTuple

import designation as dsg

from . import rules
from .actions import is_blocked

Json = dict[str, Any]
Costs = tuple[Decimal, int]
Option = tuple[Decimal, int, int]
DAY = datetime.timedelta(1)
DECIDERS = rules.EVALUATIONS
READINGS = {
    "leap_day": "roll_forward",
    "failed_reevaluation": "latest_outcome_governs",
    "renewal_anchor": "decision",
    "late_renewal": "ignored",
    "after_anniversary": "in_force",
    "pass_reference_day": "decision",
}


class Case(NamedTuple):
    """A partner, and a policy that leaves few days free."""

    partner: Json
    as_of: datetime.date
    through: datetime.date
    policy: Json
    free: list[datetime.date]
    worth: int


def event(on: datetime.date, kind: str, outcome: str | None = None) -> Json:
    """Return an event of a document."""
    return {"on": on.isoformat(), "type": kind} | ({"outcome": outcome} if outcome else {})


def generate(random: Random) -> Case:
    """Return a random case: a partner, and free days around the next anniversaries."""
    attained = datetime.date(random.choice([2026, 2027, 2028]), random.choice([1, 2, 3, 7, 12]), random.randint(1, 28))
    if random.random() < 0.6:
        attained = datetime.date(*random.choice([(2028, 2, 29), (2027, 2, 28), (2027, 3, 1), (2028, 3, 1)]))
    events = [event(attained - random.randint(0, 200) * DAY, kind, "pass") for kind in DECIDERS.values()]
    held = random.random() < 0.85
    if held:
        events.append(event(attained, "badge_awarded"))
    as_of = attained + random.choice([0, 200, 300, 306, 340, 364, 365, 366, 380, 395, 396, 400]) * DAY
    for kind in DECIDERS.values():
        if random.random() < 0.3:
            events.append(event(attained + random.randint(0, 400) * DAY, kind, random.choice(["pass", "fail"])))
    through = attained + random.choice([300, 365, 366, 380, 730, 735, 760, 1100]) * DAY
    through = max(through, as_of)
    policy: Json = {"edition": random.choice(["2025-11", "2026-04", "2026-09"])}
    policy["interpretations"] = {name: word for name, word in READINGS.items() if random.random() < 0.25}
    free = free_days(random, attained, as_of)
    policy["planning"] = {"blocked": blocked(free, as_of)}
    if random.random() < 0.3:
        policy["planning"]["lead_days"] = {random.choice([*DECIDERS]): random.choice([1, 30, 100])}
    if random.random() < 0.25:
        years = random.sample(range(2027, 2032), 2)
        amounts = [0, 500, 1850, 2000, 3350, 5000]
        policy["planning"]["budgets"] = [{"fiscal_year": y, "at_most": random.choice(amounts)} for y in years]
    if random.random() < 0.3:
        policy["planning"]["retry_days"] = {random.choice([*DECIDERS]): random.choice([0, 1, 30])}
    if random.random() < 0.4:
        changes = [{"from": (day + DAY).isoformat(), "amount": random.choice([0, 100, 1000, 2000])} for day in free[:1]]
        policy["fees"] = {random.choice([*DECIDERS]): changes}
    return Case({"id": "p", "events": events}, as_of, through, policy, free, random.choice([0, 0, 100, 2000]))


def free_days(random: Random, attained: datetime.date, as_of: datetime.date) -> list[datetime.date]:
    """Return random days near the boundaries of windows, years and fiscal years."""
    shifts = (-60, -30, -2, -1, 0, 1, 2, 3, 29, 30)
    near = {attained + (365 * year + random.choice(shifts)) * DAY for year in (1, 1, 2, 2, 3)}
    others = {as_of, as_of + DAY, *(attained + random.randint(200, 1150) * DAY for _ in range(3))}
    others |= {datetime.date(year, month, day) for year in (2028, 2029) for month, day in ((7, 1), (6, 30), (3, 1))}
    near |= set(random.sample(sorted(others), 2))
    return sorted(day for day in near if as_of <= day <= attained + 1160 * DAY)


def blocked(free: list[datetime.date], as_of: datetime.date) -> list[Json]:
    """Return blocked periods that leave only the free days."""
    first, periods = as_of, []
    for day in [*free, datetime.date(2199, 12, 31)]:
        if first <= day - DAY:
            periods.append({"from": first.isoformat(), "through": (day - DAY).isoformat()})
        first = day + DAY
    return [*periods, {"from": "2199-12-31", "through": "2199-12-31"}]


def judge(case: Case, taken: list[Json], day: datetime.date) -> tuple[rules.World, rules.Decision | None, str]:
    """Return the model's facts, last decision and status on a day, including the events of a plan."""
    before = [e for e in case.partner["events"] if e["on"] <= case.as_of.isoformat()]
    world = rules.read({**case.partner, "events": before + taken}, day, case.policy)
    last = rules.last_decision(world)
    return world, last, rules.status(world, last, day)


def fiscal_year(day: datetime.date) -> int:
    """Return the fiscal year of a day: July to June, named after the year in which it ends."""
    return day.year + (day.month >= 7)


def affordable(case: Case, taken: list[Json]) -> bool:
    """Return whether the fees of a plan fit the budgets of the years in which they are paid."""
    world, *_ = judge(case, taken, datetime.date(2199, 12, 31))
    names = {kind: name for name, kind in DECIDERS.items()}
    before = [e for e in case.partner["events"] if e["on"] <= case.as_of.isoformat()]

    def spent(events: list[Json], year: int) -> Decimal:
        days = [(names[e["type"]], datetime.date.fromisoformat(e["on"])) for e in events if e["type"] in names]
        return sum((rules.fee(world, name, on) for name, on in days if fiscal_year(on) == year), Decimal(0))

    years = [(budget["fiscal_year"], budget["at_most"]) for budget in case.policy["planning"].get("budgets", [])]
    return all(not spent(taken, year) or spent(before + taken, year) <= most for year, most in years)


def costs_of(case: Case, taken: list[Json]) -> Costs | None:
    """Return the costs of a schedule, or None if it does not keep the designation according to the model."""
    world, *_ = judge(case, taken, datetime.date(2199, 12, 31))
    names = {kind: name for name, kind in DECIDERS.items()}
    fees, lapsed = Decimal(0), 0
    for place, one in enumerate(taken):
        on = datetime.date.fromisoformat(one["on"])
        if one["type"] in names:
            fees += rules.fee(world, names[one["type"]], on)
        if one["type"] == "badge_awarded":
            before, _, _ = judge(case, taken[:place], on)
            if any(rules.evaluated(before, name, on) != "met" for name in DECIDERS):
                return None
        if one["type"] == "renewal_approved":
            earlier = [e for e in taken[:place] if e["type"] != "renewal_approved" or e["on"] < one["on"]]
            before, last, state = judge(case, earlier, on)
            if last is None or state not in rules.HELD or on < last.anniversary - 60 * DAY:
                return None
            ready = rules.readiness(before, last, last.anniversary, on)
            if any(ready[name] != "met" for name in DECIDERS):
                return None
            if not world.reads("after_anniversary", "in_force"):
                lapsed += max(0, (on - max(last.anniversary, case.as_of)).days)
    last = rules.last_decision(world)
    if last is None or last.anniversary <= case.through:
        return None
    return (fees, lapsed) if affordable(case, taken) else None


def repeats_of(case: Case, taken: list[Json]) -> int:
    """Return how many evaluations of a schedule are a second or later pass between two consecutive decisions."""
    world, *_ = judge(case, taken, datetime.date(2199, 12, 31))
    planned = {(e["on"], e["type"]) for e in taken}
    decided = [decision.event.place for decision in world.decisions]
    repeats = 0
    for before, after in pairwise(decided):
        for kind in DECIDERS.values():
            between = (world.events or [])[before + 1 : after]
            passes = [e for e in between if e.type == kind and e.outcome == "pass"]
            repeats += sum((e.on.isoformat(), e.type) in planned for e in passes[1:])
    return repeats


def every_schedule(case: Case, beginning: list[Json], since: datetime.date) -> set[Option]:
    """Return the costs and repeats of all schedules: every choice of free days for renewals and evaluations."""
    found: set[Option] = set()
    free = [day for day in case.free if day >= since]
    lead = case.policy["planning"].get("lead_days", {})

    def extend(taken: list[Json], start: int) -> None:
        first = free[start - 1] + DAY if start else since
        _, last, state = judge(case, taken, first)
        if last is None or state not in rules.HELD:
            return
        if last.anniversary > case.through:
            costs = costs_of(case, taken)
            found.update([] if costs is None else [(*costs, repeats_of(case, taken))])
            return
        for end in range(start, len(free)):
            on = free[end]
            if not last.anniversary - 60 * DAY <= on <= last.anniversary + 30 * DAY:
                continue
            days = free[start : end + 1]
            options: list[list[Json | None]] = []
            for name, kind in DECIDERS.items():
                takings = [event(day, kind, "pass") for day in days if day >= case.as_of + lead.get(name, 0) * DAY]
                options.append([one for one in (None, *takings) if is_ready_with(case, taken, one, name, on)])
            for choice in product(*options):
                extend([*taken, *(one for one in choice if one), event(on, "renewal_approved")], end + 1)

    extend(beginning, 0)
    return found


def is_ready_with(case: Case, taken: list[Json], one: Json | None, name: str, on: datetime.date) -> bool:
    """Return whether an evaluation is ready for a renewal on a day, with one more event."""
    world, last, _ = judge(case, taken + ([one] if one else []), on)
    return last is not None and rules.readiness(world, last, last.anniversary, on)[name] == "met"


def pareto_front(options: set[Option]) -> list[Costs]:
    """Return the costs that no other costs beat on both fees and lapsed days."""
    found = {(fees, lapsed) for fees, lapsed, _ in options}
    return sorted(a for a in found if not any(b != a and b[0] <= a[0] and b[1] <= a[1] for b in found))


def events_of(steps: Sequence[dsg.PlanStep], latest: bool = False) -> list[Json]:
    """Return steps as events, in the order in which the rules apply them."""
    dated = [(step.latest if latest else step.on, step) for step in steps]
    rank = rules.ORDER_ON_A_DAY.index
    dated.sort(key=lambda pair: (pair[0], rank(pair[1].type)))
    decided = ("badge_awarded", "renewal_approved")
    return [event(on, str(step.type), None if step.type in decided else "pass") for on, step in dated]


def check(case: Case) -> None:
    """Raise AssertionError unless the plans are the best of all schedules, and each plan costs what it says."""
    plans = dsg.plan(dsg.parse_partner(case.partner), case.as_of, case.through, case.policy, worth=case.worth)
    _, _, state = judge(case, [], case.as_of)
    beginning: list[Json] = []
    since = case.as_of
    if state not in rules.HELD and plans.front:
        steps = plans.front[0].steps
        count = next(place for place, step in enumerate(steps) if step.type == "badge_awarded") + 1
        beginning = events_of(steps[:count])
        since = steps[count - 1].on
        check_attainment(case, beginning, since)
    if state in rules.HELD or plans.front:
        options = every_schedule(case, beginning, since)
        assert [(plan.fees, plan.lapsed_days) for plan in plans.front] == pareto_front(options)
        check_recommended(case, plans, options)
    assert (plans.impossible is None) == bool(plans.front)
    for plan in plans.front:
        for latest in (False, True):
            assert costs_of(case, events_of(plan.steps, latest)) == (plan.fees, plan.lapsed_days), f"latest: {latest}"
        check_readings(case, plan)
        check_slack(case, plan)
    for shown in (*plans.front, plans.recommended, plans.without_repeats):
        if shown is not None:
            check_steps(case, shown)


def check_recommended(case: Case, plans: dsg.Plans, options: set[Option]) -> None:
    """Check that the recommended plan has the least fees and worth of repeats among those that lapse least."""
    if not options:
        assert plans.recommended is plans.without_repeats is None
        return
    fewest = min(lapsed for _, lapsed, _ in options)
    weighed = min(fees + case.worth * repeats for fees, lapsed, repeats in options if lapsed == fewest)
    plan = plans.recommended
    assert plan is not None
    assert (plan.lapsed_days, plan.fees + case.worth * plan.repeats) == (fewest, weighed)
    without = [fees for fees, lapsed, repeats in options if (lapsed, repeats) == (fewest, 0)]
    assert (plans.without_repeats is None) == (plan.repeats == 0 or not without)
    if plans.without_repeats:
        found = plans.without_repeats
        assert (found.fees, found.lapsed_days, found.repeats) == (min(without), fewest, 0)


def check_steps(case: Case, plan: dsg.Plan) -> None:
    """Check the repeats, the days that leave room for a second try, and the fees under other prices."""
    events = events_of(plan.steps)
    assert costs_of(case, events) == (plan.fees, plan.lapsed_days)
    assert plan.repeats == repeats_of(case, events) == sum(step.is_repeat for step in plan.steps)
    names = {kind: name for name, kind in DECIDERS.items()}
    planning = case.policy["planning"]
    for step in plan.steps:
        days = planning.get("retry_days", {}).get(names.get(step.type))
        assert step.retry_days == days
        expected = None if days is None else step.latest - days * DAY
        while expected and expected >= step.on and is_blocked(planning, expected):
            expected -= DAY
        assert step.safe_by == (expected if expected and expected >= step.on else None)
    other: Json = {"edition": "2026-04", "fees": {"csat": [{"from": plan.held_from.isoformat(), "amount": 777}]}}
    world = rules.read(case.partner, case.as_of, other)
    repriced = dsg.reprice(plan, other)
    fees = [rules.fee(world, names[s.type], s.on) if s.type in names else Decimal(0) for s in plan.steps]
    assert ([step.fee for step in repriced.steps], repriced.fees) == (fees, sum(fees, Decimal(0)))


def check_attainment(case: Case, beginning: list[Json], since: datetime.date) -> None:
    """Check that every evaluation is met on the day of the award, and that none was repeated without need."""
    world, _, _ = judge(case, beginning, since)
    assert all(rules.evaluated(world, name, since) == "met" for name in DECIDERS)
    before, _, _ = judge(case, [], case.as_of)
    kinds = {e["type"] for e in beginning}
    for name, kind in DECIDERS.items():
        kept = rules.evaluated(before, name, case.as_of) == "met" == rules.evaluated(before, name, since)
        assert kept == (kind not in kinds)


def check_readings(case: Case, plan: dsg.Plan) -> None:
    """Check that a plan depends on an interpretation exactly if the other reading changes its costs."""
    chosen = case.policy["interpretations"]
    for name, other in READINGS.items():
        turned = {k: v for k, v in chosen.items() if k != name} | ({} if name in chosen else {name: other})
        there = case._replace(policy={**case.policy, "interpretations": turned})
        _, _, state = judge(there, [], case.as_of)
        begins = any(step.type == "badge_awarded" for step in plan.steps)
        fits = (state in rules.HELD) != begins
        same = fits and costs_of(there, events_of(plan.steps)) == (plan.fees, plan.lapsed_days)
        assert (name in plan.readings) != same, name


def check_slack(case: Case, plan: dsg.Plan) -> None:
    """Check that steps with the same latest day cannot move to the next free day together."""
    shown = [step for step in plan.steps if step.type != "badge_awarded"]
    following = {day: next((d for d in case.free if d > day), None) for day in {step.latest for step in shown}}
    for day, after in following.items():
        there = [place for place, step in enumerate(plan.steps) if step in shown and step.latest == day]
        for size in range(1, len(there) + 1) if after else ():
            for moved in combinations(there, size):
                assert after is not None
                kinds = {plan.steps[place].type for place in moved}
                events = [
                    {**e, "on": after.isoformat()} if e["on"] == day.isoformat() and e["type"] in kinds else e
                    for e in events_of(plan.steps, latest=True)
                ]
                events.sort(key=lambda e: (e["on"], rules.ORDER_ON_A_DAY.index(e["type"])))
                if "badge_awarded" in {e["type"] for e in events}:
                    continue
                costs = costs_of(case, events)
                # Under `decision` a later day moves the anniversaries, and a changed fee changes the costs.
                if case.policy["interpretations"].get("renewal_anchor") or case.policy.get("fees"):
                    continue
                if case.policy["planning"].get("budgets"):
                    continue
                assert costs != (plan.fees, plan.lapsed_days), (day, after, kinds)


def compare(count: int, seed: int, start: int = 0) -> bool:
    """Check the plans of a seed; print the first that differs, and return whether one does."""
    for number in range(start, start + count):
        case = generate(Random(f"{seed}/{number}"))
        try:
            check(case)
        except AssertionError as error:
            print(f"plan of seed {seed} case {number}: {error}\n{case}")
            return True
    return False
