"""The differences between two assessments, each with its rule."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from operator import attrgetter
from typing import Any, NamedTuple

from designation import _core
from designation._display import displayable, public
from designation._rulebooks.rule_index import RULES_BY_PATH

COMPARED = ("edition", "eligibility", "evaluations", "term", "renewal", "journey", "fees", "benefits", "findings")
PARTS = attrgetter(*COMPARED)
ABSENT_RENEWAL = {"verdict": None, "missing": None}


@public
class Difference(NamedTuple):
    """A value that differs between two assessments: its path, both values, and its rule.

    A finding of only one side has its date as the value of that side. ``prerequisite_lapsed`` has true or false,
    because its date is always that of the assessment. Between timelines, ``from_`` and ``through`` are the first and
    last day.
    """

    path: str
    before: Any
    after: Any
    rule: str | None
    from_: datetime.date | None = None
    through: datetime.date | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the difference as JSON values."""
        days: dict[str, Any] = {} if self.from_ is None else {"from": str(self.from_), "through": str(self.through)}
        before, after = (list(value) if isinstance(value, tuple) else value for value in (self.before, self.after))
        return {**days, "path": self.path, "before": before, "after": after, "rule": self.rule}


@public
@displayable
class Change(NamedTuple):
    """The first day on which the state differs, the assessments before and after, and their differences."""

    on: datetime.date
    before: _core.Assessment
    after: _core.Assessment
    differences: tuple[Difference, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the date and the differences as JSON values."""
        return {"on": str(self.on), "differences": [difference.to_dict() for difference in self.differences]}


def find_differences(a: _core.Assessment, b: _core.Assessment) -> tuple[Difference, ...]:
    """Return the differences between two assessments, in the order of their keys."""
    if PARTS(a) == PARTS(b):
        return ()  # Most assessments that are compared are equal, and to build their documents takes longer.
    return tuple(_iterate_differences(a, b))


def _iterate_differences(a: _core.Assessment, b: _core.Assessment) -> Iterator[Difference]:
    left, right = _comparable_values(a), _comparable_values(b)
    for path in left | right:
        if left.get(path) != right.get(path):
            yield Difference(path, left.get(path), right.get(path), RULES_BY_PATH.get(path))
    yield from _finding_differences(a, b)


def _comparable_values(assessment: _core.Assessment) -> dict[str, Any]:
    document = _core.results(assessment)
    document["renewal"] = document["renewal"] or ABSENT_RENEWAL
    return dict(_leaves("", document))


def _leaves(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(f"{path}/{key}", inner)
    else:
        yield path, tuple(value) if isinstance(value, list) else value


def _finding_differences(a: _core.Assessment, b: _core.Assessment) -> Iterator[Difference]:
    left, right = _finding_keys(a), _finding_keys(b)
    for code, day in sorted(left ^ right):
        only_left = (code, day) in left
        present, absent = (day, None) if day else (True, False)
        rule = (a if only_left else b).rulebook.to_dict()["findings"][code]["rule"]
        yield Difference(f"/findings/{code}", present if only_left else absent, absent if only_left else present, rule)


def _finding_keys(assessment: _core.Assessment) -> set[tuple[str, str]]:
    return {(one.code, "" if one.code == "prerequisite_lapsed" else str(one.on)) for one in assessment.findings}
