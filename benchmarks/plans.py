"""Measure plans, a budget and a calendar of a portfolio, ten years ahead: benchmarks/plans.py [PARTNERS]."""

from __future__ import annotations

import pathlib
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial

import designation as dsg
import random_portfolio
from designation import portfolio

AS_OF, THROUGH = "2031-03-15", "2041-03-15"
BY_DECISION: dict[str, object] = {"interpretations": {"renewal_anchor": "decision"}}
FEW = 200


def partners(count: int) -> list[dsg.Partner]:
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "partners.ndjson"
        portfolio.to_documents(random_portfolio.portfolio(count), path)
        return [dsg.parse_partner(line) for line in path.read_bytes().splitlines()]


def seconds(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start


def plan_times(some: list[dsg.Partner], policy: dict[str, object] | None) -> str:
    """Return the median, the ninth decile and the maximum of the milliseconds that a plan takes."""
    times = sorted(seconds(partial(dsg.plan, one, AS_OF, THROUGH, policy)) * 1e3 for one in some)
    return f"{statistics.median(times):.2f} | {times[len(times) * 9 // 10]:.2f} | {times[-1]:.2f}"


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    all_partners = partners(count)
    print("| ms of processor time a plan | median | nine in ten | worst |\n| --- | --: | --: | --: |")
    print(f"| {len(all_partners):,} partners | {plan_times(all_partners, None)} |")
    print(f"| {FEW} partners, `renewal_anchor: decision` | {plan_times(all_partners[:FEW], BY_DECISION)} |")
    print("\n| s of processor time, one thread | |\n| --- | --: |")
    print(f"| budget of {count:,} partners | {seconds(lambda: dsg.budget(all_partners, AS_OF, THROUGH)):.1f} |")
    some = all_partners[:FEW]
    calendar = seconds(lambda: dsg.calendar(some, AS_OF, "2033-03-15").to_ical())
    print(f"| calendar of {FEW} partners, two years | {calendar:.1f} |")
    print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
