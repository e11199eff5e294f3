"""Reconciliation: lists of the same cases are compared exactly, and no list is taken to be right."""

from __future__ import annotations

import csv
import json
import pickle
import random
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet
import pytest

import designation as dsg
from designation.cli import main
from designation.metrics import Reconciliation, reconcile
from support.dataframes import ENGINES

OURS = {
    "id": ["1", "2 ", "3", "4", None],
    "created": ["2026-01-05", "2026-01-07", "2025-12-31", "2026-02-01", "2026-01-01"],
    "customer": ["X", "Y", "Z", "X", "Q"],
    "sent": ["yes", "no", "yes", "", None],
}
THEIRS = {
    "id": ["2", "3", "5", "6", "6"],
    "created": ["2026-01-08", "2026-01-02", "2026-01-06", "x", "2026-05-01"],
    "customer": ["Y", "Z", "X", "X", "X"],
    "sent": ["yes", "yes", "no", "no", "no"],
}
AZURE = {"id": ["2", "7"], "created": ["2026-01-07", "2026-02-03"]}


def compare(tolerance: int = 1, **options: Any) -> Reconciliation:
    lists = {"ours": pl.DataFrame(OURS).lazy(), "theirs": pa.table(THEIRS), "azure": pd.DataFrame(AZURE)}
    given: dict[str, Any] = {"escalated": {"ours": "sent", "theirs": "sent"}} | options
    return reconcile(lists, "2026-Q1", tolerance=tolerance, **given)


def rows_of(relation: Any) -> list[dict[str, Any]]:
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def test_each_case_of_the_union_is_in_one_class() -> None:
    found = compare()
    assert [(one.kind, one.lists, one.cases) for one in found.classes] == [
        ("all", ("ours", "theirs", "azure"), 1),
        ("some", ("ours", "theirs"), 1),
        ("one", ("ours",), 2),
        ("one", ("theirs",), 1),
        ("one", ("azure",), 1),
    ]
    assert found.union == 6 == sum(one.cases for one in found.classes)
    assert (found.in_all, found.differs, dict(found.outside)) == (1, True, {"ours": 1, "theirs": 0, "azure": 0})


@pytest.mark.parametrize(("tolerance", "days"), [(0, 2), (1, 1), (2, 0)])
def test_days_differ_by_more_than_the_tolerance(tolerance: int, days: int) -> None:
    assert compare(tolerance).days_differ == days


def test_escalations_differ_among_known_values_only() -> None:
    assert compare().escalation_differs == 1
    assert compare(escalated={}).escalation_differs == 0


def test_candidates_have_no_list_in_common() -> None:
    found = compare()
    (pair,) = found.candidate_pairs
    assert (found.candidates, pair.first, pair.second, pair.customer, pair.days_apart) == (1, "1", "5", "X", 1)
    assert (pair.first_lists, pair.second_lists) == (("ours",), ("theirs",))
    assert compare(0).candidates == 0
    assert (compare(candidates=False).candidates, compare(candidates=False).candidate_pairs) == (None, ())


def test_at_most_1000_candidates_are_shown_and_all_are_counted() -> None:
    lists = {
        name: pa.table(
            {"id": [f"{name}{n}" for n in range(40)], "created": ["2026-01-01"] * 40, "customer": ["X"] * 40}
        )
        for name in ("a", "b")
    }
    found = reconcile(lists, "2026")
    assert (found.candidates, len(found.candidate_pairs)) == (1600, 1000)


def test_each_list_has_its_own_row_report() -> None:
    quality = compare().quality
    assert quality["ours"].not_counted == {"no_id": 1, "outside_period": 1}
    assert quality["theirs"].not_counted == {"unreadable_date": 1, "outside_period": 1}


@pytest.mark.parametrize("candidates", [True, False])
def test_the_row_report_of_a_list_is_that_of_its_case_rate(candidates: bool) -> None:
    tables = {"ours": pa.table(OURS), "theirs": pa.table(THEIRS), "empty": pa.table({"id": [], "created": []})}
    tables["repeats"] = pa.table(
        {
            "id": ["2", " 2", "8", "8", "8", "9"],
            "created": ["2026-01-01", "2026-02-01", "2026-03-01", "2026-03-02", "2027-01-01", "2026-01-01"],
            "closed": ["2026-01-02", "2026-02-02", "2026-01-02", "2026-04-01", "", ""],
        }
    )
    for normalize in (None, "^0"):
        found = reconcile(tables, "2026-Q1", candidates=candidates, normalize=normalize)
        for name, table in tables.items():
            rate = dsg.metrics.case_rate(table, 1, "2026-Q1", unit="USD", escalated="every")
            assert found.quality[name] == rate.quality
        assert found.quality["repeats"].not_counted == {"impossible_order": 1, "outside_period": 1, "duplicate_id": 1}
        assert found.notes == ("empty: the export is empty: it has no rows",)


