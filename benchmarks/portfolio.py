#!/usr/bin/env python3
"""Measure portfolios and the alternatives in turn, and print tables with the goals.

Run it with the Python of the environment: .venv/bin/python benchmarks/portfolio.py [--cpu] [ROWS...]
With --cpu it measures the processor time of all threads. That is fair on a shared machine, and hides what threads gain.
"""

from __future__ import annotations

import ctypes
import datetime
import pathlib
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Any

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa

import designation as dsg
from alternatives import COLUMNS, VERDICTS, arrays, duckdb_lists, loop, polars_eval, polars_explode
from designation import _core
from random_portfolio import AS_OF, portfolio

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tests"))
from model.rules import assess as model_assess

ROUNDS = 5
PARTIAL = ["id", *VERDICTS, "status", "fees_outstanding"]
GRID = ["id", "as_of", "status", "in_force", *VERDICTS, "fees_outstanding", "fees_due"]
ALL = list(_core.PORTFOLIO_COLUMNS[:-1])
MOST_FOR_A_LOOP, MOST_FOR_THE_MODEL = 20_000, 1_000
clock = time.process_time if "--cpu" in sys.argv else time.perf_counter
WORDS = {"unmet": 0, "unknown": 1, "met": 2}
RULES = _core.rules()


def ours(table: Any, columns: list[str] | None = None, threads: int = 0, as_of: Any = AS_OF) -> _core.PortfolioResult:
    return _core.assess_table(table, RULES, as_of, columns or [], "raise", threads)


