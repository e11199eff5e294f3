"""Every supported date agrees with Python's calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from designation import _core

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
DAYS = [FIRST + timedelta(n) for n in range((LAST - FIRST).days + 1)]
IN_A_COMMON_YEAR = {"clamp": (2, 28), "roll_forward": (3, 1)}


def years_later(day: date, years: int, leap_day: str) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, *IN_A_COMMON_YEAR[leap_day])


def test_the_tests_cover_every_day_of_three_centuries() -> None:
    assert len(DAYS) == 109_573
    assert (DAYS[0], DAYS[-1]) == (FIRST, LAST)
    assert sum((day.month, day.day) == (2, 29) for day in DAYS) == 73


@pytest.mark.rules("SSD-T2", "SSD-E1", "SSD-E2", "SSD-E3")
@pytest.mark.parametrize("leap_day", ["clamp", "roll_forward"])
@pytest.mark.parametrize("years", [1, 2])
def test_adding_years_agrees_with_pythons_calendar(years: int, leap_day: str) -> None:
    wrong = [day for day in DAYS if _core.add_years(day, years, leap_day) != years_later(day, years, leap_day)]
    assert wrong == []


@pytest.mark.rules("SSD-T2")
@pytest.mark.parametrize("leap_day", ["clamp", "roll_forward"])
def test_a_leap_day_has_anniversaries_across_the_centuries(leap_day: str) -> None:
    leap_days = [day for day in DAYS if (day.month, day.day) == (2, 29)]
    pairs = [(day, years) for day in leap_days for years in range(LAST.year - day.year + 3)]
    wrong = [pair for pair in pairs if _core.add_years(*pair, leap_day) != years_later(*pair, leap_day)]
    assert wrong == []


def test_leap_days_clamp_by_default() -> None:
    wrong = [day for day in DAYS if _core.add_years(day, 1) != years_later(day, 1, "clamp")]
    assert wrong == []


@pytest.mark.rules("SSD-T3")
@pytest.mark.parametrize("days", [-60, 30])
def test_adding_days_agrees_with_pythons_calendar(days: int) -> None:
    wrong = [day for day in DAYS if _core.add_days(day, days) != day + timedelta(days)]
    assert wrong == []


@pytest.mark.parametrize("days", [-60, 30])
def test_parsing_dates_agrees_with_pythons_calendar(days: int) -> None:
    wrong = [day for day in DAYS if _core.add_days(day.isoformat(), days) != day + timedelta(days)]
    assert wrong == []
