"""Some case notices each change of a number, date, order, or flag of a rulebook."""

from __future__ import annotations

import copy
import functools
import json
import pathlib
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

import designation as dsg
from conformance.cases import all_cases
from model.generator import generate
from support.rulebook_mutations import PARAMETERS, mutations

Json = Any

# Parameters that no assessment reads, and the test of this file that covers them.
HELD_ELSEWHERE = {
    "/fiscal_year/first_month": "test_parameters_that_no_assessment_reads_have_their_values",
    "/benefits/performance_credits/percent": "test_parameters_that_no_assessment_reads_have_their_values",
}


def mutants() -> Iterator[Any]:
    for edition in dsg.rulebooks.editions():
        book = dsg.rulebooks.load(edition).to_dict()
        book.pop("extends", None)
        for section in PARAMETERS:
            for where, mutated in mutations(book[section], f"/{section}"):
                yield pytest.param(edition, where, {**book, section: mutated}, id=f"{edition} {where}")


@functools.cache
def cases() -> list[Json]:
    return handmade_cases() + all_cases() + [generate(Random(seed)) for seed in range(6000)]


def handmade_cases() -> list[Json]:
    """Return cases that random histories rarely reach."""
    award = {"on": "2025-11-17", "type": "badge_awarded"}
    psfp = {"type": "psfp", "from": "2025-01-01", "annual_value": {"amount": 1000, "currency": "USD"}}
    nothing_from = {"availability": {"badge": {"available_from": None}}}
    shown = []
    for day in ("2025-11-16", "2025-11-17", "2025-11-18", "2025-11-19"):
        partner = {"id": "launch", "events": [{**award, "on": day}], "support_contracts": [psfp]}
        shown += [{"partner": partner, "as_of": day, "policy": policy} for policy in (None, nothing_from)]
    return shown


@functools.cache
def answers(edition: str) -> list[tuple[Json, dsg.Partner, Json]]:
    """Return the cases of an edition with their assessments under the unchanged rulebook."""
    answered = []
    for case in cases():
        policy = copy.deepcopy(case["policy"]) or {}
        if policy.setdefault("edition", "2025-11") != edition:
            if case["policy"] and "edition" in case["policy"]:
                continue
            policy["edition"] = edition
        partner = dsg.parse_partner(case["partner"])
        answered.append(({**case, "policy": policy}, partner, assessment_of(partner, case["as_of"], policy, None)))
    return answered


def assessment_of(partner: dsg.Partner, as_of: str, policy: Json, rulebook: dsg.Rulebook | None) -> Json:
    answer = dsg.assess(partner, as_of, policy, rulebook).to_dict()
    del answer["provenance"]
    return answer


def is_noticed(edition: str, rulebook: dsg.Rulebook) -> bool:
    for case, partner, answer in answers(edition):
        try:
            if assessment_of(partner, case["as_of"], case["policy"], rulebook) != answer:
                return True
        except dsg.InputError:
            return True
    return False


@pytest.mark.parametrize(("edition", "where", "book"), list(mutants()))
def test_a_changed_rulebook_is_noticed(edition: str, where: str, book: Json, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "mutant.json"
    path.write_text(json.dumps(book), encoding="utf-8")
    try:
        rulebook = dsg.rulebooks.load(path)
    except dsg.InputError:
        return  # refused is noticed
    assert is_noticed(edition, rulebook) or where.split(" ", maxsplit=1)[0] in HELD_ELSEWHERE


def test_parameters_that_no_assessment_reads_have_their_values() -> None:
    launch, later = (dsg.rulebooks.load(edition).to_dict() for edition in dsg.rulebooks.editions()[:2])
    assert launch["fiscal_year"] == later["fiscal_year"] == {"first_month": 7}
    assert "percent" not in launch["benefits"]["performance_credits"]
    assert later["benefits"]["performance_credits"]["percent"] == 40
