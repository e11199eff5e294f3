"""Lines of text in columns, measured in terminal cells, so that names in CJK characters stay aligned."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from designation._lazy import lazy

rich_cells = lazy("rich.cells")

Role = Literal["", "label", "good", "warn", "bad", "muted"]

COLUMNS = 80
GUTTER = 16
_JOINERS = "\u200c\u200d"


class Span(NamedTuple):
    """A part of a line, and the role that sets its color."""

    text: str
    role: Role = ""


Line = tuple[Span, ...]
EMPTY: Line = ()


def replace_controls(text: str) -> str:
    """Replace control characters, which could change the state of a terminal."""
    if text.isprintable():
        return text  # Most texts are, and this check is fast.
    unsafe = ("Cc", "Cf", "Cs", "Zl", "Zp")
    return "".join("\ufffd" if unicodedata.category(c) in unsafe and c not in _JOINERS else c for c in text)


def cells(text: str) -> int:
    """Return the width of a text in terminal cells."""
    if text.isascii():
        return len(text)
    length: int = rich_cells.cell_len(text)
    return length


def pad(text: str, columns: int) -> str:
    """Pad a text with spaces to a width in cells."""
    return text + " " * max(0, columns - cells(text))


def shorten(text: str, columns: int) -> str:
    """Return a text, or its beginning and an ellipsis if it is wider than some cells."""
    if cells(text) <= columns:
        return text
    return f"{str(rich_cells.chop_cells(text, columns - 1)[0]).rstrip()}\u2026"


def wrap(text: str, columns: int) -> list[str]:
    """Wrap a text at spaces and within words that are too long, but not within URLs, which people click."""
    lines = [""]
    for word in text.split():
        for piece in _pieces(replace_controls(word), columns):
            joined = f"{lines[-1]} {piece}" if lines[-1] else piece
            if cells(joined) <= columns:
                lines[-1] = joined
            else:
                lines.append(piece)
    return lines


def _pieces(word: str, columns: int) -> list[str]:
    if cells(word) <= columns or word.startswith("https://"):
        return [word]
    pieces: list[str] = rich_cells.chop_cells(word, columns)
    return pieces


def fill(*parts: Span, columns: int = COLUMNS) -> list[Line]:
    """Lay out parts side by side, the last one wrapped in its own column."""
    room = columns - sum(cells(span.text) for span in parts[:-1])
    first, *others = wrap(parts[-1].text, room)
    indent = Span(" " * (columns - room))
    role = parts[-1].role
    return [(*parts[:-1], Span(first, role)), *((indent, Span(other, role)) for other in others)]


def row(label: str, *parts: Span) -> list[Line]:
    """Lay out a label and its parts."""
    return fill(Span(pad(label, GUTTER), "label"), *parts)


def block(label: str, rows: Iterable[tuple[Span, ...]]) -> list[Line]:
    """Lay out rows under one label, beside the first row."""
    return [line for index, parts in enumerate(rows) for line in row("" if index else label, *parts)]


def plain(lines: Iterable[Line]) -> Iterator[str]:
    """Return the lines as text, without their roles."""
    return ("".join(span.text for span in line).rstrip() for line in lines)
