"""Alarms: the conditions of ``--fail-on`` over time, for a partner who does nothing."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

import designation as dsg
from designation._rulebooks.rule_index import PREREQUISITES
from designation.cli import main
from designation.cli._conditions import matching_conditions
from model.generator import generate

DAY = datetime.timedelta(1)
MONTH = 30 * DAY
NAMES = {rule: name for name, rule in PREREQUISITES.items()}
CI_PAGE = Path(__file__).parents[2] / "docs" / "ci.md"
FORGETFUL = {
    "id": "forgetful",
    "csp_authorizations": [{"type": "direct_bill", "from": "2020-01-01"}],
    "support_contracts": [{"type": "psfp", "from": "2025-01-01", "through": "2026-12-31"}],
    "solutions_partner_designations": [{"area": "security", "from": "2025-01-01"}],
    "events": [
        {"on": "2026-04-16", "type": "capability_evaluated", "outcome": "pass"},
        {"on": "2026-04-17", "type": "case_rate_determined", "outcome": "pass"},
        {"on": "2026-04-18", "type": "csat_evaluated", "outcome": "pass"},
        {"on": "2026-04-20", "type": "badge_awarded"},
    ],
}


def days(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    return (first + datetime.timedelta(count) for count in range((last - first).days + 1))


def red_rules(assessment: dsg.Assessment) -> set[str]:
    """Return the rules of the actions that raise ``within=30d``."""
    horizon = assessment.as_of + MONTH
    return {a.rule for a in assessment.actions if a.overdue_since or (a.by is not None and a.by <= horizon)}


def is_settled(rule: str, assessment: dsg.Assessment, policy: Any) -> bool:
    """Return whether a fact settles an action: a prerequisite is met for longer, or an offer leaves it unknown."""
    if rule not in NAMES:
        return False
    verdicts = {
        str(dsg.assess(assessment.partner, day, policy).eligibility.prerequisites[NAMES[rule]])
        for day in (assessment.as_of, assessment.as_of + MONTH)
    }
    return "unmet" not in verdicts


def test_an_alarm_stays_until_a_fact_settles_its_action_or_the_designation_is_not_in_force() -> None:
    walked = raised = silenced = 0
    for number in range(400):
        case = generate(Random(f"alarms/{number}"))
        policy = case["policy"]
        events = [event for event in case["partner"].get("events") or [] if event["on"] <= case["as_of"]]
        partner = dsg.parse_partner({**case["partner"], "events": events})
        held = dsg.assess(partner, case["as_of"], policy)
        if held.renewal is None or held.term.expires_on is None or not 1990 < held.term.expires_on.year < 2190:
            continue
        # The events stay as they are: from here on, nobody does anything.
        first = max(held.as_of, held.term.expires_on - 365 * DAY)
        before: set[str] = set()
        for day in days(first, held.term.expires_on + 365 * DAY):
            assessment = dsg.assess(partner, day, policy)
            red = red_rules(assessment)
            conditions = matching_conditions(["within=30d", "overdue", "not-in-force"], assessment)
            assert ("within=30d" in conditions) == bool(red)
            if "not-in-force" not in conditions:
                silent = {rule for rule in before - red if not is_settled(rule, assessment, policy)}
                assert not silent, (number, day, silent)
            raised += len(red - before)
            silenced += len(before - red)
            before = red
        walked += 1
    assert walked > 60
    assert raised > 150
    assert silenced > 20


def test_a_change_of_the_assessment_alone_is_no_alarm() -> None:
    contoso = dsg.load(Path(dsg.__file__).parent / "examples" / "contoso.json")
    assessment = dsg.assess(contoso, "2026-09-15")
    assert assessment.next_change is not None
    assert assessment.next_change.on == datetime.date(2026, 10, 13)
    assert [name for name in ("within=28d", "within=75d", "within=76d") if matching_conditions([name], assessment)] == [
        "within=76d"
    ]


def test_the_workflow_of_the_page_is_never_silent_after_its_first_alarm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (command,) = re.findall(r"run: designation (assess .*--fail-on.*)", CI_PAGE.read_text("utf-8"))
    monkeypatch.chdir(tmp_path)
    Path("partners").mkdir()
    Path("policy.json").write_text('{"format": "designation/policy@1"}', "utf-8")
    Path("partners/forgetful.json").write_text(json.dumps(FORGETFUL), "utf-8")
    words = command.replace("partners/*.json", "partners/forgetful.json").split()
    status = {
        day: main([*words, "--as-of", str(day)])
        for day in days(datetime.date(2026, 5, 1), datetime.date(2028, 5, 1))
        if day.isoweekday() <= 5
    }
    alarm = datetime.date(2026, 12, 31) - MONTH  # a month before the last day of the contract
    assert {day for day in status if status[day]} == {day for day in status if day >= alarm}
    assert set(status.values()) == {0, 1}


STORY = """\
Status          ACTIVE, in force, 143 days left
                4 actions by 2027-04-20, the first by 2026-12-31 (support
                contract)
                attained 2026-04-20, through 2027-04-19, anniversary 2027-04-20
