"""Measure the case rate of many rows in Parquet, in turn with a handwritten DuckDB query with the same row report.

python benchmarks/metrics.py [ROWS]
"""

from __future__ import annotations

import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

import duckdb

import designation as dsg

ROWS, ROUNDS, LIMIT = 10_000_000, 7, "512MB"
PERIOD = ("2025-01-01", "2025-12-31")

# One row in fifty repeats an id, one in a thousand has no date, half lie outside the period; unordered.
MAKE = """COPY (
    SELECT 'SR' || (615000000000000 + (i * 7919) % (rows * 49 // 50)) AS id,
           CASE WHEN i % 1000 <> 7 THEN TIMESTAMP '2024-07-01' + to_seconds((i * 48271) % 63072000) END AS created,
           ['SE', 'DE', 'FR', 'JP'][1 + i % 4] AS country
    FROM range($rows) made(i), (SELECT $rows AS rows)
) TO '{path}'"""

BY_HAND = """
WITH judged AS (
    SELECT id, created::DATE AS day,
           CASE WHEN id IS NULL OR trim(id) = '' THEN 'no_id'
                WHEN created IS NULL THEN 'no_date'
                WHEN created::DATE NOT BETWEEN $first AND $last THEN 'outside_period' END AS fault
    FROM read_parquet($path)
), cases AS (
    SELECT trim(id) AS id, min(day) AS day, count(*) AS n FROM judged WHERE fault IS NULL GROUP BY 1
)
SELECT strftime(date_trunc('month', day), '%Y-%m') AS what, count(*) AS cases, sum(n) - count(*) AS again,
       min(id) AS least, max(id) AS most FROM cases GROUP BY ALL
UNION ALL SELECT fault, count(*), 0, min(id), max(id) FROM judged WHERE fault IS NOT NULL GROUP BY ALL"""
# The same without trimming ids, which is faster and makes no difference here.
UNTRIMMED = (
    BY_HAND.replace("OR trim(id) = ''", "OR id = ''")
    .replace("trim(id) AS id", "id")
    .replace("GROUP BY 1", "GROUP BY id")
)


def ours(path: str, limit: str | None = None) -> tuple[int, dict[str, int]]:
    """Return the cases and the row report of the package, optionally with a memory limit."""
    source = path if limit is None else duckdb.connect(config={"memory_limit": limit}).read_parquet(path)
    rate = dsg.metrics.case_rate(source, 1_000_000_000, PERIOD, unit="USD", escalated="every")
    return rate.cases, rate.quality.not_counted


def by_hand(path: str, query: str = BY_HAND) -> tuple[int, dict[str, int]]:
    """Return the cases and the row report of the query."""
    given = {"path": path, "first": PERIOD[0], "last": PERIOD[1]}
    found = duckdb.connect().execute(query, given).fetchall()
    months = [row for row in found if row[0][0].isdigit()]
    reasons = {row[0]: row[1] for row in found if not row[0][0].isdigit()}
    return sum(row[1] for row in months), {**reasons, "duplicate_id": int(sum(row[2] for row in months))}


CALLS: dict[str, Callable[[str], object]] = {
    "case_rate": ours,
    "by hand": by_hand,
    "by hand, untrimmed": lambda path: by_hand(path, UNTRIMMED),
    f"case_rate in {LIMIT}": lambda path: ours(path, LIMIT),
}


def peak(name: str, path: str) -> float:
    """Return the peak memory of a process for one call, in MB."""
    done = subprocess.run([sys.executable, __file__, name, path], capture_output=True, text=True, check=True)
    return float(done.stdout)


def measure(rows: int = ROWS) -> dict[str, float]:
    """Return the medians of seconds and of the ratios of each round, and the peaks of memory."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(pathlib.Path(folder) / "cases.parquet")
        duckdb.connect().execute(MAKE.format(path=path), {"rows": rows})
        assert ours(path) == by_hand(path) == by_hand(path, UNTRIMMED) == ours(path, LIMIT)
        times: dict[str, list[float]] = {name: [] for name in CALLS}
        for _ in range(ROUNDS):
            for name, call in CALLS.items():
                start = time.perf_counter()
                call(path)
                times[name].append(time.perf_counter() - start)
        figures = {f"{name}, s": statistics.median(values) for name, values in times.items()}
        for name in list(CALLS)[1:3]:
            pairs = zip(times["case_rate"], times[name], strict=True)
            figures[f"case_rate / {name}"] = statistics.median(mine / theirs for mine, theirs in pairs)
        figures |= {f"{name}, peak MB": peak(name, path) for name in CALLS}
    return figures


if __name__ == "__main__":
    if len(sys.argv) == 3:
        CALLS[sys.argv[1]](sys.argv[2])
        status = pathlib.Path("/proc/self/status").read_text("utf-8")
        print(int(status.partition("VmHWM:")[2].split()[0]) / 1024)
    else:
        json.dump(measure(*map(int, sys.argv[1:])), sys.stdout, indent=2)
