"""Clocks of time zones as expressions: within a span of days a zone's offset is a few steps."""

from __future__ import annotations

import datetime
import zoneinfo

import narwhals as nw

from designation.metrics._period import Period

ALWAYS = Period(datetime.date(2000, 1, 1), datetime.date(2040, 12, 31))
MINUTE = datetime.timedelta(minutes=1)
Step = tuple[datetime.datetime, int]


def to_local(instant: nw.Expr, zone: str, span: Period | None) -> nw.Expr:
    """Give what the clocks of a zone show at an instant of UTC; exact within the span and two days around it."""
    return _shifted(instant, _steps(zone, span or ALWAYS), 1)


def to_utc(local: nw.Expr, zone: str, span: Period | None) -> nw.Expr:
    """Give the instant of UTC at which the clocks of a zone show a time: the first one, where there are two."""
    steps = _steps(zone, span or ALWAYS)
    before = [steps[0][1], *(minutes for _, minutes in steps)]
    return _shifted(local, [(at + old * MINUTE, new) for (at, new), old in zip(steps, before, strict=False)], -1)


def moved(time: nw.Expr, minutes: int) -> nw.Expr:
    """Move a time by minutes."""
    return time.dt.offset_by(f"{minutes}m") if minutes else time


def _shifted(time: nw.Expr, steps: list[Step], sign: int) -> nw.Expr:
    # A column, please, and no long expression: it is repeated for every step.
    made = moved(time, sign * steps[0][1])
    for at, minutes in steps[1:]:
        made = nw.when(time >= nw.lit(at)).then(moved(time, sign * minutes)).otherwise(made)
    return made


def _steps(zone: str, span: Period) -> list[Step]:
    """Give the offset at the beginning, and each later one with the instant from which it holds."""
    first, last = (datetime.datetime.combine(day, datetime.time()) for day in span)
    margin = datetime.timedelta(days=3)
    now, end = first - margin, last + margin
    steps = [(now, _offset(zone, now))]
    while now < end:
        then = now + datetime.timedelta(days=1)
        if _offset(zone, then) != steps[-1][1]:
            low, high = now, then
            while high - low > MINUTE:
                middle = low + (high - low) // MINUTE // 2 * MINUTE
                low, high = (middle, high) if _offset(zone, middle) == steps[-1][1] else (low, middle)
            steps.append((high, _offset(zone, high)))
        now = then
    return steps


def _offset(zone: str, instant: datetime.datetime) -> int:
    local = instant.replace(tzinfo=datetime.timezone.utc).astimezone(zoneinfo.ZoneInfo(zone))
    offset = local.utcoffset()
    return 0 if offset is None else offset // MINUTE
