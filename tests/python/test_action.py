"""Actions: who does what next, from when, by when, and at what fee."""

from __future__ import annotations

import copy
import pickle
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest

import designation as dsg
from designation._rulebooks.rule_index import PREREQUISITES
from model import duties
from model.generator import generate
from test_explanation import AS_OF, COUNT, assessed

DAY = timedelta(1)
EVENTS = {
    "SSD-R2": ("performance", "case_rate_determined"),
    "SSD-R3": ("capability", "capability_evaluated"),
    "SSD-R4": ("csat", "csat_evaluated"),
}
NAMES = {rule: name for name, rule in PREREQUISITES.items()}


def random_cases(count: int = COUNT) -> Any:
    for number in range(count):
        case = generate(Random(f"acted/{number}"))
        yield case, dsg.assess(dsg.parse_partner(case["partner"]), case["as_of"], case["policy"])


def test_actions_are_sorted_overdue_first_and_lie_ahead() -> None:
    for case, assessment in random_cases():
        keys = [(a.overdue_since or date.max, a.by or a.not_before, a.not_before) for a in assessment.actions]
        assert keys == sorted(keys), case
        for action in assessment.actions:
            assert action.not_before >= assessment.as_of
            assert action.by is None or action.by >= action.not_before, (case, action)


def lists_prerequisites_alone(assessment: dsg.Assessment) -> bool:
    held = assessment.renewal is not None or assessment.term.status == "unknown"
    return not held and assessment.eligibility.verdict == "unmet"


def test_the_fees_of_actions_add_up_to_the_outstanding_fees_unless_a_prerequisite_comes_first() -> None:
    for case, assessment in random_cases():
        total = sum((action.fee for action in assessment.actions if action.fee is not None), Decimal(0))
        outstanding = 0 if lists_prerequisites_alone(assessment) else assessment.fees.outstanding or 0
        assert total == outstanding, case


def test_the_actor_of_the_first_step_is_the_one_the_journey_waits_on() -> None:
    steps = {"SSD-J1", "SSD-J2", "SSD-E1", "SSD-E2", "SSD-E3", "SSD-T1"}
    seen = set()
    for _, assessment in random_cases():
        first = next((action for action in assessment.actions if action.rule in steps), None)
        assert (first is None) == (assessment.journey.step is None or lists_prerequisites_alone(assessment))
        if first is not None:
            assert first.actor == assessment.journey.waiting_on
            seen.add((first.rule, str(first.actor)))
    assert {("SSD-J2", "partner"), ("SSD-E2", "microsoft"), ("SSD-T1", "microsoft")} <= seen


def is_within(action: dsg.Action, on: date, days: int) -> bool:
    """Return whether an action turns `within=Nd` red: its deadline is near, or it was missed."""
    return action.overdue_since is not None or (action.by is not None and action.by <= on + days * DAY)


def test_a_missed_deadline_stays_red_until_it_is_settled_or_the_designation_is_not_in_force() -> None:
    red_days = 0
    for number in range(25):
        case = generate(Random(f"forgetful/{number}"))
        held = {**case["partner"], "events": [{"on": "2026-04-20", "type": "badge_awarded"}]}
        for key in ("csp_authorizations", "support_contracts", "solutions_partner_designations"):
            rows = [r for r in held.get(key) or [] if r["from"] < "2027-01-01" and not r.get("through")]
            held[key] = [*rows, {**case_record(key), "from": "2020-01-01", "through": f"2026-{6 + number % 6:02}-15"}]
        partner, red = dsg.parse_partner(held), set[str]()
        for count in range(2 * 365):
            on = date(2026, 4, 20) + count * DAY
            assessment = dsg.assess(partner, on, case["policy"])
            if assessment.renewal is None:
                assert assessment.term.in_force == "unmet"
                break
            now = {action.rule for action in assessment.actions if is_within(action, on, 30)}
            verdicts = assessment.eligibility.prerequisites
            settled = {rule for rule in red if rule in NAMES and verdicts[NAMES[rule]] == "met"}
            assert red - settled <= now, (number, on, red - settled - now)
            red, red_days = now, red_days + len(now)
    assert red_days > 1000


def case_record(key: str) -> dict[str, str]:
    kinds = {
        "csp_authorizations": {"type": "direct_bill"},
        "support_contracts": {"type": "psfp"},
        "solutions_partner_designations": {"area": "security"},
    }
    return kinds[key]


def test_where_a_prerequisite_comes_first_the_unmet_ones_are_listed_alone() -> None:
    seen = 0
    for case, assessment in random_cases():
        if lists_prerequisites_alone(assessment):
            unmet = {NAMES[action.rule] for action in assessment.actions}
            verdicts = assessment.eligibility.prerequisites
            assert unmet == {name for name, verdict in verdicts.items() if verdict == "unmet"}, case
            assert {(action.by, action.overdue_since) for action in assessment.actions} == {(None, None)}
            seen += 1
    assert seen > 30


