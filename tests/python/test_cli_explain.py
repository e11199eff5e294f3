"""The command `explain`, and `assess --explain`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import designation as dsg
from designation._rulebooks.rule_index import RULES_BY_NAME
from designation.cli import main

EXAMPLES = Path(dsg.__file__).parent / "examples"
CONTOSO, OVERDUE = str(EXAMPLES / "contoso.json"), str(EXAMPLES / "northwind-traders.json")
DAY = ["--as-of", "2026-09-15"]
Capture = pytest.CaptureFixture[str]


def explained(of: str = "SSD-T7") -> dsg.Explanation:
    return dsg.assess(dsg.load(OVERDUE), as_of="2026-09-15").explain(of)


def test_the_tree_is_the_text_that_print_writes(capsys: Capture) -> None:
    assert main(["explain", OVERDUE, *DAY]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Northwind Traders (northwind-traders) ")
    assert out.endswith(f"\n\n{explained()}\n")


def test_rules_are_explained_once_each_in_upper_or_lower_case(capsys: Capture) -> None:
    assert main(["explain", OVERDUE, *DAY, "--of", "SSD-R", "--of", "ssd-b1", "--of", "SSD-R"]) == 0
    assert capsys.readouterr().out.endswith(f"\n\n{explained('SSD-R')}\n\n{explained('SSD-B1')}\n")


def test_a_finding_is_explained_by_its_code(capsys: Capture) -> None:
    assert main(["explain", OVERDUE, CONTOSO, *DAY, "--of", "award_before_launch"]) == 0
    first, second = capsys.readouterr().out.split("=" * 80)
    assert "/events/6: 2025-09-01 badge_awarded" in first
    assert second.endswith("\n\nno such finding\n")


def test_json_has_all_trees_of_a_partner_in_one_object(capsys: Capture) -> None:
    assert main(["explain", OVERDUE, *DAY, "--of", "SSD-T7", "--of", "SSD-P", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    decided_by = [explanation.pop("decided_by") for explanation in document["explanations"]]
    assert [[one["interpretation"] for one in each] for each in decided_by] == [["after_anniversary"], []]
    assert document == {
        "partner": {"id": "northwind-traders", "name": "Northwind Traders"},
        "as_of": "2026-09-15",
        "edition": "2025-11",
        "deciding": explained().assessment.deciding,
        "explanations": [explained().to_dict(), explained("SSD-P").to_dict()],
    }
    assert main(["explain", OVERDUE, CONTOSO, *DAY, "--format", "json"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_assess_prints_a_page_with_its_explanation(capsys: Capture) -> None:
    assert main(["assess", OVERDUE, *DAY, "--explain"]) == 0
    assert capsys.readouterr().out == f"{explained().assessment}\n\n{explained()}\n"
    assert main(["assess", OVERDUE, *DAY, "--explain", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document.pop("explanation") == explained().to_dict()
    assert document.pop("deciding") == explained().assessment.deciding
    change = explained().assessment.next_change
    assert document.pop("next_change") == (change and change.to_dict())
    assert document == explained().assessment.to_dict()


@pytest.mark.parametrize(
    ("name", "rule"),
    [("csat", "SSD-E3"), ("renewal", "SSD-R"), ("Eligibility", "SSD-P"), ("at-risk", "SSD-T5"), ("badge", "SSD-B1")],
)
def test_a_result_is_explained_by_its_name(capsys: Capture, name: str, rule: str) -> None:
    assert main(["explain", OVERDUE, *DAY, "--of", name]) == 0
    assert capsys.readouterr().out.endswith(f"\n\n{explained(rule)}\n")


def test_every_name_of_a_result_names_a_rule() -> None:
    assert set(RULES_BY_NAME.values()) <= set(explained().assessment.rulebook.to_dict()["rules"])


def test_an_explanation_quotes_the_rule_and_the_title_and_section_of_its_source() -> None:
    page = " ".join(str(explained("SSD-P1")).split())
    assert "Indirect resellers are not eligible." in page
    title = "The Microsoft Support Services Designation: Microsoft Ignite 2025"
    assert f'"{title}", section "CSP Authorization" (article)' in page


def test_somebody_who_is_not_eligible_is_told_so_first(tmp_path: Path) -> None:
    document = json.loads(Path(CONTOSO).read_text("utf-8"))
    document["csp_authorizations"] = [{"type": "indirect_reseller", "from": "2019-05-01"}]
    document["events"] = []
    why_not = dsg.assess(document, as_of="2026-09-15").explain().why_not
    assert why_not is not None
    assert why_not.startswith("SSD-P1 CSP authorization is not met: indirect_reseller from 2019-05-01")
    eligible = dsg.what_if(document, [{"type": "direct_bill", "from": "2026-01-01"}])
    assert str(dsg.assess(eligible, as_of="2026-09-15").explain().why_not).startswith("SSD-J1 Attempt is not met")


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("SSD-T77", 'did you mean "SSD-T7"?'),
        ("award_befor_launch", '"award_before_launch"?'),
        ("", "the rules are SSD-P, "),
    ],
)
def test_an_unknown_rule_is_refused_with_the_nearest_one(capsys: Capture, word: str, hint: str) -> None:
    assert main(["explain", CONTOSO, "--of", word]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "unknown rule or finding" in err
    assert hint in err


def test_an_invalid_file_is_reported_and_the_others_are_explained(capsys: Capture, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('{"id": ""}')
    assert main(["explain", str(bad), OVERDUE, *DAY]) == 2
    out, err = capsys.readouterr()
    assert "Northwind Traders" in out
    assert "bad.json:1:8: /id: must not be empty [range]" in err
