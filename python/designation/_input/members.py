"""The values of a record's members, as frames, sheets and Python programs hold them, in the types of the portfolio."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from designation._days import meant_days
from designation._input.frames import is_missing
from designation._input.spaces import trim
from designation._lazy import lazy
from designation._messages import quote

pa = lazy("pyarrow", "table")
pc = lazy("pyarrow.compute", "table")

# pandas writes a date as a timestamp at midnight.
DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
PLACES = Decimal("0.0001")
DIGITS = 15  # Spreadsheets store 13201.2 as 13201.199999999999; no amount needs more digits.
MIDNIGHT = datetime.time()


class MemberError(ValueError):
    """A value cannot be one of a member; its text says what is right."""


def plain_scalar(value: Any) -> Any:
    """Return a scalar of NumPy or pandas as a value of Python; None for a missing one."""
    if is_missing(value):
        return None
    kind = type(value).__module__.partition(".")[0]
    if kind == "numpy" and hasattr(value, "item"):
        # A float of 32 bits keeps its shortest decimal.
        name = type(value).__name__
        if name == "float32":
            return plain_scalar(float(str(value)))
        if name == "datetime64":
            return plain_scalar(value.astype("datetime64[us]").item())
        return value.item()
    return value.to_pydatetime(warn=False) if kind == "pandas" and hasattr(value, "to_pydatetime") else value


def plain_document(value: Any) -> Any:
    """Return a document with the scalars of NumPy and pandas as values of Python, and without missing members."""
    if isinstance(value, Mapping):
        members = {key: plain_document(member) for key, member in value.items()}
        return {key: member for key, member in members.items() if member is not None or value[key] is None}
    if isinstance(value, list | tuple):
        return [plain_document(item) for item in value]
    plain = plain_scalar(value)
    is_midnight = isinstance(plain, datetime.datetime) and plain.tzinfo is None and plain.time() == MIDNIGHT
    return plain.date() if is_midnight and plain is not value else plain


def document_value(value: Any) -> Any:
    """Convert a value of a table to a document's value: omit nulls, write dates as text and amounts as numbers."""
    if isinstance(value, Mapping):
        return {key: document_value(member) for key, member in value.items() if member is not None}
    if isinstance(value, list):
        return [document_value(item) for item in value]
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == MIDNIGHT else value.isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def day_of(value: Any) -> datetime.date | None:
    """Return a date, from a date, a datetime at midnight, or ISO text; None if it is missing."""
    value = plain_scalar(value)
    if value is None or (isinstance(value, str) and not trim(value)):
        return None
    if isinstance(value, datetime.datetime):
        if value.tzinfo is not None:
            raise MemberError(f"must be a date without a time zone, not {value.isoformat()}")
        if value.time() != MIDNIGHT:
            raise MemberError(f"must be a date without a time of day, not {value.isoformat()}")
        return value.date()
    if isinstance(value, datetime.date):
        return value
    match = DAY.fullmatch(trim(value)) if isinstance(value, str) else None
    try:
        return datetime.date.fromisoformat(match[1] if match else "")
    except ValueError:
        hint = meant_days(trim(value)) if isinstance(value, str) else ""
        number = "the number " if isinstance(value, int | float | Decimal) and not isinstance(value, bool) else ""
        raise MemberError(f'must be a date as "YYYY-MM-DD", not {number}{quote(value)}{hint}') from None


def text_of(value: Any) -> str | None:
    """Return a text; None if it is missing or blank."""
    value = plain_scalar(value)
    if value is not None and not isinstance(value, str):
        raise MemberError(f"must be text, not {quote(value)}")
    return value if value and trim(value) else None


def number_of(value: Any) -> float | None:
    """Return a number; None if it is missing."""
    value = plain_scalar(value)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise MemberError(f"must be a number, not {quote(value)}")
    return float(value)


def integer_of(value: Any) -> int | None:
    """Return a whole number; None if it is missing. pandas turns whole numbers into floats if one is missing."""
    number = number_of(value)
    if number is not None and not number.is_integer():
        raise MemberError(f"must be a whole number, not {quote(plain_scalar(value))}")
    return None if number is None else int(plain_scalar(value))


def amount_of(value: Any) -> Decimal | None:
    """Return an amount, which a float holds to 15 significant digits; None if it is missing."""
    if number_of(value) is None:
        return None
    value = plain_scalar(value)
    amount = Decimal(f"{value:.{DIGITS}g}") if isinstance(value, float) else Decimal(value)
    if not amount.is_finite() or amount != amount.quantize(PLACES):
        raise MemberError(f"must have at most four decimal places, not {quote(value)}")
    return amount


class ColumnError(ValueError):
    """No value of a column can be one of its member; the text says what is right."""


