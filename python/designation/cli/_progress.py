"""A progress bar on standard error, for long work in a terminal."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING

from designation._lazy import lazy
from designation.cli._errors import is_quiet
from designation.cli._streams import is_terminal, uses_color

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

rich_console = lazy("rich.console")
rich_progress = lazy("rich.progress")

SECONDS_BEFORE_BAR = 0.5


class Progress:
    """A count of bytes, with a bar that appears after half a second, on a terminal without other output."""

    def __init__(self, paths: Sequence[str], *, enabled: bool) -> None:
        self._paths = paths
        self._enabled = enabled and is_terminal(sys.stderr) and not is_quiet()
        self._began = time.monotonic()
        self._done = 0
        self._bar: Bar | None = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()

    def advance(self, size: int, rows: int = 0) -> None:
        """Add to the bytes done; `rows`, if given, is the total number of rows so far."""
        self._done += size
        if not self._enabled:
            return
        if self._bar is not None:
            rate = rows / (time.monotonic() - self._began)
            description = f"{rows:,} rows, {rate:,.0f} per second" if rows else "assessing"
            self._bar.update(self._bar.task_ids[0], completed=self._done, description=description)
        elif time.monotonic() - self._began > SECONDS_BEFORE_BAR:
            self._show()

    def _show(self) -> None:
        console = rich_console.Console(stderr=True, color_system="auto" if uses_color(sys.stderr) else None)
        bar: Bar = rich_progress.Progress(console=console, transient=True, redirect_stdout=False)
        bar.add_task("assessing", total=self._total_bytes(), completed=self._done)
        bar.start()
        self._bar = bar

    def _total_bytes(self) -> int | None:
        try:
            return sum(os.stat(path).st_size for path in self._paths)
        except OSError:
            return None
