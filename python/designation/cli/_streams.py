"""The standard streams: always UTF-8, and colors only on a terminal."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from typing import TextIO


def use_utf8() -> None:
    """Set the standard streams to UTF-8, whatever the locale."""
    for stream, errors in ((sys.stdout, "surrogateescape"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether a stream is an open terminal."""
    return stream is not None and not stream.closed and stream.isatty()


_color = "auto"


def set_color(color: str) -> None:
    """Choose whether to write colors: auto, always, or never."""
    global _color  # noqa: PLW0603 (a command line has one choice)
    _color = color


def uses_color(stream: TextIO | None) -> bool:
    """Return whether to write colors: to a terminal, unless ``NO_COLOR`` or ``TERM=dumb`` is set, or as chosen."""
    if _color != "auto":
        return _color == "always"
    return is_terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def discard_rest(stream: TextIO | None) -> None:
    """Discard what is still buffered in a stream, because its reader has closed it."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())  # type: ignore[union-attr]
        os.close(null)
