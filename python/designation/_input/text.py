"""Text tables as programs write them: CSV and its relatives, in UTF-8, or in UTF-16 with a byte order mark."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from designation._core import Diagnostic
from designation._errors import InputError
from designation._input.guard import undo_guard
from designation._input.source import Source, source_error
from designation._input.spaces import trim

SEPARATORS = ",;\t|"
SEPARATOR_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
MAX_HEADER = 1 << 20
MAX_CELL = 1 << 30
QUOTED = re.compile(r'"(?:[^"]|"")*"')
SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
NUMBERED = re.compile(r"(.*)\[\d+\]", re.DOTALL)
UNICODE_HINT = 'save the file as "CSV UTF-8"'


RowReport = Callable[[int, list[str], Diagnostic], None]


class Dialect(NamedTuple):
    """How a text table is written: its separator, and the lines before the header and up to its end."""

    separator: str
    preamble: int
    header_end: int


class TextTable(NamedTuple):
    """A text table: ``header`` has a unique name for each column, and an empty name for a column without one.

    A name that occurs more than once has a number, such as ``Comment[2]``.
    """

    header: tuple[str, ...]
    dialect: Dialect
    text: io.TextIOWrapper
    source: Source

    def rows(self, *, pad: bool = False, report: RowReport | None = None) -> Iterator[tuple[int, list[str]]]:
        """Yield the number of each row's first line, and its cells, as many as the header has; only once.

        Args:
            pad: Whether a row may be shorter than the header. Otherwise, only columns without a name may be omitted.
            report: Called with the line, the cells and the problem of a row that cannot be used, which is then omitted;
                without it, the first such row raises an error.

        Raises:
            InputError: A row cannot be read.
        """
        return _rows(self, 0 if pad else _width(self.header), report)


def fold_name(name: str) -> str:
    """Return the form of a column's name that is compared: without case, and with single spaces."""
    return " ".join(trim(name).split()).casefold()


def number_repeated(names: Iterable[str]) -> tuple[str, ...]:
    """Number the names that occur more than once without regard to case: ``name[1]``, ``name[2]``."""
    cleaned = [" ".join(trim(name).split()) for name in names]
    folded = [name.casefold() for name in cleaned]
    counts = Counter(folded)
    seen: dict[str, int] = {}
    numbered = []
    for name, key in zip(cleaned, folded, strict=True):
        seen[key] = seen.get(key, 0) + 1
        numbered.append(f"{name}[{seen[key]}]" if key and counts[key] > 1 else name)
    return tuple(numbered)


def plain_header(header: Sequence[str]) -> list[str]:
    """Return the names of a header without the numbers of repeated names."""
    return [NUMBERED.sub(r"\1", name) if name.endswith("]") else name for name in header]


def read_text(source: Source) -> TextTable:
    """Read the header of a text table.

    Raises:
        InputError: The file has no header, or is not a text table.
    """
    # Bytes that are not valid become lone surrogates, which are found, with their line, in the row that has them.
    text = io.TextIOWrapper(source.stream, source.encoding, errors=_error_handler(source), newline="")
    try:
        dialect, lines = _read_header_lines(text, source)
        names = next(csv.reader(lines, delimiter=dialect.separator), [])
    except UnicodeError:
        raise _damaged(source) from None
    if bad := _undecodable(names):
        raise source_error("encoding", _encoding_message(names[bad - 1]), source.name, dialect.preamble + 1, bad)
    header = number_repeated(map(undo_guard, names))
    if not any(header):
        raise source_error("unreadable", "the header has no name of a column", source.name, dialect.preamble + 1, 1)
    return TextTable(header, dialect, text, source)


def _error_handler(source: Source) -> str:
    return "surrogateescape" if source.encoding.startswith("utf-8") else "strict"


def _damaged(source: Source) -> InputError:
    message = f"the file begins like {source.encoding.upper()}, but is not; {UNICODE_HINT}"
    return source_error("encoding", message, source.name)


