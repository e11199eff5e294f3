"""Measure the reconciliation of two lists of many cases in Parquet, in turn with a handwritten DuckDB join.

The join gives the classes and the differing days; `reconcile` also gives the row report of each list.

python benchmarks/reconcile.py [ROWS]
"""

from __future__ import annotations

import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import duckdb

import designation as dsg

ROWS, ROUNDS = 10_000_000, 3
NAMES = ("ours", "microsoft")

# One row in fifty repeats an id, one in a thousand has no date, half lie outside the period; unordered. Each list lacks
# one case in eleven, and some days differ, because the times of the second list are an hour later.
MAKE = """COPY (
    SELECT 'SR' || (615000000000000 + number) AS id,
           CASE WHEN i % 1000 <> 7
                THEN TIMESTAMP '2024-07-01' + to_seconds((number * 48271) % 63072000 + {at} * 3600) END AS created
    FROM (SELECT i, (i * 7919) % ($rows * 49 // 50) + {at} * $rows // 10 AS number FROM range($rows) made(i))
) TO '{path}'"""

PART = """(
    SELECT trim(id) AS id, count(*) AS n, min(created::DATE) AS day,
           min(created::DATE) FILTER (created::DATE BETWEEN DATE '2025-01-01' AND DATE '2025-12-31') AS inside
    FROM read_parquet('{path}') WHERE id IS NOT NULL AND trim(id) <> '' GROUP BY 1
) AS {name}"""
BY_HAND = """
SELECT ours.n IS NOT NULL, microsoft.n IS NOT NULL, count(*),
       count(*) FILTER (coalesce(ours.inside, ours.day) <> coalesce(microsoft.inside, microsoft.day))
FROM {ours} FULL JOIN {microsoft} USING (id)
WHERE ours.inside IS NOT NULL OR microsoft.inside IS NOT NULL GROUP BY 1, 2"""

Found = tuple[dict[tuple[str, ...], int], int]


def ours(folder: str) -> Found:
    """Return the classes and the differing days of the package."""
    lists = {name: f"{folder}/{name}.parquet" for name in NAMES}
    found = dsg.metrics.reconcile(lists, "2025", candidates=False)
    return {one.lists: one.cases for one in found.classes}, found.days_differ


def by_hand(folder: str) -> Found:
    """Return the classes and the differing days of the join."""
    parts = {name: PART.format(path=f"{folder}/{name}.parquet", name=name) for name in NAMES}
    rows = duckdb.connect().execute(BY_HAND.format(**parts)).fetchall()
    classes = {tuple(name for name, has in zip(NAMES, row[:2], strict=True) if has): row[2] for row in rows}
    return classes, sum(row[3] for row in rows)


CALLS = {"reconcile": ours, "by hand": by_hand}


def run(name: str, folder: str) -> tuple[float, float, float]:
    """Return the seconds, the seconds of all cores, and the peak memory in MB of a process for one call."""
    done = subprocess.run([sys.executable, __file__, name, folder], capture_output=True, text=True, check=True)
    seconds, cpu, peak = json.loads(done.stdout)
    return seconds, cpu, peak


def measure(rows: int = ROWS) -> dict[str, float]:
    """Return the medians of seconds, of the ratios of each round, and of the peaks of memory."""
    with tempfile.TemporaryDirectory() as folder:
        for at, name in enumerate(NAMES):
            duckdb.connect().execute(MAKE.format(path=pathlib.Path(folder) / f"{name}.parquet", at=at), {"rows": rows})
        found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in CALLS}
        for _ in range(ROUNDS):
            for name in CALLS:
                found[name].append(run(name, folder))
    figures: dict[str, float] = {}
    for at, what in enumerate(("s", "s of all cores", "peak MB")):
        values = {name: [one[at] for one in runs] for name, runs in found.items()}
        figures |= {f"{name}, {what}": statistics.median(one) for name, one in values.items()}
        pairs = zip(values["reconcile"], values["by hand"], strict=True)
        figures[f"reconcile / by hand, {what}"] = statistics.median(mine / theirs for mine, theirs in pairs)
    return figures


if __name__ == "__main__":
    if len(sys.argv) == 3:
        start = time.perf_counter()
        CALLS[sys.argv[1]](sys.argv[2])
        seconds = time.perf_counter() - start
        status = pathlib.Path("/proc/self/status").read_text("utf-8")
        json.dump([seconds, time.process_time(), int(status.partition("VmHWM:")[2].split()[0]) / 1024], sys.stdout)
    else:
        json.dump(measure(*map(int, sys.argv[1:])), sys.stdout, indent=2)
