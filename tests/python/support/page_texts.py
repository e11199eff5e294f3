"""The texts of a page, whatever its form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from designation._text.blocks import Block, Card, Figure, Row, Table, Title


def texts(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the texts of a page, whatever the width."""
    for block in blocks:
        if isinstance(block, Table):
            shown = [*block.rows[: block.most], block.footer]
            yield from (span.text for row in shown for span in row)
        elif isinstance(block, Title):
            yield f"{block.text} {block.aside} {block.subtitle}"
        elif isinstance(block, Row | Card):
            spans = block.parts if isinstance(block, Row) else (block.value, *block.notes)
            yield from (span.text for span in spans)
        elif not isinstance(block, Figure):
            yield from (part.text for part in block)
