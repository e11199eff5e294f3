"""Dates: parse them, read the clock, add years, and find what those in another form can mean."""

from __future__ import annotations

import contextlib
import datetime
import re

from designation import _core
from designation._errors import InputError
from designation._messages import MIGRATION

LAST_DAY = "2199-12-31"
# Dates that people write in other forms.
WRITTEN = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
MESSAGE = re.compile(r'must be a date as "YYYY-MM-DD", not "([^"]+)"')


def parse_day(day: datetime.date | str) -> datetime.date:
    """Parse a date or ``"YYYY-MM-DD"``.

    Raises:
        InputError: It is not a valid date.
    """
    try:
        return _core.parse_day(day)
    except InputError as error:
        raise InputError([with_meant_days(one, "") for one in error.diagnostics]) from None


def today() -> datetime.date:
    """Return the local date of the system's clock."""
    return datetime.date.today()


def day_or_today(day: datetime.date | str | None) -> datetime.date:
    """Parse a date; None means today."""
    return today() if day is None else parse_day(day)


def is_supported(day: datetime.date) -> bool:
    """Return whether a date can be that of a fact or an assessment; derived dates can be later."""
    return day <= datetime.date.fromisoformat(LAST_DAY)


def years_after(day: datetime.date, years: int) -> datetime.date:
    """Add years to a date; return the last supported date if the result would be later."""
    return _core.add_years(min(day, _core.add_years(LAST_DAY, -years)), years)


def meant_days(text: str) -> str:
    """Return what a date such as 04/05/2026 can mean, as the end of a message; empty if it is not one."""
    match = WRITTEN.fullmatch(text)
    if match is None:
        return ""
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    days = []
    for month, day in ((first, second), (second, first)):
        with contextlib.suppress(ValueError):
            days.append(datetime.date(year, month, day).isoformat())
    found = sorted(set(days))
    if len(found) > 1:
        return f", which can mean {' or '.join(found)}"
    return f'; did you mean "{found[0]}"?' if found else ""


def with_meant_days(problem: _core.Diagnostic, remedy: str = f"; {MIGRATION}") -> _core.Diagnostic:
    """Return a problem of a date with what it can mean and, if that is unclear, a remedy, by default for a file."""
    match = MESSAGE.fullmatch(problem.message)
    meant = meant_days(match[1]) if match else ""
    remedy = remedy if " or " in meant else ""
    return problem.replace(message=f"{problem.message}{meant}{remedy}") if meant else problem
