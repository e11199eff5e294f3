"""Figures of real records, where they are: DESIGNATION_RECORDS names their folder. They are not part of the project.

The records are those of BPI Challenge 2013 (Volvo IT, Apache-2.0), a table of support tickets (MIT) and samples of
Partner Center's documentation (MIT).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

import designation as dsg
from designation.metrics import CaseRate

RECORDS = Path(os.environ.get("DESIGNATION_RECORDS", "no folder"))
INCIDENTS, TICKETS = RECORDS / "bpi2013_vinst_incidents.csv.gz", RECORDS / "customer_support_tickets.csv.gz"

pytestmark = pytest.mark.skipif(not INCIDENTS.exists(), reason="DESIGNATION_RECORDS names no folder with the records")


def rate_of(escalated: str, zone: str = "as-written", period: str = "2000..2012", **options: Any) -> CaseRate:
    columns = {"like": "event-log", "id": "SR Number", "created": "Change Date+Time", "zone": zone}
    return dsg.metrics.case_rate(INCIDENTS, 1, period, unit="EUR", columns=columns, escalated=escalated, **options)


@pytest.mark.parametrize(
    ("zone", "counts"), [("as-written", (43, 45, 176, 2029, 5199)), ("UTC", (43, 45, 176, 2039, 5189))]
)
def test_cases_are_counted_by_the_month_of_their_first_event(zone: str, counts: tuple[int, ...]) -> None:
    found = rate_of("every", zone, "2012-01..2012-05")
    assert tuple(group.cases for group in found.months) == counts
    assert found.quality.not_counted == {"outside_period": 62, "further_event": 65533 - 7554}
    assert found.quality.rows == 65533


@pytest.mark.parametrize(
    ("escalated", "cases"), [("every", 7554), ("ST Level!=L1", 3008), ("Sub Status=Wait - Vendor", 249)]
)
def test_cases_that_were_ever_escalated_are_counted(escalated: str, cases: int) -> None:
    assert rate_of(escalated).cases == cases


def test_countries_ignore_case() -> None:
    keys = [group.key for group in rate_of("every", by="Country").by["Country"]]
    assert {"se", "SE"} <= set(keys)
    found = rate_of("every", by="country").by["country"]
    assert [group.key for group in found].count("SE") == 1
    assert "se" not in {group.key for group in found}


def test_ratings_of_tickets_are_counted() -> None:
    found = dsg.metrics.csat(TICKETS, columns={"score": "CustomerSatisfactionRating"})
    assert found.mean == pytest.approx(2.9913326, abs=5e-8)
    assert (found.n, found.distribution) == (2769, {1: 553, 2: 549, 3: 580, 4: 543, 5: 544})
    assert found.quality.not_counted == {"blank": 8469 - 2769}


def test_the_dates_of_tickets_prove_their_order() -> None:
    columns = {"id": "TicketID", "created": "DateOfPurchase"}
    found = dsg.metrics.case_rate(TICKETS, 1, "2020..2021", unit="EUR", columns=columns, escalated="every")
    assert (found.date_parsing, found.cases) == ("day first (proved by the data), dates as written", 8469)


@pytest.mark.parametrize(
    ("name", "period", "cases"),
    [
        ("get-all-service-requests-for-a-customer.1.json", "2015", 1),
        ("get-service-request-details-by-id.1.json", "2016", 1),
        ("update-a-service-request.1.json", "2016", 0),
        ("update-a-service-request.2.json", "2016", 1),
    ],
)
def test_samples_of_partner_center_are_read(name: str, period: str, cases: int) -> None:
    path = RECORDS / "partner-center-docs" / name
    columns = {"like": "partner-center", "zone": "UTC", "naive_zone": "UTC"}
    found = dsg.metrics.case_rate(path, 1, period, unit="EUR", columns=columns, by=["severity", "status"])
    assert (found.cases, found.quality.rows) == (cases, 1)
    assert {group.key for group in found.by["severity"]} <= {"unknown", "critical"}
    assert {group.key for group in found.by["status"]} <= {"open"}
