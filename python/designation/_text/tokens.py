"""The tokens of statuses and verdicts: the word, symbol, pattern, and colors that every display uses.

Colors alone never carry a meaning: the statuses also differ in word, symbol, and pattern, so they remain distinct in
gray. The tests compute the contrast of the colors, and their distances as people with color blindness see them.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from designation._text.blocks import Role

Pattern = Literal["solid", "diagonal", "vertical", "back_diagonal", "cross", "empty", "dots"]


class Color(NamedTuple):
    """The color of lines and text, and the pale color of the area that they surround."""

    line: str
    fill: str


class Ground(NamedTuple):
    """The colors of a page: paper, text, secondary text, and lines."""

    paper: str
    ink: str
    muted: str
    rule: str


class Token(NamedTuple):
    """The display of a status or verdict; ``mark`` is its symbol in ASCII."""

    word: str
    role: Role
    symbol: str
    mark: str
    pattern: Pattern
    light: Color
    dark: Color


LIGHT = Ground("#ffffff", "#1c2128", "#545d68", "#d8dee4")
DARK = Ground("#181d24", "#e6edf3", "#9aa5b1", "#333b45")

_GREEN = Color("#0b6b4b", "#d6f0e5"), Color("#8aeccf", "#143c30")
_AMBER = Color("#8d6408", "#fbecc4"), Color("#f0c43c", "#44340f")
_PURPLE = Color("#7a1c96", "#f3e0fa"), Color("#dd6cfb", "#422050")
_RED = Color("#96160a", "#fddccf"), Color("#ff7d5c", "#55210f")
_BROWN = Color("#33201d", "#e2d9d7"), Color("#e3b398", "#3a2a24")
_GRAY = Color("#626c79", "#f1f3f5"), Color("#8d99a5", "#232a33")
_BLUE = Color("#2f49c8", LIGHT.paper), Color("#bcc6fb", DARK.paper)
_SLATE = Color("#31618a", "#e1e9f3"), Color("#8fb4e0", "#1e3048")

# The statuses are in the order of a term.
STATUSES: dict[str, Token] = {
    "not_attained": Token("not attained", "muted", "○", ".", "empty", *_GRAY),
    "active": Token("active", "good", "✓", "=", "solid", *_GREEN),
    "at_risk": Token("at risk", "bad", "▲", "^", "vertical", *_PURPLE),
    "renewal_open": Token("renewal open", "warn", "◐", "o", "diagonal", *_AMBER),
    "renewal_overdue": Token("renewal overdue", "bad", "!", "!", "back_diagonal", *_RED),
    "expired": Token("expired", "bad", "✕", "x", "cross", *_BROWN),
    "unknown": Token("unknown", "warn", "?", "?", "dots", *_BLUE),
}
HELD = ("active", "renewal_open", "renewal_overdue")  # the statuses of a partner that holds the designation
TOKENS: dict[str, Token] = {
    **STATUSES,
    "met": Token("met", "good", "✓", "=", "solid", *_GREEN),
    "unmet": Token("not met", "bad", "✕", ".", "empty", *_RED),
    "window": Token("renewal window", "warn", "◐", "o", "diagonal", *_AMBER),
    "pass": Token("pass in force", "good", "✓", "=", "solid", *_GREEN),
    "record": Token("on record", "", "", "-", "solid", *_SLATE),
}


def standing(status: str, at_risk: bool) -> str:
    """Return the name of the token of a term: its status, or ``at_risk`` if a prerequisite is not met."""
    return "at_risk" if at_risk else str(status)


def css_variables(scheme: Literal["light", "dark"]) -> str:
    """Return the colors of all tokens as CSS variables, such as ``--active`` and ``--active-fill``."""
    ground = LIGHT if scheme == "light" else DARK
    colors = {
        name.replace("_", "-"): token.light if scheme == "light" else token.dark for name, token in TOKENS.items()
    }
    pairs = [(name, color) for name, color in ground._asdict().items()]
    pairs += [pair for name, color in colors.items() for pair in ((name, color.line), (f"{name}-fill", color.fill))]
    return ";".join(f"--{name}:{color}" for name, color in pairs)
