"""Portfolios from documents and long tables: their content, and the problems of rows that are not used."""

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
from long_tables import PARTNERS, SHEETS, Json, answer, known, long_table, rows_of
from model.generator import generate

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
    def test_documents_keep_their_assessment_in_a_table(self) -> None:
        cases = [dsg.parse_partner(generate(Random(f"portfolio/{number}"))["partner"]) for number in range(300)]
        portfolio = dsg.portfolio.from_documents({**case.to_dict(), "id": str(i)} for i, case in enumerate(cases))
        assert len(portfolio) == len(cases)
        for case, document in zip(cases, portfolio.documents(), strict=True):
            assert {**answer(document), "partner": None} == {**answer(case), "partner": None}

    def test_lines_are_written_and_read_back(self, tmp_path: Path) -> None:
        portfolio = dsg.portfolio.from_documents(PARTNERS)
        path = tmp_path / "partners.ndjson"
        assert dsg.portfolio.to_documents(portfolio, path) == len(PARTNERS)
        assert [answer(json.loads(line)) for line in path.read_text("utf-8").splitlines()] == list(
            map(answer, PARTNERS)
        )
        assert dsg.portfolio.from_documents(path).table.equals(portfolio.table)
        assert dsg.portfolio.to_documents(pl.DataFrame(portfolio), path) == len(PARTNERS)

    def test_the_error_lists_every_problem_of_every_line(self, tmp_path: Path) -> None:
        path = tmp_path / "partners.ndjson"
        path.write_text('{"id": "a"}\n{"id": "a"}\n\n{"id": 1, "event": []}\n[\n', "utf-8")
        with pytest.raises(dsg.InputError) as caught:
            dsg.portfolio.from_documents(path)
        assert str(caught.value).splitlines() == [
            f'{path}:2:1: /id: id "a" is already on line 1 [duplicate]',
            f"{path}:4:8: /id: must be a string, not 1 [type]",
            f'{path}:4:11: /event: unknown key "event"; did you mean "events"? [unknown_key]',
            f"{path}:5:1: syntax error while parsing value - unexpected end of input; "
            "expected '[', '{', or a literal [syntax]",
        ]
        portfolio = dsg.portfolio.from_documents(path, on_error="exclude")
        assert [document["id"] for document in portfolio.documents()] == ["a"]
        assert repr(portfolio) == "<Portfolio: 1 partners, 3 rows not used>"

    def test_no_documents_give_an_empty_table(self) -> None:
        portfolio = dsg.portfolio.from_documents([])
        assert (len(portfolio), portfolio.table.num_columns, list(portfolio.documents())) == (0, 6, [])

    def test_other_libraries_can_read_a_portfolio(self) -> None:
        portfolio = dsg.portfolio.from_documents(PARTNERS)
        assert pl.DataFrame(portfolio).height == len(PARTNERS)
        assert pa.table(portfolio).equals(portfolio.table)
        assert len(duckdb.from_arrow(portfolio.table).fetchall()) == len(PARTNERS)

    def test_an_unknown_value_of_on_error_is_an_error(self) -> None:
        with pytest.raises(ValueError, match='"raise" or "exclude"'):
            dsg.portfolio.from_documents([], on_error="ignore")  # type: ignore[arg-type]


class TestTables:
    @pytest.mark.parametrize("kind", FRAMES)
    def test_partners_keep_their_assessment_in_long_tables_of_any_library(self, kind: str) -> None:
        partners = [partner for partner in PARTNERS if known(partner)]
        assert len(partners) > 10
        names = pa.table({"id": [one.id for one in partners], "name": [one.name for one in partners]})
        tables = {sheet: long_table([row for one in partners for row in rows_of(one, sheet)]) for sheet in SHEETS}
        convert = FRAMES[kind]
        records = {sheet: convert(table) for sheet, table in tables.items()}
        portfolio = dsg.portfolio.from_tables(convert(names), **records)
        assert portfolio.unused == ()
        assert list(map(answer, portfolio.documents())) == list(map(answer, partners))

    def test_an_omitted_table_is_unknown_and_a_table_without_a_row_means_none(self) -> None:
        events = pa.table({"partner_id": ["b"], "on": ["2026-03-02"], "type": ["badge_awarded"]})
        portfolio = dsg.portfolio.from_tables(pa.table({"id": ["a", "b"]}), events=events)
        assert list(portfolio.documents()) == [
            {"id": "a", "events": []},
            {"id": "b", "events": [{"on": "2026-03-02", "type": "badge_awarded"}]},
        ]

    def test_a_column_without_values_and_a_timestamp_at_midnight_are_valid(self) -> None:
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

    def test_tables_without_rows_give_a_portfolio_without_partners(self) -> None:
        none = pa.table({"id": pa.array([], pa.string())})
        events = pa.table({name: pa.array([], pa.string()) for name in ("partner_id", "on", "type")})
        assert len(dsg.portfolio.from_tables(none, events=events)) == 0

    def test_rows_keep_their_order(self) -> None:
        on = [datetime.date(2026, 1, 1) + datetime.timedelta(days) for days in (5, 3, 9, 1)]
        events = pa.table({"partner_id": ["a", "b", "a", "a"], "on": on, "type": ["badge_awarded"] * 4})
        first, _ = dsg.portfolio.from_tables(pa.table({"id": ["a", "b"]}), events=events).documents()
        assert [event["on"] for event in first["events"]] == ["2026-01-06", "2026-01-10", "2026-01-02"]

    def test_the_error_lists_every_row_that_is_not_used(self) -> None:
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
        portfolio = dsg.portfolio.from_tables(partners, events=events, on_error="exclude")
        assert portfolio.unused == caught.value.diagnostics
        assert [len(document["events"]) for document in portfolio.documents()] == [1]

    @pytest.mark.parametrize(
        ("partners", "events", "message"),
        [
            ({"id": [1]}, None, 'partners: column "id" must be string: its type is int64 [type]'),
            ({"idd": ["a"]}, None, 'partners: missing column "id"; the table has idd [missing_column]'),
            ({"id": ["a"]}, {"partner_id": ["a"], "on": [1.5]}, 'events: missing column "type"'),
            (
                {"id": ["a"]},
                {"partner_id": ["a"], "on": ["2026-13-01"], "type": ["badge_awarded"]},
                'events: column "on" must be date32[day]: ',
            ),
            (
                {"id": ["a"]},
                {"partner_id": ["a"], "on": [datetime.datetime(2026, 3, 2, 12)], "type": ["badge_awarded"]},
                'events: column "on" must be date32[day]: a value of type timestamp[us] would lose precision [type]',
            ),
            (
                {"id": ["a"]},
                {"partner_id": ["a"], "on": ["2026-03-02"], "type": ["csat_evaluated"], "cases": [1.5]},
                'events: column "cases" must be int64: ',
            ),
        ],
    )
    def test_an_invalid_column_is_an_error(self, partners: Json, events: Json | None, message: str) -> None:
        with pytest.raises(dsg.InputError) as caught:
            dsg.portfolio.from_tables(pa.table(partners), events=events and pa.table(events))
        assert str(caught.value).startswith(message)
