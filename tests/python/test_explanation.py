"""An explanation agrees with the assessment, expands to facts in the document, and names missing facts."""

from __future__ import annotations

import copy
import json
import pickle
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

import designation as dsg
from model.generator import generate

Json = Any

EXAMPLES = Path(dsg.__file__).parent / "examples"
AS_OF = "2026-09-15"
BOOKS = {edition: dsg.rulebooks.load(edition).to_dict() for edition in dsg.rulebooks.editions()}
RULES = sorted(BOOKS["2025-11"]["rules"])
RANK = {"unmet": 0, "unknown": 1, "met": 2}
LISTS = ("csp_authorizations", "support_contracts", "solutions_partner_designations", "events")
RENEWALS = {"SSD-R2": "performance", "SSD-R3": "capability", "SSD-R4": "csat"}
VERDICTS = re.compile(r".*/verdict$|/term/in_force|/eligibility/prerequisites/|/benefits/")
COUNT = 600


def assessed(name: str, as_of: str = AS_OF, **options: Any) -> dsg.Assessment:
    return dsg.assess(dsg.load(EXAMPLES / f"{name}.json"), as_of=as_of, **options)


def random_assessments(count: int = COUNT) -> Iterator[tuple[Json, dsg.Assessment]]:
    for number in range(count):
        case = generate(Random(f"explained/{number}"))
        partner = dsg.parse_partner(case["partner"])
        yield case, dsg.assess(partner, case["as_of"], case["policy"])


def nodes(node: Json) -> Iterator[Json]:
    yield node
    for child in node["children"]:
        yield from nodes(child)


def value_at(document: Json, pointer: str) -> Json:
    for part in pointer.split("/")[1:]:
        document = document[int(part)] if isinstance(document, list) else document[part]
    return document


def trees_of(assessment: dsg.Assessment) -> Iterator[Json]:
    for rule in RULES:
        yield assessment.explain(rule).to_dict()
    for finding in assessment.findings:
        yield assessment.explain(finding).to_dict()


def test_every_verdict_in_every_tree_is_that_of_the_assessment() -> None:
    reached = set()
    for case, assessment in random_assessments():
        answers = json.loads(assessment.to_json())
        for tree in trees_of(assessment):
            for node in nodes(tree):
                if "path" in node:
                    answer = value_at(answers, node["path"])
                    shown = node["verdict"] if VERDICTS.match(node["path"]) else node.get("value")
                    assert shown == answer, (case, node["path"])
                    reached.add((node["path"].strip("/").split("/")[0], str(node["verdict"])))
    assert {("term", verdict) for verdict in RANK} <= reached
    assert {("renewal", "met"), ("benefits", "unknown"), ("fees", "None"), ("findings", "None")} <= reached


def test_a_verdict_is_the_kleene_and_of_its_requirements() -> None:
    for case, assessment in random_assessments():
        for tree in trees_of(assessment):
            for node in nodes(tree):
                counting = [child["verdict"] for child in node["children"] if child["counts"]]
                if node["verdict"] is not None and counting:
                    assert node["verdict"] == min(counting, key=RANK.__getitem__), (case, node["rule"])
                else:
                    assert counting == [], (case, node["rule"])


def test_facts_point_to_their_location_in_the_document() -> None:
    for case, assessment in random_assessments():
        document = assessment.partner.to_dict()
        for tree in trees_of(assessment):
            for fact in (fact for node in nodes(tree) for fact in node["facts"]):
                if fact["pointer"].startswith("/availability/"):
                    assert fact["value"] is None
                    continue
                if fact["value"] is None:
                    assert fact["pointer"][1:] not in document
                    continue
                there = value_at(document, fact["pointer"])
                assert there == [] == fact["value"] or fact["value"].items() <= there.items(), case
                assert isinstance(there, list) or there.get("on", case["as_of"]) <= case["as_of"]


