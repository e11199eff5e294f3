"""Pages rendered from models by the templates beside this file, which escape everything that comes from data."""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import re
from typing import Any

from designation._lazy import lazy
from designation._text.layout import replace_controls

jinja2 = lazy("jinja2", "report")
markupsafe = lazy("markupsafe", "report")

DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
SCRIPTS = {"partner": ("page.js",), "portfolio": ("page.js", "portfolio.js")}


def render_page(model: dict[str, Any]) -> str:
    """Return the page of a model, which allows only its own script to run."""
    environment = _environment()
    script = "".join(environment.loader.get_source(environment, name)[0] for name in SCRIPTS[model["kind"]])
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    trusted = markupsafe.Markup(script)
    return render(f"{model['kind']}.html", {**model, "script": trusted, "script_digest": f"sha256-{digest}"})


def render(template: str, model: dict[str, Any]) -> str:
    """Return the text of a template for a model."""
    text: str = _environment().get_template(template).render(model)
    return text


def pack(rows: list[Any]) -> dict[str, Any]:
    """Replace each value in rows by its index in a list of the distinct values, which are few."""
    indices: dict[Any, int] = {}

    def pack_row(row: list[Any]) -> list[Any]:
        return [pack_row(item) if type(item) is list else indices.setdefault(item, len(indices)) for item in row]

    return {"rows": pack_row(rows), "values": list(indices)}


def make_printable(value: Any) -> Any:
    """Replace the control characters in the texts of a model, which can hold anything."""
    if isinstance(value, str):
        return value if value.isprintable() else replace_controls(value)
    if isinstance(value, dict):
        return {make_printable(key): make_printable(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        # Most texts of a portfolio are printable, and the check here is faster than a call.
        return [item if type(item) is str and item.isprintable() else make_printable(item) for item in value]
    return value


@functools.cache
def _environment() -> Any:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("designation", "_report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    environment.filters["pack"] = pack
    environment.filters["json"] = lambda value: json.dumps(value, ensure_ascii=False, indent=2)
    environment.filters["dates"] = _mark_dates
    return environment


def _mark_dates(text: str) -> Any:
    """Mark the dates in a text, to keep each on one line."""
    return markupsafe.Markup(DATE.sub(r"<time>\g<0></time>", str(markupsafe.escape(text))))
