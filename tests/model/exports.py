"""Compare support metrics with the model, and engines with each other, on random exports in any form that is read."""

from __future__ import annotations

import datetime
import shutil
import tempfile
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import designation as dsg

from . import metrics as model
from .engine_texts import compare_engines
from .export_forms import Row, Table, Value, lazy_frame, write_table

PERIOD = (datetime.date(2026, 1, 1), datetime.date(2026, 3, 31))
DAYS = ("2025-12-31", "2026-01-01", "2026-01-15", "2026-02-28", "2026-03-31", "2026-04-01")
TIMES = ("", "", "T00:00:00", "T08:30:00", "T23:59:59")
ZONED = ("", "T08:30:00Z", "T23:59:59+02:00", "T22:15:00-05:00", "T01:30:00+05:30")
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata")
BROKEN = (None, "", "  ", "x", "2026-02-30", "0001-01-01", "0001-01-01T00:00:00")
IDS = ("1", "2", " 2", "3 ", "3", "4", "5", "A-6", "a-6", "\u00a05", "it's", '"7"', "8;9", "8,9", None, "", " ")
FACES = {"happy": 5.0, "neutral": 3.0, "unhappy": 1.0}
CASES = [{"id": str(at), "created": "2026-01-15", "product": product} for at, product in enumerate(("A", "B", None))]
LISTS = ("ours", "Partner Center", "it's", "*")

Found = tuple[Any, Any, str]


class Draw(Random):
    """Random choices of an export: the zone of its times, if they have any, and its values."""

    def __init__(self, seed: str, folder: Path) -> None:
        super().__init__(seed)
        self.folder = folder
        self.zone = self.choice((None, None, *ZONES))

    def day(self) -> Value:
        if self.random() < 0.2:
            return self.choice(BROKEN if self.zone is None else BROKEN[:-1])
        return self.choice(DAYS) + self.choice(TIMES if self.zone is None else ZONED)

    def table(self, rows: list[Row]) -> Table:
        """Repeat some rows, and write all of them."""
        repeated = [*rows, *(self.choice(rows) for _ in range(self.choice((0, 0, 0, 2))))]
        rows[:] = repeated
        return write_table(rows, self.folder, self)

    def columns(self, table: Table, *roles: str, **others: Any) -> dict[str, Any]:
        """Return the column mapping of a table."""
        zone = {} if self.zone is None else {"zone": self.zone}
        return {role: table.names[role] for role in roles} | zone | others

    def case_rows(self) -> list[Row]:
        """Return rows of which at least one has a date, and one a known escalation."""
        flags = ("yes", "yes", "yes", "no", None, " ")
        rows: list[Row] = [
            {
                "id": self.choice(IDS),
                "created": self.day(),
                "closed": self.day(),
                "escalated": self.choice(flags),
                "product": self.choice(("A", "B", " B", None)),
                "customer": self.choice(("X", "X ", "Y", "", None)),
            }
            for _ in range(self.randrange(1, 12))
        ]
        last = {"id": "9", "created": DAYS[2], "closed": DAYS[4], "escalated": "yes", "product": "A", "customer": "X"}
        return [*rows, last]


def compare_case_rate(draw: Draw) -> Found:
    rows, group_of = draw.case_rows(), draw.choice(("first", "last"))
    excluded = draw.choice(((), (), ("2026-02",)))
    table = draw.table(rows)
    rate = dsg.metrics.case_rate(
        table.source,
        {"2026-01": 1, "2026-02": 2, "2026-03": 3},
        PERIOD,
        unit="USD",
        escalated=table.names["escalated"],
        columns=draw.columns(table, "id", "created", "closed", "product"),
        by="product",
        exclude=excluded,
        group_of=group_of,
    )
    expected = model.count_cases(rows, PERIOD, excluded, group_of, draw.zone)
    months = {str(month.key): month.cases for month in rate.months if month.cases}
    groups = {group.key: group.cases for group in rate.by["product"] if group.cases}
    found = model.Cases(months, groups, rate.quality.not_counted)
    return (found, rate.quality.rows), (expected, len(rows)), f"{table} {group_of} {excluded} {rows}"


def compare_events(draw: Draw) -> Found:
    rows, on = draw.case_rows(), draw.choice(("created", "escalated"))
    table = draw.table(rows)
    rate = dsg.metrics.case_rate(
        table.source,
        1,
        PERIOD,
        unit="USD",
        escalated=table.names["escalated"],
        on=on,
        columns=draw.columns(table, "id", "created", like="event-log"),
    )
    expected = model.count_events(rows, PERIOD, on, draw.zone)
    months = {str(month.key): month.cases for month in rate.months if month.cases}
    return (months, rate.quality.not_counted), (expected.months, expected.not_counted), f"{table} {on} {rows}"