def test_incurred_fees_are_listed_event_by_event_and_add_up() -> None:
    counts = 0
    for _, assessment in random_assessments(200):
        tree = assessment.explain("SSD-F3").to_dict()
        fees = [Decimal(str(fact["fee"])) for fact in tree["facts"] if fact["value"] is not None]
        assert sum(fees) == Decimal(str(tree.get("value", 0)))
        counts += len(fees)
    assert counts > 200
    assert "2025-12-02 capability_evaluated pass, 1,500 USD" in str(assessed("contoso").explain("SSD-F3"))


def test_only_an_unmet_rule_says_why() -> None:
    for _, assessment in random_assessments():
        for rule in RULES:
            explanation = assessment.explain(rule)
            assert (explanation.why_not is None) == (explanation.verdict in ("met", None))
            for node in nodes(explanation.to_dict()):
                assert node["remedy"] is None or node["verdict"] == "unmet"
                failing = node["verdict"] in ("unmet", "unknown")
                assert not failing or node["children"] or "shortfall" in node
                if node["rule"] in RENEWALS and assessment.renewal is not None:
                    missing = RENEWALS[node["rule"]] in assessment.renewal.missing
                    assert (node["verdict"] == "unmet") == missing


def test_the_facts_needed_decide_an_unknown_verdict() -> None:
    settled = 0
    for case, assessment in random_assessments():
        needed = {pointer for rule in RULES for pointer in assessment.explain(rule).facts_needed}
        lists = {pointer[1:] for pointer in needed} & set(LISTS)
        assert lists == {name for name in LISTS if case["partner"].get(name) is None}
        if not needed:
            continue
        partner, policy = copy.deepcopy(case["partner"]), copy.deepcopy(case["policy"] or {})
        for pointer in needed:
            part = pointer.split("/")
            if part[1] in LISTS:
                partner[part[1]] = []
            else:
                policy["availability"] = policy.get("availability") or {}
                policy["availability"].setdefault(part[2], {})["available_from"] = case["as_of"]
        after = dsg.assess(dsg.parse_partner(partner), case["as_of"], policy)
        benefits = {name: verdict for name, verdict in after.benefits.items() if name != "early_adoption_discount"}
        verdicts = [after.term.in_force, after.eligibility.verdict, *after.eligibility.prerequisites.values()]
        assert "unknown" not in [*verdicts, *benefits.values()], (case, needed)
        settled += 1
    assert settled > 100


def test_titles_and_citations_come_from_the_rulebook() -> None:
    for edition, book in BOOKS.items():
        assessment = assessed("contoso", policy={"edition": edition})
        for rule in RULES:
            explanation = assessment.explain(rule)
            words, source = book["rules"][rule], book["rules"][rule]["citations"][0]
            assert explanation.title == words["title"]
            cited = {**book["sources"][source["source"]]}
            cited |= {"section": source["section"]} if "section" in source else {}
            assert explanation.citation == {key: cited[key] for key in cited if cited[key] is not None}


def test_why_not_states_the_rule_what_was_found_what_is_required_and_the_first_possible_day() -> None:
    partner = {
        "id": "p",
        "csp_authorizations": [{"type": "indirect_reseller", "from": "2024-01-01"}],
        "support_contracts": [{"type": "asfp", "from": "2026-10-01"}],
    }
    eligibility = dsg.assess(dsg.parse_partner(partner), AS_OF).explain("SSD-P")
    assert eligibility.why_not == (
        "SSD-P1 CSP authorization is not met: indirect_reseller from 2024-01-01 (/csp_authorizations/0); "
        "required: direct_bill or distributor in force on 2026-09-15; possible from 2026-09-15"
    )
    assert eligibility.children[1].why_not == (
        "SSD-P2 Active support contract is not met: asfp from 2026-10-01 (/support_contracts/0); "
        "required: asfp or psfp or ufp in force on 2026-09-15; possible from 2026-10-01"
    )
    assert eligibility.facts_needed == ["/solutions_partner_designations"]
    northwind = assessed("northwind-traders").explain()
    assert str(northwind.why_not).startswith(
        "SSD-R2 Performance re-established is not met: case_rate_determined pass on "
    )


