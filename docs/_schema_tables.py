"""``.. schema:: partner`` shows the keys of a JSON Schema in tables, one for each kind of record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

FOLDER = Path(__file__).parents[1] / "cpp" / "rulebooks" / "schema"
Schema = dict[str, Any]


class SchemaTables(SphinxDirective):
    """Tables of a schema's keys, generated from the schema."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the description, the table of the document, and a section for each record."""
        path = FOLDER / f"{self.arguments[0]}.schema.json"
        self.env.note_dependency(str(path))
        schema = json.loads(path.read_text("utf-8"))
        lines = [schema["description"], "", *_table(schema)]
        for name, record in schema["$defs"].items():
            if "properties" in record:
                lines += ["", name, "-" * len(name), record.get("description", ""), "", *_table(record)]
        return self.parse_text_to_nodes("\n".join(lines), allow_section_headings=True)


def _table(schema: Schema) -> Iterator[str]:
    yield from (".. list-table::", "   :header-rows: 1", "   :widths: 30 25 45", "")
    yield from ("   * - key", "     - value", "     - meaning")
    for key, member, is_required in _members(schema, ""):
        meaning = " ".join(member.get("description", "").split())
        yield f"   * - ``{key}``" + (" (required)" if is_required else "")
        yield f"     - {_value(member)}"
        yield f"     - {_literal(meaning)}"


def _members(schema: Schema, path: str) -> Iterator[tuple[str, Schema, bool]]:
    """Yield the path, the schema, and the necessity of each key, also of the objects inside."""
    for key, member in schema.get("properties", {}).items():
        yield path + key, member, key in schema.get("required", ())
        if "properties" in member:
            yield from _members(member, f"{path}{key}.")
        elif "properties" in member.get("items", {}):
            yield from _members(member["items"], f"{path}{key}[].")


def _value(schema: Schema) -> str:
    """Return what a value may be, in words."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return {"day": "date", "given_day": "date", "name": "text, not empty"}.get(name, name.replace("_", " "))
    if "const" in schema:
        return f"``{schema['const']}``"
    if "enum" in schema:
        return ", ".join("null" if word is None else f"``{word}``" for word in schema["enum"])
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return " or ".join(dict.fromkeys(map(_value, schema[several])))
    types = schema.get("type", "any value")
    words = [types] if isinstance(types, str) else list(types)
    if "array" in words:
        items = _value(schema.get("items", {}))
        words[words.index("array")] = "list of objects" if items == "object" else f"list of {items}"
    return " or ".join({"string": "text", "integer": "whole number"}.get(word, word) for word in words)


def _literal(text: str) -> str:
    """Return a text whose single backticks become literals."""
    return text.replace("`", "``").replace("*", r"\*")


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directive."""
    app.add_directive("schema", SchemaTables)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
