"""Properties of every partner, on histories that Hypothesis draws and shrinks."""

from __future__ import annotations

import concurrent.futures
import json
import pathlib
import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import designation as dsg
from model.generator import generate

LISTS = ("csp_authorizations", "support_contracts", "solutions_partner_designations", "events")

cases = st.randoms(use_true_random=False).map(generate)
many = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


def assess_case(case: dict[str, Any], **changes: Any) -> dict[str, Any]:
    partner = dsg.parse_partner({**case["partner"], **changes})
    return dsg.assess(partner, as_of=case["as_of"], policy=case["policy"]).to_dict()


def verdicts(assess_case: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(assess_case, dict):
        for key, value in assess_case.items():
            yield from verdicts(value, f"{path}/{key}")
    elif assess_case in ("met", "unmet", "unknown"):
        yield path, assess_case


def without_later_facts(case: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return the assessment without the note of facts that do not count yet, which has their number and place."""
    return {key: value for key, value in assess_case(case, **changes).items() if key not in {"facts_after", "warnings"}}


@given(cases, st.randoms(use_true_random=False))
@many
def test_the_order_of_events_matters_only_within_one_type_on_one_day(case: dict[str, Any], rng: random.Random) -> None:
    events = case["partner"].get("events") or []
    places = list(range(len(events)))
    rng.shuffle(places)
    shuffled = [events[place] for place in places]
    queues: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for event in events:
        queues.setdefault((event["on"], event["type"]), []).append(event)
    reordered = [queues[event["on"], event["type"]].pop(0) for event in shuffled]
    changes = {"events": reordered} if events else {}
    assert without_later_facts(case, **changes) == without_later_facts(case)


@given(cases, cases, st.sampled_from(LISTS))
@many
def test_a_decided_verdict_stays_when_an_unknown_list_becomes_known(
    case: dict[str, Any], other: dict[str, Any], name: str
) -> None:
    undecided = dict(verdicts(assess_case(case, **{name: None})))
    lists: list[Any] = [case["partner"].get(name), other["partner"].get(name), []]
    for known in lists:
        decided = dict(verdicts(assess_case(case, **{name: known})))
        for path, verdict in undecided.items():
            if verdict != "unknown" and path in decided:
                assert decided[path] == verdict, path


@given(cases)
@many
def test_text_dict_and_written_document_give_the_same_partner(case: dict[str, Any]) -> None:
    document = case["partner"]
    partner = dsg.parse_partner(document)
    assert dsg.parse_partner(json.dumps(document)) == partner
    assert dsg.parse_partner(partner.to_json()) == partner
    assert dsg.parse_partner(partner.to_dict()) == partner
    assert json.loads(partner.to_json()) == partner.to_dict()


@given(cases)
@many
def test_to_json_and_to_dict_are_equal(case: dict[str, Any]) -> None:
    assessment = dsg.assess(dsg.parse_partner(case["partner"]), as_of=case["as_of"], policy=case["policy"])
    assert json.loads(assessment.to_json()) == assessment.to_dict()


@given(cases)
@many
def test_events_after_the_date_do_not_matter(case: dict[str, Any]) -> None:
    events = case["partner"].get("events")
    past = [event for event in events if event["on"] <= case["as_of"]] if events is not None else None
    assert without_later_facts(case, events=past) == without_later_facts(case)


@pytest.mark.filterwarnings("ignore:.* is more than 20 years after")
def test_a_file_and_its_dict_give_the_same_partner(tmp_path: pathlib.Path) -> None:
    for seed in range(50):
        document = generate(random.Random(seed))["partner"]
        path = tmp_path / "partner.json"
        path.write_text(json.dumps(document, indent=1), encoding="utf-8")
        assert dsg.load(path) == dsg.parse_partner(document)


@pytest.mark.parametrize("threads", [2, 8])
def test_threads_give_the_same_assessments(threads: int) -> None:
    drawn = [generate(random.Random(seed)) for seed in range(500)]
    alone = [assess_case(case) for case in drawn]
    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        assert list(pool.map(assess_case, drawn)) == alone
