"""The output of a command: standard output, or a file that is written completely or not at all."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable
from types import TracebackType
from typing import TYPE_CHECKING, Any, TextIO

from designation._io import replace_file
from designation._lazy import lazy
from designation._text.layout import EMPTY, Line, Span, block, plain
from designation.cli._errors import UsageError, label
from designation.cli._settings import applied_rules, describe
from designation.cli._streams import is_terminal, uses_color

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

json = lazy("json")  # the command line starts without it
rich_console = lazy("rich.console")
rich_text = lazy("rich.text")

STYLES = {"": "", "label": "bold", "good": "green", "warn": "yellow", "bad": "red", "muted": "dim"}


class Output:
    """A text output, open during a ``with`` block; an error in the block leaves the file unchanged."""

    def __init__(self, path: str | None) -> None:
        self._path = None if path in (None, "-") else path
        self._stream: TextIO = sys.stdout
        self._opened = contextlib.ExitStack()
        self._discarded = self._has_page = False

    def __enter__(self) -> Output:
        if self._path is not None:
            try:
                with contextlib.ExitStack() as opening:
                    draft = opening.enter_context(replace_file(self._path))
                    self._stream = opening.enter_context(open(draft, "w", encoding="utf-8", newline="\n"))
                    self._opened = opening.pop_all()
            except OSError as error:
                raise self._unwritable(error) from None
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._has_page and error is None and applied_rules():
            rows = [(Span(describe(key, setting)),) for key, setting in applied_rules().items()]
            self.lines([EMPTY, *block("Settings", rows)])
        if self._discarded and error is None:
            kind, error = Exception, Exception("discarded")  # any error leaves the file unchanged
        try:
            self._opened.__exit__(kind, error, at)
        except OSError as failure:
            raise self._unwritable(failure) from None

    def discard(self) -> None:
        """Leave the file unchanged, because there is no result."""
        self._discarded = True

    def write(self, text: str) -> None:
        """Write text."""
        try:
            self._stream.write(text)
        except OSError as error:
            if self._path is None:
                raise
            raise self._unwritable(error) from None

    def write_json(self, value: object, indent: int | None = 2) -> None:
        """Write a value as a JSON document, by default indented; an object also names the settings that it uses."""
        if isinstance(value, dict) and applied_rules():
            value = {**value, "settings": {key: one._asdict() for key, one in applied_rules().items()}}
        self.write(json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False) + "\n")

    def write_result(self, result: Any, form: str, lines: Iterable[Line]) -> None:
        """Write a result in the form ``json``, or else its lines."""
        if form == "json":
            self.write_json(result.to_dict())
        else:
            self.lines(lines)

    def lines(self, lines: Iterable[Line]) -> None:
        """Write lines of a page, colored by their roles on a terminal; the page names the settings at its end."""
        self._has_page = True
        if not uses_color(self._stream):
            self.write("".join(f"{line}\n" for line in plain(lines)))
            return
        pieces = [(span.text, STYLES[span.role]) for line in lines for span in (*line, Span("\n"))]
        self.show(rich_text.Text.assemble(*pieces, no_wrap=True, overflow="ignore", end=""))

    def show(self, renderable: RenderableType) -> None:
        """Write a renderable of rich."""
        console = self._console()
        with console.capture() as capture:
            console.print(renderable, crop=False, end="")
        self.write("".join(f"{line.rstrip()}\n" for line in capture.get().splitlines()))

    @property
    def is_terminal(self) -> bool:
        """Whether the output is a terminal."""
        return is_terminal(self._stream)

    @property
    def columns(self) -> int:
        """The width of the terminal, or 80."""
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

    def _unwritable(self, error: OSError) -> UsageError:
        return UsageError(f"{label(self._path or '-')}: cannot be written: {error.strerror or error} [unwritable]")
