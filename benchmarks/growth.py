#!/usr/bin/env python3
"""Measure time and memory of every command for n and 10 n: benchmarks/growth.py [--giants] [NAME...].

With --giants, it measures giant inputs instead. Each run is a process of its own. The growth is that of the time beyond
the start of the command; 10 is linear.
"""

from __future__ import annotations

import datetime
import json
import os
import pathlib
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pyarrow as pa
from pyarrow import csv, parquet

import random_portfolio
from giants import GIANTS

AS_OF = ["--as-of", str(random_portfolio.AS_OF)]
FIRST = datetime.date(1900, 1, 2)
# None of these is a finding; with findings, a timeline's output itself grows with the square of their number.
EVENTS = (
    {"type": "csat_evaluated", "outcome": "pass"},
    {"type": "case_rate_determined", "outcome": "pass"},
)


# The memory of a process includes that of the process which starts it, so a small one does.
MEASURE = """
import json, os, subprocess, sys, time
began = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
print(json.dumps([os.waitstatus_to_exitcode(status), time.perf_counter() - began, usage.ru_maxrss / 1024]))
"""


class Run(NamedTuple):
    """What a process took: its status, seconds, MiB, and the last line of its errors."""

    status: int
    seconds: float
    memory: float
    message: str


def run(words: list[str], given: Callable[[], Iterator[bytes]] | None = None) -> Run:
    """Run a command, with what is written to its standard input; return what it took."""
    stdin = subprocess.PIPE if given else subprocess.DEVNULL
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            [sys.executable, "-S", "-c", MEASURE, *words], stdin=stdin, stdout=subprocess.PIPE, stderr=errors
        )
        if given and process.stdin is not None:
            try:
                for chunk in given():
                    process.stdin.write(chunk)
                process.stdin.close()
            except BrokenPipeError:
                pass  # it has read enough
        assert process.stdout is not None
        status, seconds, memory = json.loads(process.stdout.read())
        process.wait()
        errors.seek(max(0, errors.seek(0, os.SEEK_END) - 2000))
        lines = errors.read().decode("utf-8", "replace").splitlines()
    return Run(status, seconds, memory, lines[-1][:150] if lines else "")


