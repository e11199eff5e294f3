"""Budgets are the sums of the steps; calendars hold what somebody must do, and can be updated."""

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


def summaries(calendar: Any) -> dict[str, str]:
    return {str(event["SUMMARY"]).partition(": ")[2]: str(event["DTSTART"].dt) for event in calendar.walk("VEVENT")}


def test_a_calendar_contains_what_somebody_must_do_on_its_last_day(tmp_path: Path) -> None:
    path, again = tmp_path / "contoso.ics", tmp_path / "again.ics"
    for file in (path, again):
        assert main(["calendar", CONTOSO, "--as-of", "2026-09-15", "--through", "2027-12-31", "-o", str(file)]) == 0
    assert again.read_bytes() == path.read_bytes()
    calendar: Any = icalendar.Calendar.from_ical(path.read_bytes())
    assert summaries(calendar) == {
        "renewal window opens": "2026-10-13",
        "PSfP contract ends": "2026-11-30",
        "renewal deadline: performance, CSAT": "2026-12-12",
        "Solutions Partner ends": "2027-03-14",
        "renewal window opens, planned": "2027-10-13",
        "renewal deadline, planned: capability, performance, CSAT": "2027-12-12",
    }
    text = str(events(path)["contoso/anniversary/2026@designation"]["DESCRIPTION"])
    assert "the last possible day is 2027-01-11" in text
    assert "CSAT (ISSI), 500 USD, from 2026-10-13." in text


def test_only_deadlines_have_alarms(tmp_path: Path) -> None:
    contracts = [
        {"type": "asfp", "from": "2025-01-01", "through": "2027-06-30"},
        {"type": "psfp", "from": "2025-01-01", "through": "2026-12-31"},
    ]
    partner = dsg.what_if(dsg.load(CONTOSO), []).to_dict() | {"support_contracts": contracts}
    calendar: Any = dsg.calendar(
        partner, "2026-09-15", policy={"planning": {"retry_days": {"csat": 30}}}, all_dates=True
    )
    with_alarm = {str(event["UID"]).split("/")[1] for event in calendar.walk("VEVENT") if event.walk("VALARM")}
    without = {str(event["UID"]).split("/")[1] for event in calendar.walk("VEVENT") if not event.walk("VALARM")}
    assert with_alarm == {"anniversary", "contract.asfp", "prerequisite.solutions_partner"}
    assert {"window", "safe", "last_day", "pass.csat", "plan.csat", "contract.psfp"} <= without


def test_all_dates_add_planned_steps_passes_and_last_days(tmp_path: Path) -> None:
    path, every = tmp_path / "contoso.ics", tmp_path / "all.ics"
    assert main(["calendar", CONTOSO, *SPAN, "-o", str(path)]) == 0
    assert main(["calendar", CONTOSO, *SPAN, "--all", "-o", str(every)]) == 0
    default, found = events(path), events(every)
    assert default.keys() < found.keys()
    assert len([uid for uid in found if "/plan." in uid]) == 10
    assert {uid.split("/")[1] for uid in default} == {
        "anniversary", "contract.psfp", "prerequisite.solutions_partner", "window",
    }  # fmt: skip
    assert str(found["contoso/last_day/2026@designation"]["DTSTART"].dt) == "2027-01-11"


def test_a_safe_day_is_an_entry_for_actions_and_for_planned_steps() -> None:
    retries: Any = {"csat": 30, "capability": 30, "performance": 40}
    calendar = dsg.calendar(dsg.load(CONTOSO), "2026-09-15", "2028-06-30", {"planning": {"retry_days": retries}})
    found = summaries(calendar)
    assert found["last safe day: performance"] == "2027-11-02"
    assert found["last safe day: capability, CSAT"] == "2027-11-12"
    days = {str(event["DTSTART"].dt) for event in calendar.walk("VEVENT") if "/safe/" in str(event["UID"])}
    assert days == {"2026-11-02", "2026-11-12", "2027-11-02", "2027-11-12"}


def test_the_text_does_not_change_from_day_to_day() -> None:
    partner = dsg.load(CONTOSO)
    first = dsg.calendar(partner, "2026-10-20", "2028-12-31")
    later = dsg.calendar(partner, "2026-10-27", "2028-12-31", update=first.to_ical())
    assert later.to_ical() == first.to_ical()


def test_the_terms_of_a_badge_that_is_not_held_are_in_all_dates_only() -> None:
    partner = dsg.load(str(Path(CONTOSO).with_name("litware.json")))
    assert set(summaries(dsg.calendar(partner, "2026-09-15"))) == {"PSfP contract ends", "Solutions Partner ends"}
    assert "renewal window opens, planned" in summaries(dsg.calendar(partner, "2026-09-15", all_dates=True))


def test_a_missed_deadline_moves_to_the_last_possible_day() -> None:
    partner = dsg.load(CONTOSO)
    first = dsg.calendar(partner, "2026-12-01", "2026-12-31")
    late: Any = dsg.calendar(partner, "2026-12-20", "2026-12-31", update=first.to_ical())
    (event,) = (one for one in late.walk("VEVENT") if "/anniversary/2026" in str(one["UID"]))
    assert (str(event["DTSTART"].dt), event["SEQUENCE"]) == ("2027-01-11", 1)
    assert "The last possible day" in str(event["DESCRIPTION"])
    assert "support contract" in str(event["DESCRIPTION"])


