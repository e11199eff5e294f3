"""The links between the article's statements, the rules, the rulebooks, and the tests that cover them."""

from __future__ import annotations

import functools
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import designation as dsg
from conformance.cases import named_cases
from designation import _core
from designation._rulebooks.rule_index import RULES_BY_LOCATION
from designation._text.wording import Wording
from support.rulebook_mutations import PARAMETERS, mutations

ROOT = Path(__file__).resolve().parents[3]
DOCS = ROOT / "docs"
ARTICLE: dict[str, Any] = json.loads((DOCS / "article.json").read_text("utf-8"))
BOOKS = {edition: dsg.rulebooks.load(edition) for edition in dsg.rulebooks.editions()}
WORDS = {edition: Wording(book) for edition, book in BOOKS.items()}
LAUNCH: dict[str, Any] = WORDS[ARTICLE["edition"]].content
RULES: list[str] = list(LAUNCH["rules"])
READINGS = _core.rules(None, BOOKS[ARTICLE["edition"]]).readings

CATCH = re.compile(r'TEST_CASE\(\s*"((?:[^"\\]|\\.)*)"(?:,\s*"([^"]*)")?\s*\)')
PYTEST = re.compile(r"@pytest\.mark\.rules\(([^)]*)\)\n(?:[ \t]*@.*\n)*[ \t]*def test_(\w+)")


class Statement(NamedTuple):
    """A statement of the article: its rules and parameters, or why it is not a rule."""

    number: int
    section: str
    says: str
    rules: list[str]
    rulebook: list[str]
    no_rule: str | None


class Holder(NamedTuple):
    """A test, and the rules that it covers."""

    file: str
    name: str
    rules: list[str]


def statements() -> list[Statement]:
    """Return the article's statements, numbered in order."""
    given = [(part["section"], each) for part in ARTICLE["sections"] for each in part["statements"]]
    return [
        Statement(n, section, each["says"], each.get("rules", []), each.get("rulebook", []), each.get("no_rule"))
        for n, (section, each) in enumerate(given, 1)
    ]


def value_at(content: Any, pointer: str) -> Any:
    """Return the value at a JSON Pointer; raise KeyError, IndexError, or ValueError if there is none."""
    for key in pointer.split("/")[1:]:
        content = content[int(key)] if isinstance(content, list) else content[key.replace("~1", "/").replace("~0", "~")]
    return content


@functools.cache
def holders() -> list[Holder]:
    """Return the tests that name rules: Catch2 tests by tag, Python tests by the marker ``rules``."""
    found = [
        Holder(path.name, match[1], re.findall(r"\[(SSD-[^\]]*)\]", match[2] or ""))
        for path in sorted((ROOT / "tests" / "cpp").glob("test_*.cpp"))
        for match in CATCH.finditer(path.read_text("utf-8"))
    ]
    found += [
        Holder(path.name, match[2].replace("_", " "), re.findall(r"[\w-]+", match[1]))
        for path in sorted((ROOT / "tests" / "python").glob("test_*.py"))
        for match in PYTEST.finditer(path.read_text("utf-8"))
    ]
    return [test for test in found if test.rules]


def holders_of(rules: Iterable[str]) -> list[Holder]:
    """Return the tests that name one of the rules, the most specific first."""
    wanted = set(rules)
    return sorted((test for test in holders() if wanted & set(test.rules)), key=lambda test: len(test.rules))


@functools.cache
def noticing_cases() -> dict[str, set[str]]:
    """Return the named cases that notice a change of a parameter, by parameter, in any edition."""
    found: dict[str, set[str]] = {}
    for edition, book in BOOKS.items():
        content = book.to_dict()
        content.pop("extends", None)
        asked = [case for case in named_cases() if ((case["policy"] or {}).get("edition") or "2025-11") == edition]
        ready = [(case["name"].split(" @ ")[0], dsg.parse_partner(case["partner"]), case) for case in asked]
        for section in PARAMETERS:
            for where, mutated in mutations(content[section], f"/{section}"):
                pointer = where.split(" ")[0]
                try:
                    changed = _core.parse_rulebook(json.dumps({**content, section: mutated}).encode())
                except dsg.InputError:
                    continue
                noticing = {name for name, partner, case in ready if differs(changed, partner, case)}
                found.setdefault(pointer, set()).update(noticing)
    return found


def differs(rulebook: dsg.Rulebook, partner: dsg.Partner, case: Any) -> bool:
    """Return whether a case has another assessment under a rulebook."""
    policy = {key: part for key, part in (case["policy"] or {}).items() if key != "edition"}
    try:
        answer = dsg.assess(partner, case["as_of"], policy, rulebook).to_dict()
    except dsg.InputError:
        return True
    return any(answer[key] != part for key, part in case["expected"].items())


def cases_of(pointers: Iterable[str]) -> list[str]:
    """Return the named cases that notice a change at or below a location, the most specific first."""
    places = list(pointers)
    here = Counter(
        name
        for pointer, cases in noticing_cases().items()
        if any(f"{pointer}/".startswith(f"{place}/") for place in places)
        for name in cases
    )
    everywhere = Counter(name for cases in noticing_cases().values() for name in cases)
    return sorted(here, key=lambda name: (-here[name] / everywhere[name], name))


def parameters_of(rule: str) -> Iterator[str]:
    """Return the parameters that a rule reads, without the interpretations."""
    for place, rules in RULES_BY_LOCATION.items():
        if rule in rules and not place.startswith("/interpretations"):
            yield from leaves(place)


def leaves(place: str) -> Iterator[str]:
    """Return the parameters at or below a location, in any edition; a list is one parameter."""
    found: dict[str, None] = {}
    for words in WORDS.values():
        found.update(dict.fromkeys(_leaves(place, value_at(words.content, place))))
    yield from found


def _leaves(place: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            if key not in ("words", "citations"):
                yield from _leaves(f"{place}/{key}", part)
    else:
        yield place
