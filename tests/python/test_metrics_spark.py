"""Spark gives the same metrics; ``pytest -m spark`` runs these tests if PySpark and Java are installed."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Iterator
from random import Random
from typing import Any

import pyarrow as pa
import pytest

import designation as dsg
from model import engine_texts

pytestmark = pytest.mark.spark

TABLE = pa.table(
    {
        "id": ["a", "b", "b", " a ", None, "d", "e", "f"],
        "created": [
            "05/01/2026",
            "31/03/2026 23:30",
            "30/03/2026",
            "05/01/2026",
            "05/01/2026",
            "",
            "31/02/2026",
            "01/07/2026",
        ],
        "country": ["se", "DE", "AT", "SE", "DE", "DE", "DE", "DE"],
        "score": ["5", "4", "", "2", "1", "5", "5", "3"],
    }
)


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    sql = pytest.importorskip("pyspark.sql")
    builder = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
    session = (
        builder.config("spark.sql.shuffle.partitions", "2").config("spark.sql.session.timeZone", "UTC").getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def frame(spark: Any, table: pa.Table) -> Any:
    rows = [tuple(row.values()) for row in table.to_pylist()]
    return spark.createDataFrame(rows, ", ".join(f"{name} string" for name in table.column_names))


@pytest.mark.parametrize("rows", ["case", "event"])
def test_spark_gives_the_same_case_rate(spark: Any, rows: str) -> None:
    found, expected = (
        dsg.metrics.case_rate(
            cases,
            {"2026-01": 1, "2026-02": 1, "2026-03": 1},
            "2026-Q1",
            unit="EUR",
            escalated="country!=FI",
            columns={"rows": rows, "zone": "Europe/Berlin", "naive_zone": "UTC"},
            by=["month", "country"],
        )
        for cases in (frame(spark, TABLE), TABLE)
    )
    assert found == expected
    quality = found.quality
    for reason, count in {**quality.not_counted, "counted": quality.counted}.items():
        assert quality.records(reason).count() == count


def test_spark_gives_the_same_csat(spark: Any) -> None:
    options: dict[str, Any] = {"columns": {"answered": "created", "dates": "day_first"}, "by": ["month", "country"]}
    found, expected = (dsg.metrics.csat(table, "2026", **options) for table in (frame(spark, TABLE), TABLE))
    assert found == expected
    assert found.quality.records("blank").count() == found.quality.not_counted["blank"]


def test_spark_reads_dates_and_timestamps_alike(spark: Any) -> None:
    days = spark.createDataFrame([("a", datetime.date(2026, 1, 5)), ("b", None)], "id string, created date")
    assert dsg.metrics.case_rate(days, 1, "2026", unit="EUR", escalated="every").quality.not_counted == {"no_date": 1}
    naive = spark.createDataFrame([("a", datetime.datetime(2026, 1, 31, 23, 30))], "id string, created timestamp_ntz")
    columns = {"zone": "Asia/Tokyo", "naive_zone": "UTC"}
    found = dsg.metrics.case_rate(naive, 1, "2026", unit="EUR", escalated="every", columns=columns, by="month")
    assert [group.key for group in found.months if group.cases] == ["2026-02"]


def test_spark_gives_the_same_business(spark: Any) -> None:
    table = pa.table({"month": ["2026-01", "2026-01"], "amount": ["1.5", "2.25"], "currency": ["EUR", "EUR"]})
    found = dsg.metrics.case_rate(TABLE, frame(spark, table), "2026-01", escalated="every")
    assert (float(found.size), found.unit) == (3.75, "EUR")


def test_spark_reads_the_same_from_texts_that_engines_may_read_differently(spark: Any) -> None:
    draw = Random(26)
    zones = {"T", "Z", "PM", "UTC", "CET", "Jan", "März", "de", "E", "\u212a", "\u017f"}
    characters = [text for text in engine_texts.INSERTED if text not in zones]
    texts = {"answered": engine_texts.DATES, "score": (*engine_texts.SCALE, *engine_texts.WORDS)}
    changed = {
        name: [
            engine_texts.change(text, draw, characters) if draw.random() < 0.5 else text
            for text in draw.choices(some, k=400)
        ]
        for name, some in texts.items()
    }
    columns = {"dates": "day_first", "zone": "UTC", "naive_zone": "UTC", "decimal": ","}
    options: dict[str, Any] = {"scale": engine_texts.SCALE, "off_scale": "exclude", "columns": columns}
    table = pa.table(changed)
    found, expected = (
        dsg.metrics.csat(one, "2026-Q1", exact_values=True, by="score", **options)
        for one in (frame(spark, table), table)
    )
    assert found == expected
    assert {"off_scale", "unreadable_date"} <= {*expected.quality.not_counted}
    assert expected.quality.counted > 20
