"""docs/mcdc.md has each clause of each compound condition of the rules, and names tests that are there."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def script() -> ModuleType:
    path = str(ROOT / "scripts" / "mutate")
    spec = importlib.util.spec_from_loader("mutate", importlib.machinery.SourceFileLoader("mutate", path))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["mutate"] = module  # a NamedTuple with annotations as text looks for it there
    spec.loader.exec_module(module)
    return module


MUTATE = script()
ROWS = [
    tuple(cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1])
    for line in MUTATE.MCDC.read_text("utf-8").splitlines()
    if line.startswith("| `")
]


def test_no_clause_of_a_rule_is_left_out() -> None:
    rows = (each.row for each in MUTATE.clauses_of(MUTATE.FAMILIES))
    asked = {(f"`{family}`", f"`{clause}`") for family, clause, _ in rows}
    assert {(family, clause.replace("\\|", "|")) for family, clause, *_ in ROWS} == asked
    assert len(asked) > 60


def test_each_clause_is_held_by_tests_that_are_there_or_its_freedom_is_argued() -> None:
    sources = [path.read_text("utf-8") for path in (ROOT / "tests" / "cpp").glob("test_*.cpp")]
    cases = set(re.findall(r'TEST_CASE\(\s*"((?:[^"\\]|\\.)*)"', "\n".join(sources)))
    argued = set(MUTATE.argued().values())
    for row in ROWS:
        for test in row[2:]:
            assert test in cases or test.removeprefix("none: ") in argued, row


def test_what_is_argued_is_a_change_of_the_rules_as_they_are() -> None:
    changes = {each.row for family in MUTATE.FAMILIES for each in MUTATE.changes(family)}
    assert set(MUTATE.argued()) <= changes


def test_the_conditions_are_found_in_whatever_shape(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "bool f() {\n    return a(x, y) &&\n           (!b || c[1] > d) ? e : f;\n}\n"
    monkeypatch.setattr(MUTATE, "code_of", lambda _: text)
    assert {text[each.begin : each.end] for each in MUTATE.clauses("any")} == {"a(x, y)", "!b", "c[1] > d"}
