"""A column that a table lacks is named: as an error if a heading is nearly the same, and otherwise in a note."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pytest

import designation as dsg
from designation.metrics import billed_revenue, case_rate, csat, reconcile

REQUESTS = ("serviceRequestId", "createdDate", "lastClosedDate")
INCIDENTS = ("number", "opened_at", "company")
LOG = ("case_id", "timestamp", "escalated_on")
REVENUE = ("month", "country", "amount", "currency")
LINES = ("ChargeStartDate", "Subtotal", "Currency", "ChargeType")
VALUES = {"month": "2026-01", "country": "SE", "amount": "3", "Subtotal": "3", "score": "5"}
VALUES |= dict.fromkeys(("currency", "Currency"), "USD")
VALUES |= dict.fromkeys(
    ("createdDate", "lastClosedDate", "opened_at", "timestamp", "escalated_on", "ChargeStartDate"), "2026-01-05"
)


def one_row(columns: Sequence[str], old: str = "", new: str = "") -> pa.Table:
    """Return a table of one row, with one column renamed."""
    return pa.table({new if name == old else name: [VALUES.get(name, "x")] for name in columns})


def rate_of(cases: Any, business: Any = 3, **options: Any) -> Any:
    unit = {"unit": "USD"} if business == 3 else {}
    return case_rate(cases, business, "2026-01", **{"columns": "partner-center-powershell", **unit, **options})


def rate_over(business: Any, **options: Any) -> Any:
    return rate_of(
        pa.table({"id": [1], "created": ["2026-01-05"], "country": ["SE"]}),
        business,
        columns=None,
        escalated="every",
        **options,
    )


@pytest.mark.parametrize(
    ("compute", "columns", "old", "new", "role"),
    [
        (rate_of, REQUESTS, "lastClosedDate", "LastClosdDate", "closed"),
        (rate_of, REQUESTS, "lastClosedDate", "last_closed_date", "closed"),
        (
            lambda log: rate_of(log, columns="event-log", escalated="every", on="escalated"),
            (*LOG,), "escalated_on", "escalatd_on", "escalated_on",
        ),
        (rate_over, REVENUE, "currency", "curency", "currency"),
        (lambda table: rate_over(table, unit="USD"), REVENUE, "currency", "curency", "currency"),
        (rate_over, REVENUE, "amount", "amout", "amount"),
        (lambda table: rate_over(table, by="country"), REVENUE, "country", "contry", "country"),
        (lambda table: csat(table, columns={"id": "Number"}), ("Number", "score"), "Number", "Nummber", "id"),
        (
            lambda table: reconcile({"a": table, "b": table}, "2026", columns={"a": "servicenow", "b": "servicenow"}),
            INCIDENTS, "company", "compny", "customer",
        ),
        (lambda table: billed_revenue(table, "2026-01", "USD"), LINES, "ChargeType", "Charge Typ", "charge_type"),
    ],
)  # fmt: skip
def test_a_misspelled_heading_is_an_error(compute: Any, columns: Sequence[str], old: str, new: str, role: str) -> None:
    compute(one_row(columns))
    with pytest.raises(dsg.InputError) as caught:
        compute(one_row(columns, old, new))
    (problem,) = caught.value.diagnostics
    assert problem.message.startswith(f"no column for {role}: the mapping names ")
    assert problem.message.endswith(f'; did you mean "{new}"? state {role}={new}')


@pytest.mark.parametrize("other", ["closed_by", "Modified"])
def test_the_page_and_the_document_name_an_absent_column(other: str) -> None:
    found = rate_of(one_row(REQUESTS, "lastClosedDate", other))
    note = 'the table lacks the column for closed, "lastClosedDate": whether a case was closed before it was created is'
    assert found.to_dict()["notes"] == [f"{note} not checked"]
    assert "the table lacks the column for closed" in str(found)
    assert rate_of(one_row(REQUESTS)).notes == ()


def test_absent_columns_of_answers_and_lists_are_named() -> None:
    assert csat(one_row(["score"]), columns="zendesk-ratings").notes == (
        'the table lacks the column for id, "id": whether an answer is repeated is not checked',
    )
    lists = {name: one_row(INCIDENTS[:2]) for name in ("a", "b")}
    notes = reconcile(
        lists, "2026", columns={"a": "servicenow"} | {"b": {"id": "number", "created": "opened_at"}}
    ).notes
    assert [note.partition(": ")[0] for note in notes] == ["a", "a"]
    assert notes[1].endswith("cases that no other list has are not compared as candidates")


def test_absent_columns_of_a_business_are_named() -> None:
    lacks = "the table lacks the column for"
    (note,) = billed_revenue(one_row(LINES[:3]), "2026-01", "USD").notes
    assert note == f'{lacks} charge_type, "ChargeType": the charge type of every line is blank'
    (note,) = rate_over(one_row(LINES[:2]), unit="USD", business_columns="partner-center-reconciliation").notes
    assert note == f'{lacks} currency, "Currency" or "BillingCurrency": all amounts are taken to be in USD'


def test_a_column_that_something_else_reads_is_not_a_misspelled_one() -> None:
    table = pa.table({"serviceRequestId": ["1"], "createdDate": ["2026-01-05"], "closed_date": ["yes"]})
    columns = {"like": "partner-center-powershell", "closed": "closed date"}
    assert rate_of(table, columns=columns, by="closed_date").cases == 1
    with pytest.raises(dsg.InputError, match=r'did you mean "closed_date"'):
        rate_of(table, columns=columns)


def test_a_misspelled_amount_does_not_turn_the_business_into_seats() -> None:
    with pytest.raises(dsg.InputError, match="state amount=amout"):
        rate_over(one_row(("month", "amout", "seats")))


def test_the_column_of_a_breakdown_is_suggested_by_the_name_in_the_mapping() -> None:
    with pytest.raises(dsg.InputError, match='unknown column "country"; did you mean "CntryCode"'):
        rate_of(one_row((*REQUESTS, "CntryCode")), by="country")


def test_a_misspelled_breakdown_that_no_mapping_can_name_must_be_renamed() -> None:
    cases = one_row((*REQUESTS, "Region"))
    with pytest.raises(dsg.InputError, match=r'did you mean "Regions"[?] rename it'):
        rate_of(cases, one_row((*REVENUE, "Regions")), by="Region")


def test_groups_without_a_rate_say_why_on_the_page() -> None:
    page = str(rate_over(one_row(REVENUE[:1] + REVENUE[2:]), by="country"))
    assert "no business of its own" in page
