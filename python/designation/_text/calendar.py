"""Days to keep, as a calendar (ICS) that later exports bring up to date."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

from designation import _core
from designation._answers.plan import SUBJECTS, followed, of
from designation._api import rules_of
from designation._days import day_or_today, parse_day, years_after
from designation._lazy import lazy
from designation._text.plan import said
from designation._text.wording import spoken

icalendar = lazy("icalendar", "calendar")

OURS = "@designation"
ALARMS = (30, 7)


class Entry(NamedTuple):
    """A day, by what it is about: the same subject and cycle is the same entry, also when its day moves."""

    partner: str
    subject: str
    cycle: str
    on: datetime.date
    summary: str
    description: str

    @property
    def uid(self) -> str:
        """What calendars know the entry by."""
        return f"{_prefix(self.partner)}{quote(self.subject, safe='')}/{self.cycle}{OURS}"


def calendar(  # noqa: PLR0913
    partners: _core.Partner | Iterable[_core.Partner],
    as_of: datetime.date | str | None = None,
    through: datetime.date | str | None = None,
    policy: _core.Policy | Mapping[str, Any] | None = None,
    rulebook: _core.Rulebook | None = None,
    *,
    plan: bool = True,
    alarms: Sequence[int] = ALARMS,
    update: bytes | None = None,
) -> Any:
    """Make a calendar of window openings, anniversaries, last days, ends of passes and contracts, and plan steps.

    With the steps of a plan come the days of the terms that they would bring.

    Write its ``to_ical()`` to a file. The bytes follow from the arguments alone. With ``update``, what has moved since
    gets a higher sequence number, what is no longer to come is cancelled, and everything else stays as it was.

    Args:
        partners: A partner, or several.
        as_of: The day of the answer, and the first one in the calendar; default: today.
        through: The last day whose anniversary is planned; default: two years after ``as_of``.
        policy: As in `assess`.
        rulebook: As in `assess`.
        plan: Whether the steps of the recommended plan are in it.
        alarms: So many days before each day a calendar reminds.
        update: An earlier calendar.

    Raises:
        InputError: A day is none, or the policy does not fit the rulebook.
        ValueError: ``through`` is before ``as_of``, or ``update`` is no calendar.
        ImportError: The package icalendar is missing (``pip install 'designation[calendar]'``).

    Example:
        >>> import designation as dsg
        >>> partner = dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
        >>> made = dsg.calendar(partner, as_of="2026-09-15", plan=False)
        >>> [(str(event["SUMMARY"]), str(event["DTSTART"].dt)) for event in made.walk("VEVENT")]
        ... # doctest: +NORMALIZE_WHITESPACE
        [('contoso: renewal window opens', '2027-01-01'), ('contoso: anniversary', '2027-03-02'),
         ('contoso: last day of the renewal window', '2027-04-01')]
    """
    first = day_or_today(as_of)
    last = years_after(first, 2) if through is None else parse_day(through)
    rules = rules_of(policy, rulebook)
    each = [partners] if isinstance(partners, _core.Partner) else list(partners)
    entries = [entry for one in each for entry in _entries(one, first, last, rules, plan)]
    return _made(entries, [one.id for one in each], first, alarms, update)


def _prefix(partner: str) -> str:
    return f"{quote(partner, safe='')}/"


def _entries(
    partner: _core.Partner, as_of: datetime.date, through: datetime.date, rules: _core.Rules, plan: bool
) -> Iterator[Entry]:
    seen: dict[tuple[str, str], int] = {}
    found = [*_of_facts(partner, as_of, rules), *(_of_plan(partner, as_of, through, rules) if plan else ())]
    for subject, cycle, on, summary, description in found:
        count = seen[subject, cycle] = seen.get((subject, cycle), 0) + 1
        number = cycle if count == 1 else f"{cycle}.{count}"
        if on < as_of:
            continue
        yield Entry(partner.id, subject, number, on, f"{partner.name or partner.id}: {summary}", description)


_Found = tuple[str, str, datetime.date, str, str]


def _of_facts(partner: _core.Partner, as_of: datetime.date, rules: _core.Rules) -> Iterator[_Found]:
    assessment = _core.assess(partner, as_of, rules)
    yield from _of_term(assessment.term)
    for name, result in assessment.evaluations.items():
        if result.valid_through is not None:
            text = f"The last day of the pass of {result.passed_on}."
            yield (
                f"pass.{name}",
                str(result.valid_through.year),
                result.valid_through,
                f"{spoken(name)} pass ends",
                text,
            )
    for contract in partner.support_contracts or ():
        if contract.through is not None:
            text = f"The last day of the contract that began on {contract.from_}."
            kind = str(contract.type)
            yield f"contract.{kind}", str(contract.from_), contract.through, f"{spoken(kind)} contract ends", text


def _of_term(term: _core.Term, planned: str = "") -> Iterator[_Found]:
    days = {
        "window": (term.renewal_opens_on, "renewal window opens", "The first day on which a renewal can be decided."),
        "anniversary": (term.expires_on, "anniversary", "The first day outside the term: renew before it."),
        "last_day": (term.renewal_closes_on, "last day of the renewal window", "From the next day on it is expired."),
    }
    for subject, (day, summary, description) in days.items():
        if day is not None and term.expires_on is not None:
            yield subject, str(term.expires_on.year), day, f"{summary}{planned}", description


def _of_plan(
    partner: _core.Partner, as_of: datetime.date, through: datetime.date, rules: _core.Rules
) -> Iterator[_Found]:
    plans = of(partner, as_of, through, rules)
    if plans.recommended is None:
        return
    for step in plans.recommended.steps:
        subject = SUBJECTS[step.type]
        cycle = "badge" if step.anniversary is None else str(step.anniversary.year)
        text = f"{said(step, plans.currency)}. Latest day: {step.latest}."
        yield f"plan.{subject}", cycle, step.on, f"{spoken(subject)}, planned", text
    after = followed(partner, as_of, plans.recommended)
    for step in plans.recommended.steps:
        if step.expires_on is not None:
            yield from _of_term(_core.assess(after, step.on, rules).term, " (planned)")


def _made(
    entries: list[Entry], partners: list[str], as_of: datetime.date, alarms: Sequence[int], update: bytes | None
) -> Any:
    made = icalendar.Calendar()
    for name, value in (("VERSION", "2.0"), ("PRODID", "-//designation//EN"), ("METHOD", "PUBLISH")):
        made.add(name, value)
    old = {} if update is None else _events_of(update)
    events = {}
    for entry in entries:
        event = _event(entry, as_of, alarms, 0)
        before = old.get(entry.uid)
        if before is not None:
            same = _content(before) == _content(event)
            event = before if same else _event(entry, as_of, alarms, _sequence(before) + 1)
        events[entry.uid] = event
    for uid, before in old.items():
        if uid not in events:
            gone = uid.endswith(OURS) and any(uid.startswith(_prefix(partner)) for partner in partners)
            events[uid] = _cancelled(before, as_of) if gone and _day(before) >= as_of else before
    for uid in sorted(events, key=lambda uid: (_day(events[uid]), uid)):
        made.add_component(events[uid])
    return made


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


def _cancelled(event: Any, as_of: datetime.date) -> Any:
    if str(event.get("STATUS", "")) == "CANCELLED":
        return event
    sequence = _sequence(event) + 1
    for name, value in (("STATUS", "CANCELLED"), ("SEQUENCE", sequence), ("DTSTAMP", _stamp(as_of))):
        event.pop(name, None)
        event.add(name, value)
    event.subcomponents.clear()
    return event


def _events_of(text: bytes) -> dict[str, Any]:
    try:
        old: Any = icalendar.Calendar.from_ical(text)
        return {str(event["UID"]): event for event in old.walk("VEVENT") if "DTSTART" in event}
    except (ValueError, KeyError, IndexError) as error:
        raise ValueError(f"what is to be updated is no calendar: {error}") from None


def _content(event: Any) -> bytes:
    """Give what a change of is a change of the entry."""
    told = icalendar.Event.from_ical(event.to_ical())
    for name in ("DTSTAMP", "SEQUENCE"):
        told.pop(name, None)
    text: bytes = told.to_ical()
    return text


def _sequence(event: Any) -> int:
    return int(event.get("SEQUENCE", 0))


def _day(event: Any) -> datetime.date:
    start: datetime.date = event["DTSTART"].dt
    return start.date() if isinstance(start, datetime.datetime) else start
