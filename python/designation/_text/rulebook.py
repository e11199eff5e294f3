"""A rulebook as a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from designation._core import Rulebook
from designation._text.layout import COLUMNS, EMPTY, Line, Span, fill, pad, wrap
from designation._text.wording import money, spoken

NAME = 25


def lines(rulebook: Rulebook) -> Iterator[Line]:
    """Lay out a rulebook's parameters, readings, rules, findings and sources."""
    content: dict[str, Any] = rulebook.to_dict()
    for line in wrap(f"{rulebook.edition}: {rulebook.title}", COLUMNS):
        yield (Span(line, "label"),)
    yield (Span(rulebook.digest, "muted"),)
    for label, rows in (
        ("Prerequisites", _prerequisites(content)),
        ("Evaluations", _evaluations(content)),
        ("Term", _term(content)),
        ("Journey", _journey(content)),
        ("Availability", _availability(content)),
        ("Readings", _readings(content)),
        ("Rules", _entries(content["rules"])),
        ("Findings", _entries(content["findings"])),
        ("Sources", _sources(content)),
    ):
        yield EMPTY
        yield (Span(label, "label"),)
        for parts in rows:
            yield from fill(Span("  "), *parts)


def _prerequisites(content: dict[str, Any]) -> Iterator[tuple[Span, ...]]:
    for name, what in content["prerequisites"].items():
        kinds = what.get("types", what.get("areas"))
        said = [_kind(kind) for kind in kinds]
        yield _named(spoken(name), ", ".join(said))


def _kind(kind: str | dict[str, str]) -> str:
    if isinstance(kind, str):
        return kind
    subject = kind.get("subject_to")
    return f"{kind['type']} (once {spoken(subject)} is available)" if subject else kind["type"]


def _evaluations(content: dict[str, Any]) -> Iterator[tuple[Span, ...]]:
    currency = content["fees"]["currency"]
    for name, what in content["evaluations"].items():
        years = what["validity_years"]
        said = f"valid {years} {'year' if years == 1 else 'years'}{', each cycle anew' if what['each_cycle'] else ''}"
        for fee in content["fees"]["schedule"][name]:
            said += f"; {money(fee['amount'], currency)} from {fee['from']}"
        yield _named(spoken(name), said)


def _term(content: dict[str, Any]) -> Iterator[tuple[Span, ...]]:
    term = content["term"]
    years, window = term["years"], term["renewal_window"]
    yield _named("length", f"{years} {'year' if years == 1 else 'years'}")
    before, after = window["opens_days_before"], window["closes_days_after"]
    yield _named("renewal window", f"{before} days before the anniversary to {after} days after it")


def _journey(content: dict[str, Any]) -> Iterator[tuple[Span, ...]]:
    for place, step in enumerate(content["journey"], 1):
        then = f", then {spoken(step['then'])}" if step.get("then") else ""
        yield _named(f"{place} {spoken(step['step'])}", spoken(step["actor"]) + then)


def _availability(content: dict[str, Any]) -> Iterator[tuple[Span, ...]]:
    for name, what in content["availability"].items():
        yield _named(spoken(name), f'"{what["words"]}"')
        days = [
            f"{spoken(key)} {what[key]}" for key in ("not_before", "announced_by", "available_from") if what.get(key)
        ]
        if days:
            yield _named("", ", ".join(days))


def _readings(content: dict[str, Any]) -> Iterator[tuple[Span, ...]]:
    for name, what in content["interpretations"].items():
        yield _named(name, what["question"])
        yield _named("", f"{what['default']}: {what['rationale']}")


def _entries(entries: dict[str, Any]) -> Iterator[tuple[Span, ...]]:
    for name, what in entries.items():
        title = f"{what['title']}. " if "title" in what else f"{what['rule']}: " if "rule" in what else ""
        said = title + what["text"]
        if len(name) < NAME:
            yield _named(name, said)
        else:
            yield (Span(name),)
            yield _named("", said)


def _sources(content: dict[str, Any]) -> Iterator[tuple[Span, ...]]:
    for what in content["sources"].values():
        yield _named(spoken(what["grade"]), " ".join(filter(None, (what["title"], what.get("url")))))


def _named(name: str, what: str) -> tuple[Span, ...]:
    return (Span(pad(name, NAME), "muted"), Span(what))
