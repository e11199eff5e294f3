"""The page of a partner: its records, events, and notes, and the lists that are not given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from designation._core import Partner
from designation._text.layout import Line, Span, block, fill, pad, row
from designation._text.wording import format_money, humanize, partner_label

RECORDS = {
    "Authorizations": "csp_authorizations",
    "Contracts": "support_contracts",
    "Designations": "solutions_partner_designations",
}
DAYS_WIDTH = 26


def lines(partner: Partner) -> Iterator[Line]:
    """Lay out the facts about a partner at 80 columns."""
    yield from fill(Span(partner_label(partner), "label"))
    document = partner.to_dict()
    for label, key in RECORDS.items():
        yield from _list(label, document.get(key), _record)
    yield from _list("Events", document.get("events"), _event)
    if partner.notes:
        yield from row("Notes", Span(partner.notes, "muted"))


def _list(label: str, records: list[dict[str, Any]] | None, format_item: Any) -> list[Line]:
    if not records:
        return row(label, Span("not given", "warn") if records is None else Span("none"))
    return block(label, map(format_item, records))


def _record(record: dict[str, Any]) -> tuple[Span, ...]:
    days = f"{record['from']} to {record['through']}" if "through" in record else f"from {record['from']}"
    value = record.get("annual_value")
    per_year = f", {format_money(value['amount'], value['currency'])} per year" if value else ""
    return Span(pad(days, DAYS_WIDTH)), Span(humanize(record.get("type") or record["area"]) + per_year)


def _event(event: dict[str, Any]) -> tuple[Span, ...]:
    parts = [humanize(event["type"])] + ([event["outcome"].replace("_", " ")] if "outcome" in event else [])
    parts += [f"{name} {event[name]:,}" for name in ("score", "rate", "cases") if name in event]
    return Span(pad(event["on"], DAYS_WIDTH)), Span(", ".join(parts))