def in_turn(calls: dict[str, Callable[[], Any]], rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Return the seconds of each call in each round, after a warm-up round."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(rounds + 1):
        for name, call in calls.items():
            start = clock()
            answer = call()
            if turn:
                times[name].append(clock() - start)
            del answer
    return times


def ratio(times: dict[str, list[float]], slow: str, quick: str) -> float:
    """Return how many times slower a call is, as the median of the rounds."""
    return median(a / b for a, b in zip(times[slow], times[quick], strict=True))


def codes(answer: Any) -> dict[str, Any]:
    """Return the columns of a result as small integers."""
    if isinstance(answer, _core.PortfolioResult):
        table = pa.table(answer)
        return {name: np.array([WORDS[word] for word in table[name].to_pylist()]) for name in VERDICTS}
    if isinstance(answer, pl.DataFrame | pa.Table):
        return {name: np.asarray(answer[name]) for name in COLUMNS}
    return {name: np.asarray(answer[name]) for name in COLUMNS}


def check(answers: dict[str, Any], reference: dict[str, Any]) -> None:
    for name, answer in answers.items():
        for column, values in codes(answer).items():
            wanted = reference[column][: len(values)]
            if not np.array_equal(values, wanted):
                raise SystemExit(f"{name}: {column} differs in {(values != wanted).sum()} rows")


def documents(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(one) for key, one in value.items() if one is not None}
        if isinstance(value, list):
            return [plain(one) for one in value]
        return value.isoformat() if isinstance(value, datetime.date) else value

    return [plain(row) for row in rows]


def check_model(rows: list[dict[str, Any]], table: pa.Table) -> None:
    answer = pa.table(ours(table.slice(0, len(rows)), ["status", "fees_incurred", "findings"])).to_pylist()
    for row, got in zip(rows, answer, strict=True):
        want = model_assess(row, AS_OF.isoformat(), None)
        found = [(one["code"], one["on"].isoformat()) for one in got["findings"]]
        wanted = [(one["code"], one["on"]) for one in want["findings"]]
        if (got["status"], got["fees_incurred"], found) != (want["term"]["status"], want["fees"]["incurred"], wanted):
            raise SystemExit(f"the model differs for {row['id']}")


def memory_copy(table: pa.Table, answer: pa.Table) -> Callable[[], object]:
    """Return a function that copies the bytes of input and output once: the limit that memory sets."""
    source = np.ones((table.nbytes + answer.nbytes) // 2, "u1")
    return source.copy


def compare_alternatives(rows: int) -> None:
    table = made = portfolio(rows)  # noqa: F841 - DuckDB finds it by its name
    frame, connection = pl.DataFrame(table), duckdb.connect()
    connection.execute("CREATE TABLE portfolio AS SELECT * FROM made")
    calls: dict[str, Callable[[], Any]] = {
        "everything, 1 thread": lambda: ours(table, None, 1),
        "everything": lambda: ours(table),
        "the peers' part, 1 thread": lambda: ours(table, PARTIAL, 1),
        "the peers' part": lambda: ours(table, PARTIAL),
        "Polars list.eval": lambda: polars_eval(frame),
        "Polars list.eval, streaming": lambda: polars_eval(frame, "streaming"),
    }
    if rows <= 1_000_000:
        calls |= {
            "Polars explode": lambda: polars_explode(frame),
            "NumPy over the items": lambda: arrays(table),
            "pandas groupby over the items": lambda: arrays(table, by_pandas=True),
            "DuckDB lists": lambda: duckdb_lists(connection),
        }
    few = table.slice(0, min(rows, MOST_FOR_A_LOOP)).to_pylist()
    papers = documents(few[:MOST_FOR_THE_MODEL])
    if rows <= 100_000:
        calls["plain Python loop"] = lambda: loop(few)
        calls["plain Python, everything"] = lambda: [model_assess(paper, AS_OF.isoformat(), None) for paper in papers]
    calls["memory: copying in and out"] = memory_copy(table, pa.table(ours(table)))

    first_rows = portfolio(20_000, seed=2)
    reference = codes(polars_eval(pl.DataFrame(first_rows)))
    small = duckdb.connect()
    small.execute("CREATE TABLE portfolio AS SELECT * FROM first_rows")
    check(
        {
            "ours": ours(first_rows),
            "ours, their part": ours(first_rows, PARTIAL),
            "Polars streaming": polars_eval(pl.DataFrame(first_rows), "streaming"),
            "Polars explode": polars_explode(pl.DataFrame(first_rows)),
            "NumPy": arrays(first_rows),
            "pandas": arrays(first_rows, by_pandas=True),
            "DuckDB": duckdb_lists(small),
            "loop": loop(first_rows.slice(0, 5_000).to_pylist()),
        },
        reference,
    )
    check_model(papers, table)
    small.close()

    times = in_turn(calls)
    done = dict.fromkeys(calls, rows) | {"plain Python loop": len(few), "plain Python, everything": len(papers)}
    times = {name: [seconds / done[name] for seconds in all_of_them] for name, all_of_them in times.items()}
    print(f"\n### {rows:,} partners\n\n| | ns a partner | x everything | x the peers' part |")
    print("| --- | --: | --: | --: |")
    for name, seconds in times.items():
        whole, part = ratio(times, name, "everything"), ratio(times, name, "the peers' part")
        print(f"| {name} | {median(seconds) * 1e9:,.0f} | {whole:.2f} | {part:.2f} |")
    connection.close()


def measure_parts(rows: int = 100_000) -> None:
    """Measure the parts of an assessment."""
    table, strings = portfolio(rows), portfolio(rows, strings=True)
    few = table.slice(0, rows // 100).combine_chunks()
    days = [datetime.date(2030, 1, 1) + datetime.timedelta(i) for i in range(365)]
    frame = pl.DataFrame(table)
    arrow_out = ours(table)
    answers, some = pa.table(arrow_out), table.slice(0, rows // 100)
    spans = {years: portfolio(rows, years=years) for years in (1, 8)}
    times = in_turn(
        {
            "everything": lambda: ours(table, None, 1),
            "two threads": lambda: ours(table, None, 2),
            "without next_change_on": lambda: ours(table, ALL[:-1], 1),
            "without findings and next_change_on": lambda: ours(table, ALL[:-2], 1),
            "strings": lambda: ours(strings, None, 1),
            "Polars in and out": lambda: dsg.assess_table(frame, AS_OF, threads=1),
            "into Polars": lambda: pl.DataFrame(arrow_out),
            "summary": lambda: dsg.summarize(answers),
            "summary with partners": lambda: dsg.summarize(answers.slice(0, len(some)), some),
            "a year of days": lambda: ours(few, GRID, 1, days),
            **{f"{years} years": partial(ours, made, None, 1) for years, made in spans.items()},
        },
        7,
    )
    events = {years: len(made["events"].combine_chunks().values) / rows for years, made in spans.items()}
    extra = median(b - a for a, b in zip(times["1 years"], times["8 years"], strict=True)) / rows * 1e9
    share = 1 / ratio(times, "everything", "without next_change_on")
    a_year = median(times["a year of days"]) / len(few) / 365 * 1e9
    figures = {
        "everything, one thread": (median(times["everything"]) / rows * 1e9, 333, "ns a partner"),
        "two threads are so many times faster": (ratio(times, "everything", "two threads"), -1.8, "x"),
        "next_change_on, of everything": (1 - share, 0.25, ""),
        "an event more": (extra / (events[8] - events[1]), 20, "ns"),
        "strings instead of dictionaries": (ratio(times, "strings", "everything"), 1.5, "x"),
        "Polars in and out, of everything": (ratio(times, "Polars in and out", "everything") - 1, 0.2, ""),
        "a summary, of everything": (ratio(times, "summary", "everything"), 1, ""),
        "a summary with its partners": (median(times["summary with partners"]) / len(some) * 1e6, 200, "us a partner"),
        "365 days, status, in force, verdicts, fees": (a_year, 20, "ns a row"),
        "memory beyond in and out": (beyond_in_and_out(), 64, "MB"),
    }
    if clock is time.process_time:
        del figures["two threads are so many times faster"]
    print(f"\n### {rows:,} partners, one thread\n\n| what | median | goal | |\n| --- | --: | --: | --- |")
    for name, (figure, goal, unit) in figures.items():
        met = figure >= -goal if goal < 0 else figure <= goal
        print(f"| {name} | {figure:.3g} {unit} | {abs(goal):g} {unit} | {'met' if met else 'missed'} |")


def beyond_in_and_out(rows: int = 1_000_000) -> float:
    """Return the peak megabytes of a process beyond the table and the result."""
    done = subprocess.run([sys.executable, __file__, "--memory", str(rows)], check=True, capture_output=True, text=True)
    return float(done.stdout)


def memory(rows: int) -> None:
    table = portfolio(rows)
    # Return the memory that building the table used, so that it cannot hide the result.
    pa.default_memory_pool().release_unused()
    ctypes.CDLL(None).malloc_trim(0)
    pathlib.Path("/proc/self/clear_refs").write_text("5", "ascii")  # forgets the peak so far
    before = resident()
    answer = pa.table(ours(table))
    status = pathlib.Path("/proc/self/status").read_text("ascii")
    most = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    print((most - before) / 1024 - answer.nbytes / 1e6)


def resident() -> int:
    """Return the resident kilobytes."""
    pages = int(pathlib.Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() // 1024


if __name__ == "__main__":
    if sys.argv[1:2] == ["--memory"]:
        memory(int(sys.argv[2]))
    else:
        sizes = [int(float(word)) for word in sys.argv[1:] if word != "--cpu"]
        for size in sizes or [1_000, 100_000, 1_000_000]:
            compare_alternatives(size)
        measure_parts()
