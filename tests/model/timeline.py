"""Timelines and next changes of the product, held against the model asked day by day."""

from __future__ import annotations

import datetime
from random import Random
from typing import Any

import designation as dsg

from .generator import generate
from .rules import assess

Json = dict[str, Any]
EXTRAS = ("as_of", "days_left", "actions", "amounts", "provenance")
BEFORE, AFTER = 15, 35


def state(answer: Json) -> Json:
    """Give what must be equal for two days to be of one run (spec, section 13)."""
    kept = {key: value for key, value in answer.items() if key not in EXTRAS}
    lapsed = "prerequisite_lapsed"
    kept["findings"] = {(f["code"], "" if f["code"] == lapsed else f["on"]) for f in answer["findings"]}
    return kept


def by_asking_each_day(case: Json, first: datetime.date, days: int) -> list[tuple[datetime.date, Json]]:
    """Give the days on which a run begins, with its state."""
    runs: list[tuple[datetime.date, Json]] = []
    for count in range(days):
        day = first + datetime.timedelta(count)
        found = state(assess(case["partner"], day.isoformat(), case["policy"]))
        if not runs or found != runs[-1][1]:
            runs.append((day, found))
    return runs


def middle_of(case: Json) -> datetime.date:
    """Give the day of the answer, so far inside the calendar that the span around it is, too."""
    earliest, latest = datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)
    day = datetime.date.fromisoformat(case["as_of"])
    return min(max(day, earliest + datetime.timedelta(BEFORE)), latest - datetime.timedelta(AFTER))


def check(case: Json) -> None:
    """Raise AssertionError where the timeline around the day of the answer, or the next change, is not the model's."""
    partner = dsg.parse_partner(case["partner"])
    middle = middle_of(case)
    first, last = middle - datetime.timedelta(BEFORE), middle + datetime.timedelta(AFTER)
    expected = by_asking_each_day(case, first, BEFORE + AFTER + 1)

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
    """Hold the histories of a seed; say the first that does not hold, and whether there is one."""
    for number in range(start, start + count):
        try:
            check(generate(Random(f"{seed}/{number}")))
        except AssertionError as error:
            print(f"timeline of seed {seed} history {number}: {error}")
            return True
    return False
