"""Where a value is in JSON text: the line and the column of a JSON Pointer."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from json.decoder import scanstring  # type: ignore[attr-defined]

SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


def locate(text: str, pointer: str) -> tuple[int, int]:
    """Return the line and the column, in bytes, of a pointer in valid JSON text; of its parent if it is not there."""
    tokens = [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]
    at = _find(text, _skip(text, 0), tokens)
    start = text.rfind("\n", 0, at) + 1
    return text.count("\n", 0, at) + 1, len(text[start:at].encode("utf-8", "surrogatepass")) + 1


def escape_token(key: str) -> str:
    """Return a key as a part of a JSON Pointer."""
    return key.replace("~", "~0").replace("/", "~1")


def _find(text: str, at: int, tokens: Sequence[str]) -> int:
    """Return the index of the value that tokens lead to, from the index of a value."""
    if not tokens or text[at] not in "{[":
        return at
    is_object, index, here = text[at] == "{", 0, _skip(text, at + 1)
    while text[here] not in "}]":
        key, begin = str(index), here
        if is_object:
            key, here = scanstring(text, here + 1)
            here = _skip(text, _skip(text, here) + 1)
        if key == tokens[0]:
            return begin if is_object and len(tokens) == 1 else _find(text, here, tokens[1:])
        here = _skip(text, _DECODER.raw_decode(text, here)[1])
        here, index = (_skip(text, here + 1) if text[here] == "," else here), index + 1
    return at


def _skip(text: str, at: int) -> int:
    match = SPACE.match(text, at)
    return at if match is None else match.end()
