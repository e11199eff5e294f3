"""What a user did wrong, said on standard error without a traceback."""

from __future__ import annotations

import contextlib
import os
import sys
import unicodedata


class UsageError(Exception):
    """A user's mistake that is no defect of a document; its text is the diagnostic."""


def complain(text: str) -> None:
    """Write lines to standard error, with nothing in them that would steer a terminal."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        for line in text.split("\n"):
            print(_escaped(line), file=sys.stderr)
        sys.stderr.flush()


def unreadable(file: str, error: OSError) -> str:
    """Say why a file cannot be read."""
    return f"{file}: cannot be read: {error.strerror or error} [unreadable]"


def label(path: str) -> str:
    """Name a file in a diagnostic; its name need not be UTF-8."""
    return "<stdin>" if path == "-" else os.fsencode(path).decode("utf-8", "backslashreplace")


def _escaped(line: str) -> str:
    steering = ("Cc", "Cf", "Zl", "Zp")
    return "".join(
        c.encode("unicode_escape").decode() if unicodedata.category(c) in steering and c != "\t" else c for c in line
    )
