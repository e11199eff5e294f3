"""The strict reader of the core for JSON text, with its errors in clearer words where Python has them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any, TypeVar

from designation import _core
from designation._errors import InputError
from designation._lazy import lazy

json = lazy("json")
json_text = lazy("designation._input.json_text")

Parsed = TypeVar("Parsed")
NAMES = {
    "partner": "a partner",
    "policy": "a policy",
    "rulebook": "a rulebook",
    "assessment": "an assessment",
    "record": "a record of an assessment",
}
CUSTOM_EDITION = "a custom edition, also name its file (--rulebook)"
PARSERS: dict[str, Callable[..., Any]] = {
    "partner": _core.parse_partner,
    "policy": _core.parse_policy,
    "rulebook": _core.parse_rulebook,
}


def parse_text(parse: Callable[..., Parsed], text: bytes, *arguments: Any) -> Parsed:
    """Parse the text of a document with a function of the core, such as `parse_partner`.

    Raises:
        InputError: All problems of the document; a trailing comma is called that, and a document of another kind is
            one problem, not one for each of its keys.
    """
    try:
        return parse(text, *arguments)
    except InputError as raised:
        error = name_rulebook(raised)
        expected = next((kind for kind, parser in PARSERS.items() if parser is parse), "")
        found = _find_kind(text, expected) if len(error.diagnostics) > 1 else None
        if found is None:
            raise json_text.clear_error(error, text) from None
        message = f"this is {NAMES[found]}, not {NAMES[expected]}"
        at = next((one for one in error.diagnostics if one.pointer == "/format"), error.diagnostics[0])
        one = _core.Diagnostic(code="format", message=message, pointer="/format", file=at.file)
        raise InputError([one.replace(line=at.line, column=at.column)]) from None


def name_rulebook(error: InputError) -> InputError:
    """Return the error of a policy, with a remedy where it names an edition that is not built in."""
    clear = [
        one.replace(message=f"{one.message}{' For' if one.message.endswith('?') else '; for'} {CUSTOM_EDITION}")
        if (one.pointer, one.code) == ("/edition", "unknown_value")
        else one
        for one in error.diagnostics
    ]
    return error if tuple(clear) == error.diagnostics else InputError(clear)


def _find_kind(text: bytes, expected: str) -> str | None:
    """Return the kind of a document that is not of the expected kind; None if it is, or if nothing tells it."""
    with contextlib.suppress(ValueError, TypeError, KeyError, RecursionError):
        kind = str(json.loads(text)["format"]).partition("@")[0].removeprefix("designation/")
        return kind if kind in NAMES and kind != expected else None
    for kind, parse in PARSERS.items() if expected else ():
        # A policy can omit every key, so an incomplete rulebook may look like one.
        with contextlib.suppress(InputError):
            if kind != expected and (kind, expected) != ("policy", "rulebook"):
                parse(text)
                return kind
    return None
