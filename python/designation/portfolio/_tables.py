"""A portfolio from long tables, each row with the id of a partner."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from designation import _core
from designation._errors import InputError
from designation._input.long_tables import read_long_table
from designation._input.partner_frames import money_array
from designation._input.sheets import REQUIRED
from designation._lazy import lazy
from designation._messages import quote
from designation._records import FIELDS, SHEET_LISTS, names_of_kinds
from designation.portfolio._arrow import NOTES, portfolio_schema
from designation.portfolio._portfolio import OnError, Portfolio, build_portfolio

np = lazy("numpy", "table")
pa = lazy("pyarrow", "table")
pc = lazy("pyarrow.compute", "table")

MONEY = names_of_kinds("money")


def from_tables(  # noqa: PLR0913 (there are five tables and one option)
    partners: Any,
    authorizations: Any = None,
    contracts: Any = None,
    designations: Any = None,
    events: Any = None,
    *,
    on_error: OnError = "raise",
) -> Portfolio:
    """Build a portfolio from long tables, such as those of a data warehouse.

    Each is a table of a library that Narwhals supports, a DuckDB relation, or has ``__arrow_c_stream__``. ``partners``
    has ``id`` and, optionally, ``name``. Each of the others has ``partner_id`` and the members of its records, such as
    ``type``, ``from``, and ``through``; ``contracts`` can have ``annual_value`` with ``currency``. Dates can be ISO
    text; NaN, NaT, and empty texts are missing values. Other columns are ignored, but a name that is nearly known is an
    error. The facts of an omitted table are unknown. If a table has no row for a partner, the partner has none of its
    facts.

    Args:
        partners: One row per partner.
        authorizations: CSP authorizations.
        contracts: Support contracts.
        designations: Solutions Partner designations.
        events: Events.
        on_error: ``"exclude"`` omits rows that repeat a partner's id or match no partner, and lists them in ``unused``.

    Raises:
        InputError: Rows have problems, which the error lists by table and number from 1, or a column is missing or has
            an unsuitable type.

    Example:
        >>> import designation as dsg, pyarrow as pa
        >>> partners = pa.table({"id": ["contoso", "fabrikam"]})
        >>> events = pa.table({"partner_id": ["fabrikam"], "on": ["2026-03-02"], "type": ["badge_awarded"]})
        >>> [len(row["events"]) for row in dsg.portfolio.from_tables(partners, events=events).documents()]
        [0, 1]
    """
    records = {"authorizations": authorizations, "contracts": contracts, "designations": designations, "events": events}
    tables = {"partners": partners, **{name: table for name, table in records.items() if table is not None}}
    arrow = {name: read_long_table(name, table, _kinds(name), REQUIRED[name]) for name, table in tables.items()}
    if problems := [problem for table in arrow.values() for problem in table.problems]:
        raise InputError(problems)
    return _join({name: table.table for name, table in arrow.items()}, on_error)


def _join(tables: dict[str, Any], on_error: OnError) -> Portfolio:
    schema = portfolio_schema()
    problems: list[_core.Diagnostic] = []
    ids = tables["partners"]["id"]
    has_id = pc.fill_null(pc.not_equal(ids, ""), False)
    is_first = pc.equal(pc.index_in(ids, ids), pa.array(range(len(ids)), pa.int32()))
    problems += _row_problems("partners", ids, has_id, "type", "id must be a text that is not empty, not {}")
    problems += _row_problems("partners", ids, is_first, "duplicate", "id {} is already in an earlier row")
    partners = tables["partners"].filter(pc.and_(has_id, is_first))
    columns = [partners["id"], partners["name"]]
    for name, member in SHEET_LISTS.items():
        kind = schema.field(member).type
        if name not in tables:
            columns.append(pa.nulls(len(partners), kind))
            continue
        ids = tables[name]["partner_id"]
        owner = pc.index_in(ids, partners["id"])
        is_matched = pc.is_valid(owner)
        problems += _row_problems(name, ids, is_matched, "unmatched", "no partner has the id {}")
        columns.append(_lists(tables[name].filter(is_matched), owner.filter(is_matched), len(partners), kind))
    return build_portfolio(pa.table(columns, schema=schema), problems, on_error)


def _kinds(name: str) -> dict[str, str]:
    """Return the kinds of a long table's columns."""
    if name == "partners":
        return {"id": "text", "name": "text"}
    kinds = {"partner_id": "text"}
    for field in FIELDS[SHEET_LISTS[name]]:
        if field.kind == "money":
            kinds |= {field.name: "amount", "currency": "text"}
        elif field.name != NOTES:
            kinds[field.name] = field.kind
    return kinds


def _row_problems(name: str, ids: Any, is_valid: Any, code: str, message: str) -> Iterator[_core.Diagnostic]:
    for row in np.flatnonzero(~pc.fill_null(is_valid, True).to_numpy()).tolist():
        text = message.format(quote(ids[row].as_py()))
        yield _core.Diagnostic(code=code, message=text, file=name, line=row + 1)


def _lists(table: Any, owner: Any, partners: int, kind: Any) -> Any:
    """Combine the rows of each partner into a list, in their order."""
    ordered = table.take(pc.sort_indices(owner)).combine_chunks()
    counts = np.bincount(owner.to_numpy(), minlength=partners)
    offsets = pa.array(np.concatenate(([0], np.cumsum(counts))), pa.int32())
    fields = list(kind.value_type)
    records = pa.StructArray.from_arrays([_member(ordered, field) for field in fields], fields=fields)
    return pa.ListArray.from_arrays(offsets, records, type=kind)


def _member(table: Any, field: Any) -> Any:
    """Return the column of a record's member, which combines an amount and its currency."""
    values = table[field.name].combine_chunks()
    return money_array(values, table["currency"].combine_chunks()) if field.name in MONEY else values
