"""The Arrow schema of the portfolio table, and its conversion from and to documents."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import islice
from typing import Any

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
            yield _document_value(row)


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


def _document_value(value: Any) -> Any:
    """Convert a value of the table to a document's value: omit nulls, write dates as text and amounts as numbers."""
    if isinstance(value, Mapping):
        return {key: _document_value(member) for key, member in value.items() if member is not None}
    if isinstance(value, list):
        return [_document_value(item) for item in value]
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
