"""Every conformance case is answered as expected, key by key; an assessment may carry more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import designation as dsg

FILES = sorted((Path(__file__).parents[1] / "conformance").glob("*.json"))
CASES = [case for path in FILES for case in json.loads(path.read_text("utf-8"))["cases"]]


def differences(expected: Any, actual: Any, path: str = "") -> Iterator[str]:
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
def test_a_case_is_answered_as_expected(case: dict[str, Any]) -> None:
    answer = dsg.assess(dsg.parse_partner(case["partner"]), as_of=case["as_of"], policy=case["policy"])
    assert list(differences(case["expected"], answer.to_dict())) == []
    assert list(differences(case["expected"], json.loads(answer.to_json()))) == []


def test_both_given_files_are_there() -> None:
    assert [path.name for path in FILES] == ["generated.json", "named.json"]
    assert len(CASES) >= 402
