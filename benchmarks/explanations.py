"""Explain who is eligible and why with designation, plain Python, OpenFisca, and GoRules ZEN, and compare the times.

    python benchmarks/explanations.py [--peers PYTHON] [--flat]

`PYTHON` is the Python of an environment with `openfisca-core` and `zen-engine`, which pin numpy. A missing engine is
named and skipped. Each engine assesses every partner with its own trace, and all results must be equal before anything
is timed. The engines take turns; the table shows the median of the rounds in microseconds per partner. --flat measures
many partners with one record of each kind and without explanations, which suits the engines best.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import random
import statistics
import subprocess
import sys

ROUNDS = 5
DAYS = ("2026-03-15", "2026-09-15", "2027-09-15")
KINDS = {
    "csp_authorization": ("direct_bill", "distributor", "indirect_reseller", "none", None),
    "support_contract": ("asfp", "psfp", "ufp", "none", None),
    "solutions_partner": ("security", "modern_work", "none", None),
}
ENGINES = ("designation", "plain_python", "openfisca", "openfisca_at_once", "zen")
FLAT = ("designation_table", "openfisca_at_once", "zen")
Facts = dict[str, str | None]


def random_partners(count: int) -> list[Facts]:
    """Return random partners with at most one record of each kind; None is unknown."""
    rng = random.Random(20251118)
    partners = []
    for _ in range(count):
        facts: Facts = {"as_of": rng.choice(DAYS)}
        for name, kinds in KINDS.items():
            facts[name] = rng.choice(kinds)
            has_record = facts[name] not in (None, "none")
            facts[f"{name}_from"] = rng.choice(("2024-01-01", "2026-09-01")) if has_record else None
            facts[f"{name}_through"] = rng.choice(("2026-09-14", "2026-12-31", "2028-12-31")) if has_record else None
        partners.append(facts)
    return partners


def run_round(python: str, name: str, partners: list[Facts], *options: str) -> dict[str, object]:
    """Run one round of an engine in a new process; return its results and microseconds per partner."""
    program = pathlib.Path(__file__).with_name("rule_engines.py")
    command = [python, str(program), name, *options]
    done = subprocess.run(command, input=json.dumps(partners), capture_output=True, text=True, check=False)
    if done.returncode:
        return {"missing": done.stderr.strip().splitlines()[-1] if done.stderr.strip() else f"status {done.returncode}"}
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def measure(peers: str, names: tuple[str, ...], count: int, *options: str) -> dict[str, float]:
    """Return the medians by name, without the missing engines."""
    partners = random_partners(count)
    pythons = {name: peers if name.startswith(("openfisca", "zen")) else sys.executable for name in names}
    first = {name: run_round(pythons[name], name, partners, *options) for name in names}
    for name, answer in first.items():
        if "missing" in answer:
            print(f"{name} is left out: {answer['missing']}", file=sys.stderr)
        elif answer["answers"] != first[names[0]]["answers"]:
            sys.exit(f"{name} answers otherwise than designation")
    there = [name for name in names if "missing" not in first[name]]
    times: dict[str, list[float]] = {name: [] for name in there}
    for _ in range(ROUNDS):
        for name in there:
            times[name].append(float(str(run_round(pythons[name], name, partners, *options)["microseconds"])))
    return {name: statistics.median(values) for name, values in times.items()}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", default=sys.executable, metavar="PYTHON")
    parser.add_argument("--flat", action="store_true", help="many partners, without a trace")
    options = parser.parse_args()
    names, count, how = (FLAT, 5_000, []) if options.flat else (ENGINES, 500, ["--trace"])
    figures = measure(options.peers, names, count, *how)
    print(f"| eligibility{'' if options.flat else ' with its trace'} | us a partner | |\n| --- | --: | --: |")
    for name, microseconds in figures.items():
        print(f"| {name} | {microseconds:.3g} | {microseconds / figures[names[0]]:.2g} x |")


if __name__ == "__main__":
    main()
