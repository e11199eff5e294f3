"""Columns of dates and times in any common format. An ambiguous column is an error, never a guess."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable
from typing import Any, NamedTuple

import narwhals as nw

from designation._messages import several
from designation.metrics._columns import AS_WRITTEN, Columns
from designation.metrics._date_formats import (
    AMBIGUOUS,
    FORMAT,
    LARGEST,
    LEAST,
    MOST,
    ROWS,
    TIMES,
    ZONE_OFFSET,
    TextColumn,
    survey_formats,
    with_local_time,
)
from designation.metrics._errors import input_error
from designation.metrics._period import Period
from designation.metrics._source import Frame, Table
from designation.metrics._text_formats import named_month_formats, parse_format
from designation.metrics._zone_names import parse_zone
from designation.metrics._zones import add_minutes, to_local, to_utc

FIRST, LAST = datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)
UNSET_YEAR = 1  # Partner Center writes .NET's smallest date for a date that is not set.
ORDERS = {"day_first": "day first", "month_first": "month first"}


class ParsedTimes(NamedTuple):
    """A parsed column of dates or times: ``add`` adds columns to a frame, whose names begin with ``prefix``.

    ``text`` is an expression for what the column holds, and ``parsing`` describes how it was parsed.
    """

    prefix: str
    add: Callable[[Frame], Frame]
    parsing: str
    text: nw.Expr

    @property
    def day(self) -> nw.Expr:
        """The date in the requested time zone; null if it is missing or invalid."""
        return nw.col(f"{self.prefix}day")

    @property
    def instant(self) -> nw.Expr:
        """The time to sort by: in UTC if the time zone is known."""
        return nw.col(f"{self.prefix}instant")

    @property
    def blank(self) -> nw.Expr:
        """Whether the date is missing."""
        return nw.col(f"{self.prefix}blank")


def parse_times(table: Table, column: str, columns: Columns, span: Period | None, prefix: str) -> ParsedTimes:
    """Parse a column of dates or times.

    Raises:
        InputError: The column has no dates, is ambiguous, or needs a time zone.
    """
    kind = table.schema[column]
    if kind == nw.Date:
        return _typed(prefix, nw.col(column), nw.col(column).cast(nw.Datetime("us")), "dates")
    if isinstance(kind, nw.Datetime):
        return _parse_datetimes(table, column, columns, span, prefix)
    if kind in (nw.String, nw.Categorical, nw.Enum) or _is_empty(table, column):
        return _parse_text(table, column, columns, span, prefix)
    raise input_error("type", f'column "{column}" must hold dates, not {kind}', columns.pointer, table.name)


def _is_empty(table: Table, column: str) -> bool:
    # A column without values can have any type.
    return not table.collect(table.frame.select(rows=nw.col(column).count()))[0]["rows"]


def _parse_datetimes(table: Table, column: str, columns: Columns, span: Period | None, prefix: str) -> ParsedTimes:
    time, zone, own_zone = nw.col(column), columns.zone, getattr(table.schema[column], "time_zone", None)
    if own_zone is None:
        utc = time if columns.naive_zone is None else to_utc(time, columns.naive_zone, span)
        if zone not in (None, AS_WRITTEN) and columns.naive_zone is None:
            raise _missing_naive_zone(table, column, columns)
    else:
        if zone is None:
            what = f'column "{column}" has times with a time zone; state the zone to count days in, such as zone="UTC"'
            raise input_error("zone", what, f"{columns.pointer}/zone", table.name)
        utc = _naive_utc(table, column, own_zone, columns)
        zone = own_zone if zone == AS_WRITTEN else zone
    if zone is None or zone == AS_WRITTEN:
        return _typed(prefix, time.dt.date(), utc, "times as written")
    utc_name = f"{prefix}utc"
    local = _typed(prefix, to_local(nw.col(utc_name), zone, span).dt.date(), nw.col(utc_name), f"dates in {zone}")
    return local._replace(add=lambda frame: local.add(frame.with_columns(utc.alias(utc_name))))


def _naive_utc(table: Table, column: str, zone: str, columns: Columns) -> nw.Expr:
    time = nw.col(column)
    if table.frame.implementation.is_polars():
        return time.dt.convert_time_zone("UTC").dt.replace_time_zone(None)
    if zone not in ("UTC", "Etc/UTC"):
        what = f'column "{column}" has times with a time zone, but the session is in {zone}; set the session to UTC'
        raise input_error("zone", what, f"{columns.pointer}/zone", table.name)
    return time.dt.replace_time_zone(None)


def _missing_naive_zone(table: Table, column: str, columns: Columns) -> Exception:
    what = f'column "{column}" holds times without a time zone; state it, such as naive_zone="UTC", to convert to '
    what += str(columns.zone)
    return input_error("zone", what, f"{columns.pointer}/naive_zone", table.name)


def _typed(prefix: str, day: nw.Expr, instant: nw.Expr, parsing: str) -> ParsedTimes:
    usable = (day >= nw.lit(FIRST)) & (day <= nw.lit(LAST))
    added = (
        nw.when(usable).then(day).alias(f"{prefix}day"),
        nw.when(usable).then(instant).alias(f"{prefix}instant"),
        (day.is_null() | (day.dt.year() == UNSET_YEAR)).alias(f"{prefix}blank"),
    )
    # The text is rarely needed, so it is not a column, which would be computed for every row.
    text = day.dt.to_string("%Y-%m-%d")
    return ParsedTimes(prefix, lambda frame: frame.with_columns(*added), parsing, text)


def _parse_text(table: Table, column: str, columns: Columns, span: Period | None, prefix: str) -> ParsedTimes:
    text, survey = _survey(table, column, columns)
    readable = [row for row in survey if row[FORMAT] != "other"]
    order, proof = _order(table, column, columns, [row for row in readable if row[FORMAT] == "year_last"])
    offsets = _offsets(table, column, columns, readable)
    is_naive = any(row[TIMES] for row in readable if not row[ZONE_OFFSET])
    zone = _zone(table, column, columns, set(offsets.values()), is_naive)

    def add(frame: Frame) -> Frame:
        local, utc, date = (nw.col(f"{prefix}{name}") for name in ("local", "utc", "date"))
        kept = [*frame.collect_schema(), f"{prefix}text", f"{prefix}blank"]
        frame = with_local_time(frame, text, prefix, order)
        shifted = local if columns.naive_zone is None else to_utc(local, columns.naive_zone, span)
        for name, offset in offsets.items():
            in_zone = nw.col(f"{prefix}zone") == nw.lit(name)
            in_utc = to_utc(local, offset, span) if isinstance(offset, str) else add_minutes(local, -offset)
            shifted = nw.when(in_zone).then(in_utc).otherwise(shifted)
        frame = frame.with_columns(shifted.alias(f"{prefix}utc"))
        in_target = local
        if zone != AS_WRITTEN:
            # A date without a time stays the same date in every time zone.
            in_target = nw.coalesce(nw.when(nw.col(f"{prefix}has_time")).then(to_local(utc, zone, span)), local)
        frame = frame.with_columns(in_target.dt.date().alias(f"{prefix}date"))
        usable = (date >= nw.lit(FIRST)) & (date <= nw.lit(LAST))
        day, instant = nw.when(usable).then(date), nw.when(usable).then(utc)
        # The columns of the steps end here: DuckDB would look at each of them again in every later step.
        return frame.select(*kept, day.alias(f"{prefix}day"), instant.alias(f"{prefix}instant"))

    as_written = "times as written" if any(row[TIMES] for row in readable) else "dates as written"
    parsing = ", ".join(filter(None, [proof, as_written if zone == AS_WRITTEN else f"dates in {zone}"]))
    return ParsedTimes(prefix, add, parsing, nw.col(f"{prefix}text"))


def _survey(table: Table, column: str, columns: Columns) -> tuple[TextColumn, list[dict[str, Any]]]:
    """Return the column with the formats to rewrite, and its survey.

    Raises:
        InputError: The column has no dates.
    """
    stated = None if columns.format is None else parse_format(columns.format, columns.language)
    text = TextColumn(column, columns, stated)
    survey = table.collect(survey_formats(table.frame, text))
    if stated is None and any(row[FORMAT] == "other" and row[MOST] for row in survey):
        named = text._replace(formats=named_month_formats(columns.language))
        with_names = table.collect(survey_formats(table.frame, named))
        if _count_dates(with_names) > _count_dates(survey):
            text, survey = named, with_names
    examples = [row[MOST] for row in survey if row[MOST]]
    if not examples or any(row[FORMAT] != "other" for row in survey):
        return text, survey
    what = f'column "{column}" has no valid date, for example "{examples[0]}"; dates must look like '
    if stated:
        what += f"format={columns.format}"
        raise input_error("date", what, f"{columns.pointer}/format", table.name)
    what += "2026-01-31, 31-Jan-2026, or 31/01/2026 with dates=day_first, with or without a time; state any other "
    what += "with format=, such as format=%d/%m/%y"
    raise input_error("date", what, f"{columns.pointer}/dates", table.name)


def _count_dates(survey: list[dict[str, Any]]) -> int:
    return sum(row[ROWS] for row in survey if row[FORMAT] != "other")


def _offsets(table: Table, column: str, columns: Columns, survey: list[dict[str, Any]]) -> dict[str, int | str]:
    """Return what each zone in a column means: minutes, or the name of a time zone."""
    texts = {row[ZONE_OFFSET]: row[MOST] for row in survey if row[ZONE_OFFSET]}
    zones = {text: parse_zone(text, columns.zones) for text in texts}
    for text, zone in zones.items():
        if zone is None:
            what = f'column "{column}" has times in "{text}", such as "{texts[text]}"; state what it means, '
            what += f"such as zones={text}=+01:00"
            raise input_error("zone", what, f"{columns.pointer}/zones", table.name)
    return {text: zone for text, zone in zones.items() if zone is not None}


def _order(table: Table, column: str, columns: Columns, survey: list[dict[str, Any]]) -> tuple[str, str]:
    """Return whether the day or the month comes first, and a description of how that is known."""
    stated = columns.dates
    if stated is None and survey and not any(row[AMBIGUOUS] for row in survey):
        return "day_first", ""  # Month first would give the same dates.
    if stated is not None or not survey:
        return stated or "iso", ORDERS.get(stated or "", "")
    first, second = (max(row[key] or 0 for row in survey) for key in LARGEST)
    if (first > 12) != (second > 12):
        order = "day_first" if first > 12 else "month_first"
        return order, f"{ORDERS[order]} (proved by the data)"
    what = f'column "{column}" has dates with the day first and dates with the month first'
    if first <= 12:
        what = f'dates of column "{column}", such as "{survey[0][LEAST]}", can have the day or the month first'
    what += "; state dates=day_first or dates=month_first"
    raise input_error("date", what, f"{columns.pointer}/dates", table.name)


def _zone(table: Table, column: str, columns: Columns, offsets: set[int | str], is_naive: bool) -> str:
    """Return the time zone of dates; by default they are as written, if the column has one zone only."""
    zone = columns.zone
    if zone not in (None, AS_WRITTEN) and is_naive and columns.naive_zone is None:
        raise _missing_naive_zone(table, column, columns)
    if zone is None and len(offsets) + is_naive > 1:
        names = sorted((zone if isinstance(zone, str) else f"{zone / 60:+g} h" for zone in offsets), key=_by_hours)
        zones = several(names) + (" and none" if is_naive else "")
        what = f'column "{column}" has several time zones ({zones}); state the time zone of dates, such as '
        raise input_error("zone", f'{what}zone="UTC", or zone="{AS_WRITTEN}"', f"{columns.pointer}/zone", table.name)
    return AS_WRITTEN if zone is None else zone


def _by_hours(name: str) -> tuple[float, str]:
    return (float(name.removesuffix(" h")), "") if name.endswith(" h") else (math.inf, name)
