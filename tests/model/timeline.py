"""Compare timelines and next changes of the package with the model, day by day."""

from __future__ import annotations

import datetime
from random import Random
from typing import Any

import designation as dsg

from .generator import generate
from .rules import assess

Json = dict[str, Any]
EXTRAS = (
    "as_of",
    "days_left",
    "deadline",
    "overdue_since",
    "actions",
    "facts_after",
    "warnings",
    "amounts",
    "provenance",
)
BEFORE, AFTER = 15, 35


def state(answer: Json) -> Json:
    """Return the part of an assessment that is equal on all days of a timeline segment."""
    kept = {key: value for key, value in answer.items() if key not in EXTRAS}
    lapsed = "prerequisite_lapsed"
    kept["findings"] = {(f["code"], "" if f["code"] == lapsed else f["on"]) for f in answer["findings"]}
    return kept


def expected_segments(case: Json, first: datetime.date, days: int) -> list[tuple[datetime.date, Json]]:
    """Return the first day of each segment, with the state."""
    runs: list[tuple[datetime.date, Json]] = []
    for count in range(days):
        day = first + datetime.timedelta(count)
        found = state(assess(case["partner"], day.isoformat(), case["policy"]))
        if not runs or found != runs[-1][1]:
            runs.append((day, found))
    return runs


def middle_of_span(case: Json) -> datetime.date:
    """Return the as-of date, moved so that the span around it lies inside the supported dates."""
    earliest, latest = datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)
    day = datetime.date.fromisoformat(case["as_of"])
    return min(max(day, earliest + datetime.timedelta(BEFORE)), latest - datetime.timedelta(AFTER))


def check(case: Json) -> None:
    """Raise AssertionError unless the timeline around the as-of date, and the next change, equal the model's."""
    partner = dsg.parse_partner(case["partner"])
    middle = middle_of_span(case)
    first, last = middle - datetime.timedelta(BEFORE), middle + datetime.timedelta(AFTER)
    expected = expected_segments(case, first, BEFORE + AFTER + 1)

    line = dsg.timeline(partner, first, last, case["policy"])
    assert [(s.from_, state(s.assessment.to_dict())) for s in line.segments] == expected
    assert line.segments[-1].through == last

    change = dsg.next_change(partner, middle, case["policy"])
    later = [(day, found) for day, found in expected if day > middle]
    if later:
        assert change is not None
        assert (change.on, state(change.after.to_dict())) == later[0]
        assert state(change.before.to_dict()) != later[0][1]
        assert change.differences
    else:
        assert change is None or change.on > last


def compare(count: int, seed: int, start: int = 0) -> bool:
    """Check the histories of a seed; print the first that differs, and return whether one does."""
    for number in range(start, start + count):
        try:
            check(generate(Random(f"{seed}/{number}")))
        except AssertionError as error:
            print(f"timeline of seed {seed} history {number}: {error}")
            return True
    return False
