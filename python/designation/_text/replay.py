"""The page of a replay: whether the assessment is the recorded one, what differs, and what may be the reason."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from designation._answers.replay import Replay
from designation._text.blocks import EMPTY, Block, Span, Title, build_table, row


def lines(replay: Replay) -> Iterator[Block]:
    """Lay out a replay."""
    count = len(replay.differences)
    text = "the same as recorded" if replay.same else f"{count} {'value differs' if count == 1 else 'values differ'}"
    yield Title(f"{replay.partner}, as of {replay.as_of}: {text}")
    old, new = replay.engine
    if old != new:
        yield from row("Engine", Span(f"{old} -> {new}", "warn"))
    for name, (before, after) in replay.digests.items():
        yield from row(f"Digest of {name}", Span(f"{before} -> {after}", "warn"))
    if replay.differences:
        yield EMPTY
        cells = [(one.pointer, _text(one.before), _text(one.after)) for one in replay.differences]
        yield build_table(("Pointer", "recorded", "now"), cells, left=(0, 1, 2), wraps=(1, 2), most=None)


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