READERS: dict[str, Callable[[Any], Any]] = {
    "day": day_of,
    "word": text_of,
    "text": text_of,
    "number": number_of,
    "integer": integer_of,
    "amount": amount_of,
}


def arrow_type(kind: str) -> Any:
    """Return the Arrow type of a member of a kind."""
    types = {
        "day": pa.date32(),
        "number": pa.float64(),
        "integer": pa.int64(),
        "amount": pa.decimal128(18, 4),
    }
    return types.get(kind, pa.string())


def cast_member(values: Any, kind: str, report: Callable[[int, str], None], *, required: bool = False) -> Any:
    """Return values as an Arrow array of a kind of member; values that cannot be are null.

    Args:
        values: An Arrow array, or a list of values.
        kind: The kind: day, word, text, number, integer, or amount.
        report: Called with the index of each value that cannot be read and what is right.
        required: Whether a blank text is an error, which the core reports, and not a missing value.

    Raises:
        ColumnError: The type of an array is one of which no value can be read.
    """
    if isinstance(values, list):
        return pa.array(_read_each(values, READERS[kind], report), arrow_type(kind))
    values = checked_array(values)
    if values.null_count == len(values):
        return pa.nulls(len(values), arrow_type(kind))
    quick = _cast_quickly(values, kind, required)
    if quick is not None:
        return quick
    problems: list[tuple[int, str]] = []
    listed = _scalars(values)
    results = _read_each(listed, READERS[kind], lambda index, message: problems.append((index, message)))
    if len(problems) == sum(not is_missing(value) for value in listed) and not is_text(values.type) and problems:
        raise ColumnError(problems[0][1])
    for problem in problems:
        report(*problem)
    return pa.array(results, arrow_type(kind))


def checked_array(values: Any) -> Any:
    """Return a column as one array that is safe to read, whoever built it.

    Raises:
        ColumnError: Its buffers contradict each other.
    """
    try:
        values.validate(full=True)
    except pa.ArrowException:
        raise ColumnError("the Arrow data of the column is inconsistent") from None
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values


def _read_each(values: Iterable[Any], read: Callable[[Any], Any], report: Callable[[int, str], None]) -> list[Any]:
    results = []
    for index, value in enumerate(values):
        try:
            results.append(read(value))
        except MemberError as error:
            report(index, str(error))
            results.append(None)
    return results


def _cast_quickly(values: Any, kind: str, required: bool) -> Any:
    """Return an array of common types, converted as a whole; None if values must be looked at one by one."""
    types, given = pa.types, values.type
    if types.is_dictionary(given) and is_text(given.value_type):
        # PyArrow cannot decode a dictionary of string views, which Polars creates.
        return _cast_quickly(values.dictionary.cast(pa.string()).take(values.indices), kind, required)
    if is_text(given):
        texts = values.cast(pa.string())
        if kind in ("word", "text"):
            return texts if required else _without_blanks(texts)
        return _try_cast(_without_blanks(texts), kind) if kind == "day" else None
    if kind == "day":
        return _cast_days(values)
    if kind == "number" and types.is_floating(given) and not types.is_float16(given):
        return pc.if_else(pc.is_nan(values), None, values).cast(pa.float64())
    is_number = types.is_integer(given) or types.is_decimal(given)
    return _try_cast(values, kind) if is_number and kind in ("number", "integer", "amount") else None


def _cast_days(values: Any) -> Any:
    if pa.types.is_timestamp(values.type) and values.type.tz is None:
        days = values.cast(pa.date32(), safe=False)
        return days if days.cast(values.type).equals(values) else None
    return values if pa.types.is_date32(values.type) else None


def is_text(given: Any) -> bool:
    """Return whether an Arrow type is one of text."""
    return bool(pa.types.is_string(given) or pa.types.is_large_string(given) or pa.types.is_string_view(given))


def _without_blanks(values: Any) -> Any:
    return pc.if_else(pc.equal(pc.utf8_trim_whitespace(values), ""), None, values)


def _try_cast(values: Any, kind: str) -> Any:
    try:
        return values.cast(arrow_type(kind))
    except pa.ArrowException:
        return None


def _scalars(values: Any) -> list[Any]:
    # As a float of 64 bits, 1234.56 in 32 bits would have more digits than people entered.
    if pa.types.is_float32(values.type):
        return [None if value is None else float(str(value)) for value in _float32(values)]
    listed: list[Any] = values.to_pylist()
    return listed


def _float32(values: Any) -> Iterable[Any]:
    numbers = values.to_numpy(zero_copy_only=False)
    return (
        number if is_valid else None for number, is_valid in zip(numbers, values.is_valid().to_pylist(), strict=True)
    )
