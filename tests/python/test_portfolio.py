"""Portfolios from documents and long tables: their contents, and their reports of unused rows."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import narwhals
import polars as pl
import pyarrow as pa
import pytest

import designation as dsg
from model.generator import generate
from support.long_tables import PARTNERS, SHEETS, Json, assess, has_all_lists, long_table, rows_of

FRAMES: dict[str, Any] = {
    "pyarrow": lambda table: table,
    "pandas": lambda table: table.to_pandas(),
    "polars": pl.from_arrow,
    "polars lazy": lambda table: pl.DataFrame(table).lazy(),
    "duckdb": duckdb.from_arrow,
    "narwhals": lambda table: narwhals.from_native(pl.DataFrame(table)),
    "categories": lambda table: pl.DataFrame(table).with_columns(pl.col(pl.String).cast(pl.Categorical)),
}


class TestDocuments:
    def test_a_table_gives_the_assessments_of_its_documents(self) -> None:
        cases = [dsg.parse_partner(generate(Random(f"portfolio/{number}"))["partner"]) for number in range(300)]
        made = dsg.portfolio.from_documents({**case.to_dict(), "id": str(at)} for at, case in enumerate(cases))
        assert len(made) == len(cases)
        for case, document in zip(cases, made.documents(), strict=True):
            ours, theirs = assess(document), assess(case)
            assert {**ours, "partner": None} == {**theirs, "partner": None}

    def test_documents_are_written_and_read_back(self, tmp_path: Path) -> None:
        made = dsg.portfolio.from_documents(PARTNERS)
        path = tmp_path / "partners.ndjson"
        assert dsg.portfolio.to_documents(made, path) == len(PARTNERS)
        assert [assess(json.loads(line)) for line in path.read_text("utf-8").splitlines()] == list(
            map(assess, PARTNERS)
        )
        assert dsg.portfolio.from_documents(path).table.equals(made.table)
        assert dsg.portfolio.to_documents(pl.DataFrame(made), path) == len(PARTNERS)

    def test_every_problem_of_every_line_is_reported(self, tmp_path: Path) -> None:
        path = tmp_path / "partners.ndjson"
        path.write_text('{"id": "a"}\n{"id": "a"}\n\n{"id": 1, "event": []}\n[\n', "utf-8")
        with pytest.raises(dsg.InputError) as caught:
            dsg.portfolio.from_documents(path)
        assert str(caught.value).splitlines() == [
            f'{path}:2:1: /id: id "a" is already on line 1 [duplicate]',
            f"{path}:4:8: /id: must be a string, not 1 [type]",
            f'{path}:4:11: /event: unknown key "event"; did you mean "events"? [unknown_key]',
            f"{path}:5:2: expected a value, not the end of the document [syntax]",
        ]
        made = dsg.portfolio.from_documents(path, on_error="exclude")
        assert [document["id"] for document in made.documents()] == ["a"]
        assert repr(made) == "<Portfolio: 1 partner, 3 rows not used>"

    def test_no_documents_give_an_empty_table(self) -> None:
        made = dsg.portfolio.from_documents([])
        assert (len(made), made.table.num_columns, list(made.documents())) == (0, 6, [])

    def test_other_libraries_read_the_table(self) -> None:
        made = dsg.portfolio.from_documents(PARTNERS)
        assert pl.DataFrame(made).height == len(PARTNERS)
        assert pa.table(made).equals(made.table)
        assert len(duckdb.from_arrow(made.table).fetchall()) == len(PARTNERS)

    def test_an_unknown_value_of_errors_is_refused(self) -> None:
        with pytest.raises(ValueError, match='"raise" or "exclude"'):
            dsg.portfolio.from_documents([], on_error="ignore")  # type: ignore[arg-type]


class TestTables:
    @pytest.mark.parametrize("kind", FRAMES)
    def test_long_tables_of_any_library_give_the_partners_assessments(self, kind: str) -> None:
        partners = [partner for partner in PARTNERS if has_all_lists(partner)]
        assert len(partners) > 10
        named = pa.table({"id": [one.id for one in partners], "name": [one.name for one in partners]})
        tables = {sheet: long_table([row for one in partners for row in rows_of(one, sheet)]) for sheet in SHEETS}
        turn = FRAMES[kind]
        made = dsg.portfolio.from_tables(turn(named), **{sheet: turn(table) for sheet, table in tables.items()})
        assert made.unused == ()
        assert list(map(assess, made.documents())) == list(map(assess, partners))

    def test_a_missing_table_is_unknown_and_a_missing_row_is_an_empty_list(self) -> None:
        events = pa.table({"partner_id": ["b"], "on": ["2026-03-02"], "type": ["badge_awarded"]})
        made = dsg.portfolio.from_tables(pa.table({"id": ["a", "b"]}), events=events)
        assert list(made.documents()) == [
            {"id": "a", "events": []},
            {"id": "b", "events": [{"on": "2026-03-02", "type": "badge_awarded"}]},
        ]

    def test_a_column_without_values_and_a_day_at_midnight_are_read(self) -> None:
        events = pa.table(
            {
                "partner_id": ["a"],
                "on": [datetime.datetime(2026, 3, 2)],
                "type": ["csat_evaluated"],
                "outcome": ["pass"],
                "score": pa.nulls(1),
            }
        )
        (document,) = dsg.portfolio.from_tables(pa.table({"id": ["a"]}), events=events).documents()
        assert document["events"] == [{"on": "2026-03-02", "type": "csat_evaluated", "outcome": "pass"}]

    def test_tables_without_rows_make_a_portfolio_without_partners(self) -> None:
        none = pa.table({"id": pa.array([], pa.string())})
        events = pa.table({name: pa.array([], pa.string()) for name in ("partner_id", "on", "type")})
        assert len(dsg.portfolio.from_tables(none, events=events)) == 0

    def test_rows_keep_their_order(self) -> None:
        on = [datetime.date(2026, 1, 1) + datetime.timedelta(days) for days in (5, 3, 9, 1)]
        events = pa.table({"partner_id": ["a", "b", "a", "a"], "on": on, "type": ["badge_awarded"] * 4})
        first, _ = dsg.portfolio.from_tables(pa.table({"id": ["a", "b"]}), events=events).documents()
        assert [event["on"] for event in first["events"]] == ["2026-01-06", "2026-01-10", "2026-01-02"]

    def test_every_unused_row_is_named(self) -> None:
        partners = pa.table({"id": ["a", "a", None, ""]})
        events = pa.table({"partner_id": ["a", "z", None], "on": ["2026-03-02"] * 3, "type": ["badge_awarded"] * 3})
        with pytest.raises(dsg.InputError) as caught:
            dsg.portfolio.from_tables(partners, events=events)
        assert [(one.file, one.line, one.code) for one in caught.value.diagnostics] == [
            ("partners", 3, "type"),
            ("partners", 4, "type"),
            ("partners", 2, "duplicate"),
            ("events", 2, "unmatched"),
            ("events", 3, "unmatched"),
        ]
        made = dsg.portfolio.from_tables(partners, events=events, on_error="exclude")
        assert made.unused == caught.value.diagnostics
        assert [len(document["events"]) for document in made.documents()] == [1]

    @pytest.mark.parametrize(
        ("partners", "events", "message"),
        [
            (
                {"id": [1]},
                None,
                'partners: column "id" must be text, not 1; convert ids to text, with their leading zeros [type]',
            ),
            ({"idd": ["a"]}, None, 'partners: missing column "id"; the table has idd [missing_column]'),
            ({"id": ["a"]}, {"partner_id": ["a"], "on": [1.5]}, 'events: missing column "type"'),
            (
                {"id": ["a"]},
                {"partner_id": ["a"], "on": ["2026-13-01"], "type": ["badge_awarded"]},
                'events:1:2: column "on" must be a date as "YYYY-MM-DD", not "2026-13-01" [type]',
            ),
            (
                {"id": ["a"]},
                {"partner_id": ["a"], "on": [datetime.datetime(2026, 3, 2, 12)], "type": ["badge_awarded"]},
                'events: column "on" must be a date without a time of day, not 2026-03-02T12:00:00 [type]',
            ),
            (
                {"id": ["a"]},
                {"partner_id": ["a"], "on": ["2026-03-02"], "type": ["csat_evaluated"], "cases": [1.5]},
                'events: column "cases" must be a whole number, not 1.5 [type]',
            ),
        ],
    )
    def test_an_unknown_column_is_named(self, partners: Json, events: Json | None, message: str) -> None:
        with pytest.raises(dsg.InputError) as caught:
            dsg.portfolio.from_tables(pa.table(partners), events=events and pa.table(events))
        assert str(caught.value).startswith(message)
