"""Comparisons agree with the differences of the assessments' dicts."""

from __future__ import annotations

import copy
import datetime
import pathlib
import pickle
from random import Random
from typing import Any

import pytest

import designation as dsg
from designation import _core
from designation._answers.difference import COMPARED
from designation._rulebooks.rule_index import RULES_BY_PATH
from model.generator import generate

EXAMPLES = pathlib.Path(dsg.__file__).parent / "examples"
CONTOSO = dsg.load(EXAMPLES / "contoso.json")
EXTRAS = (
    *("format", "partner", "as_of", "days_left", "deadline", "overdue_since", "actions", "facts_after", "warnings"),
    *("amounts", "provenance"),
)


def leaves(path: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        return {path: tuple(value) if isinstance(value, list) else value}
    return {key: found for name, inner in value.items() for key, found in leaves(f"{path}/{name}", inner).items()}


def flat_state(assessment: dsg.Assessment) -> dict[str, Any]:
    answer = {key: value for key, value in assessment.to_dict().items() if key not in EXTRAS}
    del answer["findings"]
    answer["renewal"] = answer["renewal"] or {"verdict": None, "missing": None}
    return leaves("", answer)


def test_the_differences_turn_one_state_into_the_other() -> None:
    for seed in range(200):
        case = generate(Random(f"compare/{seed}"))
        partner = dsg.parse_partner(case["partner"])
        a = dsg.assess(partner, case["as_of"], case["policy"])
        b = dsg.assess(partner, min(a.as_of + datetime.timedelta(200), datetime.date(2199, 12, 31)), case["policy"])
        found = dsg.compare(a, b)
        turned = flat_state(a)
        for one in found.differences:
            assert one.rule is not None
            if not one.path.startswith("/findings"):
                assert turned[one.path] == one.before != one.after
                turned[one.path] = one.after
        assert turned == flat_state(b)
        assert dsg.compare(a, a).same
        back = dsg.compare(b, a)
        assert {(d.path, d.after, d.before) for d in back.differences} == {
            (d.path, d.before, d.after) for d in found.differences
        }


def test_every_path_of_an_assessment_has_a_rule() -> None:
    paths = set(flat_state(dsg.assess(CONTOSO, "2026-09-15")))
    assert set(RULES_BY_PATH) == paths - {"/edition", "/fees/currency"}
    assert set(RULES_BY_PATH.values()) <= set(dsg.rulebooks.load("2025-11").to_dict()["rules"])


def test_findings_are_compared_as_a_set_and_a_lapse_without_its_date() -> None:
    lapsed = dsg.load(EXAMPLES / "humongous-insurance.json")
    a, b = dsg.assess(lapsed, "2026-09-15"), dsg.assess(lapsed, "2026-09-16")
    assert [f.code for f in a.findings] == ["prerequisite_lapsed"]
    assert dsg.compare(a, b).same
    earlier = dsg.assess(lapsed, "2026-03-15")
    assert dsg.Difference("/findings/prerequisite_lapsed", False, True, "SSD-T5") in (
        dsg.compare(earlier, a).differences
    )


def test_a_different_edition_has_no_rule() -> None:
    a = dsg.assess(CONTOSO, "2026-09-15")
    b = dsg.assess(CONTOSO, "2026-09-15", {"edition": "2026-04"})
    assert dsg.compare(a, b).differences[0] == ("/edition", "2025-11", "2026-04", None, None, None)


def test_timelines_are_compared_day_by_day() -> None:
    span = ("2026-01-01", "2028-12-31")
    a, b = (
        dsg.timeline(CONTOSO, *span),
        dsg.timeline(CONTOSO, *span, {"interpretations": {"after_anniversary": "in_force"}}),
    )
    found = dsg.compare(a, b)
    assert not found.same
    for one in found.differences:
        assert one.from_ is not None
        assert one.through is not None
        assert datetime.date(2026, 12, 12) <= one.from_ <= one.through <= datetime.date(2027, 1, 11)
    assert dsg.compare(a, dsg.timeline(CONTOSO, *span)).same
    assert str(found).splitlines() == [
        "Contoso Cloud (contoso), 2026-01-01 through 2028-12-31",
        "  2026-12-12 through 2027-01-11: the designation is in force",
    ]
    with pytest.raises(ValueError, match="same period"):
        dsg.compare(a, dsg.timeline(CONTOSO, "2026-01-01", "2028-12-30"))
    with pytest.raises(TypeError, match="two assessments or two timelines, not Timeline and Assessment"):
        dsg.compare(a, dsg.assess(CONTOSO, "2026-01-01"))


def test_the_pages_fit_in_80_columns() -> None:
    a, b = dsg.assess(CONTOSO, "2024-09-15"), dsg.assess(CONTOSO, "2029-09-15")
    text = str(dsg.compare(a, b))
    assert max(map(len, text.splitlines())) <= 80
    assert "the status is expired" in " ".join(text.split())
    assert str(dsg.compare(a, a)).endswith(": not attained\nno differences")


def test_an_assessment_has_its_next_change() -> None:
    assessment = dsg.assess(CONTOSO, "2026-09-15")
    change = assessment.next_change
    assert change is not None
    assert change == dsg.next_change(CONTOSO, "2026-09-15")
    assert change.on == change.after.as_of
    assert change.before == assessment
    assert change.differences == dsg.compare(assessment, change.after).differences
    assert str(change).splitlines()[2:] == [
        "  On 2026-10-13 the renewal window opens: the status is renewal open, fees due",
        "  1,850 USD instead of 0 USD",
    ]
    assert pickle.loads(pickle.dumps(change)) == copy.deepcopy(change) == change
    assert dsg.assess(dsg.parse_partner({"id": "x"}), "2190-01-01").next_change is None


def test_every_key_of_an_assessment_is_compared_or_excluded() -> None:
    assessment = dsg.assess(dsg.Partner(id="contoso"), "2026-09-15")
    assert set(COMPARED) == {*_core.results(assessment), "findings"}
    assert set(assessment.to_dict()) - set(COMPARED) == {
        *("format", "partner", "as_of", "days_left", "deadline", "overdue_since", "actions", "facts_after"),
        *("warnings", "amounts", "provenance"),
    }
