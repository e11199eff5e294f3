"""The package agrees with the reference model, which shares no code with it, on histories that reach every rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from itertools import pairwise, product
from random import Random
from typing import Any

import pytest

from conformance.cases import all_cases
from model.differential import compare, differing, package
from model.generator import READINGS, generate
from model.rules import assess

Json = dict[str, Any]

SEED, COUNT, PROCESSES = 20251118, 20_000, 2

VERDICTS = ("met", "unmet", "unknown")
STATUSES = ("not_attained", "active", "renewal_open", "renewal_overdue", "expired", "unknown")
PREREQUISITES = ("csp_authorization", "support_contract", "solutions_partner")
EVALUATIONS = {"capability": "capability_evaluated", "performance": "case_rate_determined", "csat": "csat_evaluated"}
LISTS = ("csp_authorizations", "support_contracts", "solutions_partner_designations", "events")
BENEFITS = ("badge", "marketplace_visibility", "elevated_support", "performance_credits")
BUNDLED = ("elevated_support", "performance_credits")
KEYS = (*BENEFITS, "unified_for_partners")
MEMBERS = ("not_before", "announced_by", "available_from")
LAUNCHES = ("2025-11-18", "2026-01-01", "2026-07-01", "2027-01-01", "2027-07-01")
STEPS = {
    "2025-11": "register_interest/partner eligibility_validation/microsoft eligibility_validation/partner "
    "capability/issi performance/issi performance/microsoft csat/issi award/microsoft",
    "2026-04": "register_interest/partner performance/issi performance/microsoft csat/issi capability/issi "
    "award/microsoft",
}
STEPS["2026-09"] = STEPS["2026-04"]
FINDINGS = (
    "registered_without_prerequisites eligibility_differs step_out_of_order award_before_launch "
    "award_without_capability award_without_performance award_without_csat renewal_unready award_while_held "
    "renewal_outside_window renewal_gap prerequisite_lapsed"
)


def promises() -> Iterator[str]:
    """Return the situations that the histories must reach."""
    yield "finding award_without_eligibility in 2025-11"
    for edition, steps in STEPS.items():
        yield from (f"edition {edition} {how}" for how in ("given", "by default") if edition in ("2025-11", how))
        yield from (f"step {step} in {edition}" for step in steps.split())
        yield from (f"finding {code} in {edition}" for code in FINDINGS.split())
        yield from (f"missing {evaluation} in {edition}" for evaluation in EVALUATIONS)
    yield from (f"status {status}" for status in STATUSES)
    for what in ("in_force", "eligibility", "renewal", *PREREQUISITES, *EVALUATIONS, *BENEFITS):
        yield from (f"{what} {verdict}" for verdict in VERDICTS)
    yield from ("early_adoption_discount unmet", "early_adoption_discount unknown", "at_risk", "due")
    yield from (f"{name}: {reading}" for name, both in READINGS.items() for reading in (*both, None, "absent"))
    yield from (
        "no policy",
        "no readings",
        "fees in cents",
        "fee from the day of an evaluation",
        "fee from the day after",
    )
    yield from (f"{name} {what}" for name in LISTS for what in ("absent", "null", "empty"))
    yield from ("events shuffled", "two outcomes on one day", "three attempts", "two renewals within a week")
    yield from (f"as_of {days} days from the anniversary" for days in (-61, -60, -1, 0, 30, 31))
    yield from (f"renewal {days} days from the first anniversary" for days in (-61, -60, -1, 0, 1, 30, 31))
    yield from (f"as_of {days} days after the end of a pass" for days in (0, 1))
    yield from (f"as_of {days} days after an event" for days in (-1, 0, 1))
    yield from (f"as_of {days} days after the start of a record" for days in (-1, 0))
    yield from (f"as_of {days} days after the end of a record" for days in (0, 1))
    yield from (f"as_of {days} days after {launch}" for days in (-1, 0) for launch in LAUNCHES)
    yield from (f"{what} on 29 February" for what in ("attained", "passed", "renewed", "as_of"))
    yield from (f"attained on 29 February {year}" for year in (1904, 2028, 2096))
    yield from (f"as_of in {year}" for year in (1900, 2100, 2199))
    yield from (f"{key} {member} {how}" for key in KEYS for member in MEMBERS for how in ("null", "given"))
    yield from (f"{key} {how}" for key in BUNDLED for how in ("as unified_for_partners", "kept by an empty object"))


def days_between(earlier: str, later: str) -> int:
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def policy_features(policy: Json | None) -> Iterator[str]:
    if policy is None:
        yield "no policy"
        return
    readings = policy.get("interpretations")
    if readings is None:
        yield "no readings"
    else:
        yield from (f"{name}: {readings.get(name, 'absent')}" for name in READINGS)
        yield "readings " + "".join(str(both.index(readings.get(name) or both[0])) for name, both in READINGS.items())
    announced = policy.get("availability") or {}
    for key, members in announced.items():
        yield from (f"{key} {member} {'null' if day is None else 'given'}" for member, day in members.items())
    if announced.get("unified_for_partners"):
        yield from (f"{key} as unified_for_partners" for key in BUNDLED if key not in announced)
        yield from (f"{key} kept by an empty object" for key in BUNDLED if announced.get(key) == {})


def history_features(partner: Json, as_of: str, policy: Json | None) -> Iterator[str]:
    for name in LISTS:
        if not partner.get(name):
            yield f"{name} " + ("absent" if name not in partner else "null" if partner[name] is None else "empty")
    events = partner.get("events") or []
    used = [event for event in events if event["on"] <= as_of]
    if events != sorted(events, key=lambda event: event["on"]):
        yield "events shuffled"
    outcomes = {(event["on"], event["type"], event.get("outcome")) for event in used if "outcome" in event}
    if len(outcomes) > len({(on, kind) for on, kind, _ in outcomes}):
        yield "two outcomes on one day"
    if sum(event["type"] == "interest_registered" for event in used) >= 3:
        yield "three attempts"
    renewals = sorted(event["on"] for event in used if event["type"] == "renewal_approved")
    if any(days_between(first, second) <= 7 for first, second in pairwise(renewals)):
        yield "two renewals within a week"
    if any(on.endswith("02-29") for on in renewals):
        yield "renewed on 29 February"
    yield from {f"as_of {days_between(event['on'], as_of)} days after an event" for event in events}
    awards = [event["on"] for event in used if event["type"] == "badge_awarded"]
    if awards and not min(awards).endswith("02-29"):
        anniversary = f"{int(min(awards)[:4]) + 1}{min(awards)[4:]}"
        yield from {f"renewal {days_between(anniversary, on)} days from the first anniversary" for on in renewals}
    for row in (row for name in LISTS[:3] for row in partner.get(name) or []):
        yield f"as_of {days_between(row['from'], as_of)} days after the start of a record"
        if row.get("through"):
            yield f"as_of {days_between(row['through'], as_of)} days after the end of a record"
    for evaluation, rows in ((policy or {}).get("fees") or {}).items():
        taken = {event["on"] for event in used if event["type"] == EVALUATIONS[evaluation]}
        gaps = {days_between(on, row["from"]) for row in rows for on in taken}
        yield from ["fee from the day of an evaluation"] * (0 in gaps) + ["fee from the day after"] * (1 in gaps)


def answer_features(answer: Json, policy: Json | None) -> Iterator[str]:
    edition, as_of, term = answer["edition"], answer["as_of"], answer["term"]
    yield f"edition {edition} " + ("given" if (policy or {}).get("edition") else "by default")
    yield f"step {answer['journey']['step']}/{answer['journey']['waiting_on']} in {edition}"
    yield from {f"finding {finding['code']} in {edition}" for finding in answer["findings"]}
    yield f"status {term['status']}"
    yield f"in_force {term['in_force']}"
    yield f"eligibility {answer['eligibility']['verdict']}"
    verdicts = answer["eligibility"]["prerequisites"] | answer["benefits"]
    yield from (f"{name} {verdict}" for name, verdict in verdicts.items())
    for name, evaluation in answer["evaluations"].items():
        yield f"{name} {evaluation['verdict']}"
        if evaluation["passed_on"]:
            yield f"as_of {days_between(evaluation['valid_through'], as_of)} days after the end of a pass"
            yield "passed on " + ("29 February" if evaluation["passed_on"].endswith("02-29") else "another day")
    if answer["renewal"]:
        yield f"renewal {answer['renewal']['verdict']}"
        yield from (f"missing {evaluation} in {edition}" for evaluation in answer["renewal"]["missing"])
    if term["expires_on"]:
        yield f"as_of {days_between(term['expires_on'], as_of)} days from the anniversary"
        if term["attained_on"].endswith("02-29"):
            yield from ("attained on 29 February", f"attained on 29 February {term['attained_on'][:4]}")
    yield from ["at_risk"] * term["at_risk"] + ["due"] * bool(answer["fees"]["due"])
    yield from ["fees in cents"] * isinstance(answer["fees"]["incurred"], float)
    yield from ["as_of on 29 February"] * as_of.endswith("02-29")
    yield f"as_of in {as_of[:4]}"
    yield from (f"as_of {days_between(launch, as_of)} days after {launch}" for launch in LAUNCHES)


def survey(start: int, count: int) -> tuple[Json | None, Counter[str]]:
    seen: Counter[str] = Counter()

    def recording(partner: Json, as_of: str, policy: Json | None) -> Json:
        answer = package(partner, as_of, policy)
        seen.update(policy_features(policy))
        seen.update(set(history_features(partner, as_of, policy)))
        seen.update(set(answer_features(answer, policy)))
        return answer

    return compare(count, SEED, recording, start), seen


@pytest.fixture(scope="module")
def surveys() -> list[tuple[Json | None, Counter[str]]]:
    share = COUNT // PROCESSES
    with ProcessPoolExecutor(PROCESSES) as pool:
        return list(pool.map(survey, range(0, COUNT, share), [share] * PROCESSES))


def test_the_package_agrees_with_the_model_on_twenty_thousand_histories(
    surveys: list[tuple[Json | None, Counter[str]]],
) -> None:
    assert [found for found, _ in surveys] == [None] * PROCESSES


def test_the_histories_reach_every_listed_situation(surveys: list[tuple[Json | None, Counter[str]]]) -> None:
    seen = sum((counter for _, counter in surveys), Counter[str]())
    assert {promise: seen[promise] for promise in promises() if seen[promise] < 20} == {}


def test_the_histories_cover_every_combination_of_readings(
    surveys: list[tuple[Json | None, Counter[str]]],
) -> None:
    seen = sum((counter for _, counter in surveys), Counter[str]())
    names = ["readings " + "".join(choice) for choice in product("01", repeat=len(READINGS))]
    assert {name: seen[name] for name in names if seen[name] < 5} == {}


def test_a_seed_always_gives_the_same_histories() -> None:
    assert [generate(Random(f"7/{i}")) for i in range(50)] == [generate(Random(f"7/{i}")) for i in range(50)]


def test_the_model_passes_the_conformance_cases() -> None:
    cases = all_cases()
    answers = {case["name"]: assess(case["partner"], case["as_of"], case["policy"]) for case in cases}
    assert {case["name"]: differing(case["expected"], answers[case["name"]]) for case in cases} == {
        case["name"]: {} for case in cases
    }


def test_a_planted_error_is_found_and_shrunk(capsys: pytest.CaptureFixture[str]) -> None:
    def with_error(partner: Json, as_of: str, policy: Json | None) -> Json:
        answer = package(partner, as_of, policy)
        if answer["term"]["renewal_closes_on"] == as_of:
            answer["term"]["status"] = "expired"
        return answer

    found = compare(COUNT, SEED, with_error)
    assert found is not None
    assert found["partner"].keys() == {"id", "events"}
    assert len(found["partner"]["events"]) <= 2
    assert found["policy"] is None
    assert found["expected"]["term"]["status"] == "renewal_overdue"
    printed = capsys.readouterr().out
    assert printed.startswith('{\n  "name": "differential seed')
    assert "/term/status: expected 'renewal_overdue', got 'expired'" in printed


def test_a_planted_refusal_is_found_and_shrunk(capsys: pytest.CaptureFixture[str]) -> None:
    def with_error(partner: Json, as_of: str, policy: Json | None) -> Json:
        if ((policy or {}).get("availability") or {}).get("badge") == {}:
            raise ValueError("an empty object")
        return package(partner, as_of, policy)

    found = compare(COUNT, SEED, with_error)
    assert found is not None
    assert found["policy"] == {"availability": {"badge": {}}}
    assert found["partner"].keys() == {"id"}
    assert "ValueError: expected None, got 'an empty object'" in capsys.readouterr().out


def test_extra_members_of_the_package_are_not_a_difference() -> None:
    def with_extra_members(partner: Json, as_of: str, policy: Json | None) -> Json:
        answer = package(partner, as_of, policy) | {"actions": []}
        answer["term"]["rule"] = "SSD-T6"
        answer["findings"] = [finding | {"words": "why"} for finding in answer["findings"]]
        return answer

    assert compare(100, SEED, with_extra_members) is None


@pytest.mark.parametrize(
    ("ours", "theirs", "paths"),
    [
        ({"a": None}, {}, {"/a"}),
        ({"a": 1850}, {"a": 1850.0}, {"/a"}),
        ({"a": False}, {"a": 0}, {"/a"}),
        ({"a": ["x"]}, {"a": ["x", "y"]}, {"/a"}),
        ({"a": ["x", "y"]}, {"a": ["y", "x"]}, {"/a"}),
        ({"a": {"b": "met", "c": "met"}}, {"a": {"b": "met", "c": "unmet"}}, {"/a/c"}),
    ],
)
def test_a_difference_has_a_path(ours: Json, theirs: Json, paths: set[str]) -> None:
    assert differing(ours, theirs).keys() == paths
