"""Timelines and next changes, held against the model day by day."""

from __future__ import annotations

import copy
import datetime
import pathlib
import pickle
import time
from random import Random
from typing import Any

import pytest

import designation as dsg
from model.generator import generate
from model.model import assess

Json = dict[str, Any]
EXTRAS = ("as_of", "days_left", "amounts", "provenance")
BEFORE, AFTER = 15, 35


def state(answer: Json) -> Json:
    """Give what must be equal for two days to be of one run (spec, section 13)."""
    kept = {key: value for key, value in answer.items() if key not in EXTRAS}
    lapsed = "prerequisite_lapsed"
    kept["findings"] = {(f["code"], "" if f["code"] == lapsed else f["on"]) for f in answer["findings"]}
    return kept


def by_asking_each_day(case: Json, first: datetime.date, days: int) -> list[tuple[datetime.date, Json]]:
    runs: list[tuple[datetime.date, Json]] = []
    for count in range(days):
        day = first + datetime.timedelta(count)
        found = state(assess(case["partner"], day.isoformat(), case["policy"]))
        if not runs or found != runs[-1][1]:
            runs.append((day, found))
    return runs


def middle_of(case: Json) -> datetime.date:
    earliest, latest = datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)
    day = datetime.date.fromisoformat(case["as_of"])
    return min(max(day, earliest + datetime.timedelta(BEFORE)), latest - datetime.timedelta(AFTER))


@pytest.mark.parametrize("block", range(10))
def test_timelines_are_what_the_model_says_day_by_day(block: int) -> None:
    for seed in range(block * 100, block * 100 + 100):
        case = generate(Random(f"timeline/{seed}"))
        partner = dsg.parse_partner(case["partner"])
        middle = middle_of(case)
        first, last = middle - datetime.timedelta(BEFORE), middle + datetime.timedelta(AFTER)
        expected = by_asking_each_day(case, first, BEFORE + AFTER + 1)

        line = dsg.timeline(partner, first, last, case["policy"])
        assert [(s.from_, state(s.assessment.to_dict())) for s in line.segments] == expected, seed
        assert line.segments[-1].through == last

        change = dsg.next_change(partner, middle, case["policy"])
        later = [(day, found) for day, found in expected if day > middle]
        if later:
            assert change is not None
            assert (change.on, state(change.after.to_dict())) == later[0], seed
            assert state(change.before.to_dict()) != later[0][1]
            assert change.differences, seed
        else:
            assert change is None or change.on > last, seed


def test_two_hundred_years_cost_what_five_years_cost() -> None:
    partner = dsg.load(pathlib.Path(dsg.__file__).parent / "examples" / "contoso.json")

    def seconds(through: str) -> float:
        times = []
        for _ in range(15):
            start = time.perf_counter()
            dsg.timeline(partner, "2000-01-01", through)
            times.append(time.perf_counter() - start)
        return min(times)

    short = dsg.timeline(partner, "2025-01-01", "2029-12-31")
    long = dsg.timeline(partner, "2000-01-01", "2199-12-31")
    assert len(long.segments) <= len(short.segments) + 5
    assert seconds("2199-12-31") < 3 * seconds("2030-12-31")


def test_a_timeline_is_a_value() -> None:
    partner = dsg.parse_partner({"id": "x", "events": [{"on": "2026-03-02", "type": "badge_awarded"}]})
    line = dsg.timeline(partner, from_="2026-07-02", through="2027-04-30")
    assert repr(line) == "<Timeline 2026-07-02 to 2027-04-30: 4 segments>"
    assert repr(line.segments[0]) == "<Segment 2026-07-02 to 2026-12-31: active>"
    for twin in (pickle.loads(pickle.dumps(line)), copy.deepcopy(line)):
        assert twin == line
        assert hash(twin) == hash(line)
    assert line != dsg.timeline(partner, from_="2026-07-02", through="2027-04-29")


def test_a_span_that_ends_before_it_begins_is_refused() -> None:
    partner = dsg.parse_partner({"id": "x"})
    with pytest.raises(ValueError, match="ends on or after the day on which it begins"):
        dsg.timeline(partner, "2027-01-01", "2026-12-31")
    with pytest.raises(dsg.InputError):
        dsg.timeline(partner, "2027-01-01", "2027-02-30")