def test_actions_later_facts_and_deciding_interpretations_agree_with_the_model(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert not duties.compare(1000, seed=20), capsys.readouterr().out


def test_a_prerequisite_is_met_through_its_deadline_and_no_longer() -> None:
    lapses = 0
    for case, assessment in random_cases():
        for action in assessment.actions:
            if action.rule not in NAMES or action.by is None or action.overdue_since or action.by.year > 2198:
                continue
            for day, verdict in ((action.by, "met"), (action.by + DAY, "unmet")):
                later = dsg.assess(assessment.partner, day, case["policy"])
                assert later.eligibility.prerequisites[NAMES[action.rule]] == verdict, case
            lapses += 1
    assert lapses > 30


def test_an_evaluation_on_its_first_day_counts_for_the_renewal_and_one_a_day_earlier_does_not() -> None:
    carried = too_early = 0
    for case, assessment in random_cases():
        taken = [action for action in assessment.actions if action.rule in EVENTS]
        decisions = [action.not_before for action in assessment.actions if action.rule == "SSD-T4"]
        if not decisions or max(assessment.as_of, *decisions).year > 2196:
            continue
        there = [event for event in case["partner"]["events"] if event["on"] <= case["as_of"]]
        for action in taken:
            name, event_type = EVENTS[action.rule]
            day = max(*decisions, action.not_before)
            for passed_on in (action.not_before, action.not_before - DAY):
                passed = {"on": str(passed_on), "type": event_type, "outcome": "pass"}
                partner = dsg.parse_partner(case["partner"] | {"events": [*there, passed]})
                renewal = dsg.assess(partner, day, case["policy"]).renewal
                assert renewal is not None
                if passed_on == action.not_before:
                    assert name not in renewal.missing, (case, action)
                    carried += 1
                elif passed_on >= assessment.as_of:
                    assert name in renewal.missing, (case, action)
                    too_early += 1
    assert carried > 50
    assert too_early > 5


def test_a_missing_list_becomes_an_action_with_the_rulebooks_wording() -> None:
    nobody = dsg.assess(dsg.Partner(id="p"), AS_OF)
    requests = nobody.rulebook.to_dict()["requests"]
    assert [action.do for action in nobody.actions] == [
        requests[name]
        for name in ("events", "csp_authorizations", "support_contracts", "solutions_partner_designations")
    ]
    assert {(str(action.actor), action.by, action.fee) for action in nobody.actions} == {("partner", None, None)}


def test_a_renewal_has_its_window_its_deadline_and_its_fees() -> None:
    actions = assessed("contoso").actions
    assert [(a.rule, str(a.actor), str(a.not_before), str(a.by), a.fee) for a in actions] == [
        ("SSD-P2", "partner", "2026-09-15", "2026-11-30", None),
        ("SSD-R2", "issi", "2026-09-15", "2026-12-12", Decimal(1350)),
        ("SSD-R4", "issi", "2026-09-15", "2026-12-12", Decimal(500)),
        ("SSD-T4", "microsoft", "2026-10-13", "2026-12-12", None),
    ]


@pytest.mark.parametrize(
    ("as_of", "by", "overdue_since"),
    [
        ("2026-12-11", "2026-12-12", "None"),
        ("2026-12-12", "2026-12-12", "None"),
        ("2026-12-13", "2027-01-11", "2026-12-12"),
    ],
)
def test_a_renewal_is_due_by_the_anniversary_and_possible_until_the_window_closes(
    as_of: str, by: str, overdue_since: str
) -> None:
    assessment = assessed("contoso", as_of)
    (decision,) = [action for action in assessment.actions if action.rule == "SSD-T4"]
    assert (str(decision.by), str(decision.overdue_since)) == (by, overdue_since)
    assert (assessment.deadline, assessment.overdue_since) == (decision.by, decision.overdue_since)


def test_the_end_of_the_window_is_the_deadline_if_nothing_lapses_on_the_anniversary() -> None:
    policy = {"interpretations": {"after_anniversary": "in_force"}}
    (decision,) = [a for a in assessed("contoso", policy=policy).actions if a.rule == "SSD-T4"]
    assert str(decision.by) == "2027-01-11"


def test_an_action_is_a_value_and_a_mapping() -> None:
    action = assessed("contoso").actions[0]
    assert action == assessed("contoso").actions[0]
    assert pickle.loads(pickle.dumps(action)) == copy.copy(action) == action
    assert list(dict(action)) == [
        *("do", "actor", "not_before", "by", "overdue_since", "retry_days", "safe_by", "fee", "rule")
    ]
    assert dict(action)["rule"] == action["rule"] == action.rule == "SSD-P2"


def test_to_dict_contains_the_actions() -> None:
    assessment = assessed("contoso")
    assert assessment.to_dict()["actions"][1] == {
        "do": "Repeat the performance evaluation (case rate)",
        "actor": "issi",
        "not_before": "2026-09-15",
        "by": "2026-12-12",
        "overdue_since": None,
        "retry_days": None,
        "safe_by": None,
        "fee": 1350,
        "rule": "SSD-R2",
    }