def _read_header_lines(text: io.TextIOWrapper, source: Source) -> tuple[Dialect, list[str]]:
    line, number, declared = text.readline(MAX_HEADER), 1, None
    while is_preamble(line):
        match = SEPARATOR_LINE.fullmatch(line)
        declared = match[1] if match else declared
        line, number = text.readline(MAX_HEADER), number + 1
    blank = number
    while line and not trim(line):
        line, number = text.readline(MAX_HEADER), number + 1
    if not line:
        raise source_error("unreadable", "the file has no header", source.name, blank, 1)
    if "\0" in line:
        message = f"the file contains NUL bytes; it is not text, or is UTF-16 without a byte order mark; {UNICODE_HINT}"
        raise source_error("encoding", message, source.name, number, 1)
    if number != blank:
        which = f"line {blank} is blank" if number == blank + 1 else f"lines {blank} to {number - 1} are blank"
        message = f"{which}; delete what is before the header, which must be the first line"
        raise source_error("unreadable", message, source.name, blank, 1)
    lines, size = [line], len(line)
    while sum(part.count('"') for part in lines) % 2 and size < MAX_HEADER and (line := text.readline(MAX_HEADER)):
        lines.append(line)
        size += len(line)
    if sum(part.count('"') for part in lines) % 2 or size >= MAX_HEADER:
        raise source_error("unreadable", "the header has a quote that is not closed", source.name, number, 1)
    separator = declared or _find_separator("".join(lines), source.name)
    return Dialect(separator, number - 1, number - 1 + len(lines)), lines


def is_preamble(line: str) -> bool:
    """Return whether a line is one that Excel (``sep=;``) or PowerShell (``#TYPE``) writes before the header."""
    return SEPARATOR_LINE.fullmatch(line) is not None or line.startswith("#TYPE ")


def _find_separator(header: str, name: str) -> str:
    if name.lower().removesuffix(".gz").endswith((".tsv", ".tab")):
        return "\t"
    unquoted = QUOTED.sub("", header)
    return max(SEPARATORS, key=unquoted.count)


def _width(header: Sequence[str]) -> int:
    return max(number for number, name in enumerate(header, 1) if name)


def _rows(table: TextTable, least: int, report: RowReport | None) -> Iterator[tuple[int, list[str]]]:
    header, dialect, text, source = table
    width = len(header)
    # csv raises an error for a cell of more than 128 KiB; a document's list can be longer.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_CELL))
    reader = csv.reader(text, delimiter=dialect.separator, strict=True)
    before = dialect.header_end
    line = before + 1
    try:
        for cells in reader:
            line, before = before + 1, dialect.header_end + reader.line_num
            if not cells or (len(cells) == 1 and not trim(cells[0])):
                continue
            if problem := _row_problem(cells, width, least):
                error = source_error(problem[0], problem[1], source.name, line, problem[2])
                if report is None:
                    raise error
                report(line, cells, error.diagnostics[0])
                continue
            yield line, cells[:width] + [""] * (width - len(cells))
    except csv.Error:
        line = before + 1
        message = "the row has a quote that is not closed, or text after a closed quote; a quote in a cell is doubled"
        raise source_error("syntax", message, source.name, line, 1) from None
    except UnicodeError:
        raise _damaged(source) from None


def _row_problem(cells: Sequence[str], width: int, least: int) -> tuple[str, str, int] | None:
    """Return the code, the message and the column of a row's problem, if it has one."""
    if bad := _undecodable(cells):
        return "encoding", _encoding_message(cells[bad - 1]), bad
    if (len(cells) > width and any(map(trim, cells[width:]))) or len(cells) < least:
        what = f"the row has {_count(len(cells))}, but the header has {width}"
        # Programs write titles before the header, which are then taken for it.
        what += "; the first line must be the header" if width == 1 else ""
        return "columns", what, min(len(cells), width + 1)
    return None


def _count(cells: int) -> str:
    return "1 cell" if cells == 1 else f"{cells} cells"


def _undecodable(cells: Sequence[str]) -> int:
    """Return the number of the first cell with bytes that are not valid, or 0."""
    if "".join(cells).isascii():
        return 0
    return next((n for n, cell in enumerate(cells, 1) if any("\ud800" <= c <= "\udfff" for c in cell)), 0)


def _encoding_message(cell: str) -> str:
    byte = next(ord(c) - 0xDC00 for c in cell if "\ud800" <= c <= "\udfff")
    return f"the byte 0x{byte:02X} is not valid UTF-8; {UNICODE_HINT}"
