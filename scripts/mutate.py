#!/usr/bin/env python3
"""Change the rules in one place at a time, and report whether a C++ test fails: `scripts/mutate.py 300 --seed 1`.

All mutants are compiled into one program; an environment variable selects the active one. A test that no longer ends
counts as failed. It prints the mutants that survive, unless docs/mutants.md explains why nothing can notice them.
"""

from __future__ import annotations

import argparse
import collections
import concurrent.futures
import html
import os
import random
import re
import resource
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from mutants import FAMILIES, ROOT, Mutant, clauses_of, instrumented, is_header, mutants, path_of

DEV = ROOT / "build" / "dev"
FOLDER = ROOT / "build" / "mutate"
HEADERS = FOLDER / "include"
EQUIVALENT = ROOT / "docs" / "mutants.md"
CLAUSES = ROOT / "docs" / "mcdc.md"
# This test takes long, and compares nothing with the rules.
TESTS = ["~documents are assessed like rows of a table, on any number of threads"]

# No mutant is active during constant evaluation, so that every constant keeps its value.
MUTANT_HEADER = """
#include <cstdlib>
#include <type_traits>
inline const int mutant = std::atoi(std::getenv("MUTANT"));
constexpr bool is_active(int number) { return std::is_constant_evaluated() ? false : number == mutant; }
"""


def rows_of(page: Path) -> list[str]:
    """Return the lines of a page's table rows."""
    return [line for line in page.read_text("utf-8").splitlines() if line.startswith("| `")]


def equivalent() -> dict[tuple[str, str, str], str]:
    """Return why nothing can notice a mutant, by its row in docs/mutants.md."""
    page = EQUIVALENT.read_text("utf-8")
    rows = re.findall(r"^\| `([\w.]+)` \| `(.*?)` \| `(.*?)` \| (.*) \|$", page, re.MULTILINE)
    return {(family, before.replace("\\|", "|"), after.replace("\\|", "|")): why for family, before, after, why in rows}


class MutatedTests:
    """A program of all C++ tests that holds every mutant and activates one."""

    def __init__(self, asked: list[Mutant]) -> None:
        shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir(parents=True, exist_ok=True)
        for step in (["cmake", "--preset", "dev", "--log-level=WARNING"], ["cmake", "--build", "--preset", "dev"]):
            subprocess.run(["nice", "-n", "5", *step], cwd=ROOT, check=True, stdout=sys.stderr)
        listed = subprocess.run(
            ["ninja", "-C", str(DEV), "-t", "commands", "designation_tests"], text=True, capture_output=True, check=True
        )
        lines = [line for line in listed.stdout.splitlines() if " -o " in line]
        command = shlex.split(next(line for line in lines if "/src/rules/term.cpp" in line))
        first = next(i for i, word in enumerate(command) if word.endswith(("++", "cc")))
        self.compile = [word for word in command[first : command.index("-MD")] if word not in ("-g", "-Werror")]
        self.compile[1:1] = ["-I", str(HEADERS)]
        self.compile += ["-w", "-D_GLIBCXX_ASSERTIONS", "-include", str(FOLDER / "mutant.hpp")]
        (FOLDER / "mutant.hpp").write_text(MUTANT_HEADER, encoding="utf-8")
        self.program = FOLDER / "tests"
        self.numbers = {mutant: number for number, mutant in enumerate(asked, 1)}
        families = {mutant.family for mutant in asked}
        for header in filter(is_header, sorted(families)):
            self.compile_family(header)
        objects = [self.compile_family(family) for family in sorted({Path(family).stem for family in families})]
        command = shlex.split(next(line for line in reversed(lines) if "-o tests/cpp/designation_tests " in line))
        link = command[command.index("&&") + 1 : len(command) - command[::-1].index("&&") - 1]
        link = link[: link.index("&&")] if "&&" in link else link
        link[link.index("tests/cpp/designation_tests")] = str(self.program)
        # First, because the linker keeps the first copy of an inline function, and these check for empty optionals.
        link[1:1] = objects
        subprocess.run(["nice", "-n", "5", *link], cwd=DEV, check=True)
        self.limit = 600  # seconds of processor time
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        if test := self.failing(0, TESTS):
            sys.exit(f"mutate: without a mutant, this test fails: {test}")
        self.limit = 10 + 3 * round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before)

    def compile_family(self, family: str) -> str:
        """Compile a family, or the source of a header, with each mutant that the compiler accepts."""
        name, compiled = path_of(family).name, FOLDER / f"{family}.o"
        target = (HEADERS / "designation" if is_header(family) else FOLDER) / name
        target.parent.mkdir(parents=True, exist_ok=True)
        source = path_of(Path(family).stem) if is_header(family) else target
        while True:
            target.write_text(
                instrumented(family, {each: n for each, n in self.numbers.items() if each.family == family}),
                encoding="utf-8",
            )
            command = ["nice", "-n", "5", *self.compile, "-c", str(source), "-o", str(compiled)]
            done = subprocess.run(command, cwd=DEV, text=True, capture_output=True, check=False)
            if done.returncode == 0:
                return str(compiled)
            wrong = {int(line) for line in re.findall(rf"{re.escape(name)}:(\d+):\d+: error", done.stderr)}
            kept = {each: n for each, n in self.numbers.items() if each.family != family or each.line not in wrong}
            if len(kept) == len(self.numbers):
                sys.exit(done.stderr)
            self.numbers = kept

    def failing(self, number: int, tests: list[str]) -> str | None:
        """Return the first test that fails or does not end, or None if all pass."""
        report = FOLDER / f"{number}.xml"
        limits = ["nice", "-n", "5", "prlimit", f"--cpu={self.limit}", "--as=4000000000"]
        done = subprocess.run(
            [*limits, str(self.program), "-#", "--abort", "-r", "xml", "-o", str(report), *tests],
            env={**os.environ, "MUTANT": str(number)},
            capture_output=True,
            check=False,
        )
        if done.returncode == 0:
            return None
        # A mutant can end the program before it begins its report.
        text = report.read_text("utf-8", "replace") if report.exists() else ""
        names = re.findall(r'<TestCase name="(.*?)"', text)
        return html.unescape(names[-1]) if names else "the program"

    def judge(self, mutant: Mutant) -> str | None:
        """Return the test that notices a mutant, preferably one of the family's own."""
        number = self.numbers[mutant]
        return self.failing(number, [f"[#test_{Path(mutant.family).stem}]"]) or self.failing(number, TESTS)

    def judge_all(self, mutants: Iterable[Mutant], jobs: int) -> Iterator[tuple[Mutant, str | None]]:
        """Return each mutant with the test that notices it."""
        with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
            running = {pool.submit(self.judge, mutant): mutant for mutant in mutants}
            for done in concurrent.futures.as_completed(running):
                yield running[done], done.result()


