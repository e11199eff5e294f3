"""The page of a rulebook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from designation._core import Rulebook
from designation._rulebooks.rule_index import RULES_BY_LOCATION
from designation._text.blocks import EMPTY, Block, Span, Title, fill
from designation._text.rulebook_diff import format_value
from designation._text.wording import format_money, humanize

NAME_WIDTH = 25


def lines(rulebook: Rulebook) -> Iterator[Block]:
    """Lay out a rulebook: parameters, interpretations, rules, findings, and sources."""
    content: dict[str, Any] = rulebook.to_dict()
    yield Title(f"{rulebook.edition}: {rulebook.title}", subtitle=f"digest {rulebook.digest}")
    for label, rows in (
        ("Prerequisites", _prerequisites(content)),
        ("Evaluations", _evaluations(content)),
        ("Term", _term(content)),
        ("Journey", _journey(content)),
        ("Availability", _availability(content)),
        ("Interpretations", _interpretations(content)),
        ("Rules", _entries(content["rules"])),
        ("Findings", _entries(content["findings"])),
        ("Sources", _sources(content)),
    ):
        yield EMPTY
        yield (Span(label, "label"),)
        for parts in rows:
            yield from fill(Span("  "), *parts)


def describe_rule(content: dict[str, Any], rule: str) -> dict[str, Any]:
    """Return one rule whole: its entry, its parameters, its interpretations, its findings, and its sources."""
    locations = [location for location, rules in RULES_BY_LOCATION.items() if rule in rules]
    open_questions = [location for location in locations if location.startswith("/interpretations/")]
    return {
        **content["rules"][rule],
        "parameters": {each: _value_at(content, each) for each in locations if each not in open_questions},
        "interpretations": {each.rpartition("/")[2]: _value_at(content, each) for each in open_questions},
        "findings": {code: entry["text"] for code, entry in content["findings"].items() if entry["rule"] == rule},
        "sources": [
            {**content["sources"][citation["source"]], "section": citation.get("section")}
            for citation in content["rules"][rule]["citations"]
        ],
    }


def rule_lines(rulebook: Rulebook, rule: str) -> Iterator[Block]:
    """Lay out one rule."""
    entry = describe_rule(rulebook.to_dict(), rule)
    yield Title(f"{rule} {entry['title']}, edition {rulebook.edition}")
    yield from fill(Span(entry["text"]))
    remedy = entry.get("remedy")
    rows: dict[str, list[str]] = {
        "Remedy": [f"{humanize(remedy['actor'])}: {remedy['do']}"] if remedy else [],
        "Parameters": [f"{location}: {format_value(value)}" for location, value in entry["parameters"].items()],
        "Interpretations": [
            f"{name}: {each['question']} {each['default']}: {each['rationale']}"
            for name, each in entry["interpretations"].items()
        ],
        "Findings": [f"{code}: {text}" for code, text in entry["findings"].items()],
        "Sources": [_source(source) for source in entry["sources"]],
    }
    for label, texts in rows.items():
        if texts:
            yield EMPTY
            yield (Span(label, "label"),)
        for text in texts:
            yield from fill(Span("  "), Span(text))


def _source(source: dict[str, Any]) -> str:
    section = f', section "{source["section"]}"' if source["section"] else ""
    return " ".join(filter(None, (f'"{source["title"]}"{section} ({humanize(source["grade"])})', source.get("url"))))


def _value_at(content: dict[str, Any], location: str) -> Any:
    value: Any = content
    for key in location.split("/")[1:]:
        value = value[key]
    return value


def _prerequisites(content: dict[str, Any]) -> Iterator[tuple[Span, ...]]:
    for name, entry in content["prerequisites"].items():
        kinds = entry.get("types", entry.get("areas"))
        yield _named_row(humanize(name), ", ".join(map(_format_type, kinds)))


def _format_type(kind: str | dict[str, str]) -> str:
    if isinstance(kind, str):
        return kind
    subject = kind.get("subject_to")
    return f"{kind['type']} (once {humanize(subject)} is available)" if subject else kind["type"]


def _evaluations(content: dict[str, Any]) -> Iterator[tuple[Span, ...]]:
    currency = content["fees"]["currency"]
    for name, entry in content["evaluations"].items():
        years = entry["validity_years"]
        text = (
            f"valid {years} {'year' if years == 1 else 'years'}{', required each cycle' if entry['each_cycle'] else ''}"
        )
        for fee in content["fees"]["schedule"][name]:
            text += f"; {format_money(fee['amount'], currency)}"
            text += "" if fee["from"] == "1900-01-01" else f" from {fee['from']}"
        yield _named_row(humanize(name), text)


def _term(content: dict[str, Any]) -> Iterator[tuple[Span, ...]]:
    term = content["term"]
    years, window = term["years"], term["renewal_window"]
    yield _named_row("length", f"{years} {'year' if years == 1 else 'years'}")
    before, after = window["opens_days_before"], window["closes_days_after"]
    yield _named_row("renewal window", f"{before} days before the anniversary to {after} days after it")


def _journey(content: dict[str, Any]) -> Iterator[tuple[Span, ...]]:
    for number, step in enumerate(content["journey"], 1):
        then = f", then {humanize(step['then'])}" if step.get("then") else ""
        yield _named_row(f"{number} {humanize(step['step'])}", humanize(step["actor"]) + then)


def _availability(content: dict[str, Any]) -> Iterator[tuple[Span, ...]]:
    for name, entry in content["availability"].items():
        yield _named_row(humanize(name), f'"{entry["words"]}"')
        days = [
            f"{humanize(key)} {entry[key]}"
            for key in ("not_before", "announced_by", "available_from")
            if entry.get(key)
        ]
        if days:
            yield _named_row("", ", ".join(days))


def _interpretations(content: dict[str, Any]) -> Iterator[tuple[Span, ...]]:
    for name, entry in content["interpretations"].items():
        yield _named_row(name, entry["question"])
        yield _named_row("", f"{entry['default']}: {entry['rationale']}")


def _entries(entries: dict[str, Any]) -> Iterator[tuple[Span, ...]]:
    for name, entry in entries.items():
        title = f"{entry['title']}. " if "title" in entry else f"{entry['rule']}: " if "rule" in entry else ""
        text = title + entry["text"]
        if len(name) < NAME_WIDTH:
            yield _named_row(name, text)
        else:
            yield (Span(name),)
            yield _named_row("", text)


def _sources(content: dict[str, Any]) -> Iterator[tuple[Span, ...]]:
    for entry in content["sources"].values():
        yield _named_row(humanize(entry["grade"]), " ".join(filter(None, (entry["title"], entry.get("url")))))


def _named_row(name: str, text: str) -> tuple[Span, ...]:
    return (Span(name, "muted", NAME_WIDTH), Span(text))
