"""Errors of the metrics."""

from __future__ import annotations

from designation import _core
from designation._errors import InputError


def input_error(code: str, message: str, pointer: str = "", file: str = "") -> InputError:
    """Return an error with one problem."""
    return InputError([diagnostic(code, message, pointer, file)])


def diagnostic(code: str, message: str, pointer: str = "", file: str = "", line: int = 0) -> _core.Diagnostic:
    """Return one problem of an error."""
    message, pointer = map(_without_surrogates, (message, pointer))
    return _core.Diagnostic(code=code, message=message, pointer=pointer, file=file, line=line, column=int(line > 0))


def _without_surrogates(text: str) -> str:
    """Write lone surrogates, which are no characters, as escapes."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
