"""Columns of days and times, however they are written: nothing is guessed that could be read in two ways."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any, NamedTuple

import narwhals as nw

from designation.metrics._columns import WRITTEN, Columns
from designation.metrics._mistakes import mistake, several
from designation.metrics._period import Period
from designation.metrics._source import Frame, Table
from designation.metrics._written import CLOCK_OF, DIFFER, FORM, LEAST, MOST, SURVEYED, ZONE_OF, moment, survey
from designation.metrics._zones import moved, to_local, to_utc

FIRST, LAST = datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)
NEVER = 1  # the year of .NET's smallest date, which Partner Center writes for what has not happened
ORDERS = {"day_first": "day first", "month_first": "month first"}


class Times(NamedTuple):
    """How a column of times is read: ``add`` lays columns beside it, whose names begin with ``prefix``.

    ``day`` is null where there is none; ``blank`` tells whether nothing is written there, ``text`` is what is.
    ``instant`` puts times in order: in UTC where their zones are known.
    """

    prefix: str
    add: Callable[[Frame], Frame]
    reading: str
    text: nw.Expr

    @property
    def day(self) -> nw.Expr:
        """The day, in the zone that was asked for."""
        return nw.col(f"{self.prefix}day")

    @property
    def instant(self) -> nw.Expr:
        """The time, to put times in order."""
        return nw.col(f"{self.prefix}instant")

    @property
    def blank(self) -> nw.Expr:
        """Whether there is nothing."""
        return nw.col(f"{self.prefix}blank")


def times_of(table: Table, column: str, columns: Columns, span: Period | None, prefix: str) -> Times:
    """Say how a column of days or times is read.

    Raises:
        InputError: It holds no days, they can be read in two ways, or a zone has to be stated.
    """
    kind = table.schema[column]
    if kind == nw.Date:
        return _typed(prefix, nw.col(column), nw.col(column).cast(nw.Datetime("us")), "days")
    if isinstance(kind, nw.Datetime):
        return _of_datetimes(table, column, columns, span, prefix)
    if kind in (nw.String, nw.Categorical, nw.Enum) or _is_empty(table, column):
        return _of_text(table, column, columns, span, prefix)
    raise mistake("type", f'column "{column}" holds {kind}, no days', columns.pointer, table.name)


def _is_empty(table: Table, column: str) -> bool:
    # A column without values has any type, or none.
    return not table.rows(table.frame.select(rows=nw.col(column).count()))[0]["rows"]


def _of_datetimes(table: Table, column: str, columns: Columns, span: Period | None, prefix: str) -> Times:
    time, zone, own_zone = nw.col(column), columns.zone, getattr(table.schema[column], "time_zone", None)
    if own_zone is None:
        utc = time if columns.naive_zone is None else to_utc(time, columns.naive_zone, span)
        if zone not in (None, WRITTEN) and columns.naive_zone is None:
            raise _no_zone(table, column, columns)
    else:
        if zone is None:
            what = f'column "{column}" holds instants; say in which zone a day begins: zone="UTC", for example'
            raise mistake("zone", what, f"{columns.pointer}/zone", table.name)
        utc = _naive_utc(table, column, own_zone, columns)
        zone = own_zone if zone == WRITTEN else zone
    if zone is None or zone == WRITTEN:
        return _typed(prefix, time.dt.date(), utc, "times as written")
    stage = f"{prefix}utc"
    there = _typed(prefix, to_local(nw.col(stage), zone, span).dt.date(), nw.col(stage), f"days of {zone}")
    return there._replace(add=lambda frame: there.add(frame.with_columns(utc.alias(stage))))


def _naive_utc(table: Table, column: str, zone: str, columns: Columns) -> nw.Expr:
    time = nw.col(column)
    if table.frame.implementation.is_polars():
        return time.dt.convert_time_zone("UTC").dt.replace_time_zone(None)
    if zone not in ("UTC", "Etc/UTC"):
        what = f'column "{column}" holds instants and the session\'s time zone is {zone}; set it to UTC'
        raise mistake("zone", what, f"{columns.pointer}/zone", table.name)
    return time.dt.replace_time_zone(None)


def _no_zone(table: Table, column: str, columns: Columns) -> Exception:
    what = f'times of column "{column}" name no zone, and days of {columns.zone} are wanted; say which zone they are in'
    return mistake("zone", what, f"{columns.pointer}/naive_zone", table.name)


def _typed(prefix: str, day: nw.Expr, instant: nw.Expr, reading: str) -> Times:
    usable = (day >= nw.lit(FIRST)) & (day <= nw.lit(LAST))
    made = (
        nw.when(usable).then(day).alias(f"{prefix}day"),
        nw.when(usable).then(instant).alias(f"{prefix}instant"),
        (day.is_null() | (day.dt.year() == NEVER)).alias(f"{prefix}blank"),
    )
    # What is written is asked for seldom: no column of its own, which would be made for every row.
    text = day.dt.to_string("%Y-%m-%d")
    return Times(prefix, lambda frame: frame.with_columns(*made), reading, text)


def _of_text(table: Table, column: str, columns: Columns, span: Period | None, prefix: str) -> Times:
    seen = table.rows(survey(table.frame, column))
    readable = [row for row in seen if row[FORM] != "other"]
    other = [row[MOST] for row in seen if row[MOST]]
    if other and not readable:
        what = f'no day could be read in column "{column}", for example "{other[0]}"; days are written as 2026-01-31, '
        what += "or 31/01/2026 with dates=day_first, with a time of day or without"
        raise mistake("date", what, f"{columns.pointer}/dates", table.name)
    order, proof = _order(table, column, columns, [row for row in readable if row[FORM] == "two"])
    offsets = {row[ZONE_OF]: _minutes(row[ZONE_OF]) for row in readable if row[ZONE_OF]}
    is_naive = any(row[CLOCK_OF] for row in readable if not row[ZONE_OF])
    zone = _zone(table, column, columns, set(offsets.values()), is_naive)

    def add(frame: Frame) -> Frame:
        local, utc, there = (nw.col(f"{prefix}{stage}") for stage in ("local", "utc", "there"))
        frame = moment(frame, column, prefix, order)
        shifted = local if columns.naive_zone is None else to_utc(local, columns.naive_zone, span)
        for text, minutes in offsets.items():
            shifted = nw.when(nw.col(f"{prefix}zone") == nw.lit(text)).then(moved(local, -minutes)).otherwise(shifted)
        frame = frame.with_columns(shifted.alias(f"{prefix}utc"))
        clocked = local if zone == WRITTEN else nw.when(nw.col(f"{prefix}has_clock")).then(to_local(utc, zone, span))
        clocked = clocked if zone == WRITTEN else nw.coalesce(clocked, local)
        frame = frame.with_columns(clocked.dt.date().alias(f"{prefix}there"))
        usable = (there >= nw.lit(FIRST)) & (there <= nw.lit(LAST))
        day, instant = nw.when(usable).then(there), nw.when(usable).then(utc)
        return frame.with_columns(day.alias(f"{prefix}day"), instant.alias(f"{prefix}instant"))

    written = "times as written" if any(row[CLOCK_OF] for row in readable) else "days as written"
    reading = ", ".join(filter(None, [proof, written if zone == WRITTEN else f"days of {zone}"]))
    return Times(prefix, add, reading, nw.col(f"{prefix}text"))


def _order(table: Table, column: str, columns: Columns, seen: list[dict[str, Any]]) -> tuple[str, str]:
    """Say whether the day or the month stands first, and how that is known."""
    stated = columns.dates
    if stated is None and seen and not any(row[DIFFER] for row in seen):
        return "day_first", ""  # or month first: it is the same
    if stated is not None or not seen:
        return stated or "iso", ORDERS.get(stated or "", "")
    first, second = (max(row[key] or 0 for row in seen) for key in SURVEYED)
    if (first > 12) != (second > 12):
        order = "day_first" if first > 12 else "month_first"
        return order, f"{ORDERS[order]} (proved by the data)"
    why = "both in it" if first > 12 else f'such as "{seen[0][LEAST]}" can be read as both'
    what = f'days of column "{column}" are day first or month first, {why}; say dates=day_first or dates=month_first'
    raise mistake("date", what, f"{columns.pointer}/dates", table.name)


def _zone(table: Table, column: str, columns: Columns, offsets: set[int], is_naive: bool) -> str:
    """Say in which zone days begin; where nothing is stated, as they are written, if that is one zone only."""
    zone = columns.zone
    if zone not in (None, WRITTEN) and is_naive and columns.naive_zone is None:
        raise _no_zone(table, column, columns)
    if zone is None and len(offsets) + is_naive > 1:
        named = several(f"{minutes / 60:+g} h" for minutes in sorted(offsets)) + (" and none" if is_naive else "")
        what = f'times of column "{column}" name several zones ({named}); say in which zone a day begins'
        raise mistake("zone", f'{what}: zone="UTC", for example, or "{WRITTEN}"', f"{columns.pointer}/zone", table.name)
    return WRITTEN if zone is None else zone


def _minutes(zone: str) -> int:
    return (-1 if zone[0] == "-" else 1) * (int(zone[1:3]) * 60 + int(zone[3:5]))
