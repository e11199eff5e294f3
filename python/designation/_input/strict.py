"""The strict reader of the core for JSON text, with its errors in clearer words where Python has them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
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
        InputError: All problems of the document, as `clear_document_error` words them; a trailing comma is called that.
    """
    try:
        return parse(text, *arguments)
    except InputError as error:
        kind = next((kind for kind, parser in PARSERS.items() if parse is parser), "")
        clear = clear_document_error(error, kind, text)
        raise (json_text.clear_error(error, text) if clear is error else clear) from None


def clear_document_error(error: InputError, expected: str, document: bytes | Mapping[str, Any]) -> InputError:
    """Return the error of a document in clearer words, or the same error.

    A document of another kind has one problem, not one for each of its keys, and a policy for an edition that is not
    built in is told how to name it.

    Args:
        error: The error of the core.
        expected: The kind of document that the reader expects.
        document: The text, or the dict.
    """
    if len(error.diagnostics) > 1 and (found := _find_kind(document, expected)):
        at = next((one for one in error.diagnostics if one.pointer == "/format"), error.diagnostics[0])
        message = f"this is {NAMES[found]}, not {NAMES[expected]}"
        one = _core.Diagnostic(code="format", message=message, pointer="/format", file=at.file)
        return InputError([one.replace(line=at.line, column=at.column)])
    clear = [
        one.replace(message=f"{one.message}{' For' if one.message.endswith('?') else '; for'} {CUSTOM_EDITION}")
        if (one.pointer, one.code) == ("/edition", "unknown_value")
        else one
        for one in error.diagnostics
    ]
    return error if tuple(clear) == error.diagnostics else InputError(clear)


def _find_kind(document: bytes | Mapping[str, Any], expected: str) -> str | None:
    """Return the kind of a document that is not of the expected kind; None if it is, or if nothing tells it."""
    try:
        text = document if isinstance(document, bytes) else json.dumps(document, default=str).encode()
        given = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return None
    if isinstance(given, dict) and "format" in given:
        kind = str(given["format"]).partition("@")[0].removeprefix("designation/")
        return kind if kind in NAMES and kind != expected else None
    for kind, parse in PARSERS.items() if expected else ():
        # A policy can omit every key, so an incomplete rulebook may look like one.
        with contextlib.suppress(InputError):
            if kind != expected and (kind, expected) != ("policy", "rulebook"):
                parse(text)
                return kind
    return None
