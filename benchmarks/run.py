#!/usr/bin/env python3
"""Build and run the benchmarks of the core and of the Python package, and print one table with the goals.

Run it with the Python of the environment: .venv/bin/python benchmarks/run.py [core] [python] [size]
"""

from __future__ import annotations

import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
BUILD = ROOT / "build" / "benchmarks"

# Each figure, its goal and their unit.
GOALS = {
    "C++ assess, ten events": (300, "ns"),
    "next change / assess, in C++": (0.25, "x"),
    "C++ timeline over five years": (20_000, "ns"),
    "C++ timeline over 200 years, the same facts": (None, "ns"),
    "C++ explain": (20_000, "ns"),
    "C++ plan, ten years": (2_000_000, "ns"),
    "C++ plan, ten years, counted from decisions": (None, "ns"),
    "C++ actions": (None, "ns"),
    "C++ parse_partner, 2 kB": (None, "ns"),
    "C++ to_json": (None, "ns"),
    "json.loads": (None, "us"),
    "parse_partner(bytes)": (None, "us"),
    "parse / json.loads": (1.3, "x"),
    "parse_partner(dict)": (8, "us"),
    "assess": (2, "us"),
    "to_dict": (10, "us"),
    "explain": (None, "us"),
    "actions": (None, "us"),
    "import designation": (25, "ms"),
    "designation --version": (80, "ms"),
    "the wheel": (1.5, "MB"),
}
CORE = {
    "assess": "C++ assess, ten events",
    "assess_and_find_the_next_change": "with the next change",
    "timeline": "C++ timeline over five years",
    "timeline_over_200_years": "C++ timeline over 200 years, the same facts",
    "plan/by_anniversaries": "C++ plan, ten years",
    "plan/by_decisions": "C++ plan, ten years, counted from decisions",
    "explain": "C++ explain",
    "actions": "C++ actions",
    "parse_partner": "C++ parse_partner, 2 kB",
    "to_json": "C++ to_json",
}


def core() -> dict[str, float]:
    """Measure the C++ library."""
    options = ["-DDESIGNATION_BENCHMARKS=ON", "-DCMAKE_BUILD_TYPE=Release", f"-DPython_EXECUTABLE={sys.executable}"]
    subprocess.run(["cmake", "-G", "Ninja", "-S", ROOT, "-B", BUILD, *options], check=True, stdout=sys.stderr)
    subprocess.run(["cmake", "--build", BUILD], check=True, stdout=sys.stderr)
    options = ["--benchmark_repetitions=9", "--benchmark_format=json", "--benchmark_enable_random_interleaving=true"]
    program = BUILD / "benchmarks" / "designation_benchmarks"
    done = subprocess.run([program, *options], check=True, capture_output=True, text=True)
    medians = [b for b in json.loads(done.stdout)["benchmarks"] if b.get("aggregate_name") == "median"]
    figures = {CORE[b["run_name"]]: b["cpu_time"] for b in medians}
    with_next_change = figures.pop("with the next change")
    figures["next change / assess, in C++"] = with_next_change / figures["C++ assess, ten events"] - 1
    return figures


def python() -> dict[str, float]:
    """Measure the Python package and its start-up."""
    command = [sys.executable, str(ROOT / "benchmarks" / "python_api.py")]
    figures: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return figures


def size() -> dict[str, float]:
    """Build a wheel in the build folder of scripts/setup, and return its megabytes."""
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
        options = [f"--config-settings=build-dir={ROOT / 'build' / 'package'}", "--wheel-dir", folder]
        subprocess.run([*pip, *options, str(ROOT)], check=True, stdout=sys.stderr)
        return {"the wheel": sum(path.stat().st_size for path in pathlib.Path(folder).iterdir()) / 1e6}


def main() -> None:
    wanted = sys.argv[1:] or ["core", "python", "size"]
    figures: dict[str, float] = {}
    for group in (core, python, size):
        if group.__name__ in wanted:
            figures |= group()
    print("| what | median | goal | |\n| --- | --: | --: | --- |")
    for name, (goal, unit) in GOALS.items():
        if name not in figures:
            continue
        met = "" if goal is None else "met" if figures[name] <= goal else f"missed by {figures[name] / goal - 1:.0%}"
        print(f"| {name} | {figures[name]:.3g} {unit} | {'' if goal is None else f'{goal:g} {unit}'} | {met} |")


if __name__ == "__main__":
    main()
