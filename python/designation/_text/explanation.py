"""The page that ``print(assessment.explain())`` shows: the tree, and what it comes down to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from designation._core import Assessment, Explanation
from designation._text.layout import COLUMNS, EMPTY, Line, Span, fill, pad, row
from designation._text.wording import ROLES, money, spoken

INDENT, VERDICT, DEEPEST = 2, 10, 12
DAYS = {"attained_on": "on", "expires_on": "to", "renewal_opens_on": "opens"}
Node = dict[str, Any]


def lines(explanation: Explanation) -> Iterator[Line]:
    """Give the page's lines, with the roles that a terminal may colour."""
    tree, currency = explanation.to_dict(), currency_of(explanation.assessment)
    yield from _tree(tree, currency, 0, None)
    if tree["why_not"] is not None:
        yield EMPTY
        yield from row("Why not", Span(tree["why_not"]))
    for place, pointer in enumerate(tree["facts_needed"]):
        if not place:
            yield EMPTY
        yield from row("" if place else "Facts needed", Span(whose(pointer)))


def currency_of(assessment: Assessment) -> str:
    """Name the currency of an assessment's fees."""
    currency: str = assessment.to_dict()["fees"]["currency"]
    return currency


def whose(pointer: str) -> str:
    """Say where a fact that is needed belongs."""
    return f"{pointer} (in a policy)" if pointer.startswith("/availability/") else pointer


def _tree(node: Node, currency: str, depth: int, above: str | None) -> Iterator[Line]:
    indent = Span(" " * INDENT * min(depth, DEEPEST))
    verdict = Span(pad(answer(node), VERDICT), ROLES.get(node["verdict"], "") if node["counts"] else "muted")
    yield from fill(indent, verdict, Span(f"{headline(node, currency)}  [{node['rule']}]"))
    inside = Span(" " * (INDENT * min(depth, DEEPEST) + VERDICT))
    source = cited(node["citation"])
    for text in details(node, currency) + ([source] if source != above else []):
        yield from fill(inside, Span(text, "muted"), columns=COLUMNS)
    for child in node["children"]:
        yield from _tree(child, currency, depth + 1, source)


def answer(node: Node) -> str:
    """Give a node's verdict; in brackets where the one above does not depend on it."""
    verdict: str | None = node["verdict"]
    if verdict is None:
        return "-"
    return verdict if node["counts"] else f"({verdict})"


def headline(node: Node, currency: str) -> str:
    """Name a node, with the value that the assessment has for it."""
    value = node.get("value")
    if value is None:
        return str(node["title"])
    if isinstance(value, bool):
        said = "at risk" if value else "not at risk"
    else:
        said = spoken(value) if isinstance(value, str) else money(value, currency)
    part = node["path"].rpartition("/")[2]
    if part == "on":
        return f"{said} {node['title']}"
    return f"{node['title']}: {DAYS[part]} {said}" if part in DAYS else f"{node['title']}: {said}"


def details(node: Node, currency: str) -> list[str]:
    """Say what a node looked at, what it lacks and what would help."""
    shortfall, remedy = node.get("shortfall"), node["remedy"]
    seen = shortfall["found"] if shortfall else ""
    facts = [fact for fact in node["facts"] if f"({fact['pointer']})" not in seen]
    said = [f"{fact['pointer']}: {in_words(fact['value'])}" for fact in facts]
    if shortfall:
        said.append(f"found: {seen}")
        since = shortfall["possible_from"]
        said.append(f"required: {shortfall['required']}" + (f"; possible from {since}" if since else ""))
    if remedy:
        fee = "" if remedy["fee"] is None else f", {money(remedy['fee'], currency)}"
        by = f", by {remedy['by']}" if remedy["by"] else ""
        said.append(f"remedy: {spoken(remedy['actor'])}: {remedy['do']}{by}{fee}")
    return said


def in_words(value: Any) -> str:
    """Say a fact in a few words."""
    if not value:
        return "not given" if value is None else "none"
    if "on" in value:
        return " ".join([value["on"], value["type"], value.get("outcome", "")]).rstrip()
    through = f" through {value['through']}" if "through" in value else ""
    return f"{value.get('type', value.get('area'))} from {value['from']}{through}"


def cited(citation: dict[str, str]) -> str:
    """Name where a rule stands, and how far that can be leaned on."""
    where = citation.get("section", citation["title"])
    return f"source: {where} ({spoken(citation['grade'])})"
