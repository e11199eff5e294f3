"""The colors of text in a terminal, which are readable on light and on dark backgrounds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from designation._lazy import lazy
from designation._text.blocks import Line
from designation._text.tokens import TOKENS

rich_console = lazy("rich.console")  # rich is slow to load
rich_text = lazy("rich.text")

# Each color has a contrast of at least 4.5 with white and with black.
COLORS = {"": "", "label": "bold", "good": "#15863f", "warn": "#9e6a00", "bad": "#da3340", "muted": "#757575"}
HELP_STYLES = {
    "argparse.groups": "bold",
    "argparse.prog": "bold",
    "argparse.args": "#0f7f9d",
    "argparse.metavar": "#996d09",
    "argparse.syntax": "#0f7f9d",
    "argparse.help": "",
    "argparse.text": "",
    "argparse.default": "italic",
}
STYLES = COLORS | {name: COLORS[token.role] for name, token in TOKENS.items()}


def color_lines(lines: Iterable[Line], stream: TextIO) -> list[str]:
    """Return lines with the escape sequences of a terminal."""
    console = rich_console.Console(
        file=stream, force_terminal=True, force_jupyter=False, color_system="auto", legacy_windows=False
    )
    with console.capture() as capture:
        for line in lines:
            styled = rich_text.Text.assemble(*((span.text, STYLES[span.role]) for span in line))
            styled.rstrip()
            console.print(styled, soft_wrap=True)
    text: str = capture.get()
    return text.splitlines()
