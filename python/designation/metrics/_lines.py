"""The line of a file that holds a row of its table, for error messages."""

from __future__ import annotations

import os
from itertools import islice

from designation._input.source import NDJSON, TEXT, open_source
from designation._input.text import read_text
from designation.metrics._source import Table


def find_line(table: Table, row: int) -> int:
    """Return the line of a row, whose number is counted from 0; 0 if the table is not a file with a line per row."""
    if table.path is None or not os.path.isfile(table.path):
        return 0
    source = open_source(table.path)
    with source.stream:
        if source.kind == TEXT:
            lines = (line for line, _ in read_text(source).rows(pad=True))
        elif source.kind == NDJSON:
            lines = (line for line, text in enumerate(source.stream, 1) if text.strip())
        else:
            return 0
        return next(islice(lines, row, None), 0)
