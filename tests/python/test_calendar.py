"""Budgets are the sums of the steps, and calendars can be updated."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import icalendar
import pytest

import designation as dsg
from designation.cli import main

CONTOSO = str(Path(dsg.__file__).parent / "examples" / "contoso.json")
SPAN = ["--as-of", "2026-09-15", "--through", "2028-12-31"]
Capture = pytest.CaptureFixture[str]


def events(path: Path) -> dict[str, Any]:
    calendar: Any = icalendar.Calendar.from_ical(path.read_bytes())
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def test_a_budget_is_the_sum_of_the_plans_fees(capsys: Capture) -> None:
    assert main(["budget", CONTOSO, *SPAN, "--format", "json"]) == 0
    budget = json.loads(capsys.readouterr().out)
    plan = dsg.plan(dsg.load(CONTOSO), "2026-09-15", "2028-12-31").recommended
    assert plan is not None
    assert budget["total"] == plan.fees == sum(step.fee or 0 for step in plan.steps)
    for part in ("by_fiscal_year", "by_month", "by_partner"):
        assert sum(budget[part].values()) == budget["total"], part
    assert budget["by_fiscal_year"] == {"2027": 1850, "2028": 3350, "2029": 1850}


def test_a_calendar_contains_the_important_dates_and_the_steps_of_the_plan(tmp_path: Path) -> None:
    path = tmp_path / "contoso.ics"
    assert main(["calendar", CONTOSO, *SPAN, "-o", str(path)]) == 0
    found = events(path)
    days = {str(event["DTSTART"].dt) for event in found.values()}
    assert {"2026-10-13", "2026-12-12", "2027-01-11"} <= days
    assert len([uid for uid in found if "/plan." in uid]) == 10
    assert all(event.walk("VALARM") for event in found.values())
    again = tmp_path / "again.ics"
    assert main(["calendar", CONTOSO, *SPAN, "-o", str(again)]) == 0
    assert again.read_bytes() == path.read_bytes()


def test_an_update_moves_changed_events_and_cancels_removed_ones(tmp_path: Path) -> None:
    old, new, moved = (tmp_path / name for name in ("old.ics", "new.ics", "moved.json"))
    assert main(["calendar", CONTOSO, *SPAN, "-o", str(old)]) == 0
    partner = dsg.what_if(
        dsg.load(CONTOSO),
        [{"extend": {"type": "psfp"}, "through": None}, {"move": {"type": "badge_awarded"}, "to": "2025-12-20"}],
    )
    moved.write_text(partner.to_json(), "utf-8")
    assert main(["calendar", str(moved), *SPAN, "--update", str(old), "-o", str(new)]) == 0
    before, after = events(old), events(new)
    assert before.keys() <= after.keys()
    cancelled = {uid for uid, event in after.items() if event.get("STATUS") == "CANCELLED"}
    shifted = {uid for uid in before if uid not in cancelled and before[uid]["DTSTART"].dt != after[uid]["DTSTART"].dt}
    assert len(cancelled) == 1
    assert shifted
    for uid, event in before.items():
        raised = 1 if uid in cancelled | shifted else 0
        assert after[uid]["SEQUENCE"] == event["SEQUENCE"] + raised, uid


def test_the_dates_of_future_terms_are_planned_and_become_facts_later(tmp_path: Path) -> None:
    old, new, renewed = (tmp_path / name for name in ("old.ics", "new.ics", "renewed.json"))
    assert main(["calendar", CONTOSO, *SPAN, "-o", str(old)]) == 0
    uid = "contoso/anniversary/2027@designation"
    before = events(old)[uid]
    assert (str(before["DTSTART"].dt), str(before["SUMMARY"])) == (
        "2027-12-12",
        "Contoso Cloud: anniversary (planned)",
    )
    done = dsg.what_if(dsg.load(CONTOSO), [{"on": "2026-11-02", "type": "renewal_approved"}])
    renewed.write_text(done.to_json(), "utf-8")
    later = ["--as-of", "2026-11-03", "--through", "2028-12-31"]
    assert main(["calendar", str(renewed), *later, "--update", str(old), "-o", str(new)]) == 0
    after = events(new)[uid]
    assert (str(after["DTSTART"].dt), str(after["SUMMARY"]), after["SEQUENCE"]) == (
        "2027-12-12",
        "Contoso Cloud: anniversary",
        1,
    )
    bare = tmp_path / "bare.ics"
    assert main(["calendar", CONTOSO, *SPAN, "--no-plan", "-o", str(bare)]) == 0
    assert not [event for event in events(bare).values() if "planned" in str(event["SUMMARY"])]


def test_past_events_do_not_change_the_ids_of_future_ones() -> None:
    contracts = [{"type": "asfp", "from": "2026-01-01", "through": day} for day in ("2026-08-31", "2026-12-31")]
    partner = dsg.parse_partner({"id": "p", "support_contracts": contracts})

    def days(as_of: str) -> dict[str, str]:
        made: Any = dsg.calendar(partner, as_of=as_of)
        return {str(event["UID"]): str(event["DTSTART"].dt) for event in made.walk("VEVENT")}

    earlier, later = days("2026-08-01"), days("2026-09-15")
    assert later == {uid: day for uid, day in earlier.items() if day > "2026-09-15"}
    assert len(later) == 1


def test_a_file_that_is_not_a_calendar_is_refused(tmp_path: Path, capsys: Capture) -> None:
    old = tmp_path / "old.ics"
    old.write_text("no calendar", "utf-8")
    assert main(["calendar", CONTOSO, *SPAN, "--update", str(old), "-o", str(tmp_path / "new.ics")]) == 2
    assert "Traceback" not in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [old]
