"""The differences between rulebooks, and the sources that rulebooks and assessments rely on."""

from __future__ import annotations

import json
from itertools import combinations, permutations
from pathlib import Path
from random import Random
from typing import Any

import pytest

import designation as dsg
from designation._rulebooks.rule_index import RULES_BY_LOCATION, find_rules
from designation.cli import main
from model.generator import READINGS, generate

EXAMPLES = Path(dsg.__file__).parent / "examples"
CONTOSO = str(EXAMPLES / "contoso.json")
EDITIONS = dsg.rulebooks.editions()
FIRST_TWO = EDITIONS[:2]
LAUNCH = dsg.rulebooks.load("2025-11")
RULES = set(LAUNCH.to_dict()["rules"])
SOURCES_OF_SEPTEMBER = (
    *("announcement_2026_04_details", "announcement_2026_08"),
    *("learn_direct_bill", "announcements_2026_09"),
)
Capture = pytest.CaptureFixture[str]


def value_at(content: Any, pointer: str) -> Any:
    for key in pointer.split("/")[1:]:
        content = (content or {}).get(key.replace("~1", "/").replace("~0", "~"))
    return content


def without_nulls(content: Any) -> Any:
    if not isinstance(content, dict):
        return content
    parts = {key: without_nulls(part) for key, part in content.items() if key not in ("extends", "notes")}
    return {key: part for key, part in parts.items() if part is not None}


@pytest.fixture
def custom_rulebook(tmp_path: Path) -> str:
    path = tmp_path / "mine.json"
    changes = {
        "extends": "2025-11",
        "edition": "mine",
        "notes": "not compared",
        "term": {"years": 2},
        "evaluations": {"performance": {"each_cycle": False}},
        "fees": {"schedule": {"csat": [{"from": "1900-01-01", "amount": 500}, {"from": "2027-01-01", "amount": 550}]}},
        "findings": {"renewal_gap": {"text": "Nobody knows."}},
        "sources": {"a/b~c": {"title": "A page", "grade": "public_page"}},
    }
    path.write_text(json.dumps(changes), "utf-8")
    return str(path)


class TestReaders:
    @pytest.mark.parametrize("edition", EDITIONS)
    def test_every_place_in_the_index_exists(self, edition: str) -> None:
        content = dsg.rulebooks.load(edition).to_dict()
        assert [place for place in RULES_BY_LOCATION if value_at(content, place) is None] == []
        assert {rule for rules in RULES_BY_LOCATION.values() for rule in rules} <= RULES

    def test_the_wording_of_a_rule_or_finding_belongs_to_that_rule(self) -> None:
        content = LAUNCH.to_dict()
        assert find_rules("/rules/SSD-B4/text", content) == ("SSD-B4",)
        assert find_rules("/findings/renewal_gap/text", content) == ("SSD-T4",)
        assert find_rules("/benefits/badge_of_honour", content) == find_rules("/title", content) == ()


