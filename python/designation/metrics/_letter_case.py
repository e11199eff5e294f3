"""Texts in lower or upper case, in the same way in Python and in every engine.

They disagree about the capital I with a dot of Turkish, the sigma at the end of Greek words, and the German sharp s.
"""

from __future__ import annotations

import narwhals as nw

LOWER = (("i\u0307", "i"), ("\u03c2", "\u03c3"))
UPPER = (("\u1e9e", "SS"),)


def lower(text: str) -> str:
    """Return a text in lower case."""
    text = text.lower()
    for one, other in LOWER:
        text = text.replace(one, other)
    return text


def lower_expr(text: nw.Expr) -> nw.Expr:
    """Return texts in lower case."""
    text = text.str.to_lowercase()
    for one, other in LOWER:
        text = text.str.replace_all(one, other, literal=True)
    return text


def upper_expr(text: nw.Expr) -> nw.Expr:
    """Return texts in upper case."""
    text = text.str.to_uppercase()
    for one, other in UPPER:
        text = text.str.replace_all(one, other, literal=True)
    return text
