"""Lines of text that fit a width, measured in terminal cells, so that names in CJK characters stay aligned."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from designation._lazy import lazy
from designation._text.blocks import EMPTY, Line, Span

json = lazy("json")  # the command line starts without it
rich_cells = lazy("rich.cells")

COLUMNS, WIDEST = 80, 120
GUTTER = 16  # the column of labels; a page of fewer than NARROW columns has none
NARROW = 60
ROOM = 24  # where fewer cells are left for the last part of a line, it stands below the others
_KEPT = re.compile(r"(?<=\d) (?=[A-Z]{3}\b)|(?<= [+-]) (?=\w)")  # the spaces within an amount or a change
_JOINERS = "\u200c\u200d"
_UNUSUAL = re.compile(r"[^\n\x20-\x7e]+")


def replace_controls(text: str) -> str:
    """Replace control characters, which could change the state of a terminal."""
    if text.isprintable():
        return text  # Most texts are, and this check is fast.
    return "".join("\ufffd" if _is_control(c) else c for c in text)


def escape_controls_in_json(text: str) -> str:
    """Return the same JSON text without control characters: those that JSON allows in strings become escapes."""

    def escape(match: re.Match[str]) -> str:
        return "".join(json.dumps(c)[1:-1] if _is_control(c) else c for c in match[0])

    return text if text.isprintable() else _UNUSUAL.sub(escape, text)


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") and character not in _JOINERS


def cells(text: str) -> int:
    """Return the width of a text in terminal cells."""
    if text.isascii():
        return len(text)
    length: int = rich_cells.cell_len(text)
    return length


def pad(text: str, columns: int) -> str:
    """Pad a text with spaces to a width in cells."""
    return text + " " * max(0, columns - cells(text))


def wrap(text: str, columns: int) -> list[str]:
    """Wrap a text at spaces and within words that are too long, but not within URLs, which people click.

    An amount stays with its currency, and a sign with its word: ``1,850 USD``, ``+ CSAT``.
    """
    lines = [""]
    for word in _KEPT.sub("\n", " ".join(text.split())).split(" "):
        for piece in _pieces(replace_controls(word.replace("\n", " ")), columns):
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


def plain(lines: Iterable[Line]) -> Iterator[str]:
    """Return lines as text, without their roles."""
    return ("".join(span.text for span in line).rstrip() for line in lines)


def lay_out_line(line: Line, columns: int) -> Iterator[Line]:
    """Lay out parts side by side, the last one wrapped in its own column, or below them if its column is narrow."""
    if not line:
        yield EMPTY
        return
    *parts, last = line
    lead = tuple(Span(pad(replace_controls(part.text), part.width), part.role) for part in parts)
    room = columns - sum(cells(part.text) for part in lead)
    if lead and room < min(ROOM, cells(last.text)):
        yield from lay_out_line(tuple(part for part in line[:-1] if part.text.strip()), columns)
        room = columns - 2 - len(lead[0].text) + len(lead[0].text.lstrip())
        lead = (Span(" " * (columns - room)),)
    indent = Span(" " * (columns - room))
    for index, text in enumerate(wrap(last.text, room) if last.text else [""]):
        yield (*((indent,) if index else lead), Span(text, last.role))