def test_lists_are_compared_if_memory_is_too_small(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = compare(candidates=False)
    monkeypatch.setattr("designation.metrics._case_lists.MEMORY", "1KB")
    assert compare(candidates=False) == expected


def test_the_cases_are_a_frame() -> None:
    found = compare()
    rows = rows_of(found.cases())
    assert [row["id"] for row in rows] == ["1", "2", "3", "4", "5", "7"]
    assert rows[1]["lists"] == ["ours", "theirs", "azure"]
    assert (str(rows[1]["day in theirs"]), rows[1]["escalated in ours"]) == ("2026-01-08", False)
    assert [row["id"] for row in rows_of(found.cases("outside"))] == ["3"]
    assert [row["id"] for row in rows_of(found.cases("escalation_differs"))] == ["2"]
    assert [row["id"] for row in rows_of(found.cases("some"))] == ["3"]
    with pytest.raises(KeyError, match="must be one of union, all"):
        found.cases("none")
    again = pickle.loads(pickle.dumps(found))
    assert again == found
    with pytest.raises(LookupError):
        again.cases()


def test_ids_can_be_normalized_further() -> None:
    lists = {"a": pa.table({"id": ["SR-001"], "created": ["2026-01-01"]})}
    lists["b"] = pa.table({"id": ["1"], "created": ["2026-01-01"]})
    assert reconcile(lists, "2026").in_all == 0
    assert reconcile(lists, "2026", normalize="^SR-0*").in_all == 1


@pytest.mark.parametrize("engine", ENGINES)
def test_random_lists_agree_with_sets(engine: str) -> None:
    draw = random.Random(7)
    tables = []
    for _ in range(3):
        ids = [str(draw.randrange(60)) for _ in range(40)]
        days = [f"2026-{draw.choice(['03', '04'])}-{draw.randrange(1, 29):02}" for _ in ids]
        tables.append(pa.table({"id": ids, "created": days}))
    found = reconcile({str(n): ENGINES[engine](table) for n, table in enumerate(tables)}, "2026-04", candidates=False)
    rows = [list(zip(*table.to_pydict().values(), strict=True)) for table in tables]
    union = {one for table in rows for one, day in table if day >= "2026-04"}
    expected: dict[tuple[str, ...], int] = {}
    for one in union:
        key = tuple(str(n) for n, table in enumerate(rows) if one in dict(table))
        expected[key] = expected.get(key, 0) + 1
    assert found.union == len(union)
    assert {one.lists: one.cases for one in found.classes} == expected


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"tolerance": -1}, "/tolerance: must be a whole number of 0 or more, not -1"),
        ({"columns": {"our": {}}}, '/columns: unknown list "our"; did you mean "ours"?'),
        ({"columns": {"ours": {"id": "nr"}}}, "/columns/ours/id: no column for id"),
    ],
)
def test_an_error_is_named(options: dict[str, Any], message: str) -> None:
    with pytest.raises(dsg.InputError) as caught:
        compare(**options)
    assert message in str(caught.value)


def test_at_least_two_lists_are_compared() -> None:
    with pytest.raises(dsg.InputError, match="at least two lists"):
        reconcile({"ours": pa.table(OURS)}, "2026")


def test_the_command_compares_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "ours.csv").write_text("number,opened_at,vendor\n1,2026-01-05,M\n2,2026-01-06,\n", "utf-8")
    tickets = [{"name": "t", "properties": {"supportTicketId": "1", "createdDate": "2026-01-05T10:00:00Z"}}]
    (tmp_path / "azure.json").write_text(json.dumps({"value": tickets}), "utf-8")
    command = ["reconcile", f"ours={tmp_path}/ours.csv", f"az={tmp_path}/azure.json", "--columns", "ours=servicenow"]
    command += ["--columns", "az=azure-support-tickets", "--period", "12 months to 2026-09-30"]
    assert main([*command, "--escalated", "ours=vendor=*", "--cases", str(tmp_path / "cases.csv")]) == 0
    text = capsys.readouterr().out
    assert "Reconciliation of 2 lists, 2025-10-01 to 2026-09-30" in text
    assert max(map(len, text.split("\n"))) <= 80
    with open(tmp_path / "cases.csv", encoding="utf-8", newline="") as file:
        assert [(row["id"], row["class"]) for row in csv.DictReader(file)] == [("1", "all"), ("2", "one")]
    assert main([*command, "--fail-on", "differs", "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["classes"][1] == {"kind": "one", "lists": ["ours"], "cases": 1}
    assert main([*command, "--column", "ours:dates=iso", "--cases", "x.txt"]) == 2
