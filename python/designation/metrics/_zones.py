"""Conversion between UTC and time zones by expressions: within a span of days, a zone has only a few UTC offsets."""

from __future__ import annotations

import datetime

import narwhals as nw

from designation.metrics._period import Period
from designation.metrics._zone_names import time_zone

ALWAYS = Period(datetime.date(2000, 1, 1), datetime.date(2040, 12, 31))
MINUTE = datetime.timedelta(minutes=1)
Offset = tuple[datetime.datetime, int]


def to_local(instant: nw.Expr, zone: str, span: Period | None) -> nw.Expr:
    """Convert UTC to the local time of a zone; exact within the span and two days around it."""
    return _shift(instant, _offsets(zone, span or ALWAYS), 1)


def to_utc(local: nw.Expr, zone: str, span: Period | None) -> nw.Expr:
    """Convert the local time of a zone to UTC; a time that occurs twice is the first one."""
    offsets = _offsets(zone, span or ALWAYS)
    before = [offsets[0][1], *(minutes for _, minutes in offsets)]
    return _shift(local, [(at + old * MINUTE, new) for (at, new), old in zip(offsets, before, strict=False)], -1)


def add_minutes(time: nw.Expr, minutes: int) -> nw.Expr:
    """Add minutes to a time."""
    return time.dt.offset_by(f"{minutes}m") if minutes else time


def _shift(time: nw.Expr, offsets: list[Offset], sign: int) -> nw.Expr:
    # Callers pass a column, because a longer expression would be evaluated again for every offset.
    shifted = add_minutes(time, sign * offsets[0][1])
    for at, minutes in offsets[1:]:
        shifted = nw.when(time >= nw.lit(at)).then(add_minutes(time, sign * minutes)).otherwise(shifted)
    return shifted


def _offsets(zone: str, span: Period) -> list[Offset]:
    """Compute the UTC offsets of a zone in a span, in minutes, each with the instant from which it applies."""
    first, last = (datetime.datetime.combine(day, datetime.time()) for day in span)
    margin = datetime.timedelta(days=3)
    now, end = first - margin, last + margin
    offsets = [(now, _offset_at(zone, now))]
    while now < end:
        then = now + datetime.timedelta(days=1)
        if _offset_at(zone, then) != offsets[-1][1]:
            low, high = now, then
            while high - low > MINUTE:
                middle = low + (high - low) // MINUTE // 2 * MINUTE
                low, high = (middle, high) if _offset_at(zone, middle) == offsets[-1][1] else (low, middle)
            offsets.append((high, _offset_at(zone, high)))
        now = then
    return offsets


def _offset_at(zone: str, instant: datetime.datetime) -> int:
    local = instant.replace(tzinfo=datetime.UTC).astimezone(time_zone(zone))
    offset = local.utcoffset()
    return 0 if offset is None else offset // MINUTE
