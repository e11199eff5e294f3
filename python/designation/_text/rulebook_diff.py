"""The page of what differs between two rulebooks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from designation._rulebooks.diff import RulebookDiff
from designation._text.layout import EMPTY, Line, Span, fill
from designation._text.wording import spoken

NAMES = ("source", "title", "type")


def lines(found: RulebookDiff) -> Iterator[Line]:
    """Lay out at 80 columns: each place with its rules, and under it what was there and what is."""
    yield from fill(Span(f"{found.old.edition} -> {found.new.edition}", "label"))
    if found.same:
        yield (Span("the same"),)
    titles = found.new.to_dict()["rules"]
    for difference in found.differences:
        yield EMPTY
        yield from fill(Span(difference.path, "label"))
        for rule in difference.rules:
            yield from fill(Span(f"  {rule:<6} ", "muted"), Span(titles[rule]["title"], "muted"))
        if difference.before is not None:
            yield from fill(Span("  - "), Span(said(difference.before), "bad"))
        if difference.after is not None:
            yield from fill(Span("  + "), Span(said(difference.after), "good"))


def said(value: Any) -> str:
    """Say a part of a rulebook; what something is called stands without its key."""
    if isinstance(value, list):
        return "; ".join(map(said, value))
    if isinstance(value, dict):
        if "step" in value:
            then = f", then {spoken(value['then'])}" if value.get("then") else ""
            return f"{spoken(value['step'])} ({spoken(value['actor'])}{then})"
        parts = ((key, said(part)) for key, part in value.items() if part is not None)
        return ", ".join(part if key in NAMES else f"{spoken(key)} {part}" for key, part in parts)
    return str(value).lower() if isinstance(value, bool) else str(value)
