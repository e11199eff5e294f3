"""Tables as lines of text: a grid where it fits, or else a block for each row; a cell is wrapped, but never cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from designation._messages import more_text
from designation._text.blocks import EMPTY, Line, Span, Table
from designation._text.layout import COLUMNS, cells, lay_out_line, pad, replace_controls, wrap

LEAST = 16  # the least width of a column that is wrapped


def lay_out_table(table: Table, columns: int) -> Iterator[Line]:
    """Lay out a table in lines of at most a number of columns."""
    body = [[span._replace(text=replace_controls(span.text)) for span in row] for row in table.rows[: table.most]]
    head = [Span(name, "muted") for name in table.head]
    lines = [head, *body, *([list(table.footer)] if table.footer else [])]
    widths = [max(cells(line[index].text) for line in lines) for index in range(len(head))]
    gaps = len(widths) - 1
    fits = sum(widths) + 2 * gaps <= columns
    if fits or columns >= COLUMNS:
        gap = 2 if fits or len(table.wraps) < 2 else 1  # Columns that are wrapped need the room more.
        _shrink(widths, lines, table.wraps, columns - gap * gaps)
        for number, part in enumerate(_split(widths, columns, gap)):
            if number:
                yield EMPTY
            yield from _lay_out_grid(lines, part, widths, table.left, gap)
    else:
        yield (head[0],)
        yield from _lay_out_blocks(table.head, lines[1:], columns)
    if more := more_text(len(table.rows) - len(body)):
        yield (Span(more, "muted"),)


def _shrink(widths: list[int], lines: Sequence[Sequence[Span]], wraps: Sequence[int], room: int) -> None:
    """Narrow the columns that may be wrapped, the widest first, until the table fits; at words, if that suffices."""
    words = {index: [cells(word) for line in lines for word in line[index].text.split()] for index in wraps}
    for floors in ({index: max([LEAST, *words[index]]) for index in wraps}, dict.fromkeys(wraps, LEAST)):
        while sum(widths) > room and (wide := [index for index in wraps if widths[index] > floors[index]]):
            widths[max(wide, key=lambda index: widths[index])] -= 1


def _split(widths: Sequence[int], columns: int, gap: int) -> list[list[int]]:
    """Split columns into tables that fit; each of them begins with the first column."""
    parts = [[0]]
    for index, width in enumerate(widths[1:], 1):
        used = sum(widths[each] + gap for each in parts[-1])
        if len(parts[-1]) > 1 and used + width > columns:
            parts.append([0])
        parts[-1].append(index)
    return parts


def _lay_out_grid(
    lines: Sequence[Sequence[Span]], part: Sequence[int], widths: Sequence[int], left: Sequence[int], gap: int
) -> Iterator[Line]:
    for line in lines:
        wrapped = [wrap(line[index].text, widths[index]) for index in part]
        for number in range(max(map(len, wrapped))):
            texts = [texts[number] if number < len(texts) else "" for texts in wrapped]
            yield tuple(
                Span(" " * (gap if place else 0) + _align(text, widths[index], index in left), line[index].role)
                for place, (index, text) in enumerate(zip(part, texts, strict=True))
            )


def _align(text: str, width: int, is_left: bool) -> str:
    return pad(text, width) if is_left else " " * (width - cells(text)) + text


def _lay_out_blocks(head: Sequence[str], rows: Sequence[Sequence[Span]], columns: int) -> Iterator[Line]:
    width = max(map(cells, head[1:]), default=0) + 4
    for number, row in enumerate(rows):
        if number:
            yield EMPTY
        yield from lay_out_line((row[0]._replace(role="label"),), columns)
        for name, span in zip(head[1:], row[1:], strict=True):
            if span.text:
                yield from lay_out_line((Span(f"  {name}", "muted", width), span), columns)
