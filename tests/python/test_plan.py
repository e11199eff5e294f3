"""Plans: the costs agree with every possible schedule on a few days, and each plan has its reasons."""

from __future__ import annotations

import datetime
import json
import time
from decimal import Decimal

import pytest

import designation as dsg
from model import plan as brute_force

CONTOSO = {"on": "2025-12-12", "type": "badge_awarded"}


def attained(on: str, *passes: tuple[str, str]) -> dsg.Partner:
    events = [dsg.Event(on=on, type="badge_awarded")]
    return dsg.Partner(
        id="p", events=[*events, *(dsg.Event(on=day, type=kind, outcome="pass") for kind, day in passes)]
    )


def costs(plans: dsg.Plans) -> list[tuple[int, int]]:
    return [(int(plan.fees), plan.lapsed_days) for plan in plans.front]


def test_the_front_is_the_best_of_every_schedule_on_a_few_days(capsys: pytest.CaptureFixture[str]) -> None:
    assert not brute_force.compare(300, seed=10), capsys.readouterr().out


def test_a_renewal_a_day_late_saves_a_csat_and_depends_on_two_interpretations() -> None:
    plans = dsg.plan(attained("2026-12-12"), as_of="2027-09-15", through="2028-12-31")
    assert costs(plans) == [(4700, 1), (5200, 0)]
    cheap, kept = plans.front
    assert cheap.readings == ("renewal_anchor", "after_anniversary")
    assert kept.readings == ()
    csat = [step for step in cheap.steps if step.type == "csat_evaluated"]
    assert [(step.on, step.valid_through) for step in csat] == [
        (datetime.date(2027, 12, 13), datetime.date(2028, 12, 12))
    ]
    assert plans.recommended == kept


def test_the_day_after_the_anniversary_does_not_help_if_it_is_a_leap_day() -> None:
    # 29 February 2028 is the day after; its CSAT pass would run out on 27 February 2029.
    plans = dsg.plan(attained("2027-02-28"), as_of="2027-12-01", through="2029-12-31")
    assert [lapsed for _, lapsed in costs(plans)] == [2, 0]


def test_each_step_has_its_actor_its_effect_and_its_latest_date() -> None:
    plans = dsg.plan(attained("2026-12-12"), as_of="2027-09-15", through="2027-12-31")
    (plan,) = plans.front
    days = {(str(step.on), str(step.latest)) for step in plan.steps}
    assert days == {("2027-10-13", "2027-12-12")}
    assert [(step.type, step.actor, step.then) for step in plan.steps] == [
        ("capability_evaluated", "issi", None),
        ("case_rate_determined", "issi", "microsoft"),
        ("csat_evaluated", "issi", None),
        ("renewal_approved", "microsoft", None),
    ]
    assert str(plan.steps[-1].expires_on) == str(plan.held_until) == "2028-12-12"
    assert plan.held_days == 454


def test_a_new_attempt_repeats_only_unmet_evaluations() -> None:
    partner = dsg.Partner(id="p", events=[dsg.Event(on="2026-06-01", type="csat_evaluated", outcome="pass")])
    planning = {"lead_days": {"capability": 20}, "blocked": [{"from": "2026-09-15", "through": "2026-09-16"}]}
    (plan,) = dsg.plan(partner, "2026-09-15", "2026-12-31", {"planning": planning}).front
    assert [(str(step.on), str(step.type)) for step in plan.steps] == [
        ("2026-09-17", "case_rate_determined"),
        ("2026-10-05", "capability_evaluated"),
        ("2026-10-05", "badge_awarded"),
    ]
    assert (str(plan.held_from), plan.fees) == ("2026-10-05", Decimal(2850))


def test_a_pass_that_expires_before_the_award_is_repeated() -> None:
    partner = dsg.Partner(id="p", events=[dsg.Event(on="2025-09-16", type="csat_evaluated", outcome="pass")])
    planning = {"lead_days": {"capability": 400}}
    (plan,) = dsg.plan(partner, "2026-09-15", "2026-12-31", {"planning": planning}).front
    last = plan.steps[-1].on
    assert plan.steps[-1].type == "badge_awarded"
    assert all(step.valid_through is None or step.valid_through >= last for step in plan.steps)
    assert {step.type for step in plan.steps} > {"csat_evaluated"}


def test_a_held_partner_with_nothing_to_renew_has_an_empty_plan() -> None:
    plans = dsg.plan(attained("2026-12-12"), as_of="2027-01-01", through="2027-12-11")
    assert costs(plans) == [(0, 0)]
    assert plans.recommended is not None
    assert plans.recommended.steps == ()
    assert "nothing to do" in str(plans)


def test_an_impossible_plan_names_only_the_constraints_that_matter() -> None:
    planning = {
        "lead_days": {"csat": 30, "performance": 500},
        "blocked": [{"from": "2020-01-01", "through": "2020-12-31"}],
        "budgets": [{"fiscal_year": 2028, "at_most": 10000}],
    }
    plans = dsg.plan(attained("2026-12-12"), "2027-09-15", "2028-12-31", {"planning": planning})
    assert plans.front == ()
    assert plans.recommended is None
    assert plans.impossible is not None
    assert plans.impossible.anniversary == datetime.date(2027, 12, 12)
    assert plans.impossible.constraints == ("/planning/lead_days/performance",)
    assert "/planning/lead_days/performance" in str(plans)


def test_a_budget_that_was_overspent_before_binds_only_a_plan_that_pays_in_that_year() -> None:
    partner = attained("2026-03-02", ("csat_evaluated", "2026-03-02"))
    spent = {"planning": {"budgets": [{"fiscal_year": 2026, "at_most": 0}]}}
    assert dsg.plan(partner, "2026-09-15", "2027-12-31", spent).front
    tight = {"planning": {"budgets": [{"fiscal_year": 2027, "at_most": 3349}]}}
    found = dsg.plan(partner, "2026-09-15", "2027-12-31", tight)
    assert found.impossible is not None
    assert found.impossible.constraints == ("/planning/budgets/0",)


