"""The limits of what is read into memory as a whole, and the check of a workbook before it is loaded.

Text tables, NDJSON, and Parquet files are read in parts, and have no such limits.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from designation._input.source import Source, source_error

MAX_WHOLE = 1 << 30  # bytes of a JSON list or of a compressed Parquet file
MAX_WORKBOOK = 64 << 20  # bytes of a workbook as it is stored
MAX_UNPACKED = 512 << 20  # bytes of its parts
MAX_CELLS = 5_000_000  # with those of merged ranges; each needs about a kilobyte of memory
MAX_TEXT = 32_767 * 6  # bytes of a text; a cell of Excel has at most 32,767 characters, each escaped by up to 6 bytes
CHUNK = 1 << 20
OTHERWISE = "; save the tables as CSV or Parquet, which have no such limit"
CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
MERGED = re.compile(rb"<(?:\w+:)?mergeCell[^>]*?ref\s*=\s*[\"']([A-Z]+)(\d+):([A-Z]+)(\d+)[\"']")
OVERLAP = 256  # longer than a tag that is counted


def read_whole(source: Source, limit: int = MAX_WHOLE) -> bytes:
    """Read all bytes of a source; raise InputError if there are more than a limit."""
    data = source.stream.read(limit + 1)
    if len(data) > limit:
        message = f"the file has more than {limit >> 20:,} MiB"
        raise source_error("size", message + OTHERWISE, source.name)
    return data


def check_workbook(content: bytes, name: str) -> None:
    """Raise InputError if a workbook, which can be small, would not fit into memory.

    Raises:
        zipfile.BadZipFile: It is not a workbook.
    """
    unpacked = cells = 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for info in archive.infolist():
            longest, rest = 0, b""
            with archive.open(info) as part:
                while chunk := part.read(CHUNK):
                    unpacked += len(chunk)
                    if unpacked > MAX_UNPACKED:
                        message = f"the workbook has more than {MAX_UNPACKED >> 20} MiB when it is unpacked"
                        raise source_error("size", message + OTHERWISE, name)
                    if not info.filename.endswith(".xml"):
                        continue
                    first, *others = chunk.split(b"<")
                    longest = max(longest + len(first), *map(len, others)) if others else longest + len(first)
                    if longest > MAX_TEXT:
                        message = f"the workbook has a text of more than {MAX_TEXT // 6:,} characters"
                        raise source_error("size", message + OTHERWISE, name)
                    longest = len(others[-1]) if others else longest
                    cells += _count_cells(rest, chunk)
                    if cells > MAX_CELLS:
                        message = f"the workbook has more than {MAX_CELLS:,} cells, with those of merged ranges"
                        raise source_error("size", message + OTHERWISE, name)
                    rest = chunk[-OVERLAP:]


def _count_cells(before: bytes, chunk: bytes) -> int:
    """Return the number of cells, also in merged ranges, whose tags end in a chunk."""
    text = before + chunk
    ended = (match for match in CELL.finditer(text) if match.end() > len(before))
    merged = (match for match in MERGED.finditer(text) if match.end() > len(before))
    return sum(1 for _ in ended) + sum(_size_of_range(match) for match in merged)


def _size_of_range(match: re.Match[bytes]) -> int:
    left, top, right, bottom = match.groups()
    return (_column(right) - _column(left) + 1) * (int(bottom) - int(top) + 1)


def _column(letters: Any) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
