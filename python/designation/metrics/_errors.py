"""Errors of the metrics, and the phrases that their messages share."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from designation import _core
from designation._errors import InputError


def input_error(code: str, message: str, pointer: str = "", file: str = "") -> InputError:
    """Return an error with one problem."""
    return InputError([diagnostic(code, message, pointer, file)])


def diagnostic(code: str, message: str, pointer: str = "", file: str = "") -> _core.Diagnostic:
    """Return one problem of an error."""
    return _core.Diagnostic(code=code, message=message, pointer=pointer, file=file)


def hint(word: str, known: Iterable[str]) -> str:
    """Return what is valid instead of an unknown word: the closest known word, or else all of them."""
    folded = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(word.casefold(), folded, n=1)
    return f'; did you mean "{folded[close[0]]}"?' if close else f"; must be one of {several(folded.values(), 12)}"


def quote(value: object) -> str:
    """Return a value as a message shows it: text in double quotes."""
    return f'"{value}"' if isinstance(value, str) else repr(value)


def several(words: Iterable[object], most: int = 5) -> str:
    """Return the first words, and how many more there are."""
    texts = [str(word) for word in words]
    return ", ".join(texts[:most]) + (f" and {len(texts) - most} more" if len(texts) > most else "")
