"""The period and the breakdowns of a metric."""

from __future__ import annotations

import calendar
import datetime
import re
from typing import NamedTuple

from designation._days import parse_day
from designation._errors import InputError
from designation._messages import quote
from designation.metrics._errors import input_error

CALENDAR_PERIOD = re.compile(r"(?P<year>\d{4})(?:-(?:(?P<part>H[12]|Q[1-4])|(?P<month>0[1-9]|1[0-2])))?")
# A year with its part as people also write it: 2026-q2, 2026Q2, Q2 2026, 2026/6.
PART, APART = "[HQ][1-4]|1[0-2]|0?[1-9]", r"[\s/._-]*"
OTHER_FORM = re.compile(
    rf"(?P<year>\d{{4}}){APART}(?P<part>{PART})|(?P<later_part>{PART}){APART}(?P<later_year>\d{{4}})", re.IGNORECASE
)
TRAILING = re.compile(r"\s*(?P<months>\d{1,4})\s+months?\s+to\s+(?P<end>\S+)\s*", re.IGNORECASE)
FORMS = (
    'must be a pair of dates, "2026", "2026-H1", "2026-Q1", "2026-01", "2026-01-31", two of these joined by "..", or '
)
FORMS += '"12 months to 2026-09-30"'


class Period(NamedTuple):
    """The days from ``from_`` through ``through``, both included."""

    from_: datetime.date
    through: datetime.date

    @property
    def months(self) -> tuple[str, ...]:
        """The months that the period overlaps, as ``YYYY-MM``."""
        first, last = (day.year * 12 + day.month - 1 for day in self)
        return tuple(f"{month // 12:04}-{month % 12 + 1:02}" for month in range(first, last + 1))

    @property
    def has_whole_months(self) -> bool:
        """Whether the period begins on the first day and ends on the last day of a month."""
        return self.from_.day == 1 and self.through == _last_day(self.through)

    def __str__(self) -> str:
        return f"{self.from_} to {self.through}"


class Scope(NamedTuple):
    """The scope of a metric: its period, the months to exclude from it, and the breakdowns."""

    period: Period
    exclude: tuple[str, ...] = ()
    by: tuple[str, ...] = ()


def parse_period(value: object) -> Period:
    """Parse a period: a pair of dates, or text such as ``2026``, ``2026-01..2026-05``, ``12 months to 2026-09-30``."""
    trailing = TRAILING.fullmatch(value) if isinstance(value, str) else None
    if trailing is not None:
        return _parse_trailing(int(trailing["months"]), trailing["end"])
    if isinstance(value, str):
        first, dots, last = value.partition("..")
        bounds: tuple[object, object] = (first, last if dots else first)
    elif isinstance(value, tuple | list) and len(value) == 2:
        bounds = (value[0], value[1])
    else:
        raise input_error("type", FORMS, "/period")
    period = Period(_parse_bound(bounds[0]).from_, _parse_bound(bounds[1]).through)
    if period.through < period.from_:
        raise input_error("order", f"the period {period} ends before it begins", "/period")
    return period


def _parse_trailing(months: int, text: str) -> Period:
    """Return the whole months up to a date, which must be the last day of a month."""
    end = _parse_bound(text).through
    last = _last_day(end)
    if end != last:
        before = end.replace(day=1) - datetime.timedelta(days=1)
        message = f"the period must end on the last day of a month, such as {before} or {last}, not on {end}"
        raise input_error("date", message, "/period")
    first = end.year * 12 + end.month - months
    if months < 1 or first < datetime.date.min.year * 12:
        raise input_error("range", f"must be at least 1 month that the calendar has, not {months} months", "/period")
    return Period(_parse_date(f"{first // 12:04}-{first % 12 + 1:02}-01").from_, end)


def _last_day(day: datetime.date) -> datetime.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _parse_bound(value: object) -> Period:
    """Return the days that one bound of a period stands for: a year, half-year, quarter, month or date."""
    parts = CALENDAR_PERIOD.fullmatch(value) if isinstance(value, str) else None
    if parts is None:
        return _parse_date(value)
    year, month, length = int(parts["year"]), 1, 12
    if parts["part"]:
        length = 6 if parts["part"][0] == "H" else 3
        month = (int(parts["part"][1]) - 1) * length + 1
    elif parts["month"]:
        month, length = int(parts["month"]), 1
    last = calendar.monthrange(year, month + length - 1)[1] if year else 0
    first, last_day = f"{year:04}-{month:02}-01", f"{year:04}-{month + length - 1:02}-{last:02}"
    return Period(_parse_date(first).from_, _parse_date(last_day).from_)


def _parse_date(value: object) -> Period:
    if isinstance(value, str | datetime.date) and not isinstance(value, datetime.datetime):
        try:
            day = parse_day(value)
        except InputError:
            pass
        else:
            return Period(day, day)
    raise input_error("date", f"{quote(value)} is not a valid period; {_find_meant(value) or FORMS}", "/period")


def _find_meant(value: object) -> str:
    """Return the suggestion for a year with its part in another form; an empty text if it is none."""
    found = OTHER_FORM.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return ""
    year, part = found["year"] or found["later_year"], found["part"] or found["later_part"]
    period = f"{year}-{part.upper() if part[0] in 'hqHQ' else part.zfill(2)}"
    return f"did you mean {quote(period)}?" if CALENDAR_PERIOD.fullmatch(period) else ""
