"""Deadlines as a calendar (ICS), which later exports can update."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

from designation import _core
from designation._answers.plan import SUBJECTS, apply_plan
from designation._api import as_partners, build_rules
from designation._days import day_or_today, parse_day, years_after
from designation._lazy import lazy
from designation._text.calendar_merge import is_foreign, merge_calendar, split_calendar
from designation._text.plan import describe_step
from designation._text.wording import humanize

icalendar = lazy("icalendar", "calendar")

UID_SUFFIX = "@designation"
ALARMS = (30, 7)


class Entry(NamedTuple):
    """An entry of the calendar. Subject and cycle identify it, also if its date moves."""

    partner: str
    subject: str
    cycle: str
    on: datetime.date
    summary: str
    description: str

    @property
    def uid(self) -> str:
        """The identifier of the entry in calendar programs."""
        return f"{_prefix(self.partner)}{quote(self.subject, safe='')}/{self.cycle}{UID_SUFFIX}"


def calendar(  # noqa: PLR0913
    partners: Any,
    as_of: datetime.date | str | None = None,
    through: datetime.date | str | None = None,
    policy: _core.Policy | Mapping[str, Any] | None = None,
    rulebook: _core.Rulebook | None = None,
    *,
    plan: bool = True,
    alarms: Sequence[int] = ALARMS,
    update: bytes | None = None,
) -> Any:
    """Build a calendar of renewal windows, anniversaries, the last days of passes and contracts, and plan steps.

    The steps of a plan add the dates of the terms that they would start.

    Write its ``to_ical()`` to a file. The bytes depend only on the arguments. With ``update``, an event whose date has
    changed gets a higher sequence number, an event that no longer applies is canceled, and the others stay unchanged.

    Args:
        partners: A partner, several, or a file, a frame, or a portfolio.
        as_of: The date of the assessment, and the first day of the calendar; default: today.
        through: The last day of the plan, which renews all anniversaries through it; default: two years after
            ``as_of``.
        policy: As in `assess`.
        rulebook: As in `assess`.
        plan: Whether to include the steps of the recommended plan.
        alarms: How many days before each event to remind.
        update: An earlier calendar. What is not ours in it stays as it is, byte for byte.

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
        [('contoso: renewal window opens', '2027-01-01'), ('contoso: anniversary', '2027-03-02'),
         ('contoso: last day of the renewal window', '2027-04-01')]
    """
    first = day_or_today(as_of)
    last = years_after(first, 2) if through is None else parse_day(through)
    rules = build_rules(policy, rulebook)
    group = as_partners(partners)
    entries = [entry for partner in group for entry in _entries(partner, first, last, rules, plan)]
    return _build(entries, [partner.id for partner in group], first, alarms, update)


def _prefix(partner: str) -> str:
    return f"{quote(partner, safe='')}/"


def _entries(
    partner: _core.Partner, as_of: datetime.date, through: datetime.date, rules: _core.Rules, plan: bool
) -> Iterator[Entry]:
    counts: dict[tuple[str, str], int] = {}
    dates = [*_fact_dates(partner, as_of, rules), *(_plan_dates(partner, as_of, through, rules) if plan else ())]
    for subject, cycle, on, summary, description in dates:
        count = counts[subject, cycle] = counts.get((subject, cycle), 0) + 1
        number = cycle if count == 1 else f"{cycle}.{count}"
        if on < as_of:
            continue
        yield Entry(partner.id, subject, number, on, f"{partner.name or partner.id}: {summary}", description)


_Date = tuple[str, str, datetime.date, str, str]


def _fact_dates(partner: _core.Partner, as_of: datetime.date, rules: _core.Rules) -> Iterator[_Date]:
    assessment = _core.assess(partner, as_of, rules)
    yield from _term_dates(assessment.term)
    for name, result in assessment.evaluations.items():
        if result.valid_through is not None:
            text = f"The last day of the pass of {result.passed_on}."
            yield (
                f"pass.{name}",
                str(result.valid_through.year),
                result.valid_through,
                f"{humanize(name)} pass ends",
                text,
            )
    for contract in partner.support_contracts or ():
        if contract.through is not None:
            text = f"The last day of the contract that began on {contract.from_}."
            kind = str(contract.type)
            yield f"contract.{kind}", str(contract.from_), contract.through, f"{humanize(kind)} contract ends", text


def _term_dates(term: _core.Term, planned: str = "") -> Iterator[_Date]:
    days = {
        "window": (term.renewal_opens_on, "renewal window opens", "The first day on which a renewal can be decided."),
        "anniversary": (term.expires_on, "anniversary", "The first day after the term. Renew before it."),
        "last_day": (term.renewal_closes_on, "last day of the renewal window", "The term expires on the next day."),
    }
    for subject, (day, summary, description) in days.items():
        if day is not None and term.expires_on is not None:
            yield subject, str(term.expires_on.year), day, f"{summary}{planned}", description


def _plan_dates(
    partner: _core.Partner, as_of: datetime.date, through: datetime.date, rules: _core.Rules
) -> Iterator[_Date]:
    plans = _core.plan_under(partner, as_of, through, rules)
    if plans.recommended is None:
        return
    for step in plans.recommended.steps:
        subject = SUBJECTS[step.type]
        cycle = "badge" if step.anniversary is None else str(step.anniversary.year)
        text = f"{describe_step(step, plans.currency)}. Latest day: {step.latest}."
        yield f"plan.{subject}", cycle, step.on, f"{humanize(subject)}, planned", text
    after = apply_plan(partner, as_of, plans.recommended)
    for step in plans.recommended.steps:
        if step.expires_on is not None:
            yield from _term_dates(_core.assess(after, step.on, rules).term, " (planned)")


def _build(
    entries: list[Entry], partners: list[str], as_of: datetime.date, alarms: Sequence[int], update: bytes | None
) -> Any:
    result = icalendar.Calendar()
    for name, value in (("VERSION", "2.0"), ("PRODID", "-//designation//EN"), ("METHOD", "PUBLISH")):
        result.add(name, value)
    old = {} if update is None else _parse_events(update)
    parts = split_calendar(update or b"", UID_SUFFIX)
    own = {part.uid for part in parts}
    old = {uid: event for uid, event in old.items() if uid in own}
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
            is_obsolete = uid.endswith(UID_SUFFIX) and any(uid.startswith(_prefix(partner)) for partner in partners)
            events[uid] = _cancel(before, as_of) if is_obsolete and _day(before) >= as_of else before
    ordered = sorted(events, key=lambda uid: (_day(events[uid]), uid))
    if update is not None and is_foreign(parts):
        written = {uid: events[uid].to_ical() for uid in ordered}
        return merge_calendar(parts, {uid: None if text == texts.get(uid) else text for uid, text in written.items()})
    for uid in ordered:
        result.add_component(events[uid])
    return result


def _event(entry: Entry, as_of: datetime.date, alarms: Sequence[int], sequence: int) -> Any:
    event = icalendar.Event()
    event.add("UID", entry.uid)
    event.add("DTSTAMP", _stamp(as_of))
    event.add("DTSTART", entry.on)
    event.add("SUMMARY", entry.summary)
    event.add("DESCRIPTION", entry.description)
    event.add("SEQUENCE", sequence)
    event.add("STATUS", "CONFIRMED")
    event.add("TRANSP", "TRANSPARENT")
    for days in alarms:
        alarm = icalendar.Alarm()
        alarm.add("ACTION", "DISPLAY")
        alarm.add("DESCRIPTION", entry.summary)
        alarm.add("TRIGGER", datetime.timedelta(-days))
        event.add_component(alarm)
    return event


def _stamp(as_of: datetime.date) -> datetime.datetime:
    return datetime.datetime(as_of.year, as_of.month, as_of.day, tzinfo=datetime.timezone.utc)


def _cancel(event: Any, as_of: datetime.date) -> Any:
    if str(event.get("STATUS", "")) == "CANCELLED":
        return event
    sequence = _sequence(event) + 1
    for name, value in (("STATUS", "CANCELLED"), ("SEQUENCE", sequence), ("DTSTAMP", _stamp(as_of))):
        event.pop(name, None)
        event.add(name, value)
    event.subcomponents.clear()
    return event


def _parse_events(text: bytes) -> dict[str, Any]:
    try:
        old: Any = icalendar.Calendar.from_ical(text)
        return {str(event["UID"]): event for event in old.walk("VEVENT") if "DTSTART" in event}
    except (ValueError, KeyError, IndexError):
        raise ValueError("must be a calendar (ICS)") from None


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
