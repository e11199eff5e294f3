"""Measure the Python entry points in turn with their baselines."""

from __future__ import annotations

import json
import pathlib
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import designation as dsg

DOCUMENT = (pathlib.Path(__file__).parent / "partner.json").read_bytes()
AS_OF = "2030-09-15"


def rounds(calls: dict[str, Callable[[], object]], count: int = 60, repeat: int = 200) -> dict[str, list[float]]:
    """Time the calls in turn; return the microseconds per call of each round."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(count):
        for name, call in calls.items():
            start = time.perf_counter_ns()
            for _ in range(repeat):
                call()
            times[name].append((time.perf_counter_ns() - start) / repeat / 1000)
    return times


def start_up(*arguments: str) -> float:
    """Return the milliseconds that a new interpreter takes with these arguments."""
    start = time.perf_counter_ns()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return (time.perf_counter_ns() - start) / 1e6


def measure() -> dict[str, float]:
    """Return the medians by name; `parse / json.loads` is the median of the ratios of each round."""
    document = json.loads(DOCUMENT)
    partner = dsg.parse_partner(DOCUMENT)
    assessment = dsg.assess(partner, AS_OF)
    times = rounds(
        {
            "json.loads": lambda: json.loads(DOCUMENT),
            "parse_partner(bytes)": lambda: dsg.parse_partner(DOCUMENT),
            "parse_partner(dict)": lambda: dsg.parse_partner(document),
            "assess": lambda: dsg.assess(partner, as_of=AS_OF),
            "to_dict": assessment.to_dict,
            "explain": assessment.explain,
            "actions": lambda: assessment.actions,
        }
    )
    figures = {name: statistics.median(values) for name, values in times.items()}
    pairs = zip(times["parse_partner(bytes)"], times["json.loads"], strict=True)
    figures["parse / json.loads"] = statistics.median(ours / theirs for ours, theirs in pairs)
    differences = [start_up("-c", "import designation") - start_up("-c", "pass") for _ in range(15)]
    figures["import designation"] = statistics.median(differences)
    versions = [start_up("-m", "designation", "--version") for _ in range(15)]
    figures["designation --version"] = statistics.median(versions)
    return figures


if __name__ == "__main__":
    json.dump(measure(), sys.stdout)
