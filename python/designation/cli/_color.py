"""The colors of text in a terminal, which are readable on light and on dark backgrounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from designation._lazy import lazy
from designation._text.blocks import Line

rich_console = lazy("rich.console")  # rich is slow to load
rich_text = lazy("rich.text")

# Each color has a contrast of at least 4.5 with white and with black.
STYLES = {"": "", "label": "bold", "good": "#14803c", "warn": "#9a6700", "bad": "#d1313d", "muted": "#757575"}


def color_lines(lines: Iterable[Line], stream: TextIO) -> Iterator[str]:
    """Return lines with the escape sequences of a terminal."""
    console = rich_console.Console(
        file=stream, force_terminal=True, force_jupyter=False, color_system="auto", legacy_windows=False
    )
    for line in lines:
        text = rich_text.Text.assemble(*((span.text, STYLES[span.role]) for span in line))
        text.rstrip()
        yield "".join(
            segment.style.render(segment.text, color_system=console._color_system) if segment.style else segment.text
            for segment in text.render(console)
        )
