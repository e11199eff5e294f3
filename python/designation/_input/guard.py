"""The guard of text in CSV: an apostrophe before what a spreadsheet would evaluate, which our readers remove again.

A spreadsheet evaluates a cell that begins with one of ``=+-@``, also in full width, after spaces, tabs, or line breaks
(OWASP, CSV injection). One that reads the file with another separator than its own, such as a semicolon, also begins a
cell inside of a text. A text that is a plain number, such as ``-12.50``, is not guarded.
"""

from __future__ import annotations

import json
import re
from typing import Any

from designation._input.spaces import PADDING, trim

SIGNS = "=+@\uff1d\uff0b\uff0d\uff20\\-"  # for a class of a regular expression
UNGUARDED_NUMBER = "'*[+-]?[0-9]+([.,][0-9]+)*"
# Where a cell can begin inside of a text.
_INSIDE = f'([;\\t|\\r\\n]["{PADDING}]*|,"*)'
_JSON_INSIDE = re.compile(f'([;|]["{PADDING}\\\\]*|,"*)([{SIGNS}])')
# What `guard` can change, and what it has changed; also for RE2, the syntax of Arrow and DuckDB.
RISKY = f"^[\"'{PADDING}]*[{SIGNS}]|^'*[{PADDING}]|[{PADDING}]$|^'+$|{_INSIDE}'*[{SIGNS}]"
GUARDED_START = f"^'+[\"{PADDING}]*[{SIGNS}]|^'+[{PADDING}]|(?s:^'.*[{PADDING}]$)|^'+$"
GUARDED_INSIDE = f"{_INSIDE}'('*[{SIGNS}])"
_START = re.compile(f'["{PADDING}]*[{SIGNS}]')
_ADD, _REMOVE, _NUMBER = re.compile(f"{_INSIDE}('*[{SIGNS}])"), re.compile(GUARDED_INSIDE), re.compile(UNGUARDED_NUMBER)


def guard(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would evaluate, and before what a reader would change."""
    inside = _ADD.sub(r"\1'\2", text)
    return f"'{inside}" if _needs_apostrophe(inside) else inside


def is_guarded(cell: str) -> bool:
    """Return whether a cell begins with an apostrophe of `guard`: its text is then exact, with its spaces."""
    return cell.startswith("'") and _needs_apostrophe(cell[1:])


def undo_guard(cell: str) -> str:
    """Return the text of a cell that `guard` has written."""
    return _REMOVE.sub(r"\1\2", cell[1:] if is_guarded(cell) else cell)


def read_cell(cell: str) -> str:
    """Return the text of a cell without the guard or, if it has none, without the spaces around it."""
    return undo_guard(cell if is_guarded(cell) else trim(cell))


def guarded_json(value: Any) -> str:
    """Return a value as JSON text for a cell, in which no string can begin a formula."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return _JSON_INSIDE.sub(lambda match: f"{match[1]}\\u{ord(match[2]):04x}", text)


def _needs_apostrophe(text: str) -> bool:
    # Apostrophes at the start do not matter, so that one more or less does not change the answer.
    rest = text.lstrip("'")
    return not rest or (not _NUMBER.fullmatch(rest) and (trim(rest) != rest or _START.match(rest) is not None))