class TestDiff:
    def test_the_diff_lists_every_difference(self, custom_rulebook: str) -> None:
        for old, new in (*permutations(EDITIONS, 2), ("2025-11", custom_rulebook), (custom_rulebook, "2026-04")):
            found = dsg.rulebooks.diff(old, new)
            turned, after = found.old.to_dict(), found.new.to_dict()
            for one in found.differences:
                assert value_at(turned, one.path) == one.before != one.after
                assert set(one.rules) <= RULES
                place, _, key = one.path.rpartition("/")
                value_at(turned, place)[key.replace("~1", "/").replace("~0", "~")] = one.after
            assert without_nulls(turned) == without_nulls(after)

    def test_changes_of_the_later_edition_name_their_rules(self) -> None:
        told = {one.path: one.rules for one in dsg.rulebooks.diff(*FIRST_TWO).differences}
        assert told == {
            "/edition": (),
            "/title": (),
            "/journey": ("SSD-J2", "SSD-J3"),
            **{f"/availability/unified_for_partners/{key}": ("SSD-A",) for key in ("not_before", "words", "citations")},
            "/benefits/performance_credits/percent": ("SSD-B4",),
            **{f"/rules/SSD-J{n}/citations": (f"SSD-J{n}",) for n in (1, 2, 3)},
            **{f"/rules/SSD-B4/{key}": ("SSD-B4",) for key in ("text", "citations")},
            "/sources/learn_designation": (),
            "/sources/announcement_2026_04": (),
        }

    def test_the_edition_of_september_has_newer_sources_and_words(self) -> None:
        told = {one.path: one.rules for one in dsg.rulebooks.diff("2026-04", "2026-09").differences}
        assert told == {
            "/edition": (),
            "/title": (),
            **{f"/availability/unified_for_partners/{key}": ("SSD-A",) for key in ("words", "citations")},
            **{f"/rules/SSD-P{n}/{key}": (f"SSD-P{n}",) for n in (2, 3) for key in ("text", "citations")},
            **{f"/sources/{name}": () for name in SOURCES_OF_SEPTEMBER},
        }

    def test_every_kind_of_value_has_text(self, custom_rulebook: str) -> None:
        said = str(dsg.rulebooks.diff("2025-11", custom_rulebook))
        assert said.startswith("2025-11 -> mine\n\n/edition\n  - 2025-11\n  + mine\n")
        assert "/term/years\n  SSD-T2 Validity\n  - 1\n  + 2\n" in said
        assert "/evaluations/performance/each_cycle\n  SSD-R2 Performance re-established\n  - true\n  + false\n" in said
        assert "  + from 1900-01-01, amount 500; from 2027-01-01, amount 550\n" in said
        assert said.endswith("/sources/a~1b~0c\n  + A page, grade public_page")
        assert "not compared" not in said

    def test_the_page_fits_in_80_columns_and_lists_the_steps(self, capsys: Capture) -> None:
        assert main(["rulebook", "diff", *FIRST_TWO]) == 1
        said = capsys.readouterr().out
        assert said == f"{dsg.rulebooks.diff(*FIRST_TWO)}\n"
        assert max(len(line) for line in said.splitlines() if "https://" not in line) <= 80
        assert "  - register interest (Partner); eligibility validation (Microsoft, then\n" in said
        assert "\n  + article" not in said

    def test_json_has_the_same_differences(self, capsys: Capture) -> None:
        assert main(["rulebook", "diff", *FIRST_TWO, "--format", "json"]) == 1
        answer = json.loads(capsys.readouterr().out)
        assert answer == dsg.rulebooks.diff(*FIRST_TWO).to_dict()
        assert answer["old"] == {"edition": "2025-11", "digest": LAUNCH.digest}

    def test_an_edition_does_not_differ_from_itself(self, capsys: Capture) -> None:
        assert dsg.rulebooks.diff(LAUNCH, "2025-11").same
        assert main(["rulebook", "diff", "2025-11", "2025-11"]) == 0
        assert capsys.readouterr().out == "2025-11 -> 2025-11\nno differences\n"

    def test_an_invalid_rulebook_is_refused(self, capsys: Capture, tmp_path: Path) -> None:
        bad = tmp_path / "bad.json"
        bad.write_text('{"extends": "2025-11", "edition": ""}', "utf-8")
        for words in (["2025-11", "2025-12"], [str(bad), "2025-11"], ["-", "-"]):
            assert main(["rulebook", "diff", *words]) == 2
        assert capsys.readouterr().err.splitlines() == [
            f"2025-12: no such edition or file; the editions are {', '.join(EDITIONS)} [edition]",
            f"{bad}:1:35: /edition: must not be empty [range]",
            "designation: standard input (-) can be read only once",
            "Try: designation rulebook --help",
        ]


def assessment_of(case: dict[str, Any], chosen: dict[str, str], otherwise: frozenset[str]) -> Any:
    """Return the assessment with the other reading of some interpretations."""
    other = {name: both[both.index(chosen[name]) - 1] for name, both in READINGS.items() if name in otherwise}
    policy = {**(case["policy"] or {}), "interpretations": {**chosen, **other}}
    said = dsg.assess(dsg.parse_partner(case["partner"]), case["as_of"], policy).to_dict()
    return {key: part for key, part in said.items() if key != "provenance"}


