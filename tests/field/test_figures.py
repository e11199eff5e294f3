"""Inputs of public bug reports: a figure is right, or there is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import designation as dsg
from designation.metrics import CaseRate, case_rate, csat


def rate_of(path: Path, text: str, columns: Any = None, **options: Any) -> CaseRate:
    path.write_text(text, "utf-8")
    given: dict[str, Any] = {"period": "2026-Q1", "unit": "seats", "escalated": "every"} | options
    return case_rate(path, 12, given.pop("period"), columns=columns, **given)


def test_words_for_blank_hold_for_cases(tmp_path: Path) -> None:
    """UCI, incident management process enriched event log: what is missing is written as a question mark."""
    text = "number,opened_at,vendor\nINC1,29/2/2016 01:16,?\nINC1,29/2/2016 01:16,?\nINC2,29/2/2016 04:40,vendor 1\n"
    text += "INC3,29/2/2016 06:10,?\nINC4,?,?\n"
    columns = {"like": "servicenow", "dates": "day_first", "blank": "?"}
    found = rate_of(tmp_path / "incidents.csv", text, columns, escalated="vendor=*", period="2016-02")
    assert (found.cases, found.quality.not_counted) == (1, {"not_escalated": 4})


def test_tags_are_compared_one_by_one(tmp_path: Path) -> None:
    """zammad/zammad#1741, fivetran/dbt_zendesk#100: merged tickets are marked by a tag."""
    tags = [["ms_escalated", "closed_by_merge"], ["ms_escalated"], []]
    rows = [{"id": n, "created_at": "2026-01-02T00:00:00Z", "tags": one} for n, one in enumerate(tags)]
    for escalated in ("tags=ms_escalated", "tags!=closed_by_merge"):
        assert rate_of(tmp_path / "tickets.json", json.dumps(rows), "zendesk", escalated=escalated).cases == 2


def test_the_dates_of_jira_are_read(tmp_path: Path) -> None:
    """streamthoughts/kafka-connect-file-pulse#106: Jira's own form of a date."""
    text = "Issue key,Created,Escalation\nHD-127,25/Feb/26 10:17 PM,Microsoft\nHD-126,28/Feb/26 11:59 PM,\n"
    text += "HD-125,01/Mar/26 12:01 AM,Microsoft\n"
    columns = {"id": "Issue key", "created": "Created"}
    found = rate_of(tmp_path / "jira.csv", text, columns, escalated="Escalation=*", by="month")
    assert [group.cases for group in found.months] == [0, 1, 1]


def test_pages_of_zendesk_are_read(tmp_path: Path) -> None:
    """leslie-alldridge/mini-express-starter: records stand in a member of the response."""
    scores = ["good", "bad", "offered"]
    ratings = [{"id": n, "score": score, "created_at": "2026-01-01T00:00:00Z"} for n, score in enumerate(scores)]
    path = tmp_path / "ratings.json"
    path.write_text(json.dumps({"satisfaction_ratings": ratings, "next_page": None, "count": 3}), "utf-8")
    found = csat(path, columns="zendesk-ratings", scale={"good": 5, "bad": 1})
    assert (found.score, found.answers) == (3.0, 2)


@pytest.mark.parametrize(
    ("name", "text"), [("a.csv", "id,created\n"), ("a.json", "[]"), ("b.json", '{"items": []}'), ("a.ndjson", "")]
)
def test_an_export_without_a_case_is_0_cases(tmp_path: Path, name: str, text: str) -> None:
    """nao1215/sqly#388, slothflowlabs/duckle#170: an empty list is no table."""
    found = rate_of(tmp_path / name, text)
    assert (found.cases, found.notes) == (0, ("the export is empty: it has no rows",))


def test_spaces_of_every_kind_are_trimmed_from_ids(tmp_path: Path) -> None:
    """Notifuse/notifuse#223, OpenRefine/OpenRefine#5246: a trailing no-break space makes another id."""
    text = 'id,created\nINC001,2026-01-02\n"INC001 ",2026-01-03\n"INC001\u00a0",2026-01-05\n'
    assert rate_of(tmp_path / "cases.csv", text).cases == 1


def test_ids_in_scientific_notation_are_refused(tmp_path: Path) -> None:
    """pulibrary/orangelight#2695, bloom-housing/bloom#4458: Excel has written long ids as 6.2601E+14."""
    text = "serviceRequestId,createdDate\n6.2601E+14,1/15/2026 9:00:00 AM\n6.2601E+14,1/16/2026 9:00:00 AM\n"
    with pytest.raises(dsg.InputError, match=r'a spreadsheet rounded the id to "6.2601E\+14"'):
        rate_of(tmp_path / "requests.csv", text, "partner-center-powershell")
