"""Help pages; imported only when one is shown, because rich is slow to load."""

from __future__ import annotations

import sys
from typing import Any

from rich.console import Console
from rich_argparse import RawDescriptionRichHelpFormatter

from designation.cli._streams import in_colour


class Formatter(RawDescriptionRichHelpFormatter):
    """Help that is plain in a pipe and takes brackets literally."""

    group_name_formatter = str.capitalize
    text_markup = False
    help_markup = False

    def __init__(self, prog: str, **options: Any) -> None:
        super().__init__(prog, max_help_position=24, **options)
        colour = in_colour(sys.stdout)
        self.console = Console(
            force_terminal=colour,
            force_jupyter=False,
            color_system="auto" if colour else None,
            width=self._width + 2,
            legacy_windows=False,
        )
