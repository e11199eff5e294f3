"""Arguments that users pass: numbers of Python, of NumPy, and decimals; one text or several; and dicts."""

from __future__ import annotations

import numbers
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from designation._messages import quote
from designation.metrics._errors import input_error


def is_number(value: Any) -> bool:
    """Return whether a value is a real number; a truth value is not."""
    return not isinstance(value, bool) and isinstance(value, numbers.Real | Decimal)


def to_decimal(value: Any) -> Decimal | None:
    """Return a finite number as it is written; None for any other value, such as a text or a truth value."""
    if not is_number(value):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None  # such as a fraction
    return number if number.is_finite() else None


def parse_count(value: Any, pointer: str, *, may_be_zero: bool = False) -> int:
    """Parse a whole number above 0, or 0."""
    number = to_decimal(value) if isinstance(value, numbers.Integral) else None
    return int(_require_least(number, value, pointer, "whole number", may_be_zero=may_be_zero))


def parse_number(value: Any, pointer: str, *, may_be_zero: bool = False) -> Fraction:
    """Parse a number above 0, or 0."""
    return Fraction(_require_least(to_decimal(value), value, pointer, "number", may_be_zero=may_be_zero))


def _require_least(number: Decimal | None, value: Any, pointer: str, what: str, *, may_be_zero: bool) -> Decimal:
    if number is None or number < 0 or not (number or may_be_zero):
        least = "of 0 or more" if may_be_zero else "above 0"
        raise input_error("range", f"must be a {what} {least}, not {quote(value)}", pointer)
    return number


def as_tuple(value: Any) -> tuple[Any, ...]:
    """Return the values of a list, or of another collection, and a single value alone."""
    is_several = isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping)
    return tuple(value) if is_several else (value,)


def parse_texts(value: Any, pointer: str, *, may_be_empty: bool = False) -> tuple[str, ...]:
    """Parse a text or several: the names of columns, words, or months; None is none."""
    texts = () if value is None else as_tuple(value)
    if not (texts or may_be_empty) or not all(isinstance(text, str) and text for text in texts):
        raise input_error("type", "must be text or a list of texts", pointer)
    return texts


def parse_mapping(value: Any, pointer: str) -> dict[Any, Any]:
    """Parse a dict; None is an empty one."""
    if not isinstance(value, Mapping | None):
        raise input_error("type", "must be a dict", pointer)
    return dict(value or {})
