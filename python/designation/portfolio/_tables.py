"""A portfolio from long tables, each row with a partner's id."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from designation import _core
from designation._errors import InputError
from designation._lazy import lazy
from designation.portfolio._arrow import schema
from designation.portfolio._portfolio import OnError, Portfolio, settle
from designation.portfolio._sheets import LISTS, NEEDED, said

nw = lazy("narwhals", "table")
np = lazy("numpy", "table")
pa = lazy("pyarrow", "table")
pc = lazy("pyarrow.compute", "table")


def from_tables(  # noqa: PLR0913 (five tables, and what to do about their rows)
    partners: Any,
    authorizations: Any = None,
    contracts: Any = None,
    designations: Any = None,
    events: Any = None,
    *,
    on_error: OnError = "raise",
) -> Portfolio:
    """Make a portfolio of long tables, such as a warehouse has.

    Each is a table of any library that Narwhals knows, a DuckDB relation, or has ``__arrow_c_stream__``. ``partners``
    has ``id`` and, if there is one, ``name``; each of the others has ``partner_id`` and the members of its records
    (``type, from, through``; ``area, from, through``; ``on, type, outcome``), and ``contracts`` may have
    ``annual_value`` with ``currency``. Other columns are not used. A table that is not given means unknown; one that is
    given and has no row for a partner, that the partner has none.

    Args:
        partners: One row per partner.
        authorizations: CSP authorizations.
        contracts: Support contracts.
        designations: Solutions Partner designations.
        events: Events.
        on_error: ``"exclude"`` leaves out rows that repeat a partner's id or match none, and says so in ``unused``.

    Raises:
        InputError: Every row that cannot be used, with its table and its number from 1; a missing column.

    Example:
        >>> import designation as dsg, pyarrow as pa
        >>> partners = pa.table({"id": ["contoso", "fabrikam"]})
        >>> events = pa.table({"partner_id": ["fabrikam"], "on": ["2026-03-02"], "type": ["badge_awarded"]})
        >>> [len(row["events"]) for row in dsg.portfolio.from_tables(partners, events=events).documents()]
        [0, 1]
    """
    given = {"authorizations": authorizations, "contracts": contracts, "designations": designations, "events": events}
    tables = {"partners": partners, **{name: table for name, table in given.items() if table is not None}}
    arrow = {name: _arrow(table) for name, table in tables.items()}
    if unusable := [problem for name, table in arrow.items() for problem in _unusable(name, table)]:
        raise InputError(unusable)
    return _joined({name: _typed(name, table) for name, table in arrow.items()}, on_error)


def _joined(tables: dict[str, Any], on_error: OnError) -> Portfolio:
    columns = schema()
    problems: list[_core.Diagnostic] = []
    ids = tables["partners"]["id"]
    named = pc.fill_null(pc.not_equal(ids, ""), False)
    first = pc.equal(pc.index_in(ids, ids), pa.array(range(len(ids)), pa.int32()))
    problems += _refused("partners", ids, named, "type", "id must be a text that is not empty, not {}")
    problems += _refused("partners", ids, first, "duplicate", "id {} is in an earlier row already")
    partners = tables["partners"].filter(pc.and_(named, first))
    made = [partners["id"], partners["name"]]
    for name, records in LISTS.items():
        kind = columns.field(records).type
        if name not in tables:
            made.append(pa.nulls(len(partners), kind))
            continue
        ids = tables[name]["partner_id"]
        owner = pc.index_in(ids, partners["id"])
        matched = pc.is_valid(owner)
        problems += _refused(name, ids, matched, "unmatched", "no partner has the id {}")
        made.append(_lists(tables[name].filter(matched), owner.filter(matched), len(partners), kind))
    return settle(pa.table(made, schema=columns), problems, on_error)


def _arrow(table: Any) -> Any:
    """Read a table of any library into PyArrow; lazy ones are computed."""
    if isinstance(table, pa.Table):
        return table
    if hasattr(table, "__arrow_c_stream__"):
        return pa.table(table)
    frame = nw.from_native(table)
    return frame.lazy().collect("pyarrow").to_native()


def _types(name: str) -> dict[str, Any]:
    """Give the columns of a long table, with their types."""
    if name == "partners":
        return {"id": pa.string(), "name": pa.string()}
    types = {field.name: field.type for field in schema().field(LISTS[name]).type.value_type}
    if name == "contracts" and (value := types["annual_value"]):
        types |= {"annual_value": value.field("amount").type, "currency": value.field("currency").type}
    return {"partner_id": pa.string(), **types}


def _unusable(name: str, table: Any) -> Iterator[_core.Diagnostic]:
    for column in NEEDED[name]:
        if column not in table.column_names:
            message = f"column {column!r} is missing; there are: {', '.join(table.column_names)}"
            yield _core.Diagnostic(code="missing_column", message=message, file=name)
    for column, wanted in _types(name).items():
        if column not in table.column_names:
            continue
        kind = table.schema.field(column).type
        try:
            # A number that is an id has lost its leading zeros: it is not made a text here.
            if pa.types.is_string(wanted) and not ("string" in str(kind) or pa.types.is_null(kind)):
                raise pa.ArrowInvalid(f"its type is {kind}")
            _cast(table[column], wanted)
        except pa.ArrowException as error:
            message = f"column {column!r} is no {wanted}: {error}"
            yield _core.Diagnostic(code="type", message=message, file=name)


def _cast(values: Any, kind: Any) -> Any:
    if pa.types.is_dictionary(values.type):
        # PyArrow itself decodes no dictionary of string views, which Polars gives.
        words = [one.dictionary.cast(pa.string()).take(one.indices) for one in values.chunks]
        values = pa.chunked_array(words, pa.string())
    elif pa.types.is_string_view(values.type):
        values = values.cast(pa.string())
    made = values.cast(kind)
    # A time of day or a fifth decimal would go without a word.
    exact = pa.types.is_string(values.type) or pa.types.is_null(values.type)
    if not (exact or made.cast(values.type).equals(values)):
        raise pa.ArrowInvalid(f"a value of type {values.type} would lose a part")
    return made


def _typed(name: str, table: Any) -> Any:
    """Give the columns that are used in their types; nulls where one is not there."""
    types = _types(name)
    there = table.column_names
    columns = [_cast(table[one], kind) if one in there else pa.nulls(len(table), kind) for one, kind in types.items()]
    return pa.table(columns, names=list(types)).combine_chunks()


def _refused(name: str, ids: Any, accepted: Any, code: str, message: str) -> Iterator[_core.Diagnostic]:
    for row in pc.indices_nonzero(pc.invert(accepted)).to_pylist():
        text = message.format(said(ids[row].as_py()))
        yield _core.Diagnostic(code=code, message=text, file=name, line=row + 1)


def _lists(table: Any, owner: Any, partners: int, kind: Any) -> Any:
    """Put each partner's rows into a list, in their order."""
    ordered = table.take(pc.sort_indices(owner)).combine_chunks()
    counts = np.bincount(owner.to_numpy(), minlength=partners)
    offsets = pa.array(np.concatenate(([0], np.cumsum(counts))), pa.int32())
    fields = list(kind.value_type)
    records = pa.StructArray.from_arrays([_member(ordered, field) for field in fields], fields=fields)
    return pa.ListArray.from_arrays(offsets, records, type=kind)


def _member(table: Any, field: Any) -> Any:
    values = table[field.name].combine_chunks()
    if field.name != "annual_value":
        return values
    currency = table["currency"].combine_chunks()
    neither = pc.and_(pc.is_null(values), pc.is_null(currency))
    return pa.StructArray.from_arrays([values, currency], fields=list(field.type), mask=neither)
