"""The schemas that are installed with the package, and what that of a rulebook says about each location."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from designation import _core

NOT_CHANGED = ("$schema", "format", "extends", "notes", "edition", "title")


def schema_text(name: str) -> str:
    """Return the text of a schema: ``partner``, ``policy``, ``rulebook``, or ``assessment``."""
    folder = Path(_core.__file__).resolve().parent / "share/designation/rulebooks/schema"
    return (folder / f"{name}.schema.json").read_text("utf-8")


@functools.cache
def describe_locations() -> dict[str, str]:
    """Return what each location of a rulebook holds, by JSON Pointer; ``*`` stands for each member or entry."""
    schema = json.loads(schema_text("rulebook"))
    found: dict[str, str] = {}
    for name, member in schema["properties"].items():
        if name not in NOT_CHANGED:
            found |= _describe(member, f"/{name}", "", schema["$defs"])
    return found


def _describe(schema: Any, place: str, above: str, definitions: Any) -> Iterator[tuple[str, str]]:
    """Yield each location from here down, with its description after that of the object it belongs to."""
    schema = {**(definitions[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else {}), **schema}
    description = schema.get("description", "")
    members, items, others = (schema.get(key) for key in ("properties", "items", "additionalProperties"))
    kinds = {member.get("$ref") for member in (members or {}).values()}
    if members and len(members) > 1 and len(kinds) == 1 and kinds.isdisjoint({"#/$defs/name", None}):
        others = {"$ref": kinds.pop()}  # its members are of one kind
    if isinstance(others, dict):
        yield from _describe(others, f"{place}/*", description, definitions)
    elif members:
        for name, member in members.items():
            yield from _describe(member, f"{place}/{name}", description or above, definitions)
    else:
        yield place, f"{above} {description}".strip()
        if items and "enum" not in items:
            yield from _describe(items, f"{place}/*", "", definitions)