def test_unknown_events_allow_no_plan_and_are_named() -> None:
    plans = dsg.plan(dsg.Partner(id="p"), as_of="2027-09-15")
    assert (plans.front, plans.impossible, plans.facts_needed) == ((), None, ("/events",))
    assert "events are not given" in str(plans)


def test_a_later_decision_moves_an_anniversary_past_the_horizon_under_the_other_anchor() -> None:
    policy = {"interpretations": {"renewal_anchor": "decision"}}
    plans = dsg.plan(attained("2026-12-12"), "2027-09-15", "2028-12-31", policy)
    assert costs(plans) == [(3350, 20), (5200, 0)]
    assert [plan.held_days for plan in plans.front] == [474, 819]


def test_plans_have_json_and_lines_of_80_columns() -> None:
    plans = dsg.plan(attained("2026-12-12"), as_of="2027-09-15", through="2031-12-31")
    document = json.loads(json.dumps(plans.to_dict()))
    assert document["recommended"] == document["front"][-1]
    assert document["front"][0]["steps"][0]["fee"] in (500, 1350, 1500)
    assert max(map(len, str(plans).splitlines())) <= 80


def test_a_span_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="must end on or after its first day"):
        dsg.plan(attained("2026-12-12"), as_of="2027-09-15", through="2027-09-14")


REPEATING = {
    "interpretations": {"pass_reference_day": "decision"},
    "fees": {"csat": [{"from": "2027-02-02", "amount": 550}]},
}


def test_a_repeat_is_recommended_only_if_it_saves_more_than_its_worth() -> None:
    kinds = ("capability_evaluated", "case_rate_determined", "csat_evaluated")
    partner = attained("2026-03-02", *((kind, "2026-03-02") for kind in kinds), ("csat_evaluated", "2026-12-01"))
    plans = dsg.plan(partner, "2027-02-01", "2028-12-31", REPEATING)
    assert plans.recommended == plans.front[-1]
    assert plans.recommended is not None
    assert [step.type for step in plans.recommended.steps if step.is_repeat] == ["csat_evaluated"]
    assert plans.without_repeats is not None
    assert (plans.recommended.repeats, plans.without_repeats.repeats, plans.saved_by_repeats) == (1, 0, Decimal(50))
    assert dsg.plan(partner, "2027-02-01", "2028-12-31", REPEATING, worth=50) == plans
    kept = dsg.plan(partner, "2027-02-01", "2028-12-31", REPEATING, worth=Decimal("50.01"))
    assert (kept.recommended, kept.without_repeats, kept.saved_by_repeats) == (plans.without_repeats, None, None)
    assert kept.front == plans.front
    document = plans.to_dict()
    assert document["recommended"]["repeats"] == 1
    assert (document["without_repeats"]["fees"] - document["recommended"]["fees"], document["saved_by_repeats"]) == (
        50,
        50,
    )
    assert dsg.budget(partner, "2027-02-01", "2028-12-31", REPEATING, worth=51).total == plans.without_repeats.fees


@pytest.mark.parametrize("worth", [-1, Decimal("0.00001"), Decimal("NaN"), 10**11, "much"])
def test_a_worth_that_is_not_an_amount_is_refused(worth: Decimal) -> None:
    with pytest.raises(ValueError, match="worth must be an amount of 0 or more with at most four decimal places, not"):
        dsg.plan(attained("2026-12-12"), "2027-09-15", worth=worth)


def test_a_plan_has_the_fees_of_other_prices_step_by_step() -> None:
    plan = dsg.plan(attained("2026-12-12"), as_of="2027-09-15", through="2027-12-31").recommended
    assert plan is not None
    repriced = dsg.reprice(plan, {"fees": {"csat": [{"from": "2027-10-13", "amount": 549.5}]}})
    assert (repriced.planned_fees, repriced.fees, repriced.currency) == (plan.fees, plan.fees + Decimal("49.5"), "USD")
    assert [(step.on, step.type, step.planned_fee) for step in repriced.steps] == [
        (step.on, step.type, step.fee) for step in plan.steps
    ]
    assert [step.fee - step.planned_fee for step in repriced.steps if step.type == "csat_evaluated"] == [
        Decimal("49.5")
    ]
    assert dsg.reprice(plan).fees == plan.fees


def test_a_step_has_the_last_day_that_leaves_room_for_a_second_try() -> None:
    def safe_days(**planning: object) -> list[tuple[int | None, str]]:
        (plan,) = dsg.plan(attained("2026-12-12"), "2027-09-15", "2027-12-31", {"planning": planning}).front
        return [(step.retry_days, str(step.safe_by)) for step in plan.steps if step.type == "csat_evaluated"]

    assert safe_days() == [(None, "None")]
    assert safe_days(retry_days={"csat": 30}) == [(30, "2027-11-12")]
    assert safe_days(retry_days={"csat": 61}) == [(61, "None")]
    blocked = [{"from": "2027-11-01", "through": "2027-11-20"}]
    assert safe_days(retry_days={"csat": 30}, blocked=blocked) == [(30, "2027-10-31")]


def test_a_plan_through_2199_takes_seconds() -> None:
    began = time.process_time()
    plans = dsg.plan(attained("2025-12-12"), "2026-09-15", through="2199-12-31")
    assert time.process_time() - began < 5
    assert len(plans.front) > 80
    assert plans.front[-1].lapsed_days == 0
