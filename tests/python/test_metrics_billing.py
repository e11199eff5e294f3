"""Revenue from invoice lines: by month of the charge, with credits, stated exchange rates, and two definitions."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import designation as dsg
from designation.metrics import BilledRevenue, billed_revenue
from support.dataframes import ENGINES

LINES = pa.table(
    {
        "ChargeStartDate": ["2026-01-05", "2026-01-20", "2026-02-01", "2026-02-03", "2026-04-01"],
        "Subtotal": ["100.25", "-20", "50", "7", "9"],
        "Currency": ["USD", "USD", "EUR", "USD", "USD"],
        "ChargeType": ["New", "Cancel", "New", None, "New"],
        "ProductName": ["Azure", "Azure", "Windows Server", "Azure", "Azure"],
    }
)
PERPETUAL = "ProductName=Windows Server"


def revenue_of(lines: Any = LINES, **options: Any) -> BilledRevenue:
    given = {"period": "2026-Q1", "unit": "USD", "rates": {"EUR": {"2026-02": Decimal("1.1")}}} | options
    return billed_revenue(lines, given.pop("period"), given.pop("unit"), **given)


@pytest.mark.parametrize("engine", ENGINES)
def test_lines_are_summed_by_the_month_of_the_charge(engine: str) -> None:
    found = revenue_of(ENGINES[engine](LINES))
    assert found.months == {"2026-01": Decimal("80.25"), "2026-02": Decimal(62), "2026-03": 0}
    assert (found.size, found.outside) == (Decimal("142.25"), 1)
    accounts = [
        (one.charge_type, one.currency, one.lines, float(one.amount), int(one.credits)) for one in found.accounts
    ]
    assert accounts == [
        (None, "USD", 1, 7, 0),
        ("Cancel", "USD", 1, -20, -20),
        ("New", "EUR", 1, 50, 0),
        ("New", "USD", 1, 100.25, 0),
    ]


def test_a_period_without_lines_is_an_error_with_the_months_of_the_lines() -> None:
    with pytest.raises(dsg.InputError, match="2025-12-31; the lines are of 2026-01, 2026-02, 2026-04"):
        revenue_of(period="2025")


def test_the_two_published_definitions_are_ways() -> None:
    found = revenue_of(definition="without_perpetual", perpetual=PERPETUAL, rates=None)
    assert (found.size, found.left_out[0].amount) == (Decimal("87.25"), Decimal(50))
    assert "2024-04-10" in str(found)
    assert max(map(len, str(found).split("\n"))) <= 80


def test_the_months_are_a_business() -> None:
    cases = pa.table({"id": [1], "created": ["2026-01-02"]})
    business = revenue_of(period="2026-01..2026-02").months
    rate = dsg.metrics.case_rate(cases, business, "2026-01..2026-02", unit="USD", escalated="every")
    assert rate.size == Decimal("142.25")


def test_line_items_of_the_api_are_read(tmp_path: Path) -> None:
    item = {"chargeStartDate": "2017-05-12T00:00:00", "chargeType": "New", "subtotal": 12.5, "currency": "USD"}
    (tmp_path / "items.json").write_text(json.dumps({"totalCount": 1, "items": [item]}), "utf-8")
    assert revenue_of(tmp_path / "items.json", period="2017-05").size == Decimal("12.5")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"rates": None}, "/rates/EUR: state how much USD one EUR is in 2026-02: a number above 0"),
        ({"rates": {"EUR": -1}}, "a number above 0, not -1"),
        ({"unit": "seats"}, "/unit: must be a currency"),
        ({"definition": "new"}, '/definition: must be "with_perpetual" or "without_perpetual", not "new"'),
        ({"definition": "without_perpetual"}, "/perpetual: state perpetual="),
        ({"period": ("2026-01-05", "2026-01-31")}, "splits a month"),
        (
            {"lines": LINES.set_column(1, "Subtotal", [["x", "1", "1", "1", "1"]])},
            'no valid number in column "Subtotal"',
        ),
        (
            {"lines": LINES.set_column(0, "ChargeStartDate", [["2026-01-05"] * 4 + ["x"]])},
            '1 line has no valid date, such as "x"',
        ),
        ({"columns": {"like": "partner-center-reconciliation", "id": "x"}}, 'the key "id" has no effect on billing'),
    ],
)
def test_an_error_is_named(options: dict[str, Any], message: str) -> None:
    with pytest.raises(dsg.InputError) as caught:
        revenue_of(**options)
    assert message in str(caught.value)


def test_cases_of_dynamics_and_jira_are_read(tmp_path: Path) -> None:
    case = {"ticketnumber": "CAS-1", "createdon": "2026-01-05T10:00:00Z", "prioritycode": 1}
    case["prioritycode@OData.Community.Display.V1.FormattedValue"] = "High"
    (tmp_path / "cases.json").write_text(json.dumps({"@odata.context": "x", "value": [case]}), "utf-8")
    found = dsg.metrics.case_rate(
        tmp_path / "cases.json", 1, "2026", unit="seats", columns="dynamics-case", escalated="every", by="severity"
    )
    assert [group.key for group in found.by["severity"]] == ["High"]
    (tmp_path / "jira.csv").write_text("Issue key,Created,Satisfaction rating\nHD-1,25/Feb/26 10:17 PM,5\n", "utf-8")
    assert dsg.metrics.csat(tmp_path / "jira.csv", columns="jira-service-management").score == 5
