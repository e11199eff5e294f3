"""The Arrow schema of the portfolio table, and its conversion from and to documents."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import islice
from typing import Any

from designation._input.members import document_value
from designation._lazy import lazy
from designation._records import FIELDS, LISTS, names_of_kinds

pa = lazy("pyarrow", "table")

DATES = names_of_kinds("day")
MONEY = names_of_kinds("money")
DIMENSIONS = ("support_function", "support_staff_skills", "support_performance_metrics")
NOTES = "notes"  # The table has no notes, because no rule reads them.
BATCH = 10_000


def portfolio_schema() -> Any:
    """Return the Arrow schema of the portfolio table."""
    text = pa.string()
    dimension = pa.struct({"score": pa.float64(), "out_of": pa.float64()})
    types = {
        "word": text,
        "text": text,
        "day": pa.date32(),
        "number": pa.float64(),
        "integer": pa.int64(),
        "money": pa.struct({"amount": pa.decimal128(18, 4), "currency": text}),
        "dimensions": pa.struct(dict.fromkeys(DIMENSIONS, dimension)),
    }
    records = {
        name: pa.struct({field.name: types[field.kind] for field in fields if field.name != NOTES})
        for name, fields in FIELDS.items()
    }
    return pa.schema({"id": text, "name": text, **{name: pa.list_(record) for name, record in records.items()}})


def build_table(documents: Iterable[Mapping[str, Any]]) -> Any:
    """Build a portfolio table from valid documents."""
    schema = portfolio_schema()
    rows = map(_row, documents)
    batches = []
    while chunk := list(islice(rows, BATCH)):
        batches.append(pa.RecordBatch.from_pylist(chunk, schema=schema))
    return pa.Table.from_batches(batches, schema=schema)


def iter_documents(table: Any) -> Iterator[dict[str, Any]]:
    """Return an iterator over the documents in a portfolio table."""
    known = [name for name in ("id", "name", *LISTS) if name in table.column_names]
    for batch in table.select(known).to_batches(max_chunksize=BATCH):
        for row in batch.to_pylist():
            yield document_value(row)


def _row(document: Mapping[str, Any]) -> dict[str, Any]:
    row = {name: document.get(name) for name in ("id", "name")}
    for name in LISTS:
        records = document.get(name)
        row[name] = records and [_record(record) for record in records]
    return row


def _record(record: Mapping[str, Any]) -> dict[str, Any]:
    row = {**record, **{name: datetime.date.fromisoformat(record[name]) for name in DATES if record.get(name)}}
    amounts = {name: record[name] for name in MONEY if record.get(name)}
    return row | {name: {**value, "amount": Decimal(str(value["amount"]))} for name, value in amounts.items()}
