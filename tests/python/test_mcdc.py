"""docs/mcdc.md lists each clause of each compound condition of the rules, and names tests that exist."""

from __future__ import annotations

import re

import pytest

import mutants
from mutate import CLAUSES, equivalent, rows_of
from support.commands import ROOT

ROWS = [tuple(cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]) for line in rows_of(CLAUSES)]


def test_the_page_lists_every_clause_of_the_rules() -> None:
    rows = (each.row for each in mutants.clauses_of(mutants.FAMILIES))
    asked = {(f"`{family}`", f"`{clause}`") for family, clause, _ in rows}
    assert {(family, clause.replace("\\|", "|")) for family, clause, *_ in ROWS} == asked
    assert len(asked) > 60


def test_each_clause_names_an_existing_test_or_an_explanation() -> None:
    sources = [path.read_text("utf-8") for path in (ROOT / "tests" / "cpp").glob("test_*.cpp")]
    cases = set(re.findall(r'TEST_CASE\(\s*"((?:[^"\\]|\\.)*)"', "\n".join(sources)))
    explained = set(equivalent().values())
    for row in ROWS:
        for test in row[2:]:
            assert test in cases or test.removeprefix("none: ") in explained, row


def test_the_explained_mutants_exist() -> None:
    rows = {each.row for family in mutants.FAMILIES for each in mutants.mutants(family)}
    assert set(equivalent()) <= rows


def test_clauses_are_found_across_lines_and_brackets(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "bool f() {\n    return a(x, y) &&\n           (!b || c[1] > d) ? e : f;\n}\n"
    monkeypatch.setattr(mutants, "code_of", lambda _: text)
    assert {text[each.begin : each.end] for each in mutants.clauses("any")} == {"a(x, y)", "!b", "c[1] > d"}
