"""Hostile text in every text field of a format, and the checks that it does not act where it is shown."""

from __future__ import annotations

import copy
import json
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from support.commands import ROOT

Path = tuple[str, ...]

FORMULA = "=1+1"
# Each part ends a context in which a text could be shown: a terminal, a page, an attribute, a script, a calendar.
TEXT = (
    FORMULA
    + "\x1b]0;t\x07\x1b[2J\x9b2J\x90\x7f\u202e\u2066\u200f\u061c\u2028\ufeff"
    + "\r\nDTEND:19700101\r\nEND:VCALENDAR\n"
    + "\"><hostile-tag>'></title></style></script></svg>]]>--><hostile-tag hostile='1'>`x` %s {0} {{7*7}} ;=1+1"
)
LEGAL = frozenset("\u200c\u200d")  # They join letters, and names need them.


def schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema of a format."""
    found: dict[str, Any] = json.loads((ROOT / f"cpp/rulebooks/schema/{name}.schema.json").read_text("utf-8"))
    return found


def text_paths(whole: dict[str, Any], node: Any = None, path: Path = (), seen: Path = ()) -> set[Path]:
    """Return the paths of the members that a schema defines as any text; ``*`` stands for an item or any key."""
    node = whole if node is None else node
    found: set[Path] = set()
    if not isinstance(node, dict):
        return found
    if reference := node.get("$ref"):
        if reference in ("#/$defs/text", "#/$defs/name"):
            return {path}
        if reference not in seen:
            target = whole
            for key in reference.removeprefix("#/").split("/"):
                target = target[key]
            found |= text_paths(whole, target, path, (*seen, reference))
    for key, member in node.get("properties", {}).items():
        found |= text_paths(whole, member, (*path, key), seen)
    for key in ("items", "additionalProperties"):
        if isinstance(node.get(key), dict):
            found |= text_paths(whole, node[key], (*path, "*"), seen)
    for key in ("anyOf", "oneOf", "allOf", "then", "else"):
        choices = node.get(key, [])
        for choice in choices if isinstance(choices, list) else [choices]:
            found |= text_paths(whole, choice, path, seen)
    return found


def fill(document: Any, path: Path, text: str, *, add: bool = False) -> int:
    """Set a text at a path wherever it has one, or may have one if ``add`` is set; return how many there are."""
    first, *rest = path
    if not rest and isinstance(document, dict):
        names = [name for name, member in document.items() if isinstance(member, str)] if first == "*" else [first]
        document.update({name: text for name in names if add or name in document})
        return sum(name in document for name in names)
    if isinstance(document, dict):
        members = list(document.values()) if first == "*" else [document[first]] if first in document else []
    else:
        members = document if isinstance(document, list) else []
    return sum(fill(member, tuple(rest), text, add=add) for member in members)


def mutations(document: Any, text: str) -> Iterator[Any]:
    """Yield the document with the text in place of each value, and of each key."""
    for path in _locations(document):
        for is_key in (False, True):
            copied = copy.deepcopy(document)
            owner = copied
            for key in path[:-1]:
                owner = owner[key]
            if not is_key:
                owner[path[-1]] = text
            elif isinstance(owner, dict):
                owner[text] = owner.pop(path[-1])
            yield copied


def _locations(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in items:
        yield from _locations(member, (*path, key))


def controls(text: str) -> set[str]:
    """Return the characters of a text that could change the state of a terminal, or the order of letters."""
    unsafe = ("Cc", "Cf", "Zl", "Zp")
    return {c for c in set(text) - LEGAL - {"\n"} if unicodedata.category(c) in unsafe}


class _Markup(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [tag, *(name for name, _ in attrs)]
        self.found += [name for name in names if name.startswith(("hostile", "on"))]


def markup(page: str) -> list[str]:
    """Return the elements and attributes of a page that come from hostile text or run a script."""
    parser = _Markup()
    parser.feed(page)
    parser.close()
    return parser.found


def svg_markup(image: str) -> list[str]:
    """Return the elements and attributes of an image that come from hostile text or run a script."""
    names = [name for one in ET.fromstring(image).iter() for name in (one.tag, *one.attrib)]
    return [name for name in names if name.rpartition("}")[2].startswith(("hostile", "on"))]


PROPERTIES = (
    *("BEGIN", "END", "VERSION", "PRODID", "METHOD", "NAME", "X-WR-CALNAME", "UID", "DTSTAMP", "DTSTART", "SUMMARY"),
    *("DESCRIPTION", "SEQUENCE", "STATUS", "TRANSP", "ACTION", "TRIGGER"),
)


def injected_lines(calendar: str) -> list[str]:
    """Return the unfolded lines of a calendar that are none of ours."""
    lines = calendar.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    begun = sum(line.startswith("BEGIN:") for line in lines)
    ended = sum(line.startswith("END:") for line in lines)
    names = [line for line in lines if line.replace(";", ":").partition(":")[0] not in PROPERTIES or controls(line)]
    return names + [line for line in lines if "\n" in line or line.startswith("DTEND")] + ["END"] * (begun != ended)
