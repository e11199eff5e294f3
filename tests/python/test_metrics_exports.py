"""Every layout of an export has a sample in its public form, from which its figures are computed."""

from __future__ import annotations

import datetime
import gzip
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

import designation as dsg
from designation.metrics import MAPPINGS, case_rate, csat

EXPORTS = Path(__file__).parent / "exports"
CASES = {
    "freshdesk": ("json", "severity", {"urgent": 1, "medium": 1}),
    "connectwise": ("json", "severity", {"Priority 1": 1, "Priority 3": 1}),
    "autotask": ("json", "customer", {"174": 1, "175": 1}),
    "halopsa": ("json", "customer", {"Fabrikam": 1, "Litware": 1}),
    "dynamics-case": ("json", "customer", {"Fabrikam": 1, "Litware": 1}),
    "azure-support-tickets": ("json", "severity", {"Critical": 1, "Minimal": 1}),
}
FACES = {"103": 5, "102": 5, "101": 4, "100": 3, "-101": 2, "-102": 1, "-103": 1}
ANSWERS = {
    "zendesk-survey-responses": ("zendesk-survey-responses.json", None),
    "freshdesk-ratings": ("freshdesk-ratings.json", FACES),
    "jira-satisfaction": ("jira-service-management.csv", None),
    "dynamics-survey": ("dynamics-survey.json", None),
}


@pytest.mark.parametrize("mapping", CASES)
def test_cases_are_counted_from_a_sample_of_each_layout(mapping: str) -> None:
    ending, by, groups = CASES[mapping]
    path = EXPORTS / f"{mapping}.{ending}"
    rate = case_rate(path, 2, "2026-Q1", unit="seats", columns=mapping, escalated="every", by=by)
    assert [month.cases for month in rate.months] == [1, 1, 0]
    assert {group.key: group.cases for group in rate.by[by]} == groups
    assert rate.quality.not_counted == {}


def test_an_export_of_jira_has_cases_too() -> None:
    path = EXPORTS / "jira-service-management.csv"
    rate = case_rate(path, 2, "2026-Q1", unit="seats", columns="jira-service-management", escalated="every")
    assert [month.cases for month in rate.months] == [1, 2, 0]


@pytest.mark.parametrize("mapping", ANSWERS)
def test_answers_are_scored_from_a_sample_of_each_layout(mapping: str) -> None:
    name, scale = ANSWERS[mapping]
    score = csat(EXPORTS / name, "2026-Q1", columns=mapping, scale=scale, by="month", exact_values=True)
    assert [(month.key, month.score) for month in score.by["month"]] == [("2026-01", 5), ("2026-02", 3)]
    assert set(score.quality.not_counted) <= {"blank"}


def test_ratings_of_freshdesk_need_a_stated_scale() -> None:
    with pytest.raises(dsg.InputError, match="off the scale 1 to 5"):
        csat(EXPORTS / "freshdesk-ratings.json", columns="freshdesk-ratings")


def test_the_blobs_of_a_billing_export_are_read_together(tmp_path: Path) -> None:
    lines = (EXPORTS / "graph-billing-reconciliation.jsonl").read_bytes().splitlines(keepends=True)
    for number, line in enumerate(lines):
        (tmp_path / f"part-{number}.json.gz").write_bytes(gzip.compress(line))
    mapping = "graph-billing-reconciliation"
    found = dsg.metrics.billed_revenue(tmp_path / "part-*.json.gz", "2026-Q1", "USD", columns=mapping)
    assert found.months == {"2026-01": Decimal("1000.5"), "2026-02": Decimal(-100), "2026-03": 0}
    assert [one.charge_type for one in found.accounts] == ["New", "cancelImmediate"]


def test_members_of_a_list_are_read_in_a_list_of_records(tmp_path: Path) -> None:
    shutil.copy(EXPORTS / "zendesk-survey-responses.json", tmp_path / "page.json")
    score = csat(tmp_path / "*.json", ("2026-01-07", "2026-02-12"), columns="zendesk-survey-responses", invited="rows")
    assert (score.answers, score.invited) == (2, 2)
    assert score.period is not None
    assert score.period.through == datetime.date(2026, 2, 12)


def test_each_layout_has_a_sample() -> None:
    known = {"plain", "partner-center", "partner-center-powershell", "servicenow", "zendesk", "zendesk-ratings"}
    known |= {"partner-center-reconciliation", "event-log"}  # tested with the examples and in other modules
    assert {*CASES, *ANSWERS, "jira-service-management", "graph-billing-reconciliation"} | known == set(MAPPINGS)
