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
TIME = rf"[0-9]{{1,2}}:[0-9]{{2}}(:[0-9]{{2}}([.,][0-9]+)?)?({SPACE}?{HALF})?"
OFFSET = r"Z|z|UTC|[+-][0-9]{2}:?[0-9]{2}"
ZONE = rf"{OFFSET}|[+-][0-9]{{2}}|[A-Z]{{2,5}}([+-][0-9]{{1,2}}(:?[0-9]{{2}})?)?|[A-Z][A-Za-z]+(/[A-Z][A-Za-z_+-]+)+"
CLOCK = rf"(,?[T ] *{TIME}( ?({ZONE}))?| ?({OFFSET}))?$"
YEAR_FIRST = rf"^[0-9]{{4}}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,2}}{CLOCK}"
YEAR_LAST = rf"^[0-9]{{1,2}}[-/.][0-9]{{1,2}}[-/.][0-9]{{4}}{CLOCK}"
DATE = r"^[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4},?[T ]*"

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
    frame = _with_format(frame.select(column.name), column, "").with_columns(*_numbers(""))
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
    frame = _with_format(frame, column, prefix).with_columns(*_numbers(prefix), _clock(prefix))
    frame = _with_clock_parts(frame, prefix)
    form, first, second, third = (nw.col(f"{prefix}{name}") for name in ("format", "n0", "n1", "n2"))
    year_first, readable = form == nw.lit("year_first"), nw.lit(order != "iso")
    month_first = nw.lit(order == "month_first")
    frame = frame.with_columns(
        nw.when(year_first).then(first).when(readable).then(third).otherwise(nw.lit(0)).alias(f"{prefix}year"),
        nw.when(month_first & ~year_first).then(first).otherwise(second).alias(f"{prefix}month"),
        nw.when(year_first).then(third).when(month_first).then(second).otherwise(first).alias(f"{prefix}day_of_month"),
        _hour(prefix).alias(f"{prefix}hour"),
    )
    year, month, day, text = (nw.col(f"{prefix}{name}") for name in (*DATE_PARTS, "text"))
    # .NET writes its smallest date, 0001-01-01, for a date that is not set.
    is_unset = (year == 1) & (month == 1) & (day == 1)
    return frame.with_columns(
        (text.is_null() | (text == nw.lit("")) | is_unset).alias(f"{prefix}blank"),
        _local_time(prefix).alias(f"{prefix}local"),
    )


def _with_format(frame: Frame, column: TextColumn, prefix: str) -> Frame:
    """Add the text, its date format and zone, the parts of the date, and what follows the date."""
    value, iso = nw.col(column.name).cast(nw.String), f"{prefix}text"
    text = nw.when(is_blank(value, column.columns)).then(nw.lit("")).otherwise(strip(value))
    frame = frame.with_columns(text.alias(iso))
    if column.formats is not None:
        frame = with_iso_dates(frame, iso, f"{prefix}iso", column.formats)
        iso = f"{prefix}iso"
    text, rest = nw.col(iso), nw.col(f"{prefix}rest")
    form = nw.when(text.str.contains(YEAR_FIRST)).then(nw.lit("year_first")).when(text.str.contains(YEAR_LAST))
    frame = frame.with_columns(
        form.then(nw.lit("year_last")).otherwise(nw.lit("other")).alias(f"{prefix}format"),
        text.str.replace_all(DATE, "").alias(f"{prefix}rest"),
    )
    is_date = nw.col(f"{prefix}format") != nw.lit("other")
    zone = nw.when(is_date).then(rest.str.replace_all(f"^{TIME}", "").str.strip_chars(" ")).otherwise(nw.lit(""))
    date = nw.when(is_date).then(text).otherwise(nw.lit("0-0-0"))
    # What follows the date begins with another character than those of a date, or with the minus of an offset.
    numbers = date.str.replace_all("[^0-9/.-].*$", "").str.replace_all("[/.]", "-").str.split("-")
    return frame.with_columns(
        zone.alias(f"{prefix}zone"), (rest != nw.lit("")).alias(f"{prefix}has_time"), numbers.alias(f"{prefix}numbers")
    )


def _numbers(prefix: str) -> list[nw.Expr]:
    """Return the three numbers of the date; 0 if there are none."""
    numbers = nw.col(f"{prefix}numbers")
    return [numbers.list.get(index).cast(nw.Int32).alias(f"{prefix}n{index}") for index in range(3)]


def _clock(prefix: str) -> nw.Expr:
    """Return the time of day without its zone; an empty text if there is none."""
    is_date = nw.col(f"{prefix}format") != nw.lit("other")
    rest = nw.when(is_date).then(nw.col(f"{prefix}rest")).otherwise(nw.lit(""))
    # The half of a day, such as PM, looks like an abbreviation of a zone, but is a part of the time.
    without_zone = rest.str.replace_all(rf" ?({ZONE})$", "")
    has_zone = nw.col(f"{prefix}zone") != nw.lit("")
    return nw.when(has_zone).then(without_zone).otherwise(rest).alias(f"{prefix}clock")


def _with_clock_parts(frame: Frame, prefix: str) -> Frame:
    """Add hour, minute and second as they are written."""
    clock, parts = nw.col(f"{prefix}clock"), nw.col(f"{prefix}parts")
    digits = clock.str.replace_all(rf"([.,][0-9]+)?({SPACE}?{HALF})?$", "")
    padded = nw.when(clock == nw.lit("")).then(nw.lit("0:0:0")).otherwise(nw.concat_str([digits, nw.lit(":0")]))
    return frame.with_columns(padded.str.split(":").alias(f"{prefix}parts")).with_columns(
        *(parts.list.get(index).cast(nw.Int32).alias(f"{prefix}{unit}") for index, unit in enumerate(CLOCK_PARTS))
    )


def _hour(prefix: str) -> nw.Expr:
    """Return the hour of 24; -1 if it is not one of a 12-hour clock."""
    clock, hour = nw.col(f"{prefix}clock"), nw.col(f"{prefix}hour")
    afternoon = nw.when(clock.str.contains(r"[Pp]\.?[Mm]\.?$")).then(nw.lit(12)).otherwise(nw.lit(0))
    from_12_hours = nw.when((hour >= 1) & (hour <= 12)).then(hour % 12 + afternoon).otherwise(nw.lit(-1))
    return nw.when(clock.str.contains(rf"{HALF}$")).then(from_12_hours).otherwise(hour)


def _local_time(prefix: str) -> nw.Expr:
    """Return the time that the date parts and the clock parts make; null if it is invalid."""
    year, month, day, hour, minute, second = (nw.col(f"{prefix}{name}") for name in (*DATE_PARTS, *CLOCK_PARTS))
    is_leap_year = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    february = nw.when(is_leap_year).then(nw.lit(29)).otherwise(nw.lit(28))
    days = nw.when(month == 2).then(february).when(month.is_in([4, 6, 9, 11])).then(nw.lit(30)).otherwise(nw.lit(31))
    is_date = (year >= 1) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= days)
    is_time = (hour >= 0) & (hour < 24) & (minute < 60) & (second < 60)
    # The first digit keeps the zeros of the year, and costs an engine less than padding every number.
    digits = year.cast(nw.Int64) + 10_000
    for number in (month, day, hour, minute, second):
        digits = digits * 100 + number
    return nw.when(is_date & is_time).then(digits.cast(nw.String)).str.to_datetime("1%Y%m%d%H%M%S")