def test_a_calendar_is_named(tmp_path: Path) -> None:
    partner, other = dsg.load(CONTOSO), dsg.Partner(id="other", events=[])

    def names(**options: Any) -> list[str]:
        calendar: Any = dsg.calendar(as_of="2026-09-15", **options)
        return [str(calendar[key]) for key in ("NAME", "X-WR-CALNAME")]

    assert names(partners=partner) == ["Contoso Cloud: Support Services designation"] * 2
    assert names(partners=[partner, other]) == ["Support Services designation"] * 2
    assert names(partners=partner, name="Team") == ["Team"] * 2
    earlier: Any = dsg.calendar(partner, "2026-09-15", name="A long name, " * 9)
    assert names(partners=[partner, other], update=earlier.to_ical()) == [str(earlier["NAME"])] * 2
    assert names(partners=partner, update=earlier.to_ical(), name="Team") == ["Team"] * 2


def test_the_command_names_partners_without_dates(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = tmp_path / "partners.ndjson", str(tmp_path / "out.ics")
    held = {"id": "held", "events": [{"on": "2026-03-02", "type": "badge_awarded"}]}
    nobody = [{"id": f"new{number}", "events": []} for number in range(5)]
    path.write_text("\n".join(map(json.dumps, [{"id": "unknown"}, held, *nobody])))
    assert main(["calendar", str(path), "--as-of", "2026-09-15", "-o", out]) == 0
    note = capsys.readouterr().err.splitlines()[-1]
    assert note.startswith(
        'designation: note: no dates for 6 of 7 partners: "unknown" (needs /events), "new0" (not att'
    )
    assert note.endswith('"new3" (not attained) and 1 more; --all adds the dates of plans that begin now')
    assert main(["calendar", str(path), "--as-of", "2026-09-15", "-o", out, "--all", "--id", "unknown"]) == 0
    assert capsys.readouterr().err.endswith('note: no dates for 1 of 1 partner: "unknown" (needs /events)\n')


def test_an_update_names_partners_that_were_not_given_and_cancels_them_only_on_request(
    tmp_path: Path, capsys: Capture
) -> None:
    other, bad, old, new = (tmp_path / name for name in ("other.json", "bad.json", "old.ics", "new.ics"))
    other.write_text(json.dumps(dsg.load(CONTOSO).to_dict() | {"id": "a/b", "name": "Other"}), "utf-8")
    bad.write_text("{", "utf-8")
    assert main(["calendar", CONTOSO, str(other), *SPAN, "-o", str(old)]) == 0
    update = [*SPAN, "--update", str(old), "-o", str(new)]
    capsys.readouterr()
    assert main(["calendar", CONTOSO, *update]) == 0
    assert 'left the entries of 1 partner not given: "a/b"; --cancel-missing cancels them' in capsys.readouterr().err
    assert new.read_bytes() == old.read_bytes()

    def cancelled() -> set[str]:
        return {uid.partition("/")[0] for uid, event in events(new).items() if event["STATUS"] == "CANCELLED"}

    assert main(["calendar", CONTOSO, str(bad), *update, "--cancel-missing"]) == 2
    assert "left the entries of 1 partner not given, because some input cannot be read" in capsys.readouterr().err
    assert cancelled() == set()
    assert main(["calendar", CONTOSO, *update, "--cancel-missing"]) == 0
    assert "canceled the entries of 1 partner not given" in capsys.readouterr().err
    assert cancelled() == {"a%2Fb"}
    assert main(["calendar", CONTOSO, *SPAN, "--update", str(new), "-o", str(new), "--cancel-missing"]) == 0
    assert capsys.readouterr().err == f"designation: wrote {new}\n"
    assert main(["calendar", CONTOSO, *SPAN, "-o", str(new), "--cancel-missing"]) == 2


def test_40_partners_over_two_years_have_fewer_than_400_entries() -> None:
    contoso = dsg.load(CONTOSO).to_dict()
    partners = [
        dsg.what_if(contoso | {"id": f"p{n}"}, [{"move": {"type": "badge_awarded"}, "to": f"2026-{n % 9 + 1:02}-12"}])
        for n in range(40)
    ]
    retries = {"planning": {"retry_days": {"csat": 30, "capability": 30, "performance": 30}}}
    calendar: Any = dsg.calendar(partners, "2026-09-15", "2028-09-15", retries)
    assert len(calendar.walk("VEVENT")) < 400


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
        "Contoso Cloud: renewal deadline, planned: capability, performance, CSAT",
    )
    done = dsg.what_if(dsg.load(CONTOSO), [{"on": "2026-11-02", "type": "renewal_approved"}])
    renewed.write_text(done.to_json(), "utf-8")
    later = ["--as-of", "2026-11-03", "--through", "2028-12-31"]
    assert main(["calendar", str(renewed), *later, "--update", str(old), "-o", str(new)]) == 0
    after = events(new)[uid]
    assert (str(after["DTSTART"].dt), str(after["SUMMARY"]), after["SEQUENCE"]) == (
        "2027-12-12",
        "Contoso Cloud: renewal deadline: capability, performance, CSAT",
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


@pytest.mark.parametrize("as_of", ["2199-11-20", "2199-12-31"])
def test_calendars_budgets_and_plans_work_on_the_last_supported_dates(as_of: str) -> None:
    contract = {"type": "psfp", "from": "1900-01-01", "through": "2199-12-31"}
    events = [{"on": "2198-12-30", "type": "badge_awarded"}]
    partner = {"id": "p", "support_contracts": [contract], "events": events}
    assert dsg.calendar(partner, as_of, "2199-12-31", all_dates=True).to_ical()
    assert dsg.budget(partner, as_of, "2199-12-31").to_dict()
