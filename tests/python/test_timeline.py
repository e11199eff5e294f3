"""Timelines and next changes agree with the model day by day."""

from __future__ import annotations

import copy
import datetime
import itertools
import pathlib
import pickle
import time
from random import Random
from typing import Any

import pytest

import designation as dsg
from designation._answers.difference import find_differences
from model import timeline as reference
from model.generator import generate


@pytest.mark.parametrize("block", range(10))
def test_timelines_agree_with_the_model_day_by_day(block: int) -> None:
    for number in range(block * 100, block * 100 + 100):
        reference.check(generate(Random(f"timeline/{number}")))


def test_a_timeline_that_misses_a_change_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def without_second_segment(*arguments: object) -> dsg.Timeline:
        line = exact(*arguments)
        return dsg.Timeline(line.segments[:1] + line.segments[2:])

    exact: Any = dsg.timeline
    monkeypatch.setattr(dsg, "timeline", without_second_segment)
    assert reference.compare(50, 1)


def test_two_hundred_years_take_little_longer_than_five_years() -> None:
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
    with pytest.raises(ValueError, match="end on or after its first day"):
        dsg.timeline(partner, "2027-01-01", "2026-12-31")
    with pytest.raises(dsg.InputError):
        dsg.timeline(partner, "2027-01-01", "2027-02-30")


def test_the_timeline_of_many_records_takes_no_longer_than_their_days() -> None:
    def seconds(count: int) -> float:
        days = [str(datetime.date(1950, 1, 1) + datetime.timedelta(2 * number)) for number in range(count)]
        contracts = [{"type": "psfp", "from": day, "through": day} for day in days]
        partner = dsg.parse_partner({"id": "p", "support_contracts": contracts, "events": []})
        times = []
        for _ in range(3):
            began = time.process_time()
            line = dsg.timeline(partner, "1950-01-01", "2199-12-31")
            times.append(time.process_time() - began)
        assert len(line.segments) >= 2 * count - 1
        return min(times)

    assert seconds(12_000) < 8 * seconds(3_000)  # 16 times if each date looked at each record


def test_the_changes_of_many_events_take_no_longer_than_their_days() -> None:
    def seconds(count: int) -> float:
        days = [str(datetime.date(2020, 1, 1) + datetime.timedelta(2 * number)) for number in range(count)]
        events = [{"on": day, "type": "csat_evaluated", "outcome": "pass"} for day in days]
        line = dsg.timeline(dsg.parse_partner({"id": "p", "events": events}), "2020-01-01", "2199-12-31")
        times = []
        for _ in range(3):
            began = time.process_time()
            for one, other in itertools.pairwise(line.segments):
                assert find_differences(one.assessment, other.assessment)
            times.append(time.process_time() - began)
        return min(times)

    assert seconds(4_000) < 8 * seconds(1_000)  # 16 times if each change looked at each event