def events(count: int) -> list[dict[str, Any]]:
    """Return events before the date of assessment, two a day."""
    return [
        {"on": str(FIRST + datetime.timedelta(number // 2 % 47_000)), **EVENTS[number % 2]} for number in range(count)
    ]


def one_partner(count: int) -> str:
    """Write a partner with that many events, and return the name of its file."""
    return _write(f"events-{count}.json", json.dumps({"id": "p", "events": events(count)}))


def records(count: int) -> str:
    """Write a partner with that many contracts, each of one day."""
    days = [str(FIRST + datetime.timedelta(number % 109_000)) for number in range(count)]
    contracts = [{"type": "psfp", "from": day, "through": day} for day in days]
    return _write(
        f"records-{count}.json", json.dumps({"id": "p", "support_contracts": contracts, "events": events(10)})
    )


def partners(count: int) -> str:
    """Write a table of partners."""
    name = f"partners-{count}.parquet"
    if not pathlib.Path(name).exists():
        parquet.write_table(random_portfolio.portfolio(count), name)
    return name


def lines(count: int) -> str:
    """Write documents, one per line."""
    name = f"partners-{count}.ndjson"
    if not pathlib.Path(name).exists():
        subprocess.run([*designation("convert"), partners(count), "-o", name], check=True, capture_output=True)
    return name


def cases(count: int, first: int = 0) -> str:
    """Write an export of cases."""
    name = f"cases-{count}-{first}.csv"
    if not pathlib.Path(name).exists():
        numbers = range(first, first + count)
        days = [f"2026-0{number % 3 + 1}-{number % 28 + 1:02d}" for number in numbers]
        table = {"id": pa.array(numbers).cast(pa.string()), "created": days, "product": [f"p{n % 50}" for n in numbers]}
        csv.write_csv(pa.table(table), name)
    return name


def answers(count: int) -> str:
    """Write an export of survey answers."""
    name = f"answers-{count}.csv"
    rows = range(count)
    days = [f"2026-0{row % 3 + 1}-{row % 28 + 1:02d}" for row in rows]
    csv.write_csv(pa.table({"id": list(rows), "answered": days, "score": [row % 5 + 1 for row in rows]}), name)
    return name


def evidence(count: int) -> str:
    """Write a checklist."""
    rows = "".join(f"support_function,item {number},ready,,,\n" for number in range(count))
    return _write(f"evidence-{count}.csv", f"dimension,item,status,owner,link,expires\n{rows}")


def blocked(count: int) -> str:
    """Write a policy with that many blocked days."""
    days = [str(datetime.date(2031, 1, 1) + datetime.timedelta(2 * number % 60_000)) for number in range(count)]
    return _write(
        f"blocked-{count}.json", json.dumps({"planning": {"blocked": [{"from": d, "through": d} for d in days]}})
    )


def rulebook(count: int) -> str:
    """Write a rulebook with that many sources."""
    source = {"title": "t", "url": "https://example.com", "grade": "secondary"}
    sources = {f"s{number}": source for number in range(count)}
    return _write(f"rulebook-{count}.json", json.dumps({"extends": "2025-11", "edition": "x", "sources": sources}))


def designation(*words: str) -> list[str]:
    """Return a command line."""
    return [sys.executable, "-m", "designation", *words]


def _write(name: str, text: str) -> str:
    pathlib.Path(name).write_text(text, "utf-8")
    return name


METRIC = ["--escalated", "every", "--period", "2026-Q1"]
NEW_EVENT = ["--add", "on=2031-04-01", "type=csat_evaluated", "outcome=pass"]


def years(count: int) -> list[str]:
    """Return the last day of a plan of that many years."""
    return ["--through", f"{random_portfolio.AS_OF.year + count}-03-14"]


# What grows, n, and the command for n.
COMMANDS: dict[str, tuple[str, int, Callable[[int], list[str]]]] = {
    "assess": ("partners", 2_000, lambda n: ["assess", lines(n), *AS_OF]),
    "assess --explain": ("partners", 200, lambda n: ["assess", "--explain", lines(n), *AS_OF]),
    "assess one": ("events", 20_000, lambda n: ["assess", one_partner(n), *AS_OF]),
    "explain": ("events", 20_000, lambda n: ["explain", one_partner(n), *AS_OF]),
    "timeline": ("events", 10_000, lambda n: ["timeline", one_partner(n), *AS_OF]),
    "timeline, records": ("records", 10_000, lambda n: ["timeline", records(n), *AS_OF, "--format", "json"]),
    "what-if": ("events", 10_000, lambda n: ["what-if", one_partner(n), *AS_OF, *NEW_EVENT]),
    "compare": ("events", 10_000, lambda n: ["compare", one_partner(n), *AS_OF, "--new-as-of", "2040-01-01"]),
    "readings": ("events", 2_000, lambda n: ["readings", one_partner(n), *AS_OF]),
    "plan": ("years", 16, lambda n: ["plan", one_partner(10), *AS_OF, *years(n)]),
    "plan, events": ("events", 10_000, lambda n: ["plan", one_partner(n), *AS_OF]),
    "plan, blocked days": ("blocked days", 1_000, lambda n: ["plan", one_partner(10), *AS_OF, "--policy", blocked(n)]),
    "budget": ("partners", 500, lambda n: ["budget", lines(n), *AS_OF]),
    "calendar": ("partners", 500, lambda n: ["calendar", lines(n), *AS_OF, "-o", "dates.ics"]),
    "portfolio": ("partners", 100_000, lambda n: ["portfolio", partners(n), *AS_OF, "-o", "assessed.parquet"]),
    "portfolio, CSV": ("partners", 50_000, lambda n: ["portfolio", partners(n), *AS_OF, "-o", "assessed.csv"]),
    "portfolio --summary": ("partners", 10_000, lambda n: ["portfolio", partners(n), *AS_OF, "--summary"]),
    "report": ("partners", 1_000, lambda n: ["report", partners(n), *AS_OF, "-o", "report.html"]),
    "report one": ("events", 1_000, lambda n: ["report", one_partner(n), *AS_OF, "-o", "report.html"]),
    "check": ("partners", 5_000, lambda n: ["check", lines(n)]),
    "convert to NDJSON": ("partners", 10_000, lambda n: ["convert", partners(n), "-o", "copy.ndjson"]),
    "convert to Parquet": ("partners", 10_000, lambda n: ["convert", lines(n), "-o", "copy.parquet"]),
    "convert to CSV": ("partners", 10_000, lambda n: ["convert", lines(n), "-o", "copy.csv"]),
    "convert to a workbook": ("partners", 500, lambda n: ["convert", lines(n), "-o", "copy.xlsx"]),
    "case-rate": ("cases", 200_000, lambda n: ["case-rate", cases(n), "--business", "12", "--unit", "seats", *METRIC]),
    "csat": ("answers", 200_000, lambda n: ["csat", answers(n), "--period", "2026-Q1"]),
    "reconcile": (
        "cases",
        50_000,
        lambda n: ["reconcile", f"a={cases(n)}", f"b={cases(n, n // 10)}", "--period", "2026-Q1"],
    ),
    "capability": ("items", 2_000, lambda n: ["capability", evidence(n)]),
    "rulebook check": ("sources", 2_000, lambda n: ["rulebook", "check", rulebook(n)]),
}


def measure_growth(names: list[str]) -> None:
    """Print the table of n against 10 n."""
    start = min(run(designation("--version")).seconds for _ in range(3))
    head = ("command", "n", "seconds", "seconds for 10 n", "growth", "MiB", "MiB for 10 n")
    print(f"| {' | '.join(head)} |\n| --- | --: | --: | --: | --: | --: | --: |")
    for name, (unit, count, words) in COMMANDS.items():
        if names and name not in names:
            continue
        one, ten = (run(designation(*words(number))) for number in (count, 10 * count))
        failed = next((f" ({each.message})" for each in (one, ten) if each.status not in (0, 1)), "")
        growth = (ten.seconds - start) / max(0.05, one.seconds - start)
        figures = f"{one.seconds:.2f} | {ten.seconds:.2f} | {growth:.1f} | {one.memory:.0f} | {ten.memory:.0f}"
        print(f"| {name}{failed} | {count:,} {unit} | {figures} |", flush=True)


def measure_giants(names: list[str]) -> None:
    """Print the table of giants."""
    print("| input | outcome | seconds | MiB |\n| --- | --- | --: | --: |")
    for name, giant in GIANTS.items():
        if names and name not in names:
            continue
        words, given = giant()
        done = run([sys.executable, *words], given)
        outcome = "done" if done.status == 0 else f"status {done.status}: {done.message}"
        print(f"| {name} | {outcome} | {done.seconds:.1f} | {done.memory:.0f} |", flush=True)


def main() -> None:
    names = [word for word in sys.argv[1:] if not word.startswith("--")]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PYTHONPATH"] = os.pathsep.join(os.path.abspath(path) for path in sys.path if path)
        os.chdir(folder)
        (measure_giants if "--giants" in sys.argv else measure_growth)(names)


if __name__ == "__main__":
    main()
