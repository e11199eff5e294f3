"""Deadlines as a calendar (ICS), which later exports can update."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from designation import _core
from designation._api import RulebookSource, as_partners, build_rules
from designation._days import day_or_today, parse_day, years_after
from designation._errors import require_type
from designation._lazy import lazy
from designation._text.calendar_entries import UID_SUFFIX, Entry, entries_of, prefix_of
from designation._text.calendar_merge import is_foreign, merge_calendar, split_calendar
from designation._text.layout import replace_controls

icalendar = lazy("icalendar", "calendar")

ALARMS = (30, 7)
NAME = "Support Services designation"
# Calendar programs know one of these properties, or both.
NAME_PROPERTIES = ("NAME", "X-WR-CALNAME")


def calendar(  # noqa: PLR0913
    partners: Any,
    as_of: datetime.date | str | None = None,
    through: datetime.date | str | None = None,
    policy: _core.Policy | Mapping[str, Any] | None = None,
    rulebook: RulebookSource | None = None,
    *,
    plan: bool = True,
    all_dates: bool = False,
    alarms: Sequence[int] = ALARMS,
    name: str | None = None,
    update: bytes | None = None,
    cancel_missing: bool = False,
) -> Any:
    """Build a calendar of what somebody must do: renewals, contracts, and other prerequisites, on their deadlines.

    It also has the first days of renewal windows, and the last days that leave room for a second try. The plan adds the
    terms that it would start.

    Write its ``to_ical()`` to a file. The bytes depend only on the arguments. With ``update``, an event whose date has
    changed gets a higher sequence number, an event that no longer applies is canceled, and the others stay unchanged.

    Args:
        partners: A partner, several, or a file, a frame, or a portfolio.
        as_of: The date of the assessment, and the first day of the calendar; default: today.
        through: The last day of the plan, which renews all anniversaries through it; default: two years after
            ``as_of``.
        policy: As in `assess`.
        rulebook: As in `assess`.
        plan: Whether to include the terms that the recommended plan would start.
        all_dates: Whether to include the steps of the plan on their earliest days, the ends of passes, the last days of
            windows, and the terms that would begin with a badge that is not held.
        alarms: How many days before each deadline to remind.
        name: The name of the calendar; default: that of ``update``, or one with the name of the only partner. A
            calendar in which other events stand keeps its name.
        update: An earlier calendar. What is not ours in it stays as it is, byte for byte.
        cancel_missing: Whether to cancel the entries of partners in ``update`` that are not given; they stay otherwise.

    Raises:
        InputError: A date is not valid, or the policy does not fit the rulebook.
        ValueError: ``through`` is before ``as_of``, or ``update`` is not a calendar.
        ImportError: The package icalendar is missing (``pip install 'designation[calendar]'``).

    Example:
        >>> import designation as dsg
        >>> partner = dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
        >>> calendar = dsg.calendar(partner, as_of="2026-09-15", plan=False)
        >>> [(str(event["SUMMARY"]), str(event["DTSTART"].dt)) for event in calendar.walk("VEVENT")]
        ... # doctest: +NORMALIZE_WHITESPACE
        [('contoso: renewal window opens', '2027-01-01'),
         ('contoso: renewal deadline: capability, performance, CSAT', '2027-03-02')]
    """
    if name is not None:
        require_type(name, str, "name")
    if update is not None:
        require_type(update, bytes, "update")
    first = day_or_today(as_of)
    last = years_after(first, 2) if through is None else parse_day(through)
    rules = build_rules(policy, rulebook)
    group = as_partners(partners)
    if last < first:
        raise ValueError(f"through, {last}, is before as_of, {first}")
    entries: list[Entry] = []
    for partner in group:
        plans = _core.plan_under(partner, first, last, rules) if plan else None
        entries += entries_of(partner, first, plans, rules, all_dates=all_dates)
    prefixes = ("",) if cancel_missing else tuple(prefix_of(partner.id) for partner in group)
    only = f"{group[0].name or group[0].id}: {NAME}" if len(group) == 1 else NAME
    title = replace_controls(name or _name(update) or only)  # icalendar does not escape the names of calendars
    return _build(entries, prefixes, first, alarms, update=update, name=title)


def missing_partners(update: bytes, partners: Iterable[str], as_of: datetime.date) -> list[str]:
    """Return the ids of the other partners of a calendar that have entries from a date on.

    Raises:
        ValueError: It is not a calendar.
    """
    return sorted(_ids_with_dates(_own_events(update).values(), as_of) - set(partners))


def partners_without_dates(
    calendar: Any, partners: Iterable[_core.Partner], as_of: datetime.date
) -> list[_core.Partner]:
    """Return the partners that have no entry in a calendar from a date on."""
    events = (one for one in calendar.walk("VEVENT") if "DTSTART" in one and str(one.get("UID")).endswith(UID_SUFFIX))
    ids = _ids_with_dates(events, as_of)
    return [partner for partner in partners if partner.id not in ids]


def _ids_with_dates(events: Iterable[Any], as_of: datetime.date) -> set[str]:
    """Return the ids of the partners of our events that are neither over nor canceled."""
    return {unquote(str(event["UID"]).partition("/")[0]) for event in events if _is_open(event, as_of)}


def _build(  # noqa: PLR0913
    entries: list[Entry],
    prefixes: tuple[str, ...],
    as_of: datetime.date,
    alarms: Sequence[int],
    *,
    update: bytes | None,
    name: str,
) -> Any:
    """Build the calendar; entries of an earlier one that no longer apply are canceled if their UID has a prefix."""
    old = {} if update is None else _own_events(update)
    parts = split_calendar(update or b"", UID_SUFFIX)
    texts = {uid: event.to_ical() for uid, event in old.items()}
    events = {}
    for entry in entries:
        event = _event(entry, as_of, alarms, 0)
        before = old.get(entry.uid)
        if before is not None:
            unchanged = _content(before) == _content(event)
            event = before if unchanged else _event(entry, as_of, alarms, _sequence(before) + 1)
        events[entry.uid] = event
    for uid, before in old.items():
        if uid not in events:
            is_obsolete = uid.startswith(prefixes) and _is_open(before, as_of)
            events[uid] = _cancel(before, as_of) if is_obsolete else before
    ordered = sorted(events, key=lambda uid: (_day(events[uid]), uid))
    if update is not None and is_foreign(parts, NAME_PROPERTIES):
        written = {uid: events[uid].to_ical() for uid in ordered}
        return merge_calendar(parts, {uid: None if text == texts.get(uid) else text for uid, text in written.items()})
    result = icalendar.Calendar()
    for key, value in (("VERSION", "2.0"), ("PRODID", "-//designation//EN"), ("METHOD", "PUBLISH")):
        result.add(key, value)
    for key in NAME_PROPERTIES:
        result.add(key, name)
    for uid in ordered:
        result.add_component(events[uid])
    return result


def _name(update: bytes | None) -> str | None:
    """Return the name of an earlier calendar."""
    calendar = {} if update is None else _parse(update)
    return next((str(calendar[key]) for key in NAME_PROPERTIES if key in calendar), None)


def _parse(text: bytes) -> Any:
    try:
        return icalendar.Calendar.from_ical(text)
    except (ValueError, KeyError, IndexError):
        raise ValueError("must be a calendar (ICS)") from None


def _event(entry: Entry, as_of: datetime.date, alarms: Sequence[int], sequence: int) -> Any:
    event = icalendar.Event()
    event.add("UID", entry.uid)
    event.add("DTSTAMP", _stamp(as_of))
    event.add("DTSTART", entry.on)
    summary = replace_controls(entry.summary)
    event.add("SUMMARY", summary)
    event.add("DESCRIPTION", "\n".join(map(replace_controls, entry.description.split("\n"))))
    event.add("SEQUENCE", sequence)
    event.add("STATUS", "CONFIRMED")
    event.add("TRANSP", "TRANSPARENT")
    for days in alarms if entry.is_deadline else ():
        alarm = icalendar.Alarm()
        alarm.add("ACTION", "DISPLAY")
        alarm.add("DESCRIPTION", summary)
        alarm.add("TRIGGER", datetime.timedelta(-days))
        event.add_component(alarm)
    return event


def _stamp(as_of: datetime.date) -> datetime.datetime:
    return datetime.datetime(as_of.year, as_of.month, as_of.day, tzinfo=datetime.UTC)


def _is_open(event: Any, as_of: datetime.date) -> bool:
    """Return whether an event is neither over nor canceled."""
    return _day(event) >= as_of and str(event.get("STATUS", "")) != "CANCELLED"


def _cancel(event: Any, as_of: datetime.date) -> Any:
    sequence = _sequence(event) + 1
    for name, value in (("STATUS", "CANCELLED"), ("SEQUENCE", sequence), ("DTSTAMP", _stamp(as_of))):
        event.pop(name, None)
        event.add(name, value)
    event.subcomponents.clear()
    return event


def _own_events(text: bytes) -> dict[str, Any]:
    """Return our events of a calendar by UID."""
    own = {part.uid for part in split_calendar(text, UID_SUFFIX)}
    events = [event for event in _parse(text).walk("VEVENT") if "DTSTART" in event]
    return {str(event["UID"]): event for event in events if str(event.get("UID", "")) in own}


def _content(event: Any) -> bytes:
    """Return the content of an event; if it changes, the event has changed."""
    content = icalendar.Event.from_ical(event.to_ical())
    for name in ("DTSTAMP", "SEQUENCE"):
        content.pop(name, None)
    text: bytes = content.to_ical()
    return text


def _sequence(event: Any) -> int:
    return int(event.get("SEQUENCE", 0))


def _day(event: Any) -> datetime.date:
    start: datetime.date = event["DTSTART"].dt
    return start.date() if isinstance(start, datetime.datetime) else start
