"""What differs between two assessments, and the rule that each difference stands for."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any, NamedTuple

from designation import _core
from designation._display import public, shown
from designation._rulebooks.rule_index import RULES

NOT_COMPARED = ("format", "partner", "as_of", "days_left", "actions", "amounts", "provenance")
ABSENT_RENEWAL = {"verdict": None, "missing": None}


@public
class Difference(NamedTuple):
    """One value that is not the same: where, what it was, what it is, and by which rule.

    A finding that is there on one side only stands with its day on that side; that a prerequisite has lapsed is true or
    false, because its day is that of the answer. Between timelines, ``from_`` and
    ``through`` are the days on which it is so.
    """

    path: str
    before: Any
    after: Any
    rule: str | None
    from_: datetime.date | None = None
    through: datetime.date | None = None

    def to_dict(self) -> dict[str, Any]:
        """Give the difference as JSON has it."""
        made: dict[str, Any] = {} if self.from_ is None else {"from": str(self.from_), "through": str(self.through)}
        before, after = (list(value) if isinstance(value, tuple) else value for value in (self.before, self.after))
        return {**made, "path": self.path, "before": before, "after": after, "rule": self.rule}


@public
@shown
class Change(NamedTuple):
    """The first day on which the state is another one, the assessments around it, and what differs."""

    on: datetime.date
    before: _core.Assessment
    after: _core.Assessment
    differences: tuple[Difference, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the day and what differs as JSON has it."""
        return {"on": str(self.on), "differences": [difference.to_dict() for difference in self.differences]}


def differences(a: _core.Assessment, b: _core.Assessment) -> tuple[Difference, ...]:
    """Give what differs between two assessments, in the order of their keys."""
    return tuple(_differences(a, b))


def _differences(a: _core.Assessment, b: _core.Assessment) -> Iterator[Difference]:
    left, right = _state(a), _state(b)
    for path in left | right:
        if left.get(path) != right.get(path):
            yield Difference(path, left.get(path), right.get(path), RULES.get(path))
    yield from _of_findings(a, b)


def _state(assessment: _core.Assessment) -> dict[str, Any]:
    answer = {key: value for key, value in assessment.to_dict().items() if key not in NOT_COMPARED}
    answer.pop("findings")
    answer["renewal"] = answer["renewal"] or ABSENT_RENEWAL
    return dict(_leaves("", answer))


def _leaves(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(f"{path}/{key}", inner)
    else:
        yield path, tuple(value) if isinstance(value, list) else value


def _of_findings(a: _core.Assessment, b: _core.Assessment) -> Iterator[Difference]:
    left, right = _findings(a), _findings(b)
    for code, known in sorted(left ^ right):
        gone = (code, known) in left
        there, absent = (known, None) if known else (True, False)
        rule = (a if gone else b).rulebook.to_dict()["findings"][code]["rule"]
        yield Difference(f"/findings/{code}", there if gone else absent, absent if gone else there, rule)


def _findings(assessment: _core.Assessment) -> set[tuple[str, str]]:
    return {(f.code, "" if f.code == "prerequisite_lapsed" else str(f.on)) for f in assessment.findings}
