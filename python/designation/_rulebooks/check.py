"""The problems of a rulebook: those for which it is refused, and what it should not lack or contradict."""

from __future__ import annotations

from designation import _core
from designation._errors import InputError
from designation._input.strict import parse_text


def check_text(
    text: bytes, file: str, max_bytes: int = _core.MAX_BYTES
) -> tuple[_core.Rulebook | InputError, tuple[_core.Diagnostic, ...]]:
    """Return the rulebook or the error for which it is refused, and every problem of its text."""
    found = tuple(_core.check_rulebook(text, file, max_bytes))
    try:
        return parse_text(_core.parse_rulebook, text, file, max_bytes), found
    except InputError as error:
        is_another_kind = [one.code for one in error.diagnostics] == ["format"]
        if len(found) > len(error.diagnostics) and not is_another_kind:
            return InputError(found), found
        return error, error.diagnostics  # in clearer words
