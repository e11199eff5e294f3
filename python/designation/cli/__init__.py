"""The command line: one file a command, and helpers with a leading underscore."""

from __future__ import annotations

from designation.cli._main import main

__all__ = ["main"]
