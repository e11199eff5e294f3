"""Frames with one partner per row, in the types of the portfolio: days as text, NaN, mixed objects, JSON text."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from designation import _core
from designation._errors import InputError
from designation._input.frames import FrameColumn, frame_columns, is_missing
from designation._input.members import (
    READERS,
    ColumnError,
    MemberError,
    arrow_type,
    cast_member,
    checked_array,
    is_text,
    text_of,
)
from designation._lazy import lazy
from designation._messages import quote, synonym
from designation._records import FIELDS, LISTS

pa = lazy("pyarrow", "table")
pc = lazy("pyarrow.compute", "table")

KNOWN = ("id", "name", "notes", "format", "$schema", *LISTS)
LEAST_LENGTH = 4  # of a name that is compared by its letters
SIMILARITY = 0.85
MOST_PROBLEMS = 100
NOTES = "notes"  # no rule reads them


class PartnerTable(NamedTuple):
    """A portfolio table in Arrow, the columns that are not read, and the problems of rows by number, and of columns."""

    table: Any
    unread: list[str]
    problems: dict[int, list[_core.Diagnostic]]
    column_problems: list[_core.Diagnostic]


def near_name(name: str, known: Sequence[str]) -> str | None:
    """Return the known name that an unknown one may stand for: one of the same letters or meaning, or very close."""
    letters = {_letters(one): one for one in known}
    if (exact := letters.get(_letters(name))) or (exact := synonym(name)):
        return exact if exact in known else None
    close = difflib.get_close_matches(_letters(name), letters, 1, SIMILARITY)
    return letters[close[0]] if close and max(len(name), len(close[0])) >= LEAST_LENGTH else None


def check_names(names: Sequence[str], known: Sequence[str], keep: Sequence[str] | None = ()) -> None:
    """Raise InputError if a column that is not read has nearly the name of one that is.

    Args:
        names: The columns of the table.
        known: The columns that are read.
        keep: The columns that the caller keeps; None if it cannot keep any.
    """
    missing = [name for name in known if name not in names]
    others = [name for name in names if name not in known and name not in (keep or ())]
    near_names = {name: _near_column(name, missing) for name in others}
    remedy = "If not, rename it" if keep is None else "To ignore it, name it in keep"
    problems = [
        _core.Diagnostic(
            code="unknown_column",
            message=f'unknown column "{name}"; did you mean "{near}"? {remedy}',
        )
        for name, near in near_names.items()
        if near
    ]
    if problems:
        raise InputError(problems)


def _near_column(name: str, known: Sequence[str]) -> str | None:
    """Return the column, or the member of a list's records, that a name may stand for."""
    owner, _, member = name.rpartition(".")
    if owner not in LISTS:
        return near_name(name, known)
    near = near_name(member, [field.name for field in FIELDS[owner]])
    return near and f"{owner}.{near}"


def read_partner_frame(frame: Any, as_of: str | None = None, first_row: int = 0) -> PartnerTable:
    """Read a frame with one partner per row.

    Args:
        frame: A frame of pandas, Polars, or PyArrow, or an object with ``__arrow_c_stream__``.
        as_of: The name of a column of dates.
        first_row: The number of the first row in messages.
    """
    columns = {column.name: column for column in frame_columns(frame)}
    problems = _Problems(columns.get("id"), first_row)
    arrays: dict[str, Any] = {}
    unread: list[str] = []
    for name, column in columns.items():
        try:
            if name in LISTS:
                arrays[name] = _read_list(name, column, problems, unread)
            elif name in ("id", "name", NOTES):
                arrays[name] = cast_member(column.values, "text", problems.at(name), required=name == "id")
            elif name == as_of:
                arrays[name] = cast_member(column.values, "day", problems.at(name))
            elif name not in KNOWN:
                unread.append(name)
        except ColumnError as error:
            problems.by_column.append(_core.Diagnostic(code="type", pointer=f"/{name}", message=str(error)))
    for name in ("id", *LISTS, *filter(None, [as_of])):
        if name not in columns and f"{name}[1]" in columns:
            one = _core.Diagnostic(code="duplicate_key", pointer=f"/{name}", message="duplicate column")
            problems.by_column.append(one)
    return PartnerTable(pa.table(arrays), list(dict.fromkeys(unread)), problems.by_row, problems.by_column)


