"""Days and times that are written as text, taken apart by expressions that every engine has.

Each step is a column of its own, because an expression is repeated wherever it is used.
"""

from __future__ import annotations

import narwhals as nw

from designation.metrics._source import Frame

CLOCK = r"([T ] *\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?[AaPp][Mm])?)?( ?(Z|z|UTC|[+-]\d{2}:?\d{2}))?$"
ZONE = r" ?(Z|z|UTC|[+-]\d{2}:?\d{2})$"
YEAR_FIRST = rf"^\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}{CLOCK}"
YEAR_LAST = rf"^\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{4}}{CLOCK}"
DATE = r"^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[T ]*"

FORM, ZONE_OF, CLOCK_OF, LEAST, MOST = "form", "zone", "clocks", "least", "most"
DIFFER, SURVEYED = "differ", ("first", "second")
DATE_PARTS, CLOCK_PARTS = ("year", "month", "of_month"), ("hour", "minute", "second")


def survey(frame: Frame, column: str) -> Frame:
    """Count what a whole column holds: by form and zone, the largest numbers that can be a day, and examples."""
    frame = _pieces(_forms(frame.select(column), column, ""), "")
    two = nw.col("form") == nw.lit("two")
    first, second = (nw.when(two & (nw.col(name) <= 31)).then(nw.col(name)) for name in ("p0", "p1"))
    # 1/1/2026 is the same day either way.
    differs = two & (nw.col("p0") != nw.col("p1"))
    text = nw.when(nw.col("text") != nw.lit("")).then(nw.col("text"))
    frame = frame.with_columns(
        first.alias("first"), second.alias("second"), text.alias("said"), differs.cast(nw.Int64).alias(DIFFER)
    )
    return frame.group_by(FORM, ZONE_OF).agg(
        nw.col("has_clock").cast(nw.Int64).sum().alias(CLOCK_OF),
        nw.col(DIFFER).sum(),
        *(nw.col(name).max() for name in SURVEYED),
        nw.col("said").min().alias(LEAST),
        nw.col("said").max().alias(MOST),
    )


def moment(frame: Frame, column: str, prefix: str, order: str) -> Frame:
    """Add the time that is written as ``local``, null where it is none, and beside it text, blank, zone and clock."""
    frame = _clock(_pieces(_forms(frame, column, prefix), prefix), prefix)
    form, first, second, third = (nw.col(f"{prefix}{name}") for name in ("form", "p0", "p1", "p2"))
    year_first, readable = form == nw.lit("year"), nw.lit(order != "iso")
    month_first = nw.lit(order == "month_first")
    frame = frame.with_columns(
        nw.when(year_first).then(first).when(readable).then(third).otherwise(nw.lit(0)).alias(f"{prefix}year"),
        nw.when(month_first & ~year_first).then(first).otherwise(second).alias(f"{prefix}month"),
        nw.when(year_first).then(third).when(month_first).then(second).otherwise(first).alias(f"{prefix}of_month"),
    )
    year, month, day, text = (nw.col(f"{prefix}{name}") for name in (*DATE_PARTS, "text"))
    never = (year == 1) & (month == 1) & (day == 1)
    return frame.with_columns(
        (text.is_null() | (text == nw.lit("")) | never).alias(f"{prefix}blank"), _built(prefix).alias(f"{prefix}local")
    )


def _forms(frame: Frame, column: str, prefix: str) -> Frame:
    frame = frame.with_columns(nw.col(column).cast(nw.String).str.strip_chars().alias(f"{prefix}text"))
    text, rest = nw.col(f"{prefix}text"), nw.col(f"{prefix}rest")
    form = nw.when(text.str.contains(YEAR_FIRST)).then(nw.lit("year")).when(text.str.contains(YEAR_LAST))
    frame = frame.with_columns(
        form.then(nw.lit("two")).otherwise(nw.lit("other")).alias(f"{prefix}form"),
        text.str.replace_all(DATE, "").alias(f"{prefix}rest"),
    )
    utc = nw.when(rest.str.contains(r"(Z|z|UTC)$")).then(nw.lit("+0000"))
    offset = utc.when(rest.str.contains(ZONE)).then(rest.str.replace_all(":", "").str.tail(5))
    return frame.with_columns(
        offset.otherwise(nw.lit("")).alias(f"{prefix}zone"), (rest != nw.lit("")).alias(f"{prefix}has_clock")
    )


def _pieces(frame: Frame, prefix: str) -> Frame:
    """Add the three numbers of the date, 0 where there are none."""
    known = nw.when(nw.col(f"{prefix}form") != nw.lit("other")).then(nw.col(f"{prefix}text")).otherwise(nw.lit("0-0-0"))
    frame = frame.with_columns(
        known.str.replace_all("[T ].*$", "").str.replace_all("[/.]", "-").str.split("-").alias(f"{prefix}pieces")
    )
    pieces = nw.col(f"{prefix}pieces")
    # Behind the third piece an offset may hang on, where there is no time of day.
    return frame.with_columns(
        *(pieces.list.get(place).str.slice(0, 4).cast(nw.Int32).alias(f"{prefix}p{place}") for place in range(3))
    )


def _clock(frame: Frame, prefix: str) -> Frame:
    """Add hour, minute and second; an hour that is none is -1."""
    known = nw.when(nw.col(f"{prefix}form") != nw.lit("other")).then(nw.col(f"{prefix}rest")).otherwise(nw.lit(""))
    clock, digits, parts = (nw.col(f"{prefix}{name}") for name in ("clock", "digits", "parts"))
    frame = frame.with_columns(known.str.replace_all(ZONE, "").alias(f"{prefix}clock"))
    frame = frame.with_columns(clock.str.replace_all(r"([.,]\d+)?( ?[AaPp][Mm])?$", "").alias(f"{prefix}digits"))
    whole = nw.when(digits == nw.lit("")).then(nw.lit("0:0:0")).otherwise(nw.concat_str([digits, nw.lit(":0")]))
    frame = frame.with_columns(whole.str.split(":").alias(f"{prefix}parts"))
    frame = frame.with_columns(
        *(parts.list.get(place).cast(nw.Int32).alias(f"{prefix}{unit}") for place, unit in enumerate(CLOCK_PARTS))
    )
    hour = nw.col(f"{prefix}hour")
    afternoon = nw.when(clock.str.contains(r"[Pp][Mm]$")).then(nw.lit(12)).otherwise(nw.lit(0))
    of_twelve = nw.when((hour >= 1) & (hour <= 12)).then(hour % 12 + afternoon).otherwise(nw.lit(-1))
    return frame.with_columns(
        nw.when(clock.str.contains(r"[AaPp][Mm]$")).then(of_twelve).otherwise(hour).alias(f"{prefix}hour")
    )


def _built(prefix: str) -> nw.Expr:
    year, month, day, hour, minute, second = (nw.col(f"{prefix}{name}") for name in (*DATE_PARTS, *CLOCK_PARTS))
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    february = nw.when(leap).then(nw.lit(29)).otherwise(nw.lit(28))
    days = nw.when(month == 2).then(february).when(month.is_in([4, 6, 9, 11])).then(nw.lit(30)).otherwise(nw.lit(31))
    is_day = (year >= 1) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= days)
    is_time = (hour >= 0) & (hour < 24) & (minute < 60) & (second < 60)
    two = [number.cast(nw.String).str.zfill(2) for number in (month, day, hour, minute, second)]
    written = nw.concat_str([year.cast(nw.String).str.zfill(4), *two], separator="-")
    return nw.when(is_day & is_time).then(written).str.to_datetime("%Y-%m-%d-%H-%M-%S")
