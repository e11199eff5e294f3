"""Wrong values for each argument of a function, and how the calls fail."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import designation as dsg

# One value of each kind: most calls are refused before a table is read.
HOSTILE: tuple[Any, ...] = (
    *(None, 5, -1, float("nan"), float("inf"), 10**30, Decimal("NaN"), Fraction(1, 3), True),
    *("x", "", "\ud800", b"x", [], [None], ["x"], object(), {}, {1: 2}),
    *({"a": None}, {"a": {"b": None}}, {"a": "\ud800"}),
)


def is_plain(error: Exception, argument: str) -> bool:
    """Return whether an error is one of the input, or says in our words what an argument must be."""
    if isinstance(error, dsg.InputError | OSError | UnicodeEncodeError):
        return True
    return isinstance(error, TypeError) and bool(re.match(rf"({argument}|a date|a document) must be ", str(error)))


def is_refusal(error: Exception, _: str) -> bool:
    """Return whether an error says that an argument is wrong, or too large for a machine."""
    return isinstance(error, TypeError | ValueError | OSError | IndexError | OverflowError)


def problems_of(
    call: Callable[..., Any], base: dict[str, Any], is_allowed: Callable[[Exception, str], bool]
) -> list[str]:
    """Call a function with each argument replaced by each value, and return the errors that are not allowed."""
    call(**base)
    found = []
    for name, parameter in inspect.signature(call).parameters.items():
        for value in () if parameter.kind is parameter.VAR_KEYWORD else HOSTILE:
            try:
                call(**{**base, name: value})
            except Exception as error:
                if not is_allowed(error, name):
                    found.append(f"{name}={value!r}: {type(error).__name__}: {error}")
    return found
