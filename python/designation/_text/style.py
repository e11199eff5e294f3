"""The style of pages in notebooks. Its colors follow JupyterLab and VS Code, and elsewhere the system's scheme."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Literal

from designation._text.tokens import TOKENS, Token, css_variables

# JupyterLab and VS Code set these attributes, which override the scheme of the system.
LIGHT = ("[data-jp-theme-light=true]", ".vscode-light", ".vscode-high-contrast-light")
DARK = ("[data-jp-theme-light=false]", ".vscode-dark", ".vscode-high-contrast:not(.vscode-high-contrast-light)")


@functools.cache
def build_style() -> str:
    """Return the style, which concerns only elements in ``.dsg``."""
    rules = [
        _scheme("light", [""]),
        f"@media(prefers-color-scheme:dark){{{_scheme('dark', [''])}}}",
        _scheme("light", LIGHT),
        _scheme("dark", DARK),
        Path(__file__).with_name("notebook.css").read_text("utf-8").rstrip(),
        *(_token(name.replace("_", "-"), token) for name, token in TOKENS.items()),
    ]
    return "<style>\n{}\n</style>".format("\n".join(rules))


def _scheme(scheme: Literal["light", "dark"], ancestors: list[str] | tuple[str, ...]) -> str:
    # A drawing has variables of its own, which these selectors override.
    selectors = (f"{above} {one}".strip() for above in ancestors for one in (".dsg", ".dsg .drawing"))
    return f"{','.join(selectors)}{{color-scheme:{scheme};{css_variables(scheme)}}}"


def _token(name: str, token: Token) -> str:
    symbol = f'.dsg .token.{name}::before{{content:"{token.symbol}"}}' if token.symbol else ""
    return f".dsg .token.{name}{{--line:var(--{name});--area:var(--{name}-fill)}}{symbol}"
