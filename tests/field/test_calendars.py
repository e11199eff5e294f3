"""Calendars that people keep: an update changes our events, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import icalendar
import pytest

import designation as dsg
from designation.cli import main

PARTNER = {"id": "contoso", "name": "Contoso", "events": [{"on": "2025-12-12", "type": "badge_awarded"}]}
AS_OF = "2026-09-15"
TASK = "VTO" + "DO"
OWN = """BEGIN:VCALENDAR
PRODID:-//Example//Calendar//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:PUBLISH
X-WR-CALNAME:Support team
REFRESH-INTERVAL;VALUE=DURATION:PT12H
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
DTSTART;TZID=Europe/Berlin:20261001T100000
RRULE:FREQ=WEEKLY;BYDAY=TH
DTSTAMP:20260901T072558Z
UID:series1@example
SUMMARY:Weekly review
  with a folded line
BEGIN:VALARM
UID:alarm@designation
ACTION:DISPLAY
TRIGGER:-PT15M
DESCRIPTION:soon
END:VALARM
END:VEVENT
BEGIN:VEVENT
DTSTART;TZID=Europe/Berlin:20261008T143000
RECURRENCE-ID;TZID=Europe/Berlin:20261008T100000
DTSTAMP:20260901T072558Z
UID:series1@example
SUMMARY:Weekly review (moved)
END:VEVENT
BEGIN:VEVENT
DTSTAMP:20260901T072558Z
UID:no-start@example
SUMMARY:An event without a start
END:VEVENT
BEGIN:{TASK}
UID:todo1@example
DTSTAMP:20260901T072558Z
SUMMARY:Send evidence
END:{TASK}
BEGIN:VJOURNAL
UID:journal1@example
DTSTAMP:20260901T072558Z
SUMMARY:Notes
END:VJOURNAL
END:VCALENDAR
""".replace("{TASK}", TASK)


def updated(folder: Path, own: bytes, partner: dict[str, Any] = PARTNER) -> bytes:
    (folder / "partner.json").write_text(json.dumps(partner), "utf-8")
    (folder / "own.ics").write_bytes(own)
    words = ["calendar", str(folder / "partner.json"), "--as-of", AS_OF, "--update", str(folder / "own.ics")]
    assert main([*words, "-o", str(folder / "own.ics")]) == 0
    return (folder / "own.ics").read_bytes()


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_everything_that_is_not_ours_stays_byte_for_byte(tmp_path: Path, ending: str, mark: bytes) -> None:
    own = mark + OWN.replace("\n", ending).encode()
    merged = updated(tmp_path, own)
    before, end = own.rsplit(b"END:VCALENDAR", 1)
    assert merged.startswith(before)
    assert merged.endswith(b"END:VCALENDAR" + end)
    events = icalendar.Calendar.from_ical(merged).walk("VEVENT")
    ours = [event for event in events if str(event["UID"]).endswith("@designation")]
    alone = dsg.calendar(dsg.parse_partner(PARTNER), AS_OF)
    assert {str(event["UID"]) for event in ours} == {str(event["UID"]) for event in alone.walk("VEVENT")}


def test_a_second_update_changes_nothing_and_a_later_one_only_our_events(tmp_path: Path) -> None:
    first = updated(tmp_path, OWN.encode())
    assert updated(tmp_path, first) == first
    moved = {**PARTNER, "events": [{"on": "2025-12-20", "type": "badge_awarded"}]}
    later = updated(tmp_path, first, moved)
    assert later != first
    assert later.startswith(OWN.encode().rsplit(b"END:VCALENDAR", 1)[0])
    sequences = {
        int(event.get("SEQUENCE", 0))
        for event in icalendar.Calendar.from_ical(later).walk("VEVENT")
        if str(event["UID"]).endswith("@designation")
    }
    assert max(sequences) == 1


def test_an_updated_calendar_can_be_inspected(tmp_path: Path) -> None:
    calendar = dsg.calendar(dsg.parse_partner(PARTNER), AS_OF, update=OWN.encode())
    assert len(calendar.walk(TASK)) == 1
    assert str(calendar["X-WR-CALNAME"]) == "Support team"
    assert calendar.to_ical().startswith(OWN.encode().rsplit(b"END:VCALENDAR", 1)[0])
