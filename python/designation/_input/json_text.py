"""JSON text: what is wrong with it, in our words, with the line and the column."""

from __future__ import annotations

import json
import re
from typing import Any

from designation._core import Diagnostic
from designation._errors import InputError
from designation._input.limits import read_whole
from designation._input.source import Source, source_error

MOST_CHARACTERS = 100
# What follows a comma that should not be there.
CLOSING = re.compile(r"[ \t\r\n]*[}\]]")
TRAILING_COMMA = "a trailing comma"
MESSAGES = {
    "Extra data": "text after the end of the document",
    "Unterminated string": "a text is not closed by a double quote",
    "Expecting property name": "a key must be in double quotes",
    "Expecting ':'": 'a key must be followed by ":"',
    "Expecting ','": "values must be separated by commas",
    "Invalid control character": "a text must not contain a line break or another control character",
    "Invalid \\": "a backslash must be followed by one of the escapes of JSON",
    "Expecting value": "a value is missing or not JSON",
}


def read_json(source: Source) -> Any:
    """Read a whole JSON text.

    Raises:
        InputError: It is not JSON, or not in the encoding that it begins with; the error has its line and column.
    """
    text = decode(read_whole(source), source)
    if problem := json_problem(text):
        line, column, message = problem
        raise _with_excerpt(source_error("syntax", f"must be JSON: {message}", source.name, line, column), text)
    return json.loads(text)


def decode(data: bytes, source: Source) -> str:
    """Decode a text; raise InputError with the line if it cannot be."""
    try:
        return data.decode(source.encoding)
    except UnicodeDecodeError as error:
        if source.encoding != "utf-8":
            message = f"the file begins like {source.encoding.upper().removesuffix('-SIG')}, but is not"
            raise source_error("encoding", message, source.name) from None
        line = data.count(b"\n", 0, error.start) + 1
        message = f"the byte 0x{data[error.start]:02X} is not valid UTF-8; save the file in UTF-8"
        raise source_error("encoding", message, source.name, line, 1) from None


def clear_error(error: InputError, text: bytes) -> InputError:
    """Return the error of the core's reader, with a clearer message if it is about a trailing comma."""
    document = text.decode("utf-8", "replace")
    clear = InputError([clarify(one, document) for one in error.diagnostics])
    return error if clear.diagnostics == error.diagnostics else _with_excerpt(clear, document)


def clarify(problem: Diagnostic, text: str) -> Diagnostic:
    """Return a problem of JSON text with a clearer message if it is a trailing comma."""
    if problem.code != "syntax" or "," not in text:
        return problem
    found = json_problem(text)
    if found is None or not found[2].startswith(TRAILING_COMMA):
        return problem
    return problem.replace(line=found[0], column=found[1], message=found[2])


def _with_excerpt(error: InputError, text: str) -> InputError:
    """Add the line of a trailing comma as a note, with a caret below the column, unless the line is long."""
    problem, lines = error.diagnostics[0], text.split("\n")
    if TRAILING_COMMA in problem.message:
        line = lines[problem.line - 1].rstrip("\r")
        if len(line) <= MOST_CHARACTERS and line.isprintable():
            error.__notes__ = [f"  {line}\n  {' ' * (problem.column - 1)}^"]
    return error


def json_problem(text: str) -> tuple[int, int, str] | None:
    """Return the line, the column and the message of the first problem of a JSON text; None if it has none."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return _describe(text, error)
    except RecursionError:
        return 1, 1, "values are nested too deeply"
    return None


def _describe(text: str, error: json.JSONDecodeError) -> tuple[int, int, str]:
    before = text[: error.pos].rstrip()
    comma = len(before) - 1 if before.endswith(",") and CLOSING.match(text, len(before)) else -1
    if text[error.pos : error.pos + 1] == "," and CLOSING.match(text, error.pos + 1):
        comma = error.pos
    if comma >= 0:
        return _place(text, comma, f'{TRAILING_COMMA} before "{text[comma + 1 :].lstrip()[0]}"; remove it')
    if error.pos >= len(text.rstrip()):
        return _place(text, error.pos, "the document is incomplete" if text.strip() else "the file is empty")
    message = next((ours for theirs, ours in MESSAGES.items() if error.msg.startswith(theirs)), "must be JSON")
    return _place(text, error.pos, message)


def _place(text: str, position: int, message: str) -> tuple[int, int, str]:
    line = text.count("\n", 0, position) + 1
    return line, position - text.rfind("\n", 0, position), message
