"""A new edition: a document that extends a built-in edition, with what may be changed."""

from __future__ import annotations

import json
from typing import Any

from designation import _core
from designation._messages import quote
from designation._rulebooks.schema import NOT_CHANGED, describe_locations

WIDTH = 100
DAYS = ("not_before", "announced_by", "available_from")
# What an edition rarely changes stays out of the document, but may be added.
LEFT_OUT = ("/findings/", "/requests/", "/rules/*/title", "/rules/*/remedy/", "/question", "/rationale")


def new_rulebook(edition: str, base: str) -> dict[str, Any]:
    """Return the document of a new edition; see `rulebooks.new`."""
    rulebook = _core.builtin_rulebook(base)
    builtin = _core.editions()
    if rulebook is None:
        raise ValueError(f"an edition extends a built-in one: {', '.join(builtin)}, not {quote(base)}")
    if edition in builtin or not edition:
        raise ValueError(f"the name of a new edition must be a new one, not {quote(edition)}")
    content = rulebook.to_dict()
    days = {name: _days(entry) for name, entry in content["availability"].items()}
    readings = {name: {"default": entry["default"]} for name, entry in content["interpretations"].items()}
    parts = {**content, "availability": days, "interpretations": readings, "rules": {}, "sources": {}}
    return {
        "format": "designation/rulebook@1",
        "extends": base,
        "edition": edition,
        "title": f"Support Services designation, edition {edition}",
        "notes": {
            place: text for place, text in describe_locations().items() if not any(part in place for part in LEFT_OUT)
        },
        **{name: part for name, part in parts.items() if name not in (*NOT_CHANGED, "findings", "requests")},
    }


def _days(entry: dict[str, Any]) -> dict[str, Any]:
    bundle = entry.get("bundled_with")
    return {"bundled_with": bundle} if bundle else {key: entry.get(key) for key in DAYS}


def layout(value: Any, indent: str = "") -> str:
    """Return JSON text in which what fits in a line is one line."""
    line = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or (indent and len(indent) + len(line) <= WIDTH):
        return line
    inner = f"{indent}  "
    if isinstance(value, list):
        return f"[\n{inner}" + f",\n{inner}".join(layout(one, inner) for one in value) + f"\n{indent}]"
    parts = (f"{json.dumps(key, ensure_ascii=False)}: {layout(one, inner)}" for key, one in value.items())
    return f"{{\n{inner}" + f",\n{inner}".join(parts) + f"\n{indent}}}"
