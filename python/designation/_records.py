"""The members of the records in each list of a partner's document, derived from the description in the core."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from designation import _core

# The columns of tables and workbooks have this order, which differs from the order of the members in a document.
EVENT_DETAILS = ("score", "rate", "cases", "dimensions")


def _in_column_order(fields: Iterable[_core.RecordField]) -> Iterator[_core.RecordField]:
    by_name = {field.name: field for field in fields}
    details = iter(EVENT_DETAILS)
    yield from (by_name[next(details) if name in EVENT_DETAILS else name] for name in by_name)


FIELDS = {name: tuple(_in_column_order(fields)) for name, fields in _core.record_fields().items()}
LISTS = tuple(FIELDS)
MEMBERS = {name: tuple(field.name for field in fields) for name, fields in FIELDS.items()}
# A sheet has the name of its list's last word, and the kind of a fact is one of them: contracts, contract.
SHEET_LISTS = {name.rpartition("_")[2]: name for name in LISTS}
FACT_KINDS = tuple(sheet[:-1] for sheet in SHEET_LISTS)
# The word that tells one record of a list from another: its type, or its area.
TYPE_FIELDS = {
    name: next(field for field in fields if field.kind == "word" and field.required) for name, fields in FIELDS.items()
}
DATED_LISTS = tuple(name for name in LISTS if "on" in MEMBERS[name])
PERIOD_LISTS = tuple(name for name in LISTS if name not in DATED_LISTS)


def names_of_kinds(*kinds: str) -> tuple[str, ...]:
    """Return the names of all members of some kinds, such as ``day``."""
    found = (field.name for fields in FIELDS.values() for field in fields if field.kind in kinds)
    return tuple(dict.fromkeys(found))


def type_of(record: Mapping[str, Any]) -> str:
    """Return the type of a record, or its area."""
    return next(str(record[field.name]) for field in TYPE_FIELDS.values() if field.name in record)
