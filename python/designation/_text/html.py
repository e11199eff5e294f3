"""HTML for notebooks; every text is escaped, because a name can contain any characters."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from designation._core import Explanation
from designation._text.blocks import Block, Line
from designation._text.explanation import (
    Node,
    currency_of,
    describe_decided,
    describe_pointer,
    describe_rule,
    format_citation,
    format_details,
    format_title,
    format_verdict,
)
from designation._text.layout import replace_controls
from designation._text.wording import ROLES

# The theme of the notebook overrides that of the system: JupyterLab and VS Code set these attributes.
LIGHT = "--good:#1a7f37;--warn:#8a5a00;--bad:#cf222e"
DARK = "--good:#3fb950;--warn:#d29922;--bad:#ff7b72"
STYLE = f"""<style>
.dsg{{{LIGHT}}}
@media(prefers-color-scheme:dark){{.dsg{{{DARK}}}}}
[data-jp-theme-light=true] .dsg,.vscode-light .dsg{{{LIGHT}}}
[data-jp-theme-light=false] .dsg,.vscode-dark .dsg{{{DARK}}}
pre.dsg{{font-family:ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;line-height:1.3;white-space:pre}}
.dsg .good{{color:var(--good)}}.dsg .warn{{color:var(--warn)}}.dsg .bad{{color:var(--bad)}}.dsg .muted{{opacity:.75}}
.dsg .label{{font-weight:bold}}.dsg summary{{cursor:pointer}}.dsg details,.dsg div{{margin-left:1.2em}}
</style>"""


def page(lines: Iterable[Block]) -> str:
    """Return a page as HTML, its spans colored by role."""
    return f'{STYLE}<pre class="dsg">' + "\n".join(map(_line, lines)) + "</pre>"


def tree(explanation: Explanation) -> str:
    """Return an explanation as a tree of HTML ``details`` elements."""
    tree = explanation.to_dict()
    parts = [f"<b>Why not</b> {_text(tree['why_not'])}"] if tree["why_not"] else []
    parts += [f"<b>The rule</b> {_text(' '.join(describe_rule(explanation)))}"]
    parts += [f"<b>Decided by</b> {_text(text)}" for text in describe_decided(explanation)]
    needed = ", ".join(map(describe_pointer, tree["facts_needed"]))
    parts += [f"<b>Facts needed</b> {_text(needed)}"] if needed else []
    below = "".join(f"<p>{text}</p>" for text in parts)
    return f'{STYLE}<div class="dsg">{_node(tree, currency_of(explanation.assessment), root=True)}{below}</div>'


def _node(node: Node, currency: str, *, root: bool = False) -> str:
    role = ROLES.get(node["verdict"], "") if node["counts"] else ""
    opened = " open" if root or node["verdict"] in ("unmet", "unknown") else ""
    summary = (
        f'<span class="{role}">{_text(format_verdict(node))}</span> {_text(format_title(node, currency))}'
        f" <code>{_text(node['rule'])}</code>"
    )
    inside = "".join(
        f"<div>{_text(text)}</div>" for text in [*format_details(node, currency), format_citation(node["citation"])]
    )
    children = "".join(_node(child, currency) for child in node["children"])
    return f"<details{opened}><summary>{summary}</summary>{inside}{children}</details>"


def _line(line: Line) -> str:
    return "".join(
        f'<span class="{span.role}">{_text(span.text)}</span>' if span.role else _text(span.text) for span in line
    )


def _text(text: str) -> str:
    return escape(replace_controls(text))