class TestGrades:
    def test_an_interpretation_is_the_weakest_grade(self) -> None:
        for edition in EDITIONS:
            assert dsg.rulebooks.weaker(edition, than="interpretation") == ()

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_a_rulebook_relies_on_all_cited_sources_and_on_its_interpretations(self, edition: str) -> None:
        rulebook = dsg.rulebooks.load(edition)
        content = rulebook.to_dict()
        cited = [
            content["sources"][citation["source"]]["grade"]
            for section in ("rules", "availability")
            for entry in content[section].values()
            for citation in entry["citations"]
        ]
        order = [str(grade) for grade in dsg.Grade]
        for grade in order:
            found = dsg.rulebooks.weaker(rulebook, than=grade)
            readings = [one for one in found if one.grade == "interpretation"]
            assert len(readings) == (len(READINGS) if grade != "interpretation" else 0)
            assert sorted(str(one.grade) for one in found if one not in readings) == sorted(
                word for word in cited if order.index(word) > order.index(grade)
            )

    def test_the_later_edition_relies_on_a_secondary_source(self) -> None:
        found = dsg.rulebooks.weaker(
            dsg.assess(dsg.load(CONTOSO), "2026-01-15", rulebook=dsg.rulebooks.load("2026-04")), "article"
        )
        assert [(one.pointer, one.rules, one.grade) for one in found if one.grade == "secondary"] == [
            ("/availability/unified_for_partners/citations/0", ("SSD-A",), "secondary"),
            ("/rules/SSD-B4/citations/0", ("SSD-B4",), "secondary"),
        ]

    def test_an_assessment_depends_on_the_smallest_sets_of_readings_that_change_it(self) -> None:
        seen = set()
        for seed in range(40):
            case = generate(Random(f"grades/{seed}"))
            policy = case["policy"] or {}
            given = policy.get("interpretations") or {}
            chosen = {name: given.get(name) or both[0] for name, both in READINGS.items()}
            answer = dsg.assess(dsg.parse_partner(case["partner"]), case["as_of"], policy)
            sets = [frozenset(names) for size in range(9) for names in combinations(READINGS, size)]
            changing = {
                names
                for names in sets
                if assessment_of(case, chosen, names) != assessment_of(case, chosen, frozenset())
            }
            smallest = [names for names in changing if not any(other < names for other in changing)]
            found = [one for one in dsg.rulebooks.weaker(answer, "article") if one.grade == "interpretation"]
            assert {one.pointer.split("/")[-1]: one.source for one in found} == {
                name: chosen[name] for names in smallest for name in names
            }
            seen |= {one.pointer.split("/")[-1] for one in found}
        assert len(seen) >= 6

    def test_an_unknown_grade_is_refused(self) -> None:
        with pytest.raises(ValueError, match="the grade must be one of public_page, announcement, article"):
            dsg.rulebooks.weaker(LAUNCH, than="hearsay")


class TestRequireGrade:
    def test_an_assessment_that_depends_on_a_reading_is_refused_and_others_are_returned(self, capsys: Capture) -> None:
        northwind = str(EXAMPLES / "northwind-traders.json")
        litware = str(EXAMPLES / "litware.json")
        words = ["assess", northwind, litware, "--as-of", "2026-09-15", "--require-grade", "article"]
        assert main([*words, "--format", "json"]) == 2
        said = capsys.readouterr()
        assert [json.loads(line)["partner"]["id"] for line in said.out.splitlines()] == ["litware"]
        assert said.err == (
            'northwind-traders: /interpretations/after_anniversary: SSD-T7 depends on "lapsed", '
            "of grade interpretation [grade]\n"
        )

    def test_an_edition_with_weaker_sources_is_refused(self, capsys: Capture, tmp_path: Path) -> None:
        written = tmp_path / "answers.txt"
        words = ["assess", CONTOSO, CONTOSO, "--rulebook", "2026-04", "--require-grade", "article"]
        assert main([*words, "-o", str(written)]) == 2
        said = capsys.readouterr()
        assert (said.out, written.exists()) == ("", False)
        assert [line.split(" relies on ")[0] for line in said.err.splitlines()] == [
            "2026-04: /availability/unified_for_partners/citations/0: SSD-A",
            "2026-04: /rules/SSD-B4/citations/0: SSD-B4",
        ]

    @pytest.mark.parametrize("grade", ["secondary", "interpretation"])
    def test_an_assessment_on_strong_sources_is_returned(self, capsys: Capture, grade: str) -> None:
        litware = str(EXAMPLES / "litware.json")
        words = ["assess", litware, "--as-of", "2026-09-15", "--rulebook", "2026-04"]
        assert main([*words, "--require-grade", grade]) == 0
        said = capsys.readouterr().out
        assert main(words) == 0
        assert capsys.readouterr().out == said
