"""Pages rendered from models by the templates beside this file, which escape everything that comes from data."""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any

from designation._lazy import lazy
from designation._report._style import token_style
from designation._text.html import mark_text
from designation._text.layout import replace_controls
from designation._text.svg import draw
from designation._text.wording import format_count

jinja2 = lazy("jinja2", "report")
markupsafe = lazy("markupsafe", "report")

BREAK = re.compile(r"(?<=\w)[_/](?=\w)")
SCRIPTS = {"partner": ("page.js",), "brief": (), "portfolio": ("page.js", "portfolio.js"), "figures": ("page.js",)}
SCRIPTS["impact"] = SCRIPTS["figures"]
STATIC_ROWS = 200


def render_page(
    model: dict[str, Any], *, static_rows: int = STATIC_ROWS, home: str = "", links: Sequence[str] = ()
) -> str:
    """Return the page of a model, which allows only its own script to run.

    Args:
        model: The content.
        static_rows: The number of partners of a portfolio that a page shows if scripts do not run.
        links: The links to the pages of the partners of a portfolio, if there are such pages.
        home: The link to the page of the portfolio, if there is one.
    """
    script, digest = _script(model["kind"])
    template = _environment().get_template(f"{model['kind']}.html")
    page: str = template.render(
        model, script=script, script_digest=digest, static_rows=static_rows, home=home, links=list(links)
    )
    return page


def pack(rows: list[Any]) -> dict[str, Any]:
    """Replace each value in rows by its index in a list of the distinct values, which are few."""
    indices: dict[Any, int] = {}

    def pack_row(row: list[Any]) -> list[Any]:
        return [pack_row(item) if type(item) is list else indices.setdefault(item, len(indices)) for item in row]

    return {"rows": pack_row(rows), "values": list(indices)}


def make_printable(value: Any) -> Any:
    """Replace the control characters in the texts of a model, which can hold anything."""
    if isinstance(value, str):
        return replace_controls(value)
    if isinstance(value, dict):
        return {make_printable(key): make_printable(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        # Most texts of a portfolio are printable, and the check here is faster than a call.
        return [item if type(item) is str and item.isprintable() else make_printable(item) for item in value]
    return value


@functools.cache
def _script(kind: str) -> tuple[Any, str]:
    """Return the script of a kind of page, and its digest for the content security policy."""
    environment = _environment()
    script = "".join(environment.loader.get_source(environment, name)[0] for name in SCRIPTS[kind])
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return markupsafe.Markup(script), f"sha256-{digest}"


@functools.cache
def _environment() -> Any:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("designation", "_report"),
        autoescape=True,
        auto_reload=False,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    environment.globals["token_style"] = markupsafe.Markup(token_style())
    environment.filters["pack"] = pack
    environment.filters["json"] = lambda value: json.dumps(value, ensure_ascii=False, indent=2)
    environment.filters["marked"] = functools.partial(_mark_text, markupsafe.Markup)
    environment.filters["numeric"] = lambda label: (label, "number")
    environment.filters["named"] = lambda fields, row: {
        field["name"]: one for field, one in zip(fields, row, strict=True)
    }
    environment.filters["amount"] = lambda value: f"{value:,.4f}".rstrip("0").rstrip(".")
    environment.filters["count"] = format_count
    environment.filters["draw"] = lambda drawing, layout: markupsafe.Markup(draw(drawing, layout))
    return environment


def _mark_text(markup: Any, text: str) -> Any:
    """Mark up a text, also where a long name such as a JSON Pointer can break."""
    marked = mark_text(text)
    return markup(BREAK.sub(r"\g<0><wbr>", marked) if "_" in marked or "/" in text else marked)
