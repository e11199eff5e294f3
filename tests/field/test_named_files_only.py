"""Only the files that were named are read, as they are: no network, no partitions, no patterns in names that exist."""

from __future__ import annotations

import os
import select
import socket
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet
import pytest

import designation as dsg
from designation.cli import main
from designation.metrics import _files
from designation.metrics._source import read_table
from support.dataframes import rows_of

ROWS = [
    {"id": 1, "created": "2026-01-05", "country": "SE", "score": 1, "amount": 5},
    {"id": 2, "created": "2026-02-05", "country": "SE", "score": 2, "amount": 5},
    {"id": 3, "created": "2026-03-05", "country": "DK", "score": 1, "amount": 5},
]


def cases_of(source: Any, **options: Any) -> int:
    return dsg.metrics.case_rate(source, 12, "2026-Q1", unit="seats", escalated="every", **options).cases


def write(folder: Path, text: str, name: str = "cases.csv") -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder / name


def write_table(folder: Path, ending: str, frame: pd.DataFrame) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"cases.{ending}"
    if ending == "csv":
        frame.to_csv(path, index=False)
    elif ending == "parquet":
        frame.to_parquet(path)
    else:
        path.write_text(frame.to_json(orient="records", lines=ending == "ndjson"), "utf-8")
    return path


@pytest.mark.parametrize("ending", ["csv", "parquet", "ndjson", "json"])
def test_the_name_of_a_folder_replaces_no_column(ending: str, tmp_path: Path) -> None:
    folder = tmp_path / "country=NO" / "created=2020-01-01" / "id=7" / "score=5" / "amount=1"
    path = write_table(folder, ending, pd.DataFrame(ROWS))
    rate = dsg.metrics.case_rate(path, 12, "2026-H1", unit="seats", escalated="every", by="country")
    assert {group.key: group.cases for group in rate.by["country"]} == {"SE": 2, "DK": 1}
    assert dsg.metrics.csat(path, columns={"answered": "created"}).mean == pytest.approx(4 / 3)
    amounts = {"date": "created", "amount": "amount"}
    used = dsg.metrics.case_rate(path, path, "2026-Q1", escalated="every", unit="USD", business_columns=amounts)
    assert (used.cases, used.size) == (3, Decimal(15))


SPECIAL = ("*", "__id", "__ROW", "__reason")  # to the engines, and in our own queries


@pytest.mark.parametrize("name", SPECIAL)
@pytest.mark.parametrize("ending", ["csv", "parquet", "ndjson", "json"])
def test_a_column_with_a_special_name_is_one_column(ending: str, name: str, tmp_path: Path) -> None:
    path = write_table(tmp_path, ending, pd.DataFrame(ROWS).rename(columns={"country": name}))
    rate = dsg.metrics.case_rate(path, 12, "2026-H1", unit="seats", escalated="every", by=name)
    assert sorted(group.cases for group in next(iter(rate.by.values()))) == [1, 2]


@pytest.mark.parametrize("name", SPECIAL)
@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pl.LazyFrame, pa.Table.from_pylist, None])
def test_a_frame_with_a_column_with_a_special_name_is_read(make: Any, name: str) -> None:
    rows = [{**row, name: row["country"]} for row in ROWS]
    frame = duckdb.from_arrow(pa.Table.from_pylist(rows)) if make is None else make(rows)
    rate = dsg.metrics.case_rate(frame, 12, "2026-H1", unit="seats", escalated="every", by=name)
    assert sorted(group.cases for group in next(iter(rate.by.values()))) == [1, 2]
    records = rows_of(rate.quality.records("counted"))
    assert [row[f"{name} "] for row in records] == [row["country"] for row in records]


def test_a_breakdown_of_the_business_can_have_the_name_of_a_month() -> None:
    sizes = [{"date": "2026-01", "seats": 5, "month": "A"}, {"date": "2026-01", "seats": 7, "month": "B"}]
    rate = dsg.metrics.case_rate(
        pl.DataFrame(ROWS),
        pl.DataFrame(sizes),
        "2026-01",
        escalated="every",
        by="product",
        columns={"product": "country"},
        business_columns={"product": "month"},
    )
    assert {one.key: int(one.size) for one in rate.by["product"] if one.size} == {"A": 5, "B": 7}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("e.csv", "id,created,\n1,2026-01-05,\n"),
        ("e.json", '[{"id": "1", "created": "2026-01-05", "": 1}]'),
        ("e.ndjson", '{"id": "1", "created": "2026-01-05", "": {"a": 1}, "b": {"": 2}}\n'),
        ("q.json", '[{"id": "1", "created": "2026-01-05", "a\\"b": 1}]'),
    ],
)
def test_a_column_without_a_name_is_ignored(name: str, text: str, tmp_path: Path) -> None:
    assert cases_of(write(tmp_path, text, name)) == 1


