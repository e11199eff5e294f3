#!/usr/bin/env python3
"""Compare the package with the reference model on N random histories: `scripts/soak.py 1000000 --seed 7`.

With --tables, it compares every column of a table's answers, and the next change; with --timelines, timelines over
51 days and the next change on each day; with --actions, deadlines, facts after the date, and the interpretations that
decide; with --plans, plans and every possible schedule on a few days; with --exports, support metrics of random exports
of cases, answers, and revenue. With --readers, the readers of metrics read exports with random changes, instead. It
uses all cores and prints the first difference, an assessment as a conformance case.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import importlib.util
import io
import multiprocessing
import os
import random
import signal
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHUNK = 100


def use_project_environment() -> None:
    """Run again with the Python of .venv if this one does not have the package."""
    if importlib.util.find_spec("designation"):
        return
    python = ROOT / ".venv" / "bin" / "python"
    if Path(sys.prefix).resolve() == python.parents[1].resolve() or not python.exists():
        sys.exit("soak: the package designation is not installed; run scripts/setup")
    os.execv(python, [str(python), *sys.argv])


def ignore_interrupts() -> None:
    """Leave SIGINT to the parent process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def find_difference(job: tuple[str, int, int, int]) -> str:
    """Return the report of the first difference in a chunk of histories, or an empty string."""
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "python")]
    module, seed, start, count = job
    compare = importlib.import_module(module).compare
    with contextlib.redirect_stdout(io.StringIO()) as report:
        compare(count, seed, start=start)
    return report.getvalue()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", metavar="N", type=int, help="number of histories to compare")
    parser.add_argument("--seed", type=int, help="default: a random one, printed at the end")
    parser.add_argument("--tables", action="store_const", const="support.tables", dest="module")
    parser.add_argument("--timelines", action="store_const", const="model.timeline", dest="module")
    parser.add_argument("--plans", action="store_const", const="model.plan", dest="module")
    parser.add_argument("--actions", action="store_const", const="model.duties", dest="module")
    parser.add_argument("--exports", action="store_const", const="model.exports", dest="module")
    parser.add_argument("--readers", action="store_const", const="support.mutated_exports", dest="module")
    parser.set_defaults(module="model.differential")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="default: all cores")
    options = parser.parse_args()
    seed = random.SystemRandom().randrange(10**9) if options.seed is None else options.seed

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    starts = range(0, options.count, CHUNK)
    jobs = [(options.module, seed, start, min(CHUNK, options.count - start)) for start in starts]
    done, report, began = 0, "", time.perf_counter()
    columns = (f"seed {seed}", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with (
        multiprocessing.Pool(options.jobs, ignore_interrupts) as pool,
        Progress(*columns, console=Console(stderr=True)) as progress,
    ):
        task = progress.add_task("soak", total=options.count)
        for (*_, count), report in zip(jobs, pool.imap(find_difference, jobs), strict=True):
            if report:
                break
            done += count
            progress.update(task, completed=done)
    seconds = time.perf_counter() - began
    end = "then a difference" if report else "all agree"
    print(f"{report}seed {seed}: {done:,} compared in {seconds:.1f} s, {done / seconds:,.0f} a second, {end}")
    return 1 if report else 0


if __name__ == "__main__":
    use_project_environment()
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
