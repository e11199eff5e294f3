"""Numbers that users pass: those of Python, decimals, and the scalars of NumPy, which frames compute."""

from __future__ import annotations

import numbers
from decimal import Decimal
from typing import Any


def is_number(value: Any) -> bool:
    """Return whether a value is a real number; a truth value is not."""
    return isinstance(value, numbers.Real | Decimal) and not isinstance(value, bool)


def is_integer(value: Any) -> bool:
    """Return whether a value is an integer; a truth value is not."""
    return isinstance(value, numbers.Integral) and not isinstance(value, bool)
