"""``.. cpp-index:: assessment term`` shows what some headers declare in a table, with one line for each name."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

FOLDER = Path(__file__).parents[1] / "build" / "docs" / "xml"  # of Doxygen, which scripts/docs runs before
ROLES = {"function": "func", "enum": "enum", "typedef": "type"}


class CppIndex(SphinxDirective):
    """The classes, functions, enumerations, and types of headers, with their brief descriptions."""

    required_arguments = 1
    optional_arguments = 20

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        lines = [".. list-table::", "   :widths: 35 65", "   :class: index", ""]
        for header in self.arguments:
            for role, name, brief in _entries(header):
                lines += [f"   * - :cpp:{role}:`{name} <designation::{name}>`", f"     - {brief}"]
        return self.parse_text_to_nodes("\n".join(lines))


def _entries(header: str) -> Iterator[tuple[str, str, str]]:
    """Yield the role, the name, and the description of each documented name of a header; an overload only once."""
    file = ElementTree.parse(FOLDER / f"{header.replace('_', '__')}_8hpp.xml").getroot()
    for reference in file.iter("innerclass"):
        one = ElementTree.parse(FOLDER / f"{reference.get('refid')}.xml").find("compounddef")
        name = "".join(reference.itertext()).removeprefix("designation::")
        if one is not None and "::" not in name and "<" not in name and (brief := _brief(one)):
            yield one.get("kind", "struct"), name, brief
    seen = set()
    for member in _members():
        location, name = member.find("location"), member.findtext("name", "")
        is_ours = location is not None and location.get("file", "").endswith(f"/{header}.hpp")
        kind = member.get("kind", "")
        if is_ours and kind in ROLES and name not in seen and (brief := _brief(member)):
            seen.add(name)
            yield ROLES[kind], name, brief


@functools.cache
def _members() -> tuple[ElementTree.Element, ...]:
    """Return what the namespace declares; every table needs it."""
    return tuple(ElementTree.parse(FOLDER / "namespacedesignation.xml").iter("memberdef"))


def _brief(element: ElementTree.Element) -> str:
    """Return the brief description as reStructuredText."""
    found = element.find("briefdescription")
    parts = [] if found is None else [_text(paragraph) for paragraph in found]
    return " ".join(" ".join(parts).split())


def _text(element: ElementTree.Element) -> str:
    inner = (element.text or "") + "".join(_text(child) + (child.tail or "") for child in element)
    if element.tag == "computeroutput" and inner:
        return f"``{inner}``"
    return inner.replace("*", r"\*")


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directive."""
    app.add_directive("cpp-index", CppIndex)
    return {"parallel_read_safe": True}
