"""Dates: parse them, read the clock, and add years."""

from __future__ import annotations

import datetime

from designation import _core

LAST_DAY = "2199-12-31"


def parse_day(day: datetime.date | str) -> datetime.date:
    """Parse a date or ``"YYYY-MM-DD"``.

    Raises:
        InputError: It is not a valid date.
    """
    return _core.parse_day(day)


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
