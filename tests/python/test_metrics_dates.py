"""Dates of exports in more forms: names of months, stated formats, two-digit years, and zones of every kind."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

import designation as dsg
from designation.metrics import case_rate
from support.dataframes import ENGINES


def days(*texts: str, columns: dict[str, Any] | None = None, engine: str = "pyarrow") -> list[str]:
    """Return the days of cases, each found by a breakdown by day."""
    table = ENGINES[engine](pa.table({"id": list(range(len(texts))), "created": list(texts)}))
    found = []
    for month in case_rate(table, 1, "2000..2099", unit="seats", escalated="every", columns=columns).months:
        if month.cases:
            found.append(str(month.key))
    return found


def day_of(text: str, columns: dict[str, Any] | None = None, engine: str = "pyarrow") -> str | None:
    """Return the day of a case: the one day of January or February 2026 on which it counts."""
    table = ENGINES[engine](pa.table({"id": [1], "created": [text]}))
    for day in ("2026-01-30", "2026-01-31", "2026-02-01", "2023-08-31"):
        if case_rate(table, 1, (day, day), unit="seats", escalated="every", columns=columns).cases:
            return day
    return None


def error_of(text: str, **columns: Any) -> str:
    with pytest.raises(dsg.InputError) as caught:
        day_of(text, columns)
    return str(caught.value)


@pytest.mark.parametrize("engine", ["polars lazy", "duckdb"])
@pytest.mark.parametrize(
    "text",
    [
        "31-Jan-26",
        "31/Jan/26 10:17 PM",
        "31 Jan 2026",
        "31-january-2026 23:59:59",
        "Jan 31, 2026",
        "January 31 2026 9:05 am",
        "2026-Jan-31",
        "Sat, 31 Jan 2026 10:00:00 GMT",
        "31. Jan. 2026",
        "Jan 31st, 2026",
        "2026/01/31 3:04:05\u202fPM GMT+1",
        "1/31/2026, 3:04:05 p.m.",
    ],
)
def test_names_of_months_are_read(text: str, engine: str) -> None:
    assert day_of(text, engine=engine) == "2026-01-31"


@pytest.mark.parametrize(
    ("text", "language"),
    [("31. Jänner 2026", "de"), ("31 de enero de 2026", "es"), ("31 août 2023", "fr"), ("31 stycznia 2026", "pl")],
)
def test_names_of_months_in_a_declared_language_are_read(text: str, language: str) -> None:
    assert "no valid date" in error_of(text)
    assert day_of(text, {"language": language}) in ("2026-01-31", "2023-08-31")


def test_named_and_numbered_months_can_be_in_one_column() -> None:
    assert days("31-Aug-23", "2026-01-31", "13/02/2026") == ["2023-08", "2026-01", "2026-02"]


@pytest.mark.parametrize("engine", ["polars lazy", "duckdb"])
@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("31/01/26", "%d/%m/%y"),
        ("01/31/26 11:15 PM", "%m/%d/%y %I:%M %p"),
        ("20260131", "%Y%m%d"),
        ("31Jan2026:22:10:05", "%d%b%Y:%H:%M:%S"),
        ("Day 31.1.2026 (x)", "Day %d.%m.%Y (x)"),
        ("2026-01-31T10:00:00.123+0100", "%Y-%m-%dT%H:%M:%S.%f%z"),
    ],
)
def test_a_stated_format_is_read(text: str, form: str, engine: str) -> None:
    assert day_of(text, {"format": form}, engine) == "2026-01-31"


def test_any_other_format_than_the_stated_one_is_not_a_valid_date() -> None:
    table = pa.table({"id": [1, 2, 3], "created": ["31/01/26", "2026-01-31", "32/01/26"]})
    found = case_rate(table, 1, "2026-01", unit="seats", escalated="every", columns={"format": "%d/%m/%y"})
    assert found.quality.not_counted == {"unreadable_date": 2}
    assert "dates must look like format=%d/%m/%y" in error_of("2026-01-31", format="%d/%m/%y")


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"format": "%d/%m"}, "must have a year, a month and a day"),
        ({"format": "%d/%m/%Q"}, 'unknown directive "%Q"'),
        ({"format": "%d/%m/%y", "dates": "iso"}, "state format or dates, not both"),
        ({"language": "xx"}, 'must be one of en, da, de, es, fi, fr, it, nb, nl, pl, pt, sv, not "xx"'),
        ({"zones": "EST"}, "must map abbreviations to time zones, such as EST=-05:00"),
    ],
)
def test_an_error_in_a_mapping_is_named(columns: dict[str, Any], message: str) -> None:
    assert message in error_of("2026-01-31", **columns)


def test_two_digit_years_are_declared() -> None:
    assert "no valid date" in error_of("31/01/26")


@pytest.mark.parametrize("engine", ["polars lazy", "duckdb"])
@pytest.mark.parametrize(
    ("text", "columns", "day"),
    [
        ("2026-01-31 23:30:00 EST", {"zones": {"EST": "-05:00"}, "zone": "UTC"}, "2026-02-01"),
        ("2026-01-31 23:30:00 CET", {"zones": "CET=Europe/Berlin", "zone": "America/New_York"}, "2026-01-31"),
        ("2026-01-31 23:30:00 Europe/Berlin", {"zone": "Asia/Tokyo"}, "2026-02-01"),
        ("2026-01-31 23:30:00 GMT+1", {"zone": "UTC"}, "2026-01-31"),
        ("2026-01-31 23:30:00+01", {"zone": "UTC-03:00"}, "2026-01-31"),
        ("2026-01-31 23:30:00", {"naive_zone": "-02:00", "zone": "UTC"}, "2026-02-01"),
        ("31-Jan-26 11:30 PM EST", {"zones": {"EST": "-05:00"}, "zone": "UTC"}, "2026-02-01"),
    ],
)
def test_zones_are_names_offsets_or_stated_abbreviations(
    text: str, columns: dict[str, Any], day: str, engine: str
) -> None:
    assert day_of(text, columns, engine) == day


def test_an_abbreviation_without_a_stated_meaning_is_an_error() -> None:
    message = error_of("2026-01-31 23:30:00 IST")
    assert 'has times in "IST", such as "2026-01-31 23:30:00 IST"; state what it means' in message


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "text", ["\u0662\u0660\u0662\u0666-01-31", "2026-01-3\uff11", "2026-01-31 0\u0668:30", "31-Jan-202\uff16"]
)
def test_only_ascii_digits_make_dates(text: str, engine: str) -> None:
    table = ENGINES[engine](pa.table({"id": [1, 2], "created": [text, "2026-01-30"]}))
    found = case_rate(table, 1, "2026", unit="seats", escalated="every")
    assert (found.cases, found.quality.not_counted) == (1, {"unreadable_date": 1})


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("offset", ["Z", "z", "UTC", "+02:00", "-05:00", "+0200", " +02:00"])
@pytest.mark.parametrize("date", ["2026-01-31", "31/01/2026"])
def test_a_date_with_an_offset_stays_the_same_date_in_every_zone(date: str, offset: str, engine: str) -> None:
    """XML writes dates so."""
    assert day_of(date + offset, {"zone": "Asia/Tokyo", "dates": "day_first"}, engine) == "2026-01-31"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("last", "mapping"),
    [
        (pa.scalar(1767225599_999999999, pa.timestamp("ns")), {}),
        (pa.scalar(1767225599_999999999, pa.timestamp("ns", "UTC")), {"zone": "UTC"}),
        (pa.scalar(1767221999_999999999, pa.timestamp("ns", "Europe/Berlin")), {"zone": "Europe/Berlin"}),
        (pa.scalar(-1, pa.timestamp("ns")), {}),
    ],
)
def test_the_last_nanosecond_of_a_day_is_of_that_day(last: Any, mapping: dict[str, Any], engine: str) -> None:
    """pandas has it as the end of a day, and DuckDB rounds it up."""
    table = pa.table({"id": [1], "created": pa.array([last])})
    day = "1969-12-31" if last.value < 0 else "2025-12-31"
    assert case_rate(ENGINES[engine](table), 1, (day, day), unit="seats", escalated="every", columns=mapping).cases == 1
