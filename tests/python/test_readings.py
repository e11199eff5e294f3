"""The readings that change an assessment agree with assessments under a policy with the other reading."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

import designation as dsg
from model.generator import generate

ALTERNATIVES = {
    "leap_day": ("clamp", "roll_forward"),
    "failed_reevaluation": ("earlier_pass_stands", "latest_outcome_governs"),
    "renewal_anchor": ("anniversary", "decision"),
    "late_renewal": ("stands", "ignored"),
    "after_anniversary": ("lapsed", "in_force"),
    "prerequisite_lapse": ("flag", "suspend"),
    "pass_reference_day": ("later_of_anniversary_and_decision", "decision"),
    "announcement": ("presumed", "unconfirmed"),
    "pilot_contract": ("not_counted", "counted"),
}


def with_other_reading(policy: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the policy with the other reading of an interpretation."""
    chosen = policy.get("interpretations") or {}
    first, second = ALTERNATIVES[name]
    other = first if chosen.get(name) == second else second
    return {**policy, "interpretations": {**chosen, name: other}}


@pytest.mark.parametrize("block", range(5))
def test_a_reading_is_shown_exactly_if_it_changes_something(block: int) -> None:
    for number in range(block * 20, block * 20 + 20):
        case = generate(Random(f"readings/{number}"))
        partner, policy = dsg.parse_partner(case["partner"]), case["policy"] or {}
        here = dsg.assess(partner, case["as_of"], policy)
        found = dsg.readings(partner, case["as_of"], policy)
        shown = {reading.interpretation: reading for reading in found.changing}
        line = dsg.timeline(partner, found.from_, found.through, policy)
        for name, both in ALTERNATIVES.items():
            other = with_other_reading(policy, name)
            now = dsg.compare(here, dsg.assess(partner, case["as_of"], other)).differences
            later = dsg.compare(line, dsg.timeline(partner, found.from_, found.through, other)).differences
            assert (name in shown) == bool(now or later), (number, name)
            if name in shown:
                assert (shown[name].now, shown[name].over_time) == (now, later)
                assert shown[name].alternative == other["interpretations"][name]
                assert {shown[name].reading, shown[name].alternative} == set(both)


def test_every_reading_changes_the_assessment_of_some_history() -> None:
    seen = set()
    for number in range(200):
        case = generate(Random(f"readings/{number}"))
        partner = dsg.parse_partner(case["partner"])
        seen |= {r.interpretation for r in dsg.readings(partner, case["as_of"], case["policy"]).changing}
    assert seen == set(ALTERNATIVES)


def test_a_custom_rulebook_keeps_its_defaults(tmp_path: Path) -> None:
    content = dsg.rulebooks.load("2025-11").to_dict()
    content["edition"] = "ours"
    content["interpretations"]["after_anniversary"]["default"] = "in_force"
    path = tmp_path / "ours.json"
    path.write_text(json.dumps(content), "utf-8")
    rulebook = dsg.rulebooks.load(path)
    partner = dsg.Partner(id="x", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
    (reading, *_) = dsg.readings(partner, "2027-03-02", None, rulebook).changing
    assert (reading.reading, reading.alternative) == ("in_force", "lapsed")
    assert reading.now[0][:3] == ("/term/in_force", "met", "unmet")


def test_a_span_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="end on or after"):
        dsg.readings(dsg.parse_partner({"id": "x"}), "2026-01-01", span=("2026-01-02", "2026-01-01"))


@pytest.mark.parametrize(("name", "named"), [("contoso", "after_anniversary, prerequisite_lapse"), ("adatum", "")])
def test_the_page_tells_the_interpretations_of_the_assessment_from_the_others(name: str, named: str) -> None:
    found = dsg.readings(Path(dsg.__file__).parent / "examples" / f"{name}.json", "2026-09-15")
    assert [one["interpretation"] for one in found.assessment.deciding] == named.split(", ") * bool(named)
    page = " ".join(str(found).split())
    assert f"examined from {found.from_} through {found.through}, edition 2025-11" in page
    assert (f"The assessment names {named} under Depends on" if named else "names none under Depends on") in page
    assert ("The others change only other results or other days." in page) == bool(named)