def test_a_file_that_exists_is_no_pattern(tmp_path: Path, capsys: Any) -> None:
    write(tmp_path, "id,created\n1,2026-01-05\n2,2026-01-06\n", "base.csv")
    for name in ("[ab]ase.csv", "b*.csv"):
        assert cases_of(write(tmp_path, "id,created\n1,2026-01-05\n", name)) == 1
    (tmp_path / "base.ndjson").write_text('{"id": "a"}\n{"id": "b"}\n', "utf-8")
    (tmp_path / "b*.ndjson").write_text('{"id": "c"}\n', "utf-8")
    assert main(["check", str(tmp_path / "b*.ndjson")]) == 0
    assert capsys.readouterr().out.startswith("1 partner can be read")


class TestRepeatedColumnsOfParquet:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        ids, days = pa.array(["1", "2", "2"]), pa.array(["2026-01-05", "2026-01-06", "2026-01-07"])
        names = ["id", "created", "Country", "country", "country", "*"]
        table = pa.table([ids, days, pa.array(list("aab")), pa.array(list("ccc")), pa.array(list("ddd")), ids], names)
        pa.parquet.write_table(table, tmp_path / "cases.parquet")
        return tmp_path / "cases.parquet"

    def test_one_that_is_not_asked_for_does_not_matter(self, path: Path) -> None:
        assert cases_of(path) == 2

    def test_one_that_is_asked_for_needs_a_number(self, path: Path) -> None:
        with pytest.raises(dsg.InputError, match="differ only in case; ask for one of them by its number"):
            cases_of(path, by="country")
        rate = dsg.metrics.case_rate(path, 12, "2026-Q1", unit="seats", escalated="every", by="country[2]")
        assert [group.cases for group in next(iter(rate.by.values()))] == [2]

    def test_several_files_have_the_same_numbers(self, path: Path) -> None:
        (path.parent / "more.parquet").write_bytes(path.read_bytes())
        rate = dsg.metrics.case_rate(
            path.parent / "*.parquet", 12, "2026-Q1", unit="seats", escalated="every", by="country[3]"
        )
        assert [group.cases for group in next(iter(rate.by.values()))] == [2]


class TestNetwork:
    @pytest.mark.parametrize("address", ["s3://bucket/x.parquet", "http://127.0.0.1:9/x.csv", "file:///etc/hosts"])
    @pytest.mark.parametrize("command", ["portfolio", "assess", "case-rate", "reconcile", "convert"])
    def test_an_address_is_the_name_of_a_file_that_is_not_there(
        self, command: str, address: str, tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        server = socket.create_server(("127.0.0.1", 0))
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.getsockname()[1]}")
        for name, value in (("REGION", "x"), ("ACCESS_KEY_ID", "fake"), ("SECRET_ACCESS_KEY", "fake")):
            monkeypatch.setenv(f"AWS_{name}", value)
        more = {
            "portfolio": ["-o", str(tmp_path / "o.csv")],
            "convert": ["-o", str(tmp_path / "o.csv")],
            "case-rate": ["--business", "1", "--unit", "USD", "--period", "2026", "--escalated", "every"],
            "reconcile": [f"b={address}", "--period", "2026"],
        }
        first = f"a={address}" if command == "reconcile" else address
        assert main([command, first, *more.get(command, [])]) == 2
        assert "No such file or directory" in capsys.readouterr().err
        assert select.select([server], [], [], 0)[0] == [], "nothing connected to the server"
        server.close()

    def test_the_database_reads_only_the_files_of_its_tables(self, tmp_path: Path) -> None:
        path, other = write(tmp_path, "id\n1\n"), write(tmp_path, "id\n2\n", "other.csv")
        connection = read_table(path, "cases").connection
        assert connection.read_csv(str(path)).fetchall() == [(1,)]
        queries = (
            f"SELECT * FROM read_csv('{other}')",
            "SELECT * FROM read_text('/etc/hosts')",
            "SELECT * FROM 'https://127.0.0.1/x.csv'",
            "INSTALL httpfs",
            "LOAD httpfs",
            "SET enable_external_access = true",
            f"COPY (SELECT 1) TO '{tmp_path / 'out.csv'}'",
            f"ATTACH '{tmp_path / 'x.db'}'",
        )
        for query in queries:
            with pytest.raises(duckdb.Error):
                connection.execute(query).fetchall()
        assert sorted(os.listdir(tmp_path)) == ["cases.csv", "other.csv"]

    def test_databases_are_opened_in_one_place(self) -> None:
        package = Path(dsg.__file__).parent
        users = [path for path in package.rglob("*.py") if "duckdb" in path.read_text("utf-8")]
        opened = [path.name for path in users if ".connect(" in path.read_text("utf-8")]
        assert opened == [Path(_files.__file__).name]


def test_a_number_is_no_file(tmp_path: Path) -> None:
    read, write_end = os.pipe()
    number: Any = read
    made = dsg.portfolio
    calls: list[Any] = [dsg.load, dsg.assess, dsg.load_policy, dsg.rulebooks.load, dsg.check]
    for call in (*calls, made.load, made.from_documents, made.from_csv, made.from_excel):
        with pytest.raises((TypeError, dsg.InputError)):
            call(number)
        os.fstat(read)
    with pytest.raises(TypeError):
        dsg.convert([{"id": "a"}], number)
    os.fstat(read)
    os.close(read)
    os.close(write_end)