class _Problems:
    """The problems of rows, each with its row, its column, and the id of the partner."""

    def __init__(self, ids: FrameColumn | None, first_row: int) -> None:
        self._ids, self._first_row = ids, first_row
        self.by_row: dict[int, list[_core.Diagnostic]] = {}
        self.by_column: list[_core.Diagnostic] = []

    def add(self, row: int, pointer: str, message: str) -> None:
        """Add a problem of a row."""
        owner = "" if self._ids is None else self._ids.values[row]
        owner = owner.as_py() if hasattr(owner, "as_py") else owner
        number = self._first_row + row
        message = f"{message} (row {number}, id {quote(owner)})"
        one = _core.Diagnostic(code="type", pointer=f"/{number}/{pointer}", message=message)
        self.by_row.setdefault(row, []).append(one)

    def at(self, column: str) -> Callable[[int, str], None]:
        """Return a function that adds a problem of a row of a column."""
        return lambda row, message: self.add(row, column, message)


def problems_error(problems: Mapping[int, Sequence[_core.Diagnostic]]) -> InputError:
    """Return the error for the problems of rows: the first hundred, and how many more there are."""
    listed = [one for row in sorted(problems) for one in problems[row]]
    rest = len(listed) - MOST_PROBLEMS
    more = (
        [_core.Diagnostic(code="more", pointer="", message=f"and {rest} more problems", count=rest)] if rest > 0 else []
    )
    return InputError([*listed[:MOST_PROBLEMS], *more])


def list_type(name: str) -> Any:
    """Return the Arrow type of a list of records."""
    members = {field.name: _member_type(field.kind) for field in FIELDS[name] if field.name != NOTES}
    return pa.list_(pa.struct(members))


def _member_type(kind: str) -> Any:
    if kind == "money":
        return pa.struct({"amount": arrow_type("amount"), "currency": pa.string()})
    if kind == "dimensions":
        dimension = pa.struct({"score": pa.float64(), "out_of": pa.float64()})
        return pa.struct(
            dict.fromkeys(("support_function", "support_staff_skills", "support_performance_metrics"), dimension)
        )
    return arrow_type(kind)


def _read_list(name: str, column: FrameColumn, problems: _Problems, unread: list[str]) -> Any:
    values = column.values
    if not column.is_mixed:
        values = checked_array(values)
        if values.null_count == len(values) or _is_all_nan(values):
            return pa.nulls(len(values), list_type(name))
        if _is_list_of_structs(values.type):
            return _cast_lists(name, values, problems, unread)
        if not is_text(values.type):
            raise ColumnError(f"must be lists of records, not {values.type}")
        values = values.to_pylist()
        if not any(isinstance(value, str) and value.lstrip().startswith(("[", "{")) for value in values):
            raise ColumnError("must be lists of records, or their JSON text")
    return pa.array([_read_records(name, row, value, problems) for row, value in enumerate(values)], list_type(name))


def _is_all_nan(values: Any) -> bool:
    return bool(pa.types.is_floating(values.type) and pc.all(pc.is_nan(values)).as_py())


def _is_list_of_structs(kind: Any) -> bool:
    is_list = pa.types.is_list(kind) or pa.types.is_large_list(kind)
    return is_list and bool(pa.types.is_struct(kind.value_type) or pa.types.is_null(kind.value_type))


