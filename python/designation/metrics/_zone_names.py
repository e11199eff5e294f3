"""Time zones as users and exports write them: names, and offsets from UTC."""

from __future__ import annotations

import datetime
import re
import zoneinfo
from collections.abc import Mapping

OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)
UTC = ("z", "utc", "gmt")


def parse_offset(text: str) -> int | None:
    """Return the minutes of an offset such as ``+01:00``, ``GMT+1`` or ``Z``; None if a text is not an offset."""
    if text.lower() in UTC:
        return 0
    match = OFFSET.fullmatch(text)
    if match is None or int(match[2]) > 23 or int(match[3] or 0) > 59:
        return None
    return (-1 if match[1] == "-" else 1) * (int(match[2]) * 60 + int(match[3] or 0))


def is_zone(zone: object) -> bool:
    """Return whether a value is an offset, or the name of a time zone."""
    if not isinstance(zone, str):
        return False
    if parse_offset(zone) is not None:
        return True
    try:
        zoneinfo.ZoneInfo(zone)
    except (OSError, ValueError, zoneinfo.ZoneInfoNotFoundError):
        return False
    return True


def time_zone(zone: str) -> datetime.tzinfo:
    """Return the time zone of a name or an offset, which `is_zone` accepts."""
    minutes = parse_offset(zone)
    return zoneinfo.ZoneInfo(zone) if minutes is None else datetime.timezone(datetime.timedelta(minutes=minutes))


def parse_zone(text: str, zones: Mapping[str, str]) -> int | str | None:
    """Parse the zone after a time in an export.

    Args:
        text: The zone: an offset, a name with a slash, or an abbreviation.
        zones: What abbreviations mean.

    Returns:
        The minutes of an offset, or the name of a time zone; None if an abbreviation has no stated meaning.
    """
    zone = zones.get(text, text)
    minutes = parse_offset(zone)
    if minutes is not None:
        return minutes
    return zone if is_zone(zone) and (text in zones or "/" in text) else None
