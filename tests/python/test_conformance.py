"""Every conformance case is assessed as expected, and every named case is a file in the standard form."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import designation as dsg
from conformance.cases import NAMED, Case, all_cases, format_case, slug
from support.golden import check_golden

CASES = all_cases()
FILES = sorted(NAMED.iterdir())


def differences(expected: Any, actual: Any, path: str = "") -> Iterator[str]:
    """Compare the keys that a case expects; an assessment may hold more."""
    if not isinstance(expected, dict):
        if actual != expected or type(actual) is not type(expected):
            yield f"{path}: {actual!r}, expected {expected!r}"
        return
    for key, value in expected.items():
        if key in actual:
            yield from differences(value, actual[key], f"{path}/{key}")
        else:
            yield f"{path}/{key} is missing"


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_case_is_assessed_as_expected(case: Case) -> None:
    assessment = dsg.assess(dsg.parse_partner(case["partner"]), as_of=case["as_of"], policy=case["policy"])
    assert list(differences(case["expected"], assessment.to_dict())) == []
    assert list(differences(case["expected"], json.loads(assessment.to_json()))) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_named_case_is_a_file_of_its_name_in_the_standard_form(path: Path) -> None:
    case = json.loads(path.read_text("utf-8"))
    assert path.name == f"{slug(case['name'])}.json"
    assert list(case) == ["name", "partner", "as_of", "policy", "expected"]
    check_golden(path, format_case(case))


def test_no_case_is_lost() -> None:
    assert len(FILES) >= 152
    assert len(CASES) >= 402
