"""The page of a partner: its records, events, and notes, and the lists that are not given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from designation._core import Partner, RecordField
from designation._records import FIELDS, LISTS, type_of
from designation._text.blocks import Block, Span, Title, block, row
from designation._text.wording import capitalize, format_money, humanize, partner_label

DAYS_WIDTH = 26
Record = dict[str, Any]


def lines(partner: Partner) -> Iterator[Block]:
    """Lay out the facts about a partner."""
    yield Title(partner_label(partner))
    document = partner.to_dict()
    for name in LISTS:
        yield from _list(name, document.get(name))
    if partner.notes:
        yield from row("Notes", Span(partner.notes, "muted"))


def _list(name: str, records: list[Record] | None) -> list[Block]:
    label = capitalize(name.rpartition("_")[2])
    if not records:
        return row(label, Span("not given", "warn") if records is None else Span("none"))
    return block(label, (_item(record, FIELDS[name]) for record in records))


def _item(record: Record, fields: Iterable[RecordField]) -> tuple[Span, ...]:
    details = (_detail(field, record[field.name]) for field in fields if field.name in record and not field.required)
    parts = [humanize(type_of(record)), *filter(None, details)]
    return Span(_days(record), "", DAYS_WIDTH), Span(", ".join(parts))


def _days(record: Record) -> str:
    if "on" in record:
        return str(record["on"])
    return f"{record['from']} to {record['through']}" if "through" in record else f"from {record['from']}"


def _detail(field: RecordField, value: Any) -> str:
    """Return an optional member as text; empty for a day, which has its own column, for dimensions, and for notes."""
    if field.name == "notes" or field.kind in ("day", "dimensions"):
        return ""
    if field.kind == "word":
        return humanize(value)
    if field.kind == "money":
        return f"{format_money(value['amount'], value['currency'])} per year"
    label = humanize(field.name)
    return f"{label} {value}" if field.kind == "text" else f"{label} {value:,}"