def judge_sample(options: argparse.Namespace) -> int:
    """Print the mutants of a random sample that no test notices and docs/mutants.md does not explain."""
    possible = [each for family in options.families for each in dict.fromkeys(mutants(family))]
    tests = MutatedTests(possible)
    drawn = sorted(tests.numbers)
    random.Random(options.seed).shuffle(drawn)
    explained, fates = equivalent(), collections.Counter[str]()
    for mutant, test in tests.judge_all(drawn[: options.count], options.jobs):
        fate = "noticed" if test else "equivalent" if mutant.row in explained else "survived"
        fates[fate] += 1
        if fate == "survived" or options.verbose:
            print(f"{fate}: {mutant}" + (f"  ({test})" if test else ""), flush=True)
    judged = fates.total()
    print(f"{judged} mutants, drawn with seed {options.seed} from {len(drawn)} that compile, of {len(possible)}")
    print(f"{fates['noticed']} noticed ({fates['noticed'] / judged:.1%}), {fates['equivalent']} in docs/mutants.md")
    return 1 if fates["survived"] else 0


def judge_clauses(options: argparse.Namespace) -> int:
    """Write docs/mcdc.md: the test that fails if a clause is always true, and the one if it is always false."""
    asked = clauses_of(options.families)
    explained, noticed = equivalent(), dict[tuple[str, str, str], str]()
    tests = MutatedTests(asked)
    for mutant, test in tests.judge_all(asked, options.jobs):
        noticed[mutant.row] = test or (f"none: {explained[mutant.row]}" if mutant.row in explained else "")
        if not noticed[mutant.row]:
            print(f"survived: {mutant}", flush=True)
    lines = [row for row in rows_of(CLAUSES) if Path(row.split("`")[1]).stem not in options.families]
    for family, clause in dict.fromkeys(each.row[:2] for each in asked):
        by = (noticed[family, clause, word] for word in ("true", "false"))
        lines.append("| " + " | ".join((f"`{family}`", f"`{clause.replace('|', chr(92) + '|')}`", *by)) + " |")
    head, _, _ = CLAUSES.read_text("utf-8").partition("| family")
    columns = "| family | condition, with the clause in brackets | always true: noticed by | always false: noticed by |"
    CLAUSES.write_text(
        "\n".join([head + columns, "| --- | --- | --- | --- |", *sorted(lines)]) + "\n", encoding="utf-8"
    )
    unnoticed = sum(not each for each in noticed.values())
    print(f"{len(tests.numbers)} mutants of {len(lines)} clauses, {unnoticed} unnoticed")
    return 0 if all(noticed.values()) else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", metavar="N", nargs="?", default=300, type=int, help="number of mutants; default: 300")
    parser.add_argument("--seed", type=int, default=1, help="seed of the sample; default: 1")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", metavar="FAMILY", dest="families", nargs="+", choices=FAMILIES, default=FAMILIES)
    parser.add_argument(
        "--clauses", action="store_true", help="make each clause true and false, and write docs/mcdc.md"
    )
    parser.add_argument("--verbose", action="store_true", help="print every mutant, with the test that noticed it")
    options = parser.parse_args()
    return judge_clauses(options) if options.clauses else judge_sample(options)


if __name__ == "__main__":
    sys.exit(main())
