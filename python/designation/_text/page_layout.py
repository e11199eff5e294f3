"""Pages as lines of text that fit a width."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from designation._text.blocks import Block, Card, Figure, Line, Row, Span, Table, Title
from designation._text.layout import COLUMNS, GUTTER, NARROW, cells, lay_out_line, pad, plain, replace_controls, wrap
from designation._text.table_layout import lay_out_table


def lay_out(blocks: Iterable[Block], columns: int = COLUMNS) -> Iterator[Line]:
    """Lay out a page in lines of at most a number of columns."""
    for block in blocks:
        if isinstance(block, Title):
            yield from _lay_out_title(Title(*map(replace_controls, block)), columns)
        elif isinstance(block, Row):
            yield from _lay_out_row(block, columns)
        elif isinstance(block, Card):
            for label, span in zip([block.label] + [""] * len(block.notes), [block.value, *block.notes], strict=True):
                yield from _lay_out_row(Row(label, (span,)), columns)
        elif isinstance(block, Table):
            yield from lay_out_table(block, columns)
        elif isinstance(block, Figure):
            yield from block.draw(columns)
        else:
            yield from lay_out_line(block, columns)


def text_lines(blocks: Iterable[Block], columns: int = COLUMNS) -> Iterator[str]:
    """Return the lines of a page as text, without their roles."""
    return plain(lay_out(blocks, columns))


def _lay_out_row(row: Row, columns: int) -> Iterator[Line]:
    row = row._replace(label=replace_controls(row.label))
    if columns >= NARROW:
        for index, line in enumerate(lay_out_line(row.parts, columns - GUTTER)):
            yield (Span(pad("" if index else row.label, GUTTER), "label"), *line)
        return
    if row.label:
        yield (Span(row.label, "label"),)
    yield from ((Span("  "), *line) for line in lay_out_line(row.parts, columns - 2))


def _lay_out_title(title: Title, columns: int) -> Iterator[Line]:
    lines = wrap(title.text, columns if not title.aside else max(columns - cells(title.aside) - 2, GUTTER))
    fits = cells(lines[0]) + cells(title.aside) + 2 <= columns
    aside = title.aside if fits else ""
    yield (Span(pad(lines[0], columns - cells(aside)) if aside else lines[0], "label"), Span(aside))
    yield from ((Span(line, "label"),) for line in lines[1:])
    subtitle = "; ".join(filter(None, (title.subtitle, "" if fits else title.aside)))
    yield from ((Span(line, "muted"),) for line in (wrap(subtitle, columns) if subtitle else []))
