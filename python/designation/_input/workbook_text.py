"""Text in the cells of a workbook, in which XML allows no control characters: ``_x001B_`` stands for one."""

from __future__ import annotations

import re

_ILLEGAL = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def escape_cell(text: str) -> str:
    """Return a text for a cell; a text that already looks like an escape gets one, too."""
    return _ILLEGAL.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def unescape_cell(text: str) -> str:
    """Return the text of a cell, as spreadsheets show it."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
