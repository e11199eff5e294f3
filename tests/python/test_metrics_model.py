"""The case rate and CSAT of generated exports are those of an independent model."""

from __future__ import annotations

import datetime
import random
from typing import Any

import polars as pl
import pytest

import designation as dsg
from model import metrics as model

ROUNDS = 4
EXPORTS = 2000 // (3 * ROUNDS) + 1  # in each round of each of the three tests
SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, ROUNDS))]
PERIOD = (datetime.date(2026, 1, 1), datetime.date(2026, 3, 31))
DAYS = ("2025-12-31", "2026-01-01", "2026-01-15", "2026-02-28", "2026-03-31", "2026-04-01")
TIMES = ("", "", "T00:00:00", "T08:30:00", "T23:59:59")
BROKEN = (None, "", "  ", "x", "2026-02-30", "0001-01-01", "0001-01-01T00:00:00")
IDS = ("1", "2", " 2", "3 ", "3", "4", "5", "A-6", "a-6", None, "", " ")
FACES = {"happy": 5.0, "neutral": 3.0, "unhappy": 1.0}


def day(draw: random.Random) -> str | None:
    return draw.choice(BROKEN) if draw.random() < 0.2 else draw.choice(DAYS) + draw.choice(TIMES)


def frame(rows: list[dict[str, str | None]]) -> Any:
    return pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String)).lazy()


def case_rows(draw: random.Random) -> list[dict[str, str | None]]:
    """Generate rows of which at least one has a date, and one a known escalation."""
    flags = ("yes", "yes", "yes", "no", None, " ")
    rows: list[dict[str, str | None]] = [
        {
            "id": draw.choice(IDS),
            "created": day(draw),
            "closed": day(draw),
            "escalated": draw.choice(flags),
            "product": draw.choice(("A", "B", " B", None)),
        }
        for _ in range(draw.randrange(1, 12))
    ]
    first: dict[str, str | None] = {
        "id": "9",
        "created": DAYS[2],
        "closed": DAYS[4],
        "escalated": "yes",
        "product": "A",
    }
    return [*rows, first]


@pytest.mark.parametrize("seed", SEEDS)
def test_case_rates_agree_with_the_model(seed: int) -> None:
    draw = random.Random(seed)
    for _ in range(EXPORTS):
        rows, group_of = case_rows(draw), draw.choice(("first", "last"))
        excluded = draw.choice(((), (), ("2026-02",)))
        rate = dsg.metrics.case_rate(
            frame(rows),
            {"2026-01": 1, "2026-02": 2, "2026-03": 3},
            PERIOD,
            unit="USD",
            escalated="escalated",
            by="product",
            exclude=excluded,
            group_of=group_of,
        )
        expected = model.count_cases(rows, PERIOD, excluded, group_of)
        found = model.Cases(
            {str(month.key): month.cases for month in rate.months if month.cases},
            {group.key: group.cases for group in rate.by["product"]},
            rate.quality.not_counted,
        )
        assert found == expected, rows
        assert rate.quality.rows == len(rows)


@pytest.mark.parametrize("seed", SEEDS)
def test_event_logs_agree_with_the_model(seed: int) -> None:
    draw = random.Random(100 + seed)
    for _ in range(EXPORTS):
        rows, on = case_rows(draw), draw.choice(("created", "escalated"))
        rate = dsg.metrics.case_rate(
            frame(rows),
            1,
            PERIOD,
            unit="USD",
            escalated="escalated",
            on=on,
            columns={"like": "event-log", "id": "id", "created": "created"},
        )
        expected = model.count_events(rows, PERIOD, on)
        months = {str(month.key): month.cases for month in rate.months if month.cases}
        assert (months, rate.quality.not_counted) == (expected.months, expected.not_counted), rows


@pytest.mark.parametrize("seed", SEEDS)
def test_scores_agree_with_the_model(seed: int) -> None:
    draw = random.Random(200 + seed)
    for _ in range(EXPORTS):
        scale = draw.choice((None, FACES))
        values = (
            ("1", "2", "3", "4", "5", " 5 ", "6", "0", "x", None, "") if scale is None else (*FACES, "HAPPY", "x", "")
        )
        rows: list[dict[str, str | None]] = [
            {"id": draw.choice(IDS), "score": draw.choice(values), "answered": day(draw)}
            for _ in range(draw.randrange(1, 12))
        ]
        rows.append({"id": "9", "score": "4" if scale is None else "happy", "answered": DAYS[2]})
        score = dsg.metrics.csat(frame(rows), PERIOD, scale=scale, off_scale="exclude", exact_values=True)
        expected = model.count_answers(rows, PERIOD, scale)
        assert {value: n for value, n in score.score_counts if n} == expected.scores, rows
        assert score.quality.not_counted == expected.not_counted, rows
        answers = [value for value, n in expected.scores.items() for _ in range(n)]
        assert score.mean == pytest.approx(sum(answers) / len(answers))
