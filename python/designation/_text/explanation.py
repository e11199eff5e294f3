"""The page of an explanation: the tree of rules, then why not, and the facts needed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from designation._answers.decided import find_decided
from designation._core import Assessment, Explanation
from designation._records import type_of
from designation._text.blocks import EMPTY, Block, Span, block, fill, row
from designation._text.wording import format_money, humanize

INDENT, VERDICT_WIDTH, MAX_DEPTH = 2, 10, 12
DATE_LABELS = {"attained_on": "on", "expires_on": "expires on", "renewal_opens_on": "opens on"}
Node = dict[str, Any]


def lines(explanation: Explanation) -> Iterator[Block]:
    """Lay out an explanation."""
    tree, currency = explanation.to_dict(), currency_of(explanation.assessment)
    yield from _tree(tree, currency, 0, None)
    yield EMPTY
    for index, text in enumerate(describe_rule(explanation)):
        yield from row("" if index else "The rule", Span(text))
    if decided := describe_decided(explanation):
        yield EMPTY
        yield from block("Decided by", ((Span(text),) for text in decided))
    if tree["why_not"] is not None:
        yield EMPTY
        yield from row("Why not", Span(tree["why_not"]))
    for index, pointer in enumerate(tree["facts_needed"]):
        if not index:
            yield EMPTY
        yield from row("" if index else "Facts needed", Span(describe_pointer(pointer)))


def describe_rule(explanation: Explanation) -> list[str]:
    """Return the text of the explained rule or finding in our words, and the title and section of its source."""
    content, node = explanation.assessment.rulebook.to_dict(), explanation.to_dict()
    citation = node["citation"]
    section = f', section "{citation["section"]}"' if "section" in citation else ""
    source = f'"{citation["title"]}"{section} ({humanize(citation["grade"])})'
    return [content["rules"][explanation.rule]["text"], source]


def describe_decided(explanation: Explanation) -> list[str]:
    """Return a sentence for each interpretation that decides the explained rule on its date."""
    currency = currency_of(explanation.assessment)
    return [
        f"{_result(one.verdict, one.value, currency)} with `{one.reading}`, "
        f"{_result(one.other_verdict, one.other_value, currency)} with `{one.other}` [{one.interpretation}]"
        for one in find_decided(explanation)
    ]


def _result(verdict: str | None, value: Any, currency: str) -> str:
    if isinstance(value, bool):
        return "at risk" if value else "not at risk"
    if value is None:
        return "none" if verdict is None else humanize(verdict)
    return format_money(value, currency) if isinstance(value, Decimal) else humanize(str(value))


def currency_of(assessment: Assessment) -> str:
    """Return the currency of the fees."""
    currency: str = assessment.to_dict()["fees"]["currency"]
    return currency


def describe_pointer(pointer: str) -> str:
    """Return the location of a needed fact, and the document if it is a policy."""
    return f"{pointer} (in a policy)" if pointer.startswith("/availability/") else pointer


def _tree(node: Node, currency: str, depth: int, above: str | None) -> Iterator[Block]:
    indent = Span(" " * INDENT * min(depth, MAX_DEPTH))
    role = (node["verdict"] or "") if node["counts"] else "muted"
    verdict = Span(format_verdict(node), role, VERDICT_WIDTH)
    yield from fill(indent, verdict, Span(f"{format_title(node, currency)}  [{node['rule']}]"))
    inside = Span(" " * (INDENT * min(depth, MAX_DEPTH) + VERDICT_WIDTH))
    source = format_citation(node["citation"])
    for text in format_details(node, currency) + ([source] if source != above else []):
        yield from fill(inside, Span(text, "muted"))
    for child in node["children"]:
        yield from _tree(child, currency, depth + 1, source)


def format_verdict(node: Node) -> str:
    """Return the verdict of a node, in parentheses if the node above does not depend on it."""
    verdict: str | None = node["verdict"]
    if verdict is None:
        return "-"
    return humanize(verdict) if node["counts"] else f"({humanize(verdict)})"


def format_title(node: Node, currency: str) -> str:
    """Return the title of a node, with its value in the assessment."""
    value = node.get("value")
    if value is None:
        return str(node["title"])
    if isinstance(value, bool):
        text = "at risk" if value else "not at risk"
    else:
        text = humanize(value) if isinstance(value, str) else format_money(value, currency)
    part = node["path"].rpartition("/")[2]
    if part == "on":
        return f"{text} {node['title']}"
    return f"{node['title']}: {DATE_LABELS[part]} {text}" if part in DATE_LABELS else f"{node['title']}: {text}"


def format_details(node: Node, currency: str) -> list[str]:
    """Return the facts of a node, what it lacks, and its remedy, one line each."""
    shortfall, remedy = node.get("shortfall"), node["remedy"]
    found = shortfall["found"] if shortfall else ""
    facts = [fact for fact in node["facts"] if f"({fact['pointer']})" not in found]
    parts = [f"{fact['pointer']}: {format_fact(fact['value'])}{_format_fee(fact, currency)}" for fact in facts]
    if shortfall:
        parts.append(f"found: {found}")
        possible_from = shortfall["possible_from"]
        parts.append(
            f"required: {shortfall['required']}" + (f"; possible from {possible_from}" if possible_from else "")
        )
    if remedy:
        fee = "" if remedy["fee"] is None else f", {format_money(remedy['fee'], currency)}"
        by = f", by {remedy['by']}" if remedy["by"] else ""
        parts.append(f"remedy: {humanize(remedy['actor'])}: {remedy['do']}{by}{fee}")
    return parts


def format_fact(value: Any) -> str:
    """Return a fact in a few words."""
    if not value:
        return "not given" if value is None else "none"
    if "on" in value:
        return " ".join([value["on"], value["type"], value.get("outcome", "")]).rstrip()
    through = f" through {value['through']}" if "through" in value else ""
    return f"{type_of(value)} from {value['from']}{through}"


def _format_fee(fact: dict[str, Any], currency: str) -> str:
    return f", {format_money(fact['fee'], currency)}" if "fee" in fact else ""


def format_citation(citation: dict[str, str]) -> str:
    """Return the source of a rule, with its grade."""
    section = citation.get("section", citation["title"])
    return f"source: {section} ({humanize(citation['grade'])})"
