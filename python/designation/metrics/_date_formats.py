"""Dates and times in text columns, parsed by expressions that every engine supports.

Each step adds a column, because an engine evaluates an expression again wherever it is used.
"""

from __future__ import annotations

from typing import NamedTuple

import narwhals as nw

from designation.metrics._columns import Columns
from designation.metrics._source import Frame
from designation.metrics._text_formats import SPACE, Formats, with_iso_dates
from designation.metrics._values import is_blank, strip

HALF = r"[AaPp]\.?[Mm]\.?"
TIME = rf"\d{{1,2}}:\d{{2}}(:\d{{2}}([.,]\d+)?)?({SPACE}?{HALF})?"
OFFSET = r"Z|z|UTC|[+-]\d{2}:?\d{2}"
ZONE = rf"{OFFSET}|[+-]\d{{2}}|[A-Z]{{2,5}}([+-]\d{{1,2}}(:?\d{{2}})?)?|[A-Z][A-Za-z]+(/[A-Z][A-Za-z_+-]+)+"
CLOCK = rf"(,?[T ] *{TIME}( ?({ZONE}))?| ?({OFFSET}))?$"
YEAR_FIRST = rf"^\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}{CLOCK}"
YEAR_LAST = rf"^\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{4}}{CLOCK}"
DATE = r"^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4},?[T ]*"

FORMAT, ZONE_OFFSET, ROWS, TIMES, LEAST, MOST = "format", "zone", "rows", "times", "least", "most"
AMBIGUOUS, LARGEST = "ambiguous", ("first", "second")
DATE_PARTS, CLOCK_PARTS = ("year", "month", "day_of_month"), ("hour", "minute", "second")


class TextColumn(NamedTuple):
    """A column of texts, its mapping, and the formats to rewrite first."""

    name: str
    columns: Columns
    formats: Formats | None = None


def survey_formats(frame: Frame, column: TextColumn) -> Frame:
    """Aggregate a column by date format and zone: the largest possible days of a month, and examples."""
    frame = _with_numbers(_with_format(frame.select(column.name), column, ""), "")
    year_last = nw.col("format") == nw.lit("year_last")
    first, second = (nw.when(year_last & (nw.col(name) <= 31)).then(nw.col(name)) for name in ("n0", "n1"))
    # 1/1/2026 is the same date in both orders.
    ambiguous = year_last & (nw.col("n0") != nw.col("n1"))
    text = nw.when(nw.col("text") != nw.lit("")).then(nw.col("text"))
    frame = frame.with_columns(
        first.alias("first"), second.alias("second"), text.alias("example"), ambiguous.cast(nw.Int64).alias(AMBIGUOUS)
    )
    return frame.group_by(FORMAT, ZONE_OFFSET).agg(
        nw.len().alias(ROWS),
        nw.col("has_time").cast(nw.Int64).sum().alias(TIMES),
        nw.col(AMBIGUOUS).sum(),
        *(nw.col(name).max() for name in LARGEST),
        nw.col("example").min().alias(LEAST),
        nw.col("example").max().alias(MOST),
    )


def with_local_time(frame: Frame, column: TextColumn, prefix: str, order: str) -> Frame:
    """Add the parsed time as ``local``, null if invalid, and with it ``text``, ``blank``, ``zone`` and ``has_time``."""
    frame = _with_clock(_with_numbers(_with_format(frame, column, prefix), prefix), prefix)
    form, first, second, third = (nw.col(f"{prefix}{name}") for name in ("format", "n0", "n1", "n2"))
    year_first, readable = form == nw.lit("year_first"), nw.lit(order != "iso")
    month_first = nw.lit(order == "month_first")
    frame = frame.with_columns(
        nw.when(year_first).then(first).when(readable).then(third).otherwise(nw.lit(0)).alias(f"{prefix}year"),
        nw.when(month_first & ~year_first).then(first).otherwise(second).alias(f"{prefix}month"),
        nw.when(year_first).then(third).when(month_first).then(second).otherwise(first).alias(f"{prefix}day_of_month"),
    )
    year, month, day, text = (nw.col(f"{prefix}{name}") for name in (*DATE_PARTS, "text"))
    # .NET writes its smallest date, 0001-01-01, for a date that is not set.
    is_unset = (year == 1) & (month == 1) & (day == 1)
    return frame.with_columns(
        (text.is_null() | (text == nw.lit("")) | is_unset).alias(f"{prefix}blank"),
        _local_time(prefix).alias(f"{prefix}local"),
    )


