"""Problems as lines of text; a terminal also shows the source line of each, with a caret below its column."""

from __future__ import annotations

import os
import shutil
import unicodedata
from collections.abc import Iterable, Iterator
from typing import TextIO

from designation._core import Diagnostic
from designation._errors import InputError
from designation._input.source import JSON, NDJSON, TEXT, open_source
from designation._text.blocks import Line, Span
from designation._text.layout import cells, replace_controls
from designation.cli._color import color_lines
from designation.cli._streams import uses_color

INDENT = 2


def problem_lines(problems: Iterable[Diagnostic], stream: TextIO, notes: str = "") -> Iterable[str]:
    """Return problems as text for a stream, a line each, and notes; in a terminal, notes replace the source lines."""
    if not uses_color(stream):
        return [escape_controls(line) for line in [*map(str, problems), *notes.splitlines()]]
    columns = shutil.get_terminal_size().columns
    lines = [
        line for problem in problems for line in (_colored(problem), *(() if notes else source_lines(problem, columns)))
    ]
    return color_lines([*lines, *((Span(escape_controls(line)),) for line in notes.splitlines())], stream)


def _colored(problem: Diagnostic) -> Line:
    text, code = str(problem), f"[{problem.code}]"
    where, found, _ = text.partition(f": {problem.message}")
    message = text[len(where) :] if found else text
    return (
        Span(escape_controls(where) if found else "", "label"),
        Span(escape_controls(message.removesuffix(code)), "bad"),
        Span(code, "muted"),
    )


def escape_controls(line: str) -> str:
    """Escape control characters, which could change the state of a terminal."""
    controls = ("Cc", "Cf", "Zl", "Zp")
    return "".join(
        c.encode("unicode_escape").decode() if unicodedata.category(c) in controls and c != "\t" else c for c in line
    )


def source_lines(problem: Diagnostic, columns: int) -> Iterator[Line]:
    """Yield the line of a problem, or the part around its column, and a caret; nothing if it cannot be read again."""
    line = _read_line(problem.file, problem.line) if problem.line and problem.column else None
    if line is None:
        return
    text = _printable(line)
    at, room = len(_printable(line[: problem.column - 1])), columns - INDENT - 2  # columns count bytes
    first = 0
    while cells(text[first:at]) > room // 2 and cells(text[first:]) > room:
        first += 1
    before, rest = text[first:at], text[at:]
    while cells(before + rest) > room:
        rest = rest[:-1]
    lead, tail = "…" if first else "", "…" if len(before + rest) < len(text) - first else ""
    yield (Span(" " * INDENT), Span(f"{lead}{before}{rest}{tail}"))
    yield (Span(" " * (INDENT + cells(lead + before))), Span("^", "bad"))


def _read_line(file: str, number: int) -> bytes | None:
    """Return a line of a regular text file in UTF-8; None if there is no such line."""
    if not os.path.isfile(file):
        return None
    try:
        source = open_source(file)
        with source.stream:
            if source.kind not in (TEXT, JSON, NDJSON) or not source.encoding.startswith("utf-8"):
                return None
            line = next((line for index, line in enumerate(source.stream, 1) if index == number), None)
            return line if line is not None and line.decode() else None
    except (InputError, OSError, ValueError):
        return None


def _printable(line: bytes) -> str:
    return replace_controls(line.decode("utf-8-sig", "replace").rstrip("\r\n").replace("\t", " "))
