"""The grades of the sources that rulebooks and assessments rely on."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from itertools import chain, combinations
from typing import Any, NamedTuple

from designation import _core
from designation._api import build_rules
from designation._display import public
from designation._rulebooks.rule_index import find_rules

GRADES = tuple(_core.Grade)


@public
class Reliance(NamedTuple):
    """Rules that rely on a source or reading: the location in the rulebook, the rules, the grade, and the source."""

    pointer: str
    rules: tuple[str, ...]
    grade: _core.Grade
    source: str

    def __str__(self) -> str:
        verbs = ("depend", "depends") if self.grade == "interpretation" else ("rely", "relies")
        verb = verbs[len(self.rules) == 1]
        return f'{self.pointer}: {", ".join(self.rules)} {verb} on "{self.source}", of grade {self.grade} [grade]'


def find_weaker_reliances(what: _core.Rulebook | _core.Assessment, grade: str) -> tuple[Reliance, ...]:
    """Return the rules that rely on sources weaker than a grade."""
    if grade not in GRADES:
        raise ValueError(f'the grade must be one of {", ".join(GRADES)}, not "{grade}"')
    limit = GRADES.index(_core.Grade(grade))
    found = _all_readings(what) if isinstance(what, _core.Rulebook) else _decisive_readings(what)
    rulebook = what if isinstance(what, _core.Rulebook) else what.rulebook
    return tuple(one for one in chain(_cited_sources(rulebook), found) if GRADES.index(one.grade) > limit)


def _cited_sources(rulebook: _core.Rulebook) -> Iterator[Reliance]:
    content: dict[str, Any] = rulebook.to_dict()
    for section in ("availability", "rules"):
        for name, entry in content[section].items():
            for index, citation in enumerate(entry["citations"]):
                source = content["sources"][citation["source"]]
                pointer = f"/{section}/{name}/citations/{index}"
                yield Reliance(pointer, find_rules(pointer, content), _core.Grade(source["grade"]), source["title"])


def _all_readings(rulebook: _core.Rulebook) -> Iterator[Reliance]:
    yield from (_reading_reliance(name, both.used) for name, both in build_rules(None, rulebook).readings.items())


def _reading_reliance(name: str, used: str) -> Reliance:
    pointer = f"/interpretations/{name}"
    return Reliance(pointer, find_rules(pointer, {}), _core.Grade.interpretation, used)


def _decisive_readings(assessment: _core.Assessment) -> Iterator[Reliance]:
    """Yield the readings in the smallest sets whose alternatives change the assessment."""
    original = _result(assessment)
    found: list[frozenset[str]] = []
    for names, rules in _alternative_rules(assessment.rulebook, assessment.policy):
        if any(smaller <= names for smaller in found):
            continue
        if _result(_core.assess(assessment.partner, assessment.as_of, rules)) != original:
            found.append(names)
    readings = build_rules(assessment.policy, assessment.rulebook).readings
    decisive = set(chain.from_iterable(found))
    yield from (_reading_reliance(name, both.used) for name, both in readings.items() if name in decisive)


def _result(assessment: _core.Assessment) -> dict[str, Any]:
    document = assessment.to_dict()
    del document["provenance"]
    return document


@functools.lru_cache(maxsize=1)
def _alternative_rules(rulebook: _core.Rulebook, policy: _core.Policy) -> list[tuple[frozenset[str], _core.Rules]]:
    """Return each set of readings, the smallest first, with the rules that use their alternatives."""
    readings = build_rules(policy, rulebook).readings
    document = policy.to_dict()
    alternatives = []
    for names in chain.from_iterable(combinations(readings, size) for size in range(1, len(readings) + 1)):
        chosen = {name: both.alternative if name in names else both.used for name, both in readings.items()}
        alternatives.append((frozenset(names), build_rules({**document, "interpretations": chosen}, rulebook)))
    return alternatives
