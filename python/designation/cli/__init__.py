"""The command line: one module per command; helper modules begin with an underscore."""

from __future__ import annotations

from designation.cli._main import main

__all__ = ["main"]
