"""What a user got wrong, with its place."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from designation import _core
from designation._errors import InputError


def mistake(code: str, message: str, pointer: str = "", file: str = "") -> InputError:
    """Make the error for one problem."""
    return InputError([problem(code, message, pointer, file)])


def problem(code: str, message: str, pointer: str = "", file: str = "") -> _core.Diagnostic:
    """Make the diagnostic of one problem."""
    return _core.Diagnostic(code=code, message=message, pointer=pointer, file=file)


def nearest(word: str, known: Iterable[str]) -> str:
    """Say which known word may have been meant, or nothing."""
    folded = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(word.casefold(), folded, n=1)
    return f'; did you mean "{folded[close[0]]}"?' if close else ""


def several(words: Iterable[object], most: int = 5) -> str:
    """Name some things, and how many more there are."""
    said = [str(word) for word in words]
    return ", ".join(said[:most]) + (f" and {len(said) - most} more" if len(said) > most else "")
