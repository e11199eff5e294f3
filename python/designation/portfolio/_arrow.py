"""The portfolio table's Arrow types, and documents in and out of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import islice
from typing import Any

from designation._lazy import lazy

pa = lazy("pyarrow", "table")

LISTS = ("csp_authorizations", "support_contracts", "solutions_partner_designations", "events")
DAYS = ("from", "through", "on")
DIMENSIONS = ("support_function", "support_staff_skills", "support_performance_metrics")
BATCH = 10_000


def schema() -> Any:
    """Give the table's Arrow schema."""
    day, word = pa.date32(), pa.string()
    money = pa.struct({"amount": pa.decimal128(18, 4), "currency": word})
    scored = pa.struct({"score": pa.float64(), "out_of": pa.float64()})
    records = {
        "csp_authorizations": {"type": word, "from": day, "through": day},
        "support_contracts": {"type": word, "from": day, "through": day, "annual_value": money},
        "solutions_partner_designations": {"area": word, "from": day, "through": day},
        "events": {
            **{"on": day, "type": word, "outcome": word, "score": pa.float64(), "rate": pa.float64()},
            **{"cases": pa.int64(), "dimensions": pa.struct(dict.fromkeys(DIMENSIONS, scored))},
        },
    }
    lists = {name: pa.list_(pa.struct(fields)) for name, fields in records.items()}
    return pa.schema({"id": word, "name": word, **lists})


def table_of(documents: Iterable[Mapping[str, Any]]) -> Any:
    """Make a table of valid documents."""
    columns = schema()
    rows = map(_row, documents)
    batches = []
    while chunk := list(islice(rows, BATCH)):
        batches.append(pa.RecordBatch.from_pylist(chunk, schema=columns))
    return pa.Table.from_batches(batches, schema=columns)


def documents_of(table: Any) -> Iterator[dict[str, Any]]:
    """Give the documents that a table's rows hold."""
    known = [name for name in ("id", "name", *LISTS) if name in table.column_names]
    for batch in table.select(known).to_batches(max_chunksize=BATCH):
        for row in batch.to_pylist():
            yield _given(row)


def _row(document: Mapping[str, Any]) -> dict[str, Any]:
    row = {name: document.get(name) for name in ("id", "name")}
    for name in LISTS:
        records = document.get(name)
        row[name] = records and [_record(record) for record in records]
    return row


def _record(record: Mapping[str, Any]) -> dict[str, Any]:
    made = {**record, **{name: datetime.date.fromisoformat(record[name]) for name in DAYS if record.get(name)}}
    if value := record.get("annual_value"):
        made["annual_value"] = {**value, "amount": Decimal(str(value["amount"]))}
    return made


def _given(value: Any) -> Any:
    """Write a value as a document has it: what is null is left out, days are texts, amounts numbers."""
    if isinstance(value, Mapping):
        return {key: _given(one) for key, one in value.items() if one is not None}
    if isinstance(value, list):
        return [_given(one) for one in value]
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
