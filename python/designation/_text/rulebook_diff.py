"""The page of the differences between two rulebooks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from designation._rulebooks.diff import RulebookDiff
from designation._text.blocks import EMPTY, Block, Span, Title, fill
from designation._text.wording import humanize

OMITTED_KEYS = ("source", "title", "type")


def lines(diff: RulebookDiff) -> Iterator[Block]:
    """Lay out differences: the path, its rules, and the old and the new value."""
    yield Title(f"{diff.old.edition} -> {diff.new.edition}")
    if diff.same:
        yield (Span("no differences"),)
    titles = diff.new.to_dict()["rules"]
    for difference in diff.differences:
        yield EMPTY
        yield from fill(Span(difference.path, "label"))
        for rule in difference.rules:
            yield from fill(Span(f"  {rule:<6} ", "muted"), Span(titles[rule]["title"], "muted"))
        if difference.before is not None:
            yield from fill(Span("  - "), Span(format_value(difference.before), "bad"))
        if difference.after is not None:
            yield from fill(Span("  + "), Span(format_value(difference.after), "good"))


def format_value(value: Any) -> str:
    """Return a part of a rulebook as text; the keys of names are omitted."""
    if isinstance(value, list):
        return "; ".join(map(format_value, value))
    if isinstance(value, dict):
        if "step" in value:
            then = f", then {humanize(value['then'])}" if value.get("then") else ""
            return f"{humanize(value['step'])} ({humanize(value['actor'])}{then})"
        parts = ((key, format_value(part)) for key, part in value.items() if part is not None)
        return ", ".join(part if key in OMITTED_KEYS else f"{humanize(key)} {part}" for key, part in parts)
    return str(value).lower() if isinstance(value, bool) else str(value)
