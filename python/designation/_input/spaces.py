"""The spaces around a text, which people and programs add without noticing."""

from __future__ import annotations

# Characters without width, which copied text carries along.
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u180e\u200e\u200f"
# All spaces of Unicode, and the characters without width.
SPACES = "".join(map(chr, (*range(9, 14), *range(28, 33), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029)))
PADDING = SPACES + "\u202f\u205f\u3000" + ZERO_WIDTH


def trim(text: str) -> str:
    """Remove spaces of every kind, and characters without width, from both ends of a text."""
    return text if text[:1].isalnum() and text[-1:].isalnum() else text.strip(PADDING)
