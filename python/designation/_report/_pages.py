"""From a model to a page: the templates beside this file, in which everything that comes from data is escaped."""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import re
from typing import Any

from designation._lazy import lazy
from designation._text.layout import printable

jinja2 = lazy("jinja2", "report")
markupsafe = lazy("markupsafe", "report")

DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
SCRIPTS = {"partner": ("page.js",), "portfolio": ("page.js", "portfolio.js")}


def page(model: dict[str, Any]) -> str:
    """Lay out a model as a page of its own; no script but ours runs in it."""
    environment = _environment()
    script = "".join(environment.loader.get_source(environment, name)[0] for name in SCRIPTS[model["kind"]])
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    trusted = markupsafe.Markup(script)
    return rendered(f"{model['kind']}.html", {**model, "script": trusted, "script_digest": f"sha256-{digest}"})


def rendered(template: str, model: dict[str, Any]) -> str:
    """Lay out a model."""
    text: str = _environment().get_template(template).render(model)
    return text


def packed(rows: list[Any]) -> dict[str, Any]:
    """Write rows as places in a list of the values that are different, which are few."""
    places: dict[Any, int] = {}

    def packed_(row: list[Any]) -> list[Any]:
        return [packed_(one) if type(one) is list else places.setdefault(one, len(places)) for one in row]

    return {"rows": packed_(rows), "values": list(places)}


def shown(value: Any) -> Any:
    """Take from a model's texts what would steer a reader: a name may hold anything."""
    if isinstance(value, str):
        return value if value.isprintable() else printable(value)
    if isinstance(value, dict):
        return {shown(key): shown(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        # Most of what a portfolio says is printable: it is not worth a call.
        return [one if type(one) is str and one.isprintable() else shown(one) for one in value]
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
    environment.filters["packed"] = packed
    environment.filters["json"] = lambda value: json.dumps(value, ensure_ascii=False, indent=2)
    environment.filters["days"] = _whole_days
    return environment


def _whole_days(text: str) -> Any:
    """Mark the days of a text, so that no line breaks inside them."""
    return markupsafe.Markup(DAY.sub(r"<time>\g<0></time>", str(markupsafe.escape(text))))
