"""Who is eligible, and why: the same question to designation, plain Python, OpenFisca and GoRules ZEN.

    python benchmarks/explained.py [--peers PYTHON]

`PYTHON` has `openfisca-core` and `zen-engine` (a virtual environment of their own: they pin numpy). A peer that is not
there is named and left out. Each answers every partner with its own trace; that all answers are the same is checked
before anything is timed. The contenders take turns; what is printed is the median of the rounds, microseconds
a partner.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import random
import statistics
import subprocess
import sys

PARTNERS, ROUNDS = 500, 5
DAYS = ("2026-03-15", "2026-09-15", "2027-09-15")
KINDS = {
    "csp_authorization": ("direct_bill", "distributor", "indirect_reseller", "none", None),
    "support_contract": ("asfp", "psfp", "ufp", "none", None),
    "solutions_partner": ("security", "modern_work", "none", None),
}
CONTENDERS = ("designation", "plain_python", "openfisca", "openfisca_at_once", "zen")
Facts = dict[str, str | None]


def drawn() -> list[Facts]:
    """Partners with at most one record of each kind; a kind that is None is not known."""
    rng = random.Random(20251118)
    partners = []
    for _ in range(PARTNERS):
        facts: Facts = {"as_of": rng.choice(DAYS)}
        for name, kinds in KINDS.items():
            facts[name] = rng.choice(kinds)
            has_record = facts[name] not in (None, "none")
            facts[f"{name}_from"] = rng.choice(("2024-01-01", "2026-09-01")) if has_record else None
            facts[f"{name}_through"] = rng.choice(("2026-09-14", "2026-12-31", "2028-12-31")) if has_record else None
        partners.append(facts)
    return partners


def ask(python: str, name: str, partners: list[Facts]) -> dict[str, object]:
    """One round of a contender in a process of its own: its answers, and microseconds a partner."""
    contenders = pathlib.Path(__file__).with_name("contenders.py")
    command = [python, str(contenders), name]
    done = subprocess.run(command, input=json.dumps(partners), capture_output=True, text=True, check=False)
    if done.returncode:
        return {"missing": done.stderr.strip().splitlines()[-1] if done.stderr.strip() else f"status {done.returncode}"}
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def measure(peers: str) -> dict[str, float]:
    """Medians by name, of those that are there."""
    partners = drawn()
    pythons = {name: peers if name.startswith(("openfisca", "zen")) else sys.executable for name in CONTENDERS}
    first = {name: ask(pythons[name], name, partners) for name in CONTENDERS}
    for name, answer in first.items():
        if "missing" in answer:
            print(f"{name} is left out: {answer['missing']}", file=sys.stderr)
        elif answer["answers"] != first["designation"]["answers"]:
            sys.exit(f"{name} answers otherwise than designation")
    there = [name for name in CONTENDERS if "missing" not in first[name]]
    times: dict[str, list[float]] = {name: [] for name in there}
    for _ in range(ROUNDS):
        for name in there:
            times[name].append(float(str(ask(pythons[name], name, partners)["microseconds"])))
    return {name: statistics.median(values) for name, values in times.items()}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", default=sys.executable, metavar="PYTHON")
    figures = measure(parser.parse_args().peers)
    print("| eligibility with its trace | us a partner | |\n| --- | --: | --: |")
    for name, microseconds in figures.items():
        print(f"| {name} | {microseconds:.3g} | {microseconds / figures['designation']:.2g} x |")


if __name__ == "__main__":
    main()