def _with_format(frame: Frame, column: TextColumn, prefix: str) -> Frame:
    """Add the text, its ISO form, its date format and zone, and what follows the date."""
    value = nw.col(column.name).cast(nw.String)
    text = nw.when(is_blank(value, column.columns)).then(nw.lit("")).otherwise(strip(value))
    frame = frame.with_columns(text.alias(f"{prefix}text"))
    if column.formats is None:
        frame = frame.with_columns(nw.col(f"{prefix}text").alias(f"{prefix}iso"))
    else:
        frame = with_iso_dates(frame, f"{prefix}text", f"{prefix}iso", column.formats)
    text, rest = nw.col(f"{prefix}iso"), nw.col(f"{prefix}rest")
    form = nw.when(text.str.contains(YEAR_FIRST)).then(nw.lit("year_first")).when(text.str.contains(YEAR_LAST))
    frame = frame.with_columns(
        form.then(nw.lit("year_last")).otherwise(nw.lit("other")).alias(f"{prefix}format"),
        text.str.replace_all(DATE, "").alias(f"{prefix}rest"),
    )
    is_date = nw.col(f"{prefix}format") != nw.lit("other")
    zone = nw.when(is_date).then(rest.str.replace_all(f"^{TIME}", "").str.strip_chars()).otherwise(nw.lit(""))
    return frame.with_columns(zone.alias(f"{prefix}zone"), (rest != nw.lit("")).alias(f"{prefix}has_time"))


def _with_numbers(frame: Frame, prefix: str) -> Frame:
    """Add the three numbers of the date; 0 if there are none."""
    is_date = nw.col(f"{prefix}format") != nw.lit("other")
    date = nw.when(is_date).then(nw.col(f"{prefix}iso")).otherwise(nw.lit("0-0-0"))
    frame = frame.with_columns(
        date.str.replace_all("[,T ].*$", "").str.replace_all("[/.]", "-").str.split("-").alias(f"{prefix}numbers")
    )
    numbers = nw.col(f"{prefix}numbers")
    # If there is no time of day, an offset may follow the third number directly.
    return frame.with_columns(
        *(numbers.list.get(index).str.slice(0, 4).cast(nw.Int32).alias(f"{prefix}n{index}") for index in range(3))
    )


def _with_clock(frame: Frame, prefix: str) -> Frame:
    """Add hour, minute and second; an invalid hour of a 12-hour clock is -1."""
    is_date = nw.col(f"{prefix}format") != nw.lit("other")
    rest = nw.when(is_date).then(nw.col(f"{prefix}rest")).otherwise(nw.lit(""))
    clock, digits, parts = (nw.col(f"{prefix}{name}") for name in ("clock", "digits", "parts"))
    # The half of a day, such as PM, looks like an abbreviation of a zone, but is a part of the time.
    without_zone = rest.str.replace_all(rf" ?({ZONE})$", "")
    has_zone = nw.col(f"{prefix}zone") != nw.lit("")
    frame = frame.with_columns(nw.when(has_zone).then(without_zone).otherwise(rest).alias(f"{prefix}clock"))
    frame = frame.with_columns(clock.str.replace_all(rf"([.,]\d+)?({SPACE}?{HALF})?$", "").alias(f"{prefix}digits"))
    padded = nw.when(digits == nw.lit("")).then(nw.lit("0:0:0")).otherwise(nw.concat_str([digits, nw.lit(":0")]))
    frame = frame.with_columns(padded.str.split(":").alias(f"{prefix}parts"))
    frame = frame.with_columns(
        *(parts.list.get(index).cast(nw.Int32).alias(f"{prefix}{unit}") for index, unit in enumerate(CLOCK_PARTS))
    )
    hour = nw.col(f"{prefix}hour")
    afternoon = nw.when(clock.str.contains(r"[Pp]\.?[Mm]\.?$")).then(nw.lit(12)).otherwise(nw.lit(0))
    from_12_hours = nw.when((hour >= 1) & (hour <= 12)).then(hour % 12 + afternoon).otherwise(nw.lit(-1))
    return frame.with_columns(
        nw.when(clock.str.contains(rf"{HALF}$")).then(from_12_hours).otherwise(hour).alias(f"{prefix}hour")
    )


def _local_time(prefix: str) -> nw.Expr:
    """Return the time that the date parts and the clock parts make; null if it is invalid."""
    year, month, day, hour, minute, second = (nw.col(f"{prefix}{name}") for name in (*DATE_PARTS, *CLOCK_PARTS))
    is_leap_year = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    february = nw.when(is_leap_year).then(nw.lit(29)).otherwise(nw.lit(28))
    days = nw.when(month == 2).then(february).when(month.is_in([4, 6, 9, 11])).then(nw.lit(30)).otherwise(nw.lit(31))
    is_date = (year >= 1) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= days)
    is_time = (hour >= 0) & (hour < 24) & (minute < 60) & (second < 60)
    two_digits = [number.cast(nw.String).str.zfill(2) for number in (month, day, hour, minute, second)]
    text = nw.concat_str([year.cast(nw.String).str.zfill(4), *two_digits], separator="-")
    return nw.when(is_date & is_time).then(text).str.to_datetime("%Y-%m-%d-%H-%M-%S")
