"""The style of the pages: the colors and patterns of the tokens, as variables and classes."""

from __future__ import annotations

from designation._text.svg import STYLE
from designation._text.tokens import TOKENS, Pattern, css_variables

# The patterns of the drawings, for bars in tables, where ``l`` is the color of lines and ``f`` that of the area.
GRADIENTS: dict[Pattern, str] = {
    "diagonal": "repeating-linear-gradient(135deg,var(--l) 0 1.5px,transparent 1.5px 5px)",
    "back_diagonal": "repeating-linear-gradient(45deg,var(--l) 0 1.5px,transparent 1.5px 5px)",
    "cross": "repeating-linear-gradient(135deg,var(--l) 0 1.2px,transparent 1.2px 5px),"
    "repeating-linear-gradient(45deg,var(--l) 0 1.2px,transparent 1.2px 5px)",
    "vertical": "repeating-linear-gradient(90deg,var(--l) 0 1.5px,transparent 1.5px 5px)",
    "dots": "radial-gradient(var(--l) 1.1px,transparent 1.4px) 0 0/5px 5px",
}


def token_style() -> str:
    """Return the colors of a page in light, dark, and print, and the classes of all tokens."""
    light, dark = css_variables("light"), css_variables("dark")
    return "\n".join(
        (
            f":root{{{light}}}",
            f"@media(prefers-color-scheme:dark){{:root{{{dark}}}}}",
            f"@media print{{:root{{{light};--ink:#000;--muted:#444;--rule:#bbb}}}}",
            *(_classes(name) for name in TOKENS),
            STYLE,
        )
    )


def _classes(name: str) -> str:
    """Return the classes of a token; its symbol is for the eye, because the word beside it says the same."""
    token, css = TOKENS[name], name.replace("_", "-")
    gradient = GRADIENTS.get(token.pattern)
    pattern = f"background:{gradient} var(--f)" if gradient else "background-color:var(--f)"
    symbol = f'.chip.{name}::before{{content:"{token.symbol} " / ""}}' if token.symbol else ""
    return f".{name}{{--l:var(--{css});--f:var(--{css}-fill)}}.bar.{name} span{{{pattern}}}{symbol}"
