"""The output of a command: standard output, or a file that is written completely or not at all."""

from __future__ import annotations

import contextlib
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Any, TextIO

from designation._core import Diagnostic
from designation._io import replace_file
from designation._lazy import lazy
from designation._text.blocks import EMPTY, Block, Span, block
from designation._text.layout import COLUMNS, WIDEST, escape_controls_in_json
from designation._text.page_layout import lay_out, text_lines
from designation.cli._color import color_lines
from designation.cli._errors import UsageError, print_written, unwritable_error
from designation.cli._problems import problem_lines
from designation.cli._settings import applied_rules, describe
from designation.cli._streams import is_terminal, uses_color

json = lazy("json")  # the command line starts without it


@contextlib.contextmanager
def writing(path: str, describe: Callable[[], str] = str) -> Iterator[None]:
    """Name the file that the block writes: in an error, or else with a description when it is complete."""
    try:
        yield
    except OSError as error:
        raise unwritable_error(path, error) from None
    print_written(path, describe())


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
        if self._path is not None and error is None:
            print_written(self._path)

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

    def write_problems(self, problems: Iterable[Diagnostic]) -> None:
        """Write problems, a line each; see ``problem_lines``."""
        self.write("".join(f"{line}\n" for line in problem_lines(problems, self._stream)))

    def write_json(self, value: object, indent: int | None = 2, *, names_settings: bool = True) -> None:
        """Write a value as a JSON document, by default indented; an object also names the settings that it uses."""
        if names_settings and isinstance(value, dict) and applied_rules():
            value = {**value, "settings": {key: one._asdict() for key, one in applied_rules().items()}}
        text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
        self.write(escape_controls_in_json(text) + "\n")

    def write_result(self, result: Any, form: str, blocks: Iterable[Block]) -> None:
        """Write a result in the form ``json``, or else its page."""
        if form == "json":
            self.write_json(result.to_dict())
        else:
            self.lines(blocks)

    def lines(self, blocks: Iterable[Block]) -> None:
        """Write a page: at the width of a terminal and colored, or else at 80 columns; its end names the settings."""
        self._has_page = True
        if not uses_color(self._stream):
            self.write("".join(f"{line}\n" for line in text_lines(blocks, self._columns)))
            return
        self.write("".join(f"{line}\n" for line in color_lines(lay_out(blocks, self._columns), self._stream)))

    @property
    def is_terminal(self) -> bool:
        """Whether the output is a terminal."""
        return is_terminal(self._stream)

    @property
    def _columns(self) -> int:
        return min(shutil.get_terminal_size().columns, WIDEST) if self.is_terminal else COLUMNS

    def _unwritable(self, error: OSError) -> UsageError:
        return unwritable_error(self._path or "-", error)
