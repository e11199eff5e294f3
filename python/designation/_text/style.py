"""The style of pages in notebooks. Its colors follow JupyterLab and VS Code, and elsewhere the system's scheme."""

from __future__ import annotations

import functools
from pathlib import Path

from designation._text.svg import STYLE
from designation._text.tokens import TOKENS, Token, css_variables

# JupyterLab and VS Code set these attributes, which override the scheme of the system.
LIGHT = ("[data-jp-theme-light=true]", ".vscode-light", ".vscode-high-contrast-light")
DARK = ("[data-jp-theme-light=false]", ".vscode-dark", ".vscode-high-contrast:not(.vscode-high-contrast-light)")


@functools.cache
def build_style(*, has_drawing: bool = False) -> str:
    """Return the style of a page, which concerns only elements in ``.dsg``."""
    rules = [
        follow_theme(".dsg", css_variables("light"), css_variables("dark")),
        Path(__file__).with_name("notebook.css").read_text("utf-8").rstrip(),
        *(_token(name.replace("_", "-"), token) for name, token in TOKENS.items()),
        *([STYLE] if has_drawing else []),
    ]
    return "<style>\n{}\n</style>".format("\n".join(rules))


def follow_theme(selector: str, light: str, dark: str) -> str:
    """Return rules that choose declarations by the theme of the notebook, or else by the scheme of the system."""
    light, dark = f"color-scheme:light;{light}", f"color-scheme:dark;{dark}"
    rules = [f"{selector}{{{light}}}", f"@media(prefers-color-scheme:dark){{{selector}{{{dark}}}}}"]
    rules += [
        f"{','.join(f'{theme} {selector}' for theme in themes)}{{{declarations}}}"
        for themes, declarations in ((LIGHT, light), (DARK, dark))
    ]
    return "\n".join(rules)


def _token(name: str, token: Token) -> str:
    symbol = f'.dsg .token.{name}::before{{content:"{token.symbol}"}}' if token.symbol else ""
    return f".dsg .token.{name}{{--line:var(--{name});--area:var(--{name}-fill)}}{symbol}"
