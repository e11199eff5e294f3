"""The strict reader of the core for JSON text, with its errors in clearer words where Python has them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from designation._errors import InputError
from designation._lazy import lazy

json_text = lazy("designation._input.json_text")

Parsed = TypeVar("Parsed")


def parse_text(parse: Callable[..., Parsed], text: bytes, *arguments: Any) -> Parsed:
    """Parse the text of a document with a function of the core, such as `parse_partner`.

    Raises:
        InputError: All problems of the document; a trailing comma is called that.
    """
    try:
        return parse(text, *arguments)
    except InputError as error:
        raise json_text.clear_error(error, text) from None
