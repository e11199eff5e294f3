"""Dates that are not written as YYYY-MM-DD, and what they can mean."""

from __future__ import annotations

import contextlib
import datetime
import re

from designation import _core
from designation._messages import MIGRATION

WRITTEN = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
MESSAGE = re.compile(r'must be a date as "YYYY-MM-DD", not "([^"]+)"')


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


def with_meant_days(problem: _core.Diagnostic) -> _core.Diagnostic:
    """Return a problem of a date in a file with what the date can mean, and where to read how to convert it."""
    match = MESSAGE.fullmatch(problem.message)
    meant = meant_days(match[1]) if match else ""
    remedy = f"; {MIGRATION}" if " or " in meant else ""
    return problem.replace(message=f"{problem.message}{meant}{remedy}") if meant else problem
