"""What the file of a command holds."""

from __future__ import annotations

import argparse
from typing import Protocol


class Command(Protocol):
    """A module whose docstring begins with the summary, in one line, that help pages show."""

    __doc__: str | None
    USAGE: str
    EXAMPLE: str

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's arguments."""

    def run(self, options: argparse.Namespace) -> int:
        """Do the work; gives the exit status."""
