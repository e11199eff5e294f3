"""A bar on standard error, for work that takes long while someone looks."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING

from designation._lazy import lazy
from designation.cli._streams import in_colour, is_terminal

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

rich_console = lazy("rich.console")
rich_progress = lazy("rich.progress")

PATIENCE = 0.5


class Progress:
    """Counts bytes; shows itself only after a while, on a terminal, and beside no other output there."""

    def __init__(self, paths: Sequence[str], *, alone: bool) -> None:
        self._paths = paths
        self._shows = alone and is_terminal(sys.stderr)
        self._since = time.monotonic()
        self._done = 0
        self._bar: Bar | None = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()

    def advance(self, size: int, rows: int = 0) -> None:
        """Count bytes that are done; `rows`, where it is given, is how many rows that makes in all."""
        self._done += size
        if not self._shows:
            return
        if self._bar is not None:
            rate = rows / (time.monotonic() - self._since)
            said = f"{rows:,} rows, {rate:,.0f} a second" if rows else "assessing"
            self._bar.update(self._bar.task_ids[0], completed=self._done, description=said)
        elif time.monotonic() - self._since > PATIENCE:
            self._begin()

    def _begin(self) -> None:
        console = rich_console.Console(stderr=True, color_system="auto" if in_colour(sys.stderr) else None)
        bar: Bar = rich_progress.Progress(console=console, transient=True, redirect_stdout=False)
        bar.add_task("assessing", total=self._total(), completed=self._done)
        bar.start()
        self._bar = bar

    def _total(self) -> int | None:
        try:
            return sum(os.stat(path).st_size for path in self._paths)
        except OSError:
            return None