def _cast_lists(name: str, lists: Any, problems: _Problems, unread: list[str]) -> Any:
    """Convert the members of a list column, each as a whole."""
    lengths = pc.fill_null(pc.list_value_length(lists), 0)
    ends = pc.cumulative_sum(lengths.cast(pa.int32()))
    offsets = pa.concat_arrays([pa.array([0], pa.int32()), ends])
    records, target = lists.flatten(), list_type(name).value_type
    if pa.types.is_null(records.type):
        return pa.ListArray.from_arrays(offsets, pa.nulls(len(records), target), mask=lists.is_null())
    parents, starts = pc.list_parent_indices(lists), None

    def report_at(member: str) -> Callable[[int, str], None]:
        def report(index: int, message: str) -> None:
            nonlocal starts
            starts = offsets.to_pylist() if starts is None else starts
            row = parents[index].as_py()
            problems.add(row, f"{name}/{index - starts[row]}/{member}", message)

        return report

    fields = {field.name: field for field in FIELDS[name] if field.name != NOTES}
    given = [records.type.field(number).name for number in range(records.type.num_fields)]
    unread += [f"{name}.{member}" for member in given if member not in fields and member != NOTES]
    arrays = [_cast_struct_member(records, field, given, report_at(field.name)) for field in fields.values()]
    structs = pa.StructArray.from_arrays(arrays, fields=list(target), mask=records.is_null())
    return pa.ListArray.from_arrays(offsets, structs, mask=lists.is_null())


def _cast_struct_member(records: Any, field: _core.RecordField, given: Sequence[str], report: Any) -> Any:
    target = _member_type(field.kind)
    if field.name not in given:
        return pa.nulls(len(records), target)
    values = pc.struct_field(records, field.name)
    if field.kind == "dimensions":
        return values.cast(target) if values.null_count < len(values) else pa.nulls(len(values), target)
    if field.kind != "money":
        return cast_member(values, field.kind, report, required=field.required)
    if values.null_count == len(values):
        return pa.nulls(len(values), target)
    if not pa.types.is_struct(values.type):
        raise ColumnError(f"{field.name} must be a struct of amount and currency, not {values.type}")
    parts = [values.type.field(number).name for number in range(values.type.num_fields)]
    amount, currency = (
        cast_member(pc.struct_field(values, part), kind, report) if part in parts else pa.nulls(len(values), kind_type)
        for part, kind, kind_type in (("amount", "amount", arrow_type("amount")), ("currency", "text", pa.string()))
    )
    return money_array(amount, currency)


def money_array(amounts: Any, currencies: Any) -> Any:
    """Combine amounts and currencies; a record without either has no money."""
    is_missing_both = pc.and_(pc.is_null(amounts), pc.is_null(currencies))
    fields = list(_member_type("money"))
    return pa.StructArray.from_arrays([amounts, currencies], fields=fields, mask=is_missing_both)


def _read_records(name: str, row: int, value: Any, problems: _Problems) -> list[dict[str, Any]] | None:
    """Read the records of one row: a list of dicts, or JSON text."""
    if is_missing(value) or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            problems.add(row, name, "must be a list of records, or one as JSON text")
            return None
    if hasattr(value, "tolist"):
        value = value.tolist()
    if not isinstance(value, list | tuple):
        problems.add(row, name, f"must be a list of records, not {quote(value)}")
        return None
    return [record for index, item in enumerate(value) for record in _read_record(name, row, index, item, problems)]


def _read_record(name: str, row: int, index: int, item: Any, problems: _Problems) -> Iterator[dict[str, Any]]:
    pointer = f"{name}/{index}"
    if not isinstance(item, Mapping):
        problems.add(row, pointer, f"must be a record, not {quote(item)}")
        return
    record = {}
    for field in FIELDS[name]:
        value = item.get(field.name)
        if field.name == NOTES or is_missing(value):
            continue
        try:
            record[field.name] = _read_member(field.kind, value)
        except MemberError as error:
            problems.add(row, f"{pointer}/{field.name}{'/amount' if field.kind == 'money' else ''}", str(error))
    yield record


def _read_member(kind: str, value: Any) -> Any:
    if kind == "dimensions":
        return value
    if kind != "money":
        return READERS[kind](value)
    if not isinstance(value, Mapping):
        raise MemberError(f"must be an amount with a currency, not {quote(value)}")
    amount, currency = READERS["amount"](value.get("amount")), text_of(value.get("currency"))
    return None if amount is None and currency is None else {"amount": amount, "currency": currency}


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.casefold())
