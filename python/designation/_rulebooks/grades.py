"""How far the sources can be leaned on that a rulebook cites and an answer rests on."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from itertools import chain, combinations
from typing import Any, NamedTuple

from designation import _core
from designation._api import rules_of
from designation._display import public
from designation._rulebooks.rule_index import readers

GRADES = tuple(_core.Grade)


@public
class Leaning(NamedTuple):
    """A place of a rulebook, the rules that read it, and the source or reading that it leans on, with its grade."""

    pointer: str
    rules: tuple[str, ...]
    grade: _core.Grade
    source: str

    def __str__(self) -> str:
        verbs = ("depend", "depends") if self.grade == "interpretation" else ("rely", "relies")
        verb = verbs[len(self.rules) == 1]
        return f'{self.pointer}: {", ".join(self.rules)} {verb} on "{self.source}", of grade {self.grade} [grade]'


def weaker_than(what: _core.Rulebook | _core.Assessment, grade: str) -> tuple[Leaning, ...]:
    """List what leans on weaker sources than a grade."""
    if grade not in GRADES:
        raise ValueError(f"{grade!r} is no grade; grades: {', '.join(GRADES)}")
    asked = GRADES.index(_core.Grade(grade))
    found = _readings(what) if isinstance(what, _core.Rulebook) else _readings_in_use(what)
    rulebook = what if isinstance(what, _core.Rulebook) else what.rulebook
    return tuple(one for one in chain(_cited(rulebook), found) if GRADES.index(one.grade) > asked)


def _cited(rulebook: _core.Rulebook) -> Iterator[Leaning]:
    content: dict[str, Any] = rulebook.to_dict()
    for section in ("availability", "rules"):
        for name, entry in content[section].items():
            for place, citation in enumerate(entry["citations"]):
                source = content["sources"][citation["source"]]
                pointer = f"/{section}/{name}/citations/{place}"
                yield Leaning(pointer, readers(pointer, content), _core.Grade(source["grade"]), source["title"])


def _readings(rulebook: _core.Rulebook) -> Iterator[Leaning]:
    yield from (_reading(name, used) for name, (used, _) in rules_of(None, rulebook).readings.items())


def _reading(name: str, used: str) -> Leaning:
    pointer = f"/interpretations/{name}"
    return Leaning(pointer, readers(pointer, {}), _core.Grade.interpretation, used)


def _readings_in_use(assessment: _core.Assessment) -> Iterator[Leaning]:
    """Find the smallest sets of readings that, turned to their alternatives, give another answer."""
    answer = _answer(assessment)
    found: list[frozenset[str]] = []
    for names, rules in _turned(assessment.rulebook, assessment.policy):
        if any(smaller <= names for smaller in found):
            continue
        if _answer(_core.assess(assessment.partner, assessment.as_of, rules)) != answer:
            found.append(names)
    readings = rules_of(assessment.policy, assessment.rulebook).readings
    yield from (_reading(name, used) for name, (used, _) in readings.items() if any(name in names for names in found))


def _answer(assessment: _core.Assessment) -> dict[str, Any]:
    answer = assessment.to_dict()
    del answer["provenance"]
    return answer


@functools.lru_cache(maxsize=1)
def _turned(rulebook: _core.Rulebook, policy: _core.Policy) -> list[tuple[frozenset[str], _core.Rules]]:
    """Give for each set of readings, the smallest first, the rules with these turned to their alternatives."""
    readings = rules_of(policy, rulebook).readings
    document = policy.to_dict()
    turned = []
    for names in chain.from_iterable(combinations(readings, size) for size in range(1, len(readings) + 1)):
        chosen = {name: both[name in names] for name, both in readings.items()}
        turned.append((frozenset(names), rules_of({**document, "interpretations": chosen}, rulebook)))
    return turned
