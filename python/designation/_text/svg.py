"""Drawings as SVG: the timeline in reports, files, and notebooks."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from designation._text.layout import replace_controls
from designation._text.tokens import TOKENS, Pattern, css_variables

# The lines of each pattern, in a tile of eight pixels.
TILES: dict[Pattern, str] = {
    "diagonal": "M-1 1l2-2M0 8l8-8M7 9l2-2",
    "back_diagonal": "M-1 7l2 2M0 0l8 8M7-1l2 2",
    "cross": "M0 0l8 8M0 8l8-8",
    "vertical": "M4 0v8",
    "dots": "M2 2h.01M6 6h.01",
}
TILE = 8
MARKS = {"decided": "M0 2L-5 -6H5Z", "failed": "M-5 -7L5 3M-5 3L5 -7"}
STANDALONE_WIDTH = 960

_FONT = 'font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif'
_KINDS = "\n".join(
    f".drawing .{name} rect{{fill:var(--{css}-fill);stroke:var(--{css})}}"
    f".drawing .{name} path{{stroke:var(--{css})}}.drawing .{name} text{{stroke:var(--{css}-fill)}}"
    for name, css in ((name, name.replace("_", "-")) for name in TOKENS)
)
_DASHED = ",".join(f".drawing .{name}>rect" for name, token in TOKENS.items() if token.pattern == "empty")
# In forced colors, the colors of the reader replace those of the tokens, and the patterns keep the bars distinct.
STYLE = f"""\
.drawing{{{_FONT};overflow:visible}}
.drawing text{{fill:var(--ink);stroke:none}}
.drawing .lane{{font-weight:600}}
.drawing .year{{font-weight:600}}
.drawing .month,.drawing .nothing,.drawing .legend{{fill:var(--muted)}}
.drawing .nothing{{font-style:italic}}
.drawing .tick{{stroke:var(--rule)}}
.drawing .leader{{stroke:var(--muted);stroke-width:1}}
.drawing .as-of{{stroke:var(--ink);stroke-width:1.5;stroke-dasharray:5 3}}
.drawing text.as-of{{stroke:none;font-weight:600}}
.drawing path{{fill:none;stroke-width:1.2;stroke-linecap:round}}
.drawing pattern path{{opacity:.75}}
.drawing .dots path{{stroke-width:2.2}}
{_KINDS}
{_DASHED}{{stroke-dasharray:2 3}}
.drawing .bar>rect{{stroke-width:1.25}}
.drawing pattern[id] rect{{stroke:none}}
.drawing .bar text{{paint-order:stroke;stroke-width:4;stroke-linejoin:round}}
.drawing .bar text.outside,.drawing .bar text.legend{{stroke:var(--paper)}}
.drawing .decided path{{fill:var(--ink);stroke:none}}
.drawing .failed path{{stroke:var(--renewal-overdue);stroke-width:2.5}}
@media(forced-colors:active){{.drawing{{--paper:Canvas;--ink:CanvasText;--muted:CanvasText;--rule:GrayText}}
.drawing .bar rect,.drawing pattern rect{{fill:Canvas;stroke:CanvasText}}.drawing pattern[id] rect{{stroke:none}}
.drawing path{{stroke:CanvasText!important}}.drawing .decided path{{fill:CanvasText}}
.drawing .bar text{{stroke:Canvas!important}}}}
"""
VARIABLES = f"""\
.drawing{{{css_variables("light")}}}
@media(prefers-color-scheme:dark){{.drawing{{{css_variables("dark")}}}}}
"""


def draw(drawing: dict[str, Any], layout: str = "wide", *, standalone: bool = False) -> str:
    """Return a layout of a drawing as SVG, as wide as the page around it, or as an image with its own style."""
    placed, title = drawing[layout], _text(drawing["title"])
    size = f'width="{STANDALONE_WIDTH if standalone else "100%"}" height="{placed["height"]}"'
    space = ' xmlns="http://www.w3.org/2000/svg"' if standalone else ""
    own = f"<title>{title}</title><style>\n{VARIABLES}{STYLE}</style>\n" if standalone else ""
    parts = "".join(_parts(placed, f"{drawing['name']}-{layout}"))
    return f'<svg class="drawing {layout}" role="img" aria-label="{title}"{space} {size}>\n{own}{parts}</svg>\n'


def _parts(placed: dict[str, Any], name: str) -> Iterator[str]:
    kinds = dict.fromkeys(bar["kind"] for lane in placed["lanes"] for bar in lane["bars"])
    yield "<defs>"
    for kind in kinds:
        if (pattern := TOKENS[kind].pattern) in TILES:
            size = f'width="{TILE}" height="{TILE}"'
            yield (
                f'<pattern id="{name}-{kind}" class="{kind} {pattern}" {size} patternUnits="userSpaceOnUse">'
                f'<rect {size}/><path d="{TILES[pattern]}"/></pattern>'
            )
    yield "</defs>\n"
    for tick in placed["ticks"]:
        yield f'<line class="tick" x1="{tick["x"]}%" x2="{tick["x"]}%" y1="26" y2="{placed["bottom"]}"/>'
        if tick["label"]:
            yield f'<text class="{tick["kind"]}" x="{tick["x"]}%" dx="4" y="34">{tick["label"]}</text>'
    yield "\n"
    x, bottom = placed["as_of"]["x"], placed["bottom"]
    yield f'<line class="as-of" x1="{x}%" x2="{x}%" y1="4" y2="{bottom}"/>\n'
    for lane in placed["lanes"]:
        yield f'<text class="lane" x="0" y="{lane["y"] + 13}">{_text(lane["label"])}</text>\n'
        if lane["note"]:
            yield f'<text class="nothing" x="0" y="{lane["y"] + 34}">{_text(lane["note"])}</text>\n'
        for bar in lane["bars"]:
            yield _leader(bar)
        for bar in lane["bars"]:
            yield _bar(bar, name)
        for mark in lane["marks"]:
            yield (
                f'<svg class="mark {mark["kind"]}" x="{mark["x"]}%" y="{lane["y"] + 20}" overflow="visible">'
                f'<title>{_text(mark["title"])}</title><path d="{MARKS[mark["kind"]]}"/></svg>\n'
            )
    anchor = placed["as_of"]["anchor"]
    dx = -6 if anchor == "end" else 6
    yield f'<text class="as-of" x="{x}%" dx="{dx}" y="14" text-anchor="{anchor}">{placed["as_of"]["label"]}</text>\n'
    for entry in placed["legend"]:
        yield _legend(entry, name)


def _bar(bar: dict[str, Any], name: str) -> str:
    room = bar["room"]
    place = {
        "inside": 'x="7" y="14"',
        "right": 'class="outside" x="100%" dx="6" y="14"',
        "below": f'class="outside" x="0" y="{bar.get("label_y", 0) + 10}"',
        "below-end": f'class="outside" x="{100 * (100 - bar["x"]) / (bar["width"] or 1):.3f}%" '
        f'y="{bar.get("label_y", 0) + 10}" text-anchor="end"',
    }[room]
    return (
        f'<svg class="bar {bar["kind"]}" x="{bar["x"]}%" y="{bar["y"]}" width="{bar["width"]}%" height="19" '
        f'overflow="visible"><title>{_text(bar["title"])}</title>'
        f'<rect width="100%" height="100%" rx="3"{_fill(bar["kind"], name)}/>'
        f"<text {place}>{_text(bar['label'])}</text></svg>\n"
    )


def _leader(bar: dict[str, Any]) -> str:
    """Return the line from a bar to its label below."""
    if "label_y" not in bar:
        return ""
    x = bar["x"]
    return f'<line class="leader" x1="{x}%" x2="{x}%" y1="{bar["y"] + 19}" y2="{bar["y"] + bar["label_y"] + 2}"/>'


def _legend(entry: dict[str, Any], name: str) -> str:
    kind = entry["kind"]
    if kind in MARKS:
        symbol = f'<path d="{MARKS[kind]}" transform="translate(7 8)"/>'
    else:
        symbol = f'<rect width="16" height="12" rx="2"{_fill(kind, name)}/>'
    return (
        f'<svg class="{"mark" if kind in MARKS else "bar"} {kind}" x="{entry["x"]}%" y="{entry["y"]}" '
        f'overflow="visible">{symbol}<text class="legend" x="22" y="10">{entry["label"]}</text></svg>\n'
    )


def _fill(kind: str, name: str) -> str:
    return f' style="fill:url(#{name}-{kind})"' if TOKENS[kind].pattern in TILES else ""


def _text(text: str) -> str:
    return escape(replace_controls(text))
