"""A member that the core describes is in every column, table, change, and page, without a change in Python."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from designation import _core
from designation._records import DATED_LISTS, LISTS, MEMBERS, PERIOD_LISTS, TYPE_FIELDS, names_of_kinds
from support.commands import run

PROGRAM = Path(__file__).parent / "support" / "one_more_member.py"


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    """Return what the package does with one more optional member of `support_contracts`, the text `reference`."""
    result: dict[str, Any] = json.loads(run(sys.executable, PROGRAM))
    return result


def test_the_lists_have_the_members_that_the_core_describes() -> None:
    described = _core.record_fields()
    assert tuple(described) == LISTS
    for name, fields in described.items():
        assert sorted(MEMBERS[name]) == sorted(field.name for field in fields)
    assert [(name, field.name) for name, field in TYPE_FIELDS.items()] == [
        ("csp_authorizations", "type"),
        ("support_contracts", "type"),
        ("solutions_partner_designations", "area"),
        ("events", "type"),
    ]
    assert (LISTS[:3], ("events",)) == (PERIOD_LISTS, DATED_LISTS)
    assert names_of_kinds("money", "number") == ("annual_value", "score", "rate")


def test_a_workbook_has_a_column_for_it_with_its_meaning(found: dict[str, Any]) -> None:
    assert found["sheet"] == [
        *("partner_id", "type", "from", "through"),
        *("annual_value", "currency", "reference", "notes"),
    ]
    assert found["hint"] == "The number of the contract at the partner."
    assert found["excel"] == ["PO-17"]


def test_a_csv_file_and_a_long_table_can_have_it(found: dict[str, Any]) -> None:
    assert found["csv"] == ["17"]
    assert found["tables"] == ["PO-17"]


def test_the_portfolio_table_has_it_in_the_type_of_its_kind(found: dict[str, Any]) -> None:
    assert found["arrow"] == {"type": "string", "from": "date32[day]", "through": "date32[day]", "reference": "string"}
    assert found["row"] == ["PO-17"]


def test_a_misspelled_column_is_compared_with_it(found: dict[str, Any]) -> None:
    assert '"support_contracts.refrence"; did you mean "support_contracts.reference"?' in found["misspelled"]


def test_a_change_can_name_it(found: dict[str, Any]) -> None:
    assert found["what_if"] == [
        {"type": "psfp", "from": "2024-12-01", "reference": "PO-17", "through": "2026-11-30"},
        {"type": "ufp", "from": "2026-12-01", "reference": "18"},
    ]


def test_the_page_of_the_partner_shows_it(found: dict[str, Any]) -> None:
    (line,) = (line for line in found["page"] if "PSfP" in line)
    assert line.split() == ["Contracts", "from", "2024-12-01", "PSfP,", "reference", "PO-17"]
