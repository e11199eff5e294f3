"""The formatter of help pages; imported only to show one, because rich is slow to load."""

from __future__ import annotations

import sys
from typing import Any, ClassVar

from rich.console import Console
from rich_argparse import RawDescriptionRichHelpFormatter

from designation.cli._color import HELP_STYLES
from designation.cli._streams import uses_color


class Formatter(RawDescriptionRichHelpFormatter):
    """A formatter that writes plain text into a pipe and prints brackets literally."""

    group_name_formatter = str.capitalize
    styles: ClassVar[dict[str, Any]] = RawDescriptionRichHelpFormatter.styles | HELP_STYLES
    text_markup = False
    help_markup = False

    def __init__(self, prog: str, **options: Any) -> None:
        super().__init__(prog, max_help_position=24, **options)
        color = uses_color(sys.stdout)
        self.console = Console(
            force_terminal=color,
            force_jupyter=False,
            color_system="auto" if color else None,
            width=self._width + 2,
            legacy_windows=False,
        )