def test_a_contract_waits_for_a_fact_of_the_policy() -> None:
    partner = dsg.parse_partner({"id": "p", "support_contracts": [{"type": "ufp", "from": "2026-01-01"}]})
    early = dsg.assess(partner, "2026-06-30").explain("SSD-P2")
    assert early.verdict == "unmet"
    assert early.facts_needed == []
    assert str(early.why_not).endswith("possible from 2026-07-01")
    later = dsg.assess(partner, AS_OF).explain("SSD-P2")
    assert later.verdict == "unknown"
    assert later.facts_needed == ["/availability/unified_for_partners/available_from"]


def test_the_prerequisites_count_if_a_lapse_suspends() -> None:
    flagged = assessed("humongous-insurance").explain()
    suspended = assessed("humongous-insurance", policy={"interpretations": {"prerequisite_lapse": "suspend"}}).explain()
    assert [flagged.verdict, suspended.verdict] == ["met", "unmet"]
    assert [node.counts for node in flagged.children] == [True, True, False]
    assert [node.counts for node in suspended.children] == [True, True, True]
    assert str(suspended.why_not).startswith("SSD-P2 ")


def test_limited_places_are_not_a_fact_that_a_user_can_supply() -> None:
    discount = assessed("contoso").explain("SSD-B5")
    assert discount.verdict == "unknown"
    assert discount.facts_needed == []


def test_a_finding_expands_to_its_event_and_the_situation_on_its_date() -> None:
    assessment = assessed("northwind-traders")
    (finding,) = assessment.findings
    explanation = assessment.explain(finding)
    assert explanation.rule == "SSD-A"
    assert explanation.facts == [{"pointer": "/events/6", "value": {"on": "2025-09-01", "type": "badge_awarded"}}]
    assert [(node.rule, node.verdict) for node in explanation.children] == [("SSD-A", "unmet")]
    with pytest.raises(ValueError, match="must be one of the assessment's findings"):
        assessed("contoso").explain(finding)


def test_an_explanation_is_a_value() -> None:
    explanation = assessed("northwind-traders").explain()
    again = assessed("northwind-traders").explain()
    assert explanation == again != explanation.children[0]
    assert hash(explanation) == hash(again)
    assert copy.deepcopy(explanation) == explanation
    assert pickle.loads(pickle.dumps(explanation)) == explanation
    inner = explanation.children[1].children[0]
    del explanation, again
    assert pickle.loads(pickle.dumps(inner)) == inner
    assert repr(inner) == "<Explanation SSD-T4 Renewal: unmet>"
    assert inner.to_dict() == json.loads(inner.to_json())
    for finding in assessed("northwind-traders").findings:
        of_it = assessed("northwind-traders").explain(finding)
        assert pickle.loads(pickle.dumps(of_it)) == of_it


def test_a_missing_child_is_an_error() -> None:
    with pytest.raises(ValueError, match="no child at this path"):
        dsg._core.explain(assessed("contoso"), "SSD-T7", [99])


@pytest.mark.parametrize("of", ["", "SSD-X", "in_force", "SSD-T7\0"])
def test_an_unknown_rule_is_refused(of: str) -> None:
    with pytest.raises(ValueError, match="unknown rule id"):
        assessed("contoso").explain(of)


def test_an_unknown_finding_is_refused() -> None:
    with pytest.raises(TypeError, match="must be a rule's id or a finding, not int"):
        assessed("contoso").explain(7)  # type: ignore[arg-type]


def test_every_explanation_fits_in_80_columns() -> None:
    for _, assessment in random_assessments(60):
        for rule in RULES:
            lines = str(assessment.explain(rule)).split("\n")
            assert [line for line in lines if len(line) > 80 or line != line.rstrip()] == []
