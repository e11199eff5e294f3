"""The interface of a command's module."""

from __future__ import annotations

import argparse
from typing import Protocol


class Command(Protocol):
    """A module that implements a command; the first line of its docstring is the summary in the help pages."""

    __doc__: str | None
    USAGE: str
    EXAMPLE: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's arguments."""

    def run(self, options: argparse.Namespace) -> int:
        """Run the command and return its exit status."""