def compare_scores(draw: Draw) -> Found:
    scale = draw.choice((None, FACES))
    values = ("1", "2", "3", "4", "5", " 5 ", "6", "0", "x", None, "") if scale is None else (*FACES, "HAPPY", "x", "")
    rows: list[Row] = [
        {"id": draw.choice(IDS), "score": draw.choice(values), "answered": draw.day()}
        for _ in range(draw.randrange(1, 12))
    ]
    rows.append({"id": "9", "score": "4" if scale is None else "happy", "answered": DAYS[2]})
    table = draw.table(rows)
    columns = draw.columns(table, "id", "score", "answered")
    score = dsg.metrics.csat(table.source, PERIOD, scale=scale, off_scale="exclude", exact_values=True, columns=columns)
    expected = model.count_answers(rows, PERIOD, scale, draw.zone)
    answers = [value for value, n in expected.scores.items() for _ in range(n)]
    found = ({value: n for value, n in score.score_counts if n}, score.quality.not_counted, round(score.mean or 0, 9))
    mean = round(sum(answers) / len(answers), 9)
    return found, (expected.scores, expected.not_counted, mean), f"{table} {scale} {rows}"


def compare_lists(draw: Draw) -> Found:
    names = draw.sample(LISTS, draw.choice((2, 2, 3)))
    rows = [draw.case_rows() for _ in names]
    tables = [draw.table(one) for one in rows]
    flagged = draw.random() < 0.7
    tolerance = draw.choice((0, 1, 31))
    pairs = list(zip(names, tables, strict=True))
    found = dsg.metrics.reconcile(
        {name: table.source for name, table in pairs},
        PERIOD,
        tolerance=tolerance,
        columns={name: draw.columns(table, "id", "created", "closed", "customer") for name, table in pairs},
        escalated={name: table.names["escalated"] for name, table in pairs} if flagged else None,
    )
    if not flagged:
        rows = [[row | {"escalated": None} for row in map(dict, one)] for one in rows]
    lists = [model.cases_of(one, PERIOD, draw.zone) for one in rows]
    expected = model.compare_lists(lists, PERIOD, tolerance)
    # Every case of a list counts in its row report, whether it is escalated or not.
    every = [[dict(row) | {"escalated": "yes"} for row in one] for one in rows]
    reports = [model.count_cases(one, PERIOD, (), "first", draw.zone).not_counted for one in every]
    classes = {tuple(map(names.index, one.lists)): one.cases for one in found.classes}
    counts = (found.days_differ, found.escalation_differs, tuple(cases for _, cases in found.outside))
    ours = model.Comparison(classes, *counts, found.candidates or 0)
    not_counted = [found.quality[name].not_counted for name in names]
    return (ours, not_counted), (expected, reports), f"{tables} {tolerance} {flagged} {rows}"


def compare_business(draw: Draw) -> Found:
    is_count, excluded = draw.random() < 0.4, draw.choice(((), ("2026-02",)))
    value = "seats" if is_count else "amount"
    sizes = ("10", "250", "31") if is_count else ("1000.50", "20.0001", "1,234,567.25", "-15", "99")
    draw.zone = None
    rows: list[Row] = [
        {
            "date": draw.choice(("2026-01", "2026-02-03", "2026-02-28", "2026-03", "2026-03-31", "2026-04-01")),
            value: draw.choice(sizes),
            "product": draw.choice(("A", " A", "B", None, "")),
        }
        for _ in range(draw.randrange(8))
    ]
    rows += [{"date": f"2026-0{month}-01", value: "5000", "product": "A"} for month in (1, 2, 3)]
    rows.append({"date": "2026-05-01", value: draw.choice(("x", "", None)), "product": "A"})
    draw.shuffle(rows)
    table = draw.table(rows)
    rate = dsg.metrics.case_rate(
        lazy_frame(CASES),
        table.source,
        PERIOD,
        unit="seats" if is_count else "USD",
        escalated="every",
        by="product",
        business_columns=draw.columns(table, "date", value, "product"),
        exclude=excluded,
    )
    months, groups = model.size_of_business(rows, value, PERIOD, excluded, is_count=is_count)
    size = sum(months.values(), Decimal()) / (len(months) if is_count else 1)
    found = (
        round(rate.size, 6),
        {str(one.key): round(one.size, 6) for one in rate.months if one.size is not None},
        {one.key: round(one.size, 6) for one in rate.by["product"] if one.size is not None},
    )
    expected = (
        round(size, 6),
        {month: round(one, 6) for month, one in months.items()},
        {group: round(one, 6) for group, one in groups.items()},
    )
    return found, expected, f"{table} {excluded} {rows}"


COMPARISONS = (
    *(compare_case_rate, compare_case_rate, compare_case_rate, compare_events, compare_events, compare_events),
    *(compare_scores, compare_scores, compare_scores, compare_business, compare_engines),
    compare_lists,  # which takes ten times as long
)


def find_difference(seed: str, folder: Path) -> str:
    """Return how the package and the model differ about a random export, or an empty string."""
    draw = Draw(seed, folder)
    what = draw.choice(COMPARISONS)
    try:
        found, expected, about = what(draw)
    except Exception as error:
        return f"{seed}: {what.__name__}: {type(error).__name__}: {error}\n"
    return "" if found == expected else f"{seed}: {what.__name__}: {about}\nexpected {expected}\ngot      {found}\n"


def compare(count: int, seed: int, start: int = 0) -> None:
    """Print the first export of a seed on which both differ."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(start, start + count):
            place = Path(folder) / str(number)
            place.mkdir()
            if found := find_difference(f"{seed}/{number}", place):
                print(found, end="")
                return
            shutil.rmtree(place)
