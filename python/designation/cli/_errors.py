"""Errors of the user, reported on standard error without a traceback."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Iterable

from designation._core import Diagnostic
from designation._messages import cannot_read, cannot_write
from designation._text.blocks import Span
from designation.cli._color import color_lines
from designation.cli._problems import escape_controls, problem_lines
from designation.cli._streams import uses_color

PROGRAM = re.compile(r"(designation(?: [a-z-]+)*): ")


class UsageError(Exception):
    """A user's error outside of a document; its text is the message."""


def print_error(text: str, role: str = "bad") -> None:
    """Write lines to standard error, with control characters escaped; in the color of a role if it is a terminal."""
    lines = [escape_controls(line) for line in text.split("\n")]
    if uses_color(sys.stderr):
        lines = color_lines(((Span(line, role),) for line in lines), sys.stderr)
    _print(lines)


def print_problems(problems: Iterable[Diagnostic], notes: str = "") -> None:
    """Write problems to standard error, a line each, and notes; see ``problem_lines``."""
    _print(problem_lines(problems, sys.stderr, notes))


def _print(lines: Iterable[str]) -> None:
    with contextlib.suppress(OSError, ValueError, AttributeError):
        for line in lines:
            print(line, file=sys.stderr)
        sys.stderr.flush()


def with_help_page(message: str, command: str) -> str:
    """Return a message about arguments with the help page of its command; one about a file has its location instead."""
    match = PROGRAM.match(message)
    if match is None:
        return message
    return f"{message}\nTry: {command if match[1] == 'designation' else match[1]} --help"


_quiet = False


def set_quiet(quiet: bool) -> None:
    """Choose whether notes are printed."""
    global _quiet  # noqa: PLW0603 (a command line has one standard error)
    _quiet = quiet


def is_quiet() -> bool:
    """Return whether notes and progress are not printed."""
    return _quiet


def print_note(text: str) -> None:
    """Write a note to standard error, unless the user asked for quiet."""
    if not _quiet:
        print_error(f"designation: note: {text}", "muted")


def print_written(path: str, detail: str = "") -> None:
    """Name a file that was written on standard error, unless the user asked for quiet."""
    if not _quiet:
        print_error(f"designation: wrote {label(path)}" + (detail and f": {detail}"), "")


def unreadable_message(file: str, error: OSError) -> str:
    """Return the message for a file that cannot be read."""
    return f"{file}: {cannot_read(error)} [unreadable]"


def unwritable_error(path: str, error: OSError) -> UsageError:
    """Return the error for a file that cannot be written."""
    return UsageError(f"{label(path)}: {cannot_write(error)} [unwritable]")


def label(path: str) -> str:
    """Return the name of a file for a message; bytes that are not UTF-8 are escaped."""
    return "<stdin>" if path == "-" else os.fsencode(path).decode("utf-8", "backslashreplace")
