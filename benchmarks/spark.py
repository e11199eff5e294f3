"""Measure a portfolio in Spark on one core, on two cores, and without Spark on one thread, in turn.

python benchmarks/spark.py [ROWS], in an environment with the extra `spark`: `scripts/test-spark` creates .venv-spark.
"""

from __future__ import annotations

import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

import pyarrow.parquet

import designation as dsg
import random_portfolio

AS_OF, ROWS, ROUNDS, PARTITIONS = "2026-09-15", 1_000_000, 5, 16


def in_spark(path: str, cores: int) -> Callable[[], dict[str, int]]:
    """Start Spark on some cores, and return a function that assesses everything and counts the statuses."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    from pyspark.sql import SparkSession, functions

    from designation import spark

    settings = {"spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1", "spark.driver.memory": "2g"}
    settings |= {"spark.sql.files.maxPartitionBytes": "4m"}  # a task a file, with whatever number of cores
    builder = SparkSession.builder.master(f"local[{cores}]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    partners = session.read.parquet(path)

    def count() -> dict[str, int]:
        rows: list[Any] = spark.assess(partners, AS_OF).groupBy("status").agg(functions.count("*")).collect()
        return {row[0]: row[1] for row in rows}

    return count


def alone(path: str) -> dict[str, int]:
    """Count the statuses without Spark, on one thread."""
    answers = dsg.assess_table(pyarrow.parquet.read_table(path, use_threads=False), AS_OF, threads=1)
    return {one["values"]: one["counts"] for one in answers["status"].value_counts().to_pylist()}


def served(path: str, cores: int) -> None:
    """Count once per line of standard input, so that two sessions can take turns."""
    count = in_spark(path, cores)
    for _ in sys.stdin:
        began = time.perf_counter()
        counts = count()
        print(json.dumps([time.perf_counter() - began, counts]), flush=True)


def measure(rows: int = ROWS) -> dict[str, float]:
    """Return the medians of seconds, and of the ratios of each round."""
    with tempfile.TemporaryDirectory() as folder:
        size = -(-rows // PARTITIONS)
        for part in range(PARTITIONS):
            piece = random_portfolio.portfolio(size, seed=part, strings=True)
            pyarrow.parquet.write_table(piece, pathlib.Path(folder) / f"{part:02}.parquet")
        wanted = alone(folder)
        times: dict[str, list[float]] = {"alone": [], "local[1]": [], "local[2]": []}
        workers = {
            f"local[{cores}]": subprocess.Popen(
                [sys.executable, __file__, folder, str(cores)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
            for cores in (1, 2)
        }
        for round_ in range(ROUNDS + 1):
            began = time.perf_counter()
            alone(folder)
            took = {"alone": time.perf_counter() - began}
            for name, worker in workers.items():
                assert worker.stdin is not None
                assert worker.stdout is not None
                worker.stdin.write("\n")
                worker.stdin.flush()
                took[name], counts = json.loads(worker.stdout.readline())
                assert counts == wanted, f"{name} has other answers"
            for name, seconds in took.items() if round_ else ():  # the first round warms up
                times[name].append(seconds)
        for worker in workers.values():
            worker.communicate()
        figures = {f"{name}, s": statistics.median(values) for name, values in times.items()}
        for mine, theirs in (("local[1]", "local[2]"), ("local[1]", "alone")):
            pairs = zip(times[mine], times[theirs], strict=True)
            figures[f"{mine} / {theirs}"] = statistics.median(one / other for one, other in pairs)
    return figures


if __name__ == "__main__":
    if len(sys.argv) == 3:
        served(sys.argv[1], int(sys.argv[2]))
    else:
        json.dump(measure(*map(int, sys.argv[1:])), sys.stdout, indent=2)
