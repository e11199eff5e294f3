"""Documents of partners in JSON: one document, a list, a response of an API, or one document per line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from designation import _core
from designation._errors import InputError
from designation._input.json_text import decode, json_problem
from designation._input.limits import read_whole
from designation._input.pages import SeveralListsError, find_records, kind_of_value
from designation._input.source import NDJSON, Source, source_error
from designation._io import bounded_lines
from designation._records import LISTS

SPACE = " \t\r\n"
KEY_OF_LIST = re.compile(r'"([^"]*)"\s*:\s*$')


class DocumentText(NamedTuple):
    """The text of a document, the location of its first character, and its place in a list as a JSON Pointer."""

    line: int
    column: int
    pointer: str
    text: bytes


def read_documents(source: Source, max_bytes: int = _core.MAX_BYTES) -> Iterator[DocumentText | InputError]:
    """Yield the documents of a JSON or NDJSON source, and an error for each that is too large or not JSON."""
    if source.kind == NDJSON and source.encoding == "utf-8":
        yield from _read_lines(source, max_bytes)
        return
    data = source.stream.read(max_bytes + 1)
    is_large = len(data) > max_bytes
    if is_large and not _begins_with_record(data):
        yield _too_large(source, 1, max_bytes)
        return
    data += read_whole(source) if is_large else b""
    text = decode(data, source)
    if source.kind == NDJSON:
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                yield DocumentText(number, 1, "", line.encode())
        return
    yield from _split(text, source, max_bytes)


def is_page(data: bytes) -> bool:
    """Return whether a JSON object is a response of an API, and not a document."""
    return _find_page(data.decode("utf-8", "replace")) is not None


def _read_lines(source: Source, max_bytes: int) -> Iterator[DocumentText | InputError]:
    for number, line in bounded_lines(source.stream, max_bytes):
        yield _too_large(source, number, max_bytes) if len(line) > max_bytes else DocumentText(number, 1, "", line)


def _begins_with_record(data: bytes) -> bool:
    """Return whether a long text begins with a list of records, which may be longer than one document."""
    text = data.decode("utf-8", "ignore")
    start = text.find("[")
    if (key := KEY_OF_LIST.search(text, 0, max(0, start))) and key[1] in LISTS:
        return False
    try:
        return start >= 0 and isinstance(json.JSONDecoder().raw_decode(text, _skip(text, start + 1))[0], dict)
    except (ValueError, RecursionError):
        return False


def _split(text: str, source: Source, max_bytes: int) -> Iterator[DocumentText | InputError]:
    """Yield the documents of a JSON text, each with its location."""
    whole = text.encode("utf-8", "surrogatepass")
    start = _skip(text, 0)
    path = _find_page(text) if text[start : start + 1] == "{" else ()
    if text[start : start + 1] not in ("{", "[") or path is None:
        if len(whole) > max_bytes:
            yield _too_large(source, 1, max_bytes)
        else:
            yield DocumentText(1, 1, "", whole)
        return
    if isinstance(path, SeveralListsError):
        yield source_error("unreadable", str(path), source.name)
        return
    if problem := json_problem(text):
        line, column, message = problem
        yield source_error("syntax", f"must be JSON: {message}", source.name, line, column)
        return
    start = _find_list(text, start, path) if path else start
    yield from _items(text, start, "".join(f"/{key}" for key in path))


def _find_page(text: str) -> tuple[str, ...] | SeveralListsError | None:
    """Return the path of the list of documents in an object; None for a document, or for what is not JSON."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return None  # The strict reader of documents says what is wrong.
    if any(name in document for name in LISTS):
        return None

    def kinds_at(path: Any) -> dict[str, str]:
        value: Any = document
        for key in path:
            value = value[key]
        return {key: kind_of_value(member) for key, member in value.items()}

    try:
        return find_records(kinds_at)
    except SeveralListsError as error:
        return error


def _find_list(text: str, start: int, path: tuple[str, ...]) -> int:
    """Return the position of the list at a path of keys in a valid JSON object."""
    decoder, position = json.JSONDecoder(), start
    for wanted in path:
        position = _skip(text, position + 1)
        while True:
            key, position = decoder.raw_decode(text, position)
            position = _skip(text, _skip(text, position) + 1)  # past the colon
            if key == wanted:
                break
            position = _skip(text, decoder.raw_decode(text, position)[1])
            position = _skip(text, position + 1)  # past the comma
    return position


def _items(text: str, start: int, pointer: str) -> Iterator[DocumentText]:
    """Yield the items of the list that begins at a position of a valid JSON text."""
    decoder = json.JSONDecoder()
    position, number = _skip(text, start + 1), 0
    line, counted = 1, 0
    while text[position] != "]":
        end = decoder.raw_decode(text, position)[1]
        line += text.count("\n", counted, position)
        counted = position
        column = position - text.rfind("\n", 0, position)
        yield DocumentText(line, column, f"{pointer}/{number}", text[position:end].encode("utf-8", "surrogatepass"))
        number += 1
        position = _skip(text, end)
        if text[position] == ",":
            position = _skip(text, position + 1)


def _skip(text: str, position: int) -> int:
    while position < len(text) and text[position] in SPACE:
        position += 1
    return position


def _too_large(source: Source, line: int, max_bytes: int) -> InputError:
    message = f"the document has more than {max_bytes} bytes (--max-bytes)"
    return source_error("size", message, source.name, line, 1)
