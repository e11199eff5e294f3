"""The example partners, and their rows in long tables."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

import designation as dsg

Json = dict[str, Any]
EXAMPLES = Path(dsg.__file__).parent / "examples"
PARTNERS = [dsg.load(path) for path in sorted(EXAMPLES.glob("*.json")) if path.stem != "policy"]
SHEETS = {
    "authorizations": "csp_authorizations",
    "contracts": "support_contracts",
    "designations": "solutions_partner_designations",
    "events": "events",
}
DAYS = ("from", "through", "on")
AS_OF = "2026-09-15"


def assess(partner: dsg.Partner | Json) -> Json:
    return dsg.assess(partner if isinstance(partner, dsg.Partner) else dsg.parse_partner(partner), AS_OF).to_dict()


def has_all_lists(partner: dsg.Partner) -> bool:
    return all(partner.to_dict().get(name) is not None for name in SHEETS.values())


def rows_of(partner: dsg.Partner, sheet: str) -> list[Json]:
    """Return the rows of a long table with the records of a partner."""
    rows = []
    for record in partner.to_dict().get(SHEETS[sheet]) or []:
        row = {"partner_id": partner.id, **{key: value for key, value in record.items() if key != "dimensions"}}
        if value := row.pop("annual_value", None):
            row |= {"annual_value": value["amount"], "currency": value["currency"]}
        rows.append(row)
    return rows


def long_table(rows: list[Json]) -> pa.Table:
    names = dict.fromkeys(name for row in rows for name in row)
    return pa.table({name: [value_of(name, row.get(name)) for row in rows] for name in names})


def value_of(name: str, value: Any) -> Any:
    return datetime.date.fromisoformat(value) if value and name in DAYS else value
