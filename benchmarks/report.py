#!/usr/bin/env python3
"""Measure the time and the size of reports of a portfolio and of a partner: benchmarks/report.py [ROWS]."""

from __future__ import annotations

import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

from pyarrow import parquet

import designation as dsg
import random_portfolio

PARTNER = pathlib.Path(__file__).parent / "partner.json"


def seconds(*words: str) -> tuple[float, float]:
    """Run the command line; return the elapsed seconds and the processor seconds."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, "-m", "designation", "report", *words], check=True)
    after, passed = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - began
    return passed, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    as_of = str(random_portfolio.AS_OF)
    with tempfile.TemporaryDirectory() as folder:
        table, page = f"{folder}/partners.parquet", f"{folder}/report.html"
        parquet.write_table(random_portfolio.portfolio(rows), table)
        runs = [seconds(table, "--as-of", as_of, "-o", page) for _ in range(5)]
        passed, worked = (statistics.median(of) for of in zip(*runs, strict=True))
        size = pathlib.Path(page).stat().st_size / 1e6
        site = seconds(table, "--as-of", as_of, "-o", f"{folder}/site/")
    partner, each = dsg.load(PARTNER), []
    for _ in range(20):
        began = time.process_time()
        dsg.report(partner, as_of).html  # noqa: B018 - the page is made when it is asked for
        each.append((time.process_time() - began) * 1000)
    print("| what | median | goal |\n| --- | --: | --: |")
    print(f"| {rows:,} partners, seconds that passed | {passed:.2f} | 5 |")
    print(f"| {rows:,} partners, seconds of the processor | {worked:.2f} | |")
    print(f"| {rows:,} partners, MB | {size:.2f} | 15 |")
    print(f"| a folder of {rows:,} reports, seconds that passed | {site[0]:.0f} | 60 |")
    print(f"| a folder of {rows:,} reports, seconds of the processor | {site[1]:.0f} | |")
    print(f"| a partner of ten events, ms of the processor | {statistics.median(each):.1f} | |")


if __name__ == "__main__":
    main()
