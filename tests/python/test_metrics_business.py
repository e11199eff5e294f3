"""The size of the business and the period of a case rate are stated and never guessed."""

from __future__ import annotations

import datetime
import math
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from support.case_rate_example import REVENUE, problems, rate_of
from support.dataframes import ENGINES


class TestBusiness:
    @pytest.mark.parametrize("engine", ENGINES)
    def test_a_table_with_groups_is_a_business(self, engine: str) -> None:
        table = pa.table(
            {
                "month": ["2026-01", "2026-01", "2026-02-15", "2026-03-01", "2027-01-01"],
                "amount": [600_000.25, 400_000, 2_000_000, 1_000_000, 7],
                "currency": ["USD"] * 5,
                "country": ["se", "de", "DE", "SE", "DE"],
            }
        )
        found = rate_of(business=ENGINES[engine](table), unit=None, by="country")
        assert found.size == Decimal("4000000.25")
        sizes = {group.key: (group.cases, group.size) for group in found.by["country"]}
        assert sizes == {"SE": (2, Decimal("1600000.25")), "AT": (1, None), "DE": (0, Decimal(2_400_000))}
        assert {group.key: group.rate is None for group in found.by["country"]} == {
            "SE": False,
            "AT": True,
            "DE": False,
        }

    def test_several_counts_of_seats_in_a_month_are_averaged(self) -> None:
        table = pa.table(
            {
                "date": ["2026-01-01", "2026-01-01", "2026-01-15", "2026-02-01", "2026-03-01"],
                "seats": ["60", "40", "200", "150", "150"],
                "product": ["x", "y", "x", "x", "x"],
            }
        )
        found = rate_of(business=table, unit=None)
        assert (found.unit, found.size) == ("seats", Decimal(150))

    def test_decimal_commas_are_declared(self) -> None:
        table = pa.table({"month": ["2026-01"], "amount": ["1.234.567,89"], "currency": ["EUR"]})
        found = rate_of(business=table, unit="EUR", period="2026-01", business_columns={"decimal": ","})
        assert found.size == Decimal("1234567.89")
        (message,) = problems(business=table, unit="EUR", period="2026-01")
        assert message == '/business: 1 row has no valid number in column "amount", such as "1.234.567,89"'

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"business": 0}, "/business: the size of the business must be above 0, not 0"),
            ({"business": -1}, "/business: the size of the business must be above 0, not -1"),
            ({"business": math.nan}, "/business: must be a number, not NaN"),
            (
                {"business": {**REVENUE, "2026-02": 0}},
                "/business: the size of the business must be above 0: 2026-02 is 0",
            ),
            ({"business": {"2026-1": 3}}, '/business: a month must look like 2026-01, not "2026-1"'),
            ({"unit": None}, '/unit: state the unit of the business, such as unit="USD" or unit="seats"'),
            (
                {"business": 1, "exclude": ["2026-01"]},
                "/exclude: months can be excluded only if the business is given by month",
            ),
            (
                {"exclude": "2025-01"},
                '/exclude: must be months of the period 2026-01-01 to 2026-03-31, not "2025-01"',
            ),
            ({"exclude": list(REVENUE)}, "/business: every month of the period is excluded"),
            ({"per": 0}, "/per: must be a whole number above 0, not 0"),
            ({"level": 95}, "/level: must be between 0 and 1, such as 0.95, not 95"),
            ({"on": "closed"}, '/on: must be "created" or "escalated", not "closed"'),
        ],
    )
    def test_an_invalid_size_is_refused(self, options: dict[str, Any], message: str) -> None:
        assert problems(**options) == [message]

    def test_all_months_without_a_size_are_named(self) -> None:
        assert problems(business={"2026-02": 1, "2026-03": -1}) == [
            "/business: the size of the business is missing for 2026-01; it is given for 2026-02, 2026-03; "
            "add or exclude the missing months",
            "/business: the size of the business must be above 0: 2026-03 is -1",
        ]

    def test_currencies_are_never_mixed(self) -> None:
        table = pa.table({"month": ["2026-01", "2026-01"], "amount": [1, 2], "currency": ["USD", "EUR"]})
        assert problems(business=table, unit=None, period="2026-01") == [
            "/unit: the business must have one currency; the table has EUR, USD"
        ]
        assert problems(business=table, unit="USD", period="2026-01") == [
            '/business: 1 row has a currency other than USD, such as "EUR"'
        ]

    def test_a_period_with_a_partial_month_needs_one_number(self) -> None:
        assert rate_of(period=("2026-01-05", "2026-02-06"), business=1_000_000).cases == 2
        (message,) = problems(period=("2026-01-05", "2026-02-06"))
        assert "splits a month" in message


class TestPeriod:
    @pytest.mark.parametrize(
        ("given", "first", "last"),
        [
            ("2026", "2026-01-01", "2026-12-31"),
            ("2026-Q4", "2026-10-01", "2026-12-31"),
            ("2028-02", "2028-02-01", "2028-02-29"),
            ("2026-12", "2026-12-01", "2026-12-31"),
            ("2026-H2", "2026-07-01", "2026-12-31"),
            ("1900..2199", "1900-01-01", "2199-12-31"),
            ("2026-01..2026-Q2", "2026-01-01", "2026-06-30"),
            ("12 months to 2026-09-30", "2025-10-01", "2026-09-30"),
            ("1 month to 2028-02-29", "2028-02-01", "2028-02-29"),
            ("3 Months to 2026-02", "2025-12-01", "2026-02-28"),
            ("25 months to 2026-01-31", "2024-01-01", "2026-01-31"),
            (("2026-01-02", datetime.date(2026, 1, 2)), "2026-01-02", "2026-01-02"),
        ],
    )
    def test_a_period_is_given_as_dates_or_text(self, given: Any, first: str, last: str) -> None:
        period = rate_of(period=given, business=1).period
        assert tuple(map(str, period)) == (first, last)

    @pytest.mark.parametrize(
        "given",
        [
            "2026-13",
            "0000",
            "2200",
            "",
            "2026..",
            ("2026-02-01", "2026-01-01"),
            2026,
            None,
            (datetime.datetime(2026, 1, 1),) * 2,
        ],
    )
    def test_any_other_period_is_refused(self, given: Any) -> None:
        assert problems(period=given)[0].startswith("/period: ")

    @pytest.mark.parametrize(
        ("given", "meant"),
        [
            ("2026-q2", "2026-Q2"),
            ("2026Q2", "2026-Q2"),
            ("h1 2026", "2026-H1"),
            ("2026-6", "2026-06"),
            ("06/2026", "2026-06"),
            ("2026-01..2026 Q2", "2026-Q2"),
        ],
    )
    def test_a_period_in_another_form_is_suggested(self, given: str, meant: str) -> None:
        assert problems(period=given)[0].endswith(f'is not a valid period; did you mean "{meant}"?')

    @pytest.mark.parametrize(
        ("given", "message"),
        [
            ("2026-H3", "; must be a pair of dates"),
            ("12 months to 2026-09-29", "such as 2026-08-31 or 2026-09-30, not on 2026-09-29"),
            ("12 months to 2028-02-28", "such as 2028-01-31 or 2028-02-29, not on 2028-02-28"),
            ("0 months to 2026-09-30", "must be at least 1 month that the calendar has, not 0 months"),
            ("9999 months to 2026-09-30", "is not a valid period"),
            ("12 months to soon", '"soon" is not a valid period'),
        ],
    )
    def test_a_trailing_period_ends_with_a_month(self, given: str, message: str) -> None:
        assert message in problems(period=given)[0]
