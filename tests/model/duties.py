"""Compare actions, facts after the date, warnings, and deciding interpretations of the package with the model."""

from __future__ import annotations

import datetime
from random import Random
from typing import Any

import designation as dsg

from . import actions, deciding
from .generator import generate
from .rules import DAY, HELD

Json = dict[str, Any]
LATEST = datetime.date(2199, 12, 31)
NAMES = {rule: name for name, rule in actions.RENEWED.items()}
DAYS_AHEAD = (0, 30, 400)


def generate_case(random: Random) -> Json:
    """Return a random case with planning limits, and sometimes a fact in the far future."""
    case = generate(random)
    policy = case["policy"] or {}
    planning: Json = {}
    if random.random() < 0.5:
        planning["retry_days"] = {name: random.choice([0, 1, 30, 400]) for name in actions.RENEWED}
    if random.random() < 0.3:
        planning["lead_days"] = {random.choice([*actions.RENEWED]): random.choice([1, 30, 100])}
    if random.random() < 0.3:
        middle = datetime.date.fromisoformat(case["as_of"])
        starts = [min(middle + random.randint(0, 400) * DAY, LATEST - 50 * DAY) for _ in range(2)]
        rows = [(day, day + random.randint(0, 40) * DAY) for day in starts]
        planning["blocked"] = [{"from": str(first), "through": str(last)} for first, last in rows]
    if random.random() < 0.1 and case["partner"].get("events") and int(case["as_of"][:4]) < 2170:
        far = datetime.date(int(case["as_of"][:4]) + 20, int(case["as_of"][5:7]), random.randint(1, 28))
        case["partner"]["events"].append({"on": str(far), "type": "case_volume_validated"})
    return {**case, "policy": {**policy, "planning": planning}}


def check(case: Json) -> None:
    """Raise AssertionError unless the package and the model agree."""
    partner, policy, on = case["partner"], case["policy"], datetime.date.fromisoformat(case["as_of"])
    assessment = dsg.assess(dsg.parse_partner(partner), on, policy)
    found = assessment.to_dict()
    assert found["facts_after"] == assessment.facts_after == actions.facts_after(partner, on)
    far = [f"{pointer}/{'on' if 'events' in pointer else 'from'}" for pointer in actions.far_facts(partner, on)]
    assert [warning["pointer"] for warning in found["warnings"]] == far == [w.pointer for w in assessment.warnings]
    if on.year < 2197:
        check_actions(actions.situation(partner, on, policy), assessment)
        assert assessment.deciding == deciding.deciding(partner, on, policy)


def check_actions(s: actions.Situation, assessment: dsg.Assessment) -> None:
    """Check the deadlines, the order, and the days that leave room for a second try."""
    found = assessment.actions
    expected = actions.deadlines(s)
    dated = [actions.Deadline(a.rule, a.by, a.overdue_since) for a in found]
    assert {a for a in dated if a.by or a.overdue_since} == {a for a in expected if a.by or a.overdue_since}
    if actions.lists_prerequisites_alone(s):
        assert dated == expected
    assert len({a.rule for a in found}) == len(found)
    assert {rule for rule, *_ in expected} <= {a.rule for a in found}
    by, overdue_since = actions.renewal_deadline(s)
    assert (assessment.deadline, assessment.overdue_since) == (by, overdue_since)
    assert (by is not None) == (s.status in HELD)
    keys = [(a.overdue_since or datetime.date.max, a.by or a.not_before, a.not_before) for a in found]
    assert keys == sorted(keys)
    retry_days = s.world.policy["planning"].get("retry_days", {})
    for action in found:
        days = retry_days.get(NAMES.get(action.rule)) if action.by else None
        assert action.retry_days == days
        name = NAMES.get(action.rule, "")
        safe = actions.safe_by(s, action.by, action.not_before, name) if days is not None and action.by else None
        assert action.safe_by == safe
    for ahead in DAYS_AHEAD:
        assert actions.is_within(dated, s.on, ahead) == actions.is_within(expected, s.on, ahead)
    assert actions.is_overdue(dated) == actions.is_overdue(expected)


def compare(count: int, seed: int, start: int = 0) -> bool:
    """Check the histories of a seed; print the first that differs, and return whether one does."""
    for number in range(start, start + count):
        case = generate_case(Random(f"{seed}/{number}"))
        try:
            check(case)
        except AssertionError as error:
            print(f"duties of seed {seed} history {number}: {error}\n{case}")
            return True
    return False
