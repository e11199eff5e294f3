"""What a notebook shows: every text is escaped, for a name may hold anything."""

from __future__ import annotations

from html import escape

from designation._core import Assessment, Explanation
from designation._explanation import Node, answer, cited, currency_of, details, headline, whose
from designation._layout import Line, printable
from designation._text import lines
from designation._wording import ROLES

STYLE = """<style>
.dsg{--good:#1a7f37;--warn:#9a6700;--bad:#cf222e}
@media(prefers-color-scheme:dark){.dsg{--good:#3fb950;--warn:#d29922;--bad:#ff7b72}}
[data-jp-theme-light=true] .dsg{--good:#1a7f37;--warn:#9a6700;--bad:#cf222e}
[data-jp-theme-light=false] .dsg{--good:#3fb950;--warn:#d29922;--bad:#ff7b72}
.dsg .good{color:var(--good)}.dsg .warn{color:var(--warn)}.dsg .bad{color:var(--bad)}
.dsg .label{font-weight:bold}.dsg summary{cursor:pointer}.dsg details,.dsg div{margin-left:1.2em}
</style>"""


def assessment(assessment: Assessment) -> str:
    """Give the page of an assessment, coloured by its roles."""
    return f'{STYLE}<pre class="dsg">' + "\n".join(map(_line, lines(assessment))) + "</pre>"


def explanation(explanation: Explanation) -> str:
    """Give the tree, to open and close; what is not met is open."""
    tree = explanation.to_dict()
    said = [f"<b>Why not</b> {_text(tree['why_not'])}"] if tree["why_not"] else []
    needed = ", ".join(map(whose, tree["facts_needed"]))
    said += [f"<b>Facts needed</b> {_text(needed)}"] if needed else []
    below = "".join(f"<p>{text}</p>" for text in said)
    return f'{STYLE}<div class="dsg">{_node(tree, currency_of(explanation.assessment), root=True)}{below}</div>'


def _node(node: Node, currency: str, *, root: bool = False) -> str:
    role = ROLES.get(node["verdict"], "") if node["counts"] else ""
    opened = " open" if root or node["verdict"] in ("unmet", "unknown") else ""
    summary = (
        f'<span class="{role}">{_text(answer(node))}</span> {_text(headline(node, currency))}'
        f" <code>{_text(node['rule'])}</code>"
    )
    inside = "".join(f"<div>{_text(text)}</div>" for text in [*details(node, currency), cited(node["citation"])])
    children = "".join(_node(child, currency) for child in node["children"])
    return f"<details{opened}><summary>{summary}</summary>{inside}{children}</details>"


def _line(line: Line) -> str:
    return "".join(
        f'<span class="{span.role}">{_text(span.text)}</span>' if span.role else _text(span.text) for span in line
    )


def _text(text: str) -> str:
    return escape(printable(text))
