"""Pages as HTML for notebooks; every text is escaped, because a name can contain any characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Any

from designation._core import Explanation
from designation._messages import more_text
from designation._text.blocks import EMPTY, Block, Card, Figure, Line, Row, Span, Table, Title
from designation._text.explanation import (
    Node,
    currency_of,
    describe_decided,
    describe_pointer,
    describe_rule,
    format_citation,
    format_details,
    format_title,
    format_verdict,
)
from designation._text.layout import replace_controls
from designation._text.style import build_style
from designation._text.tokens import TOKENS

DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
CODE = re.compile(r"`(\w+)`")
NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
MOST_ROWS = 1000
MOST_LETTERS = 60  # of a figure on a card; a longer one is a sentence


def page(blocks: Iterable[Block]) -> str:
    """Return a page as HTML."""
    sections = groupby(blocks, lambda block: block == EMPTY)
    inside = "".join(_section(list(section)) for is_gap, section in sections if not is_gap)
    return f'{build_style(has_drawing="<svg" in inside)}<div class="dsg">{inside}</div>'


def tree(explanation: Explanation) -> str:
    """Return an explanation as a tree of HTML ``details`` elements."""
    tree = explanation.to_dict()
    parts = [f"<b>Why not</b> {mark_text(tree['why_not'])}"] if tree["why_not"] else []
    parts += [f"<b>The rule</b> {mark_text(' '.join(describe_rule(explanation)))}"]
    parts += [f"<b>Decided by</b> {mark_text(text)}" for text in describe_decided(explanation)]
    needed = ", ".join(map(describe_pointer, tree["facts_needed"]))
    parts += [f"<b>Facts needed</b> {mark_text(needed)}"] if needed else []
    below = "".join(f"<p>{text}</p>" for text in parts)
    return f'{build_style()}<div class="dsg">{_node(tree, currency_of(explanation.assessment), root=True)}{below}</div>'


def _node(node: Node, currency: str, *, root: bool = False) -> str:
    verdict = Span(format_verdict(node), (node["verdict"] or "") if node["counts"] else "muted")
    opened = " open" if root or node["verdict"] in ("unmet", "unknown") else ""
    summary = f"{_span(verdict)} {mark_text(format_title(node, currency))} <code>{mark_text(node['rule'])}</code>"
    inside = "".join(
        f"<div>{mark_text(text)}</div>" for text in [*format_details(node, currency), format_citation(node["citation"])]
    )
    children = "".join(_node(child, currency) for child in node["children"])
    return f"<details{opened}><summary>{summary}</summary>{inside}{children}</details>"


def _section(blocks: Sequence[Block]) -> str:
    """Return a section: its title, its cards, and then its tables and paragraphs."""
    cards = [block for block in blocks if isinstance(block, Card)]
    titles = "".join(_title(block) for block in blocks if isinstance(block, Title))
    others = (block for block in blocks if not isinstance(block, Card | Title))
    parts = "".join(_group(kind, list(group)) for kind, group in groupby(others, _kind))
    return titles + (f'<dl class="cards">{"".join(map(_card, cards))}</dl>' if cards else "") + parts


def _kind(block: Any) -> type:
    """Return what a block becomes; paragraphs with columns become rows."""
    if isinstance(block, Row | Table | Figure):
        return type(block)
    return Row if any(span.width for span in block) else tuple


def _group(kind: type, blocks: Sequence[Any]) -> str:
    if kind is Row:
        return _rows(blocks)
    if kind is Figure:
        return "".join(f'<div class="scroll" tabindex="0">{block.svg()}</div>' for block in blocks if block.svg)
    return "".join(_table(block) if kind is Table else f"<p>{_spans(block)}</p>" for block in blocks)


def _title(title: Title) -> str:
    notes = "".join(f'<div class="muted">{mark_text(text)}</div>' for text in (title.aside, title.subtitle) if text)
    return f'<div class="title"><b>{mark_text(title.text)}</b>{notes}</div>'


def _card(card: Card) -> str:
    notes = "".join(f"<dd>{_span(note)}</dd>" for note in card.notes)
    figure = ' class="value"' if len(card.value.text) <= MOST_LETTERS else ""
    return f"<div><dt>{mark_text(card.label)}</dt><dd{figure}>{_span(card.value)}</dd>{notes}</div>"


def _rows(blocks: Sequence[Any]) -> str:
    """Return labeled rows as a table; the last cell of a row fills what the widest row has more."""
    rows = [list(_cells(block)) for block in blocks]
    most = max(map(len, rows))
    body = "".join(f"<tr>{''.join(_row_cells(row, most))}</tr>" for row in rows)
    return f'<table class="rows"><tbody>{body}</tbody></table>'


def _cells(block: Any) -> Iterator[Line]:
    """Split a row or a line into cells, which end where a column ends."""
    cell: list[Span] = []
    if isinstance(block, Row):
        yield (Span(block.label, "label"),)
        block = block.parts
    for index, span in enumerate(block):
        cell.append(span)
        if span.width or index == len(block) - 1:
            yield tuple(cell)
            cell = []


def _row_cells(row: Sequence[Line], most: int) -> Iterator[str]:
    for index, cell in enumerate(row):
        rest = most - index if index == len(row) - 1 else 1
        span = f' colspan="{rest}"' if rest > 1 else ""
        name = "th" if index == 0 and cell[0].role == "label" else "td"
        kind = ' class="n"' if NUMBER.fullmatch(cell[-1].text.strip()) else ""
        yield f"<{name}{span}{kind}>{_spans(cell)}</{name}>"


def _table(table: Table) -> str:
    shown, more = table.rows[:MOST_ROWS], more_text(len(table.rows) - MOST_ROWS)
    classes = ["" if index in table.left else ' class="n"' for index in range(len(table.head))]
    head = "".join(
        f'<th scope="col"{kind}>{mark_text(name)}</th>' for name, kind in zip(table.head, classes, strict=True)
    )
    body = "".join(_table_row(row, classes) for row in shown)
    footer = f"<tfoot>{_table_row(table.footer, classes)}</tfoot>" if table.footer else ""
    note = f'<p class="muted">{more}</p>' if more else ""
    data = f'<table class="data"><thead><tr>{head}</tr></thead><tbody>{body}</tbody>{footer}</table>'
    return f'<div class="scroll" tabindex="0">{data}</div>{note}'


def _table_row(row: Line, classes: Sequence[str]) -> str:
    cells = (
        f'<th scope="row">{_span(span)}</th>' if index == 0 else f"<td{kind}>{_span(span)}</td>"
        for index, (span, kind) in enumerate(zip(row, classes, strict=True))
    )
    return f"<tr>{''.join(cells)}</tr>"


def _spans(line: Iterable[Span]) -> str:
    return "".join(map(_span, line))


def _span(span: Span) -> str:
    if NUMBER.fullmatch(span.text.strip()):
        text = _number(span.text.strip())
    else:
        text = mark_text(span.text.strip() if span.width or span.role in TOKENS else span.text)
    if not span.role or not text:
        return text
    kind = f"token {span.role.replace('_', '-')}" if span.role in TOKENS else span.role
    return f'<span class="{kind}">{text}</span>'


def _number(text: str) -> str:
    """Return a number with gaps between its groups of digits, which a copy into a spreadsheet omits."""
    return text.replace(",", "<i></i>")


def mark_text(text: str) -> str:
    """Escape a text, and mark its words in backticks as code and its dates, to keep each on one line."""
    return CODE.sub(r"<code>\1</code>", DATE.sub(r"<time>\g<0></time>", escape(replace_controls(text))))
