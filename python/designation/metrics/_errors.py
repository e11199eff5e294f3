"""Errors of the metrics."""

from __future__ import annotations

from designation import _core
from designation._errors import InputError


def input_error(code: str, message: str, pointer: str = "", file: str = "") -> InputError:
    """Return an error with one problem."""
    return InputError([diagnostic(code, message, pointer, file)])


def diagnostic(code: str, message: str, pointer: str = "", file: str = "", line: int = 0) -> _core.Diagnostic:
    """Return one problem of an error."""
    return _core.Diagnostic(code=code, message=message, pointer=pointer, file=file, line=line, column=int(line > 0))
