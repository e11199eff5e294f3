"""Where answers go: standard output, or a file that is replaced as a whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import tempfile
from collections.abc import Iterable
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

from designation._lazy import lazy
from designation._text.layout import Line, Span, plain
from designation.cli._errors import UsageError, label
from designation.cli._streams import is_terminal, uses_color

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

rich_console = lazy("rich.console")
rich_text = lazy("rich.text")

STYLES = {"": "", "label": "bold", "good": "green", "warn": "yellow", "bad": "red", "muted": "dim"}


class Output:
    """A text file for the time of a ``with`` block; an error in the block leaves nothing behind."""

    def __init__(self, path: str | None) -> None:
        self._path = None if path in (None, "-") else path
        self._draft: str | None = None
        self._stream: TextIO = sys.stdout
        self._discarded = False

    def __enter__(self) -> Output:
        if self._path is not None:
            try:
                self._stream = self._opened(os.path.realpath(self._path))
            except OSError as error:
                raise self._unwritable(error) from None
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if self._path is None:
            return
        try:
            self._stream.close()
            if kind is None and self._draft is not None and not self._discarded:
                os.replace(self._draft, os.path.realpath(self._path))
                self._draft = None
        except OSError as failure:
            raise self._unwritable(failure) from None
        finally:
            if self._draft is not None:
                with contextlib.suppress(OSError):
                    os.unlink(self._draft)

    def discard(self) -> None:
        """Leave the file as it was: there is nothing to say."""
        self._discarded = True

    def write(self, text: str) -> None:
        """Write text as it is."""
        try:
            self._stream.write(text)
        except OSError as error:
            if self._path is None:
                raise
            raise self._unwritable(error) from None

    def lines(self, lines: Iterable[Line]) -> None:
        """Write lines, colored by their roles on a terminal."""
        if not uses_color(self._stream):
            self.write("".join(f"{line}\n" for line in plain(lines)))
            return
        pieces = [(span.text, STYLES[span.role]) for line in lines for span in (*line, Span("\n"))]
        self.show(rich_text.Text.assemble(*pieces, no_wrap=True, overflow="ignore", end=""))

    def show(self, renderable: RenderableType) -> None:
        """Write what rich renders."""
        console = self._console()
        with console.capture() as capture:
            console.print(renderable, crop=False, end="")
        self.write("".join(f"{line.rstrip()}\n" for line in capture.get().splitlines()))

    @property
    def is_terminal(self) -> bool:
        """Whether someone looks at the output."""
        return is_terminal(self._stream)

    @property
    def columns(self) -> int:
        """How wide the output is: that of a terminal, else 80."""
        return self._console().width

    def _console(self) -> Console:
        color = uses_color(self._stream)
        width = None if color else 80
        console: Console = rich_console.Console(
            file=self._stream,
            force_terminal=color,
            force_jupyter=False,
            color_system="auto" if color else None,
            width=width,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
        )
        return console

    def _opened(self, target: str) -> TextIO:
        with contextlib.suppress(FileNotFoundError):
            mode = os.stat(target).st_mode
            if not stat.S_ISREG(mode):
                return open(target, "w", encoding="utf-8", newline="\n")
            if not os.access(target, os.W_OK):
                raise PermissionError(13, os.strerror(13))
        descriptor, self._draft = tempfile.mkstemp(
            prefix=f".{os.path.basename(target)[:100]}.", dir=os.path.dirname(target)
        )
        os.fchmod(descriptor, _mode_of(target))
        return open(descriptor, "w", encoding="utf-8", newline="\n")

    def _unwritable(self, error: OSError) -> UsageError:
        return UsageError(f"{label(self._path or '-')}: cannot be written: {error.strerror or error} [unwritable]")


def _mode_of(target: str) -> int:
    try:
        return stat.S_IMODE(os.stat(target).st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
