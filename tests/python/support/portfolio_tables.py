"""Documents as tables, and assessments as their rows."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

import pyarrow as pa

import designation as dsg

Json = dict[str, Any]

PERIOD = [("from", pa.date32()), ("through", pa.date32())]
MONEY = pa.struct([("amount", pa.float64()), ("currency", pa.string())])
TYPES = {
    "id": pa.string(),
    "csp_authorizations": pa.list_(pa.struct([("type", pa.string()), *PERIOD])),
    "support_contracts": pa.list_(pa.struct([("type", pa.string()), *PERIOD, ("annual_value", MONEY)])),
    "solutions_partner_designations": pa.list_(pa.struct([("area", pa.string()), *PERIOD])),
    "events": pa.list_(pa.struct([("on", pa.date32()), ("type", pa.string()), ("outcome", pa.string())])),
}
SCHEMA = pa.schema(list(TYPES.items()))
LISTS = [name for name in TYPES if name != "id"]


def row_of(partner: Json) -> Json:
    """Return the row of a document."""
    return {"id": partner["id"], **{name: _dated(partner.get(name)) for name in LISTS}}


def _dated(records: list[Json] | None) -> list[Json] | None:
    if records is None:
        return None
    days = ("from", "through", "on")
    return [{k: date.fromisoformat(v) if k in days and v else v for k, v in record.items()} for record in records]


def table_of(partners: Iterable[Json], schema: pa.Schema = SCHEMA, **columns: list[Any]) -> pa.Table:
    """Return a table of documents, with additional columns."""
    table = pa.Table.from_pylist([row_of(partner) for partner in partners], schema)
    for name, values in columns.items():
        table = table.append_column(name, pa.array(values))
    return table


def answer_row(assessment: Json, next_change_on: str | None) -> Json:
    """Return the row of an assessment and its next change."""
    row = {"id": assessment["partner"]["id"], "as_of": assessment["as_of"], "edition": assessment["edition"]}
    row |= {"eligibility": assessment["eligibility"]["verdict"], **assessment["eligibility"]["prerequisites"]}
    for name, evaluation in assessment["evaluations"].items():
        row |= {name: evaluation["verdict"]}
        row |= {f"{name}_{day}": evaluation[day] for day in ("passed_on", "valid_through")}
    row |= assessment["term"]
    renewal = assessment["renewal"] or {"verdict": None, "missing": None}
    row |= {"renewal": renewal["verdict"], "renewal_missing": renewal["missing"]}
    row |= {name: assessment["journey"][name] for name in ("step", "waiting_on")}
    row |= {f"fees_{name}": assessment["fees"][name] for name in ("outstanding", "due", "incurred")}
    row |= assessment["benefits"]
    return row | {"findings": assessment["findings"], "next_change_on": next_change_on}


def scalar_row(partner: Json, as_of: str, policy: Json | None = None) -> Json:
    """Return the row of a document that is assessed alone."""
    parsed = dsg.parse_partner(partner)
    assessment = dsg.assess(parsed, as_of, policy)
    change = dsg.next_change(parsed, as_of, policy)
    return answer_row(assessment.to_dict(), None if change is None else change.on.isoformat())


def rows_of(answer: Any) -> list[Json]:
    """Return the rows of a result, with dates as ISO strings."""
    return [{name: _iso(value) for name, value in row.items()} for row in pa.table(answer).to_pylist()]


def _iso(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [_iso(item) for item in value]
    return {name: _iso(item) for name, item in value.items()} if isinstance(value, dict) else value


def by_policy(cases: Iterable[Json]) -> Iterator[tuple[Json | None, list[Json]]]:
    """Return the cases grouped by policy, in the order of first use."""
    groups: dict[str, list[Json]] = defaultdict(list)
    for case in cases:
        groups[json.dumps(case["policy"], sort_keys=True)].append(case)
    for policy, group in groups.items():
        yield json.loads(policy), group