Renewal         not ready, missing: performance, CSAT
                window from 2027-02-19, last day 2027-05-20
Next            Partner    by 2026-12-31  Sign or extend a partner support
                                          contract (ASfP, PSfP, or Unified for
                                          Partners once available)
                ISSI       by 2027-04-20  Repeat the performance evaluation
                                          (case rate), 1,350 USD
                ISSI       by 2027-04-20  Repeat the CSAT evaluation, 500 USD
                Microsoft  by 2027-04-20  Approve the renewal within the window,
                                          from 2027-02-19
                Renew by 2027-04-20 (the anniversary) to avoid a gap; last
                possible day 2027-05-20
Next change     On 2027-01-01 the PSfP contract ends: support contract no longer
                met, the designation is at risk
"""
DEPENDS_ON = """\
Depends on      Deadline 2027-04-20 with `lapsed`, deadline 2027-05-20 with
                `in_force` [after_anniversary]
                In force with `flag`, not in force from 2027-01-01 with
                `suspend` [prerequisite_lapse]
"""


def test_the_analysts_story_stands_on_one_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "forgetful.json"
    path.write_text(json.dumps(FORGETFUL), "utf-8")
    assert main(["assess", str(path), "--as-of", "2026-11-28"]) == 0
    page = capsys.readouterr().out
    assert STORY in page
    assert page.endswith(DEPENDS_ON)
    assert len(page.splitlines()) <= 60


def test_facts_after_the_date_are_named_and_a_far_one_is_a_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "typo.json"
    later = [{"on": "2062-02-20", "type": "csat_evaluated", "outcome": "pass"}]
    later += [{"on": "2062-02-21", "type": "case_volume_validated"}]
    path.write_text(json.dumps({**FORGETFUL, "events": [*FORGETFUL["events"], *later]}), "utf-8")
    assert main(["assess", str(path), "--as-of", "2026-11-28"]) == 0
    page, err = capsys.readouterr()
    counted = "Later facts 2 facts after 2026-11-28 are not counted, the first on 2062-02-20 (/events/4)"
    assert counted in " ".join(page.split())
    far = "/events/4/on: 2062-02-20 is more than 20 years after 2026-11-28 [far_future]"
    assert err.splitlines()[0] == f"designation: warning: forgetful: {far}"
    assert len(err.splitlines()) == 2
    assert main(["assess", str(path), "--as-of", "2026-11-28", "--format", "json"]) == 0
    assert [one["pointer"] for one in json.loads(capsys.readouterr().out)["warnings"]] == [
        "/events/4/on",
        "/events/5/on",
    ]
    assert main(["assess", str(path), "--as-of", "2050-11-28"]) == 0
    assert capsys.readouterr().err == ""


def test_loaders_and_check_warn_of_facts_far_from_today(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, year = tmp_path / "typo.json", datetime.date.today().year + 22
    contract = {"type": "asfp", "from": f"{year}-01-01"}
    path.write_text(json.dumps({"id": "typo", "support_contracts": [contract]}), "utf-8")
    with pytest.warns(UserWarning, match=f"typo: /support_contracts/0/from: {year}-01-01 is more than 20 years after"):
        dsg.load(path)
    with pytest.warns(UserWarning, match="typo: /support_contracts/0/from"):
        assert dsg.check(path) == ()
    assert main(["check", str(path), "--format", "json"]) == 0
    out, err = capsys.readouterr()
    assert [one["pointer"] for one in json.loads(out)["warnings"]] == ["/support_contracts/0/from"]
    assert err.startswith(f"designation: warning: typo: /support_contracts/0/from: {year}-01-01 is more than 20 years")


def test_an_explanation_names_the_interpretation_that_decides_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "leap.json"
    path.write_text(json.dumps({"id": "leap", "events": [{"on": "2028-02-29", "type": "badge_awarded"}]}), "utf-8")
    words = ["explain", str(path), "--as-of", "2028-06-01", "--of", "SSD-T2"]
    assert main(words) == 0
    page = " ".join(capsys.readouterr().out.split())
    assert "Decided by 2029-02-28 with `clamp`, 2029-03-01 with `roll_forward` [leap_day]" in page
    assert "Depends on" in page
    assert main([*words, "--of", "SSD-T3", "--of", "SSD-T1", "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    named = [[one["interpretation"] for one in each["decided_by"]] for each in answer["explanations"]]
    assert named == [["leap_day"], ["leap_day"], []]
    assert {one["interpretation"] for one in answer["deciding"]} >= {"leap_day", "after_anniversary"}
