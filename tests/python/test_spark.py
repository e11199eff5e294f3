"""Spark gives the results of a single machine, in one process and with separate executors."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest

import designation as dsg
from support.long_tables import AS_OF, PARTNERS

pytestmark = pytest.mark.spark
pyspark = pytest.importorskip("pyspark", reason="an environment of its own: scripts/test --all")


@pytest.fixture(scope="module", params=["local[2]", "local-cluster[2,1,1024]"])
def session(request: pytest.FixtureRequest) -> Iterator[Any]:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    from pyspark.sql import SparkSession

    made = (
        SparkSession.builder.master(request.param)
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.executor.memory", "1g")
        .getOrCreate()
    )
    made.sparkContext.setLogLevel("ERROR")
    yield made
    made.stop()


@pytest.fixture
def portfolio() -> Any:
    copies = [{**partner.to_dict(), "id": f"{partner.id} {copy}"} for copy in range(40) for partner in PARTNERS]
    return dsg.portfolio.from_documents(copies).table


def rows(table: Any) -> list[dict[str, Any]]:
    return sorted(table.to_pylist(), key=lambda row: (row["id"], row["as_of"]))


def plain(table: Any) -> Any:
    import pyarrow as pa

    columns = {
        name: table[name].cast(table[name].type.value_type) if pa.types.is_dictionary(table[name].type) else table[name]
        for name in table.column_names
    }
    return pa.table(columns)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"policy": {"edition": "2026-04", "interpretations": {"after_anniversary": "in_force"}}},
        {"rulebook": "2026-04"},
        {"columns": ["id", "as_of", "status", "fees_due", "findings", "renewal_missing"]},
        {"as_of": ["2026-09-15", "2027-01-15"], "columns": ["id", "as_of", "status", "next_change_on"]},
    ],
    ids=["all", "policy", "rulebook", "columns", "days"],
)
def test_executors_give_the_results_of_one_machine(session: Any, portfolio: Any, options: dict[str, Any]) -> None:
    from designation import spark

    question = {"as_of": AS_OF, **options}
    ours = spark.assess(session.createDataFrame(portfolio).repartition(5), **question)
    theirs = dsg.assess_table(portfolio, **question)
    assert ours.columns == theirs.column_names
    assert rows(ours.toArrow()) == rows(plain(theirs))


def test_the_results_are_summarized_in_spark(session: Any, portfolio: Any) -> None:
    from designation import spark

    partners = session.createDataFrame(portfolio)
    wanted = dsg.summarize(dsg.assess_table(portfolio, AS_OF), portfolio)
    assert dsg.summarize(spark.assess(partners, AS_OF), partners) == wanted


def test_spark_reports_problems(session: Any, portfolio: Any) -> None:
    from designation import spark

    with pytest.raises(dsg.InputError, match="id"):
        spark.assess(session.createDataFrame(portfolio.drop_columns(["id"])), AS_OF)
    broken = session.createDataFrame(
        [("x", [("2026-03-02", "badge_award")])], "id string, events array<struct<`on`: string, type: string>>"
    ).selectExpr("id", "transform(events, e -> struct(to_date(e.`on`) as `on`, e.type as type)) as events")
    assert spark.assess(broken, AS_OF, on_error="null").toArrow().to_pylist()[0]["status"] is None
    with pytest.raises(Exception, match="badge_award"):
        spark.assess(broken, AS_OF).collect()


def test_an_empty_frame_gives_an_empty_result(session: Any, portfolio: Any) -> None:
    from designation import spark

    assert spark.assess(session.createDataFrame(portfolio).limit(0), AS_OF).count() == 0
