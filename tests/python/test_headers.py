"""The installed public headers compile alone and refuse misuse, and noexcept functions never throw."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.commands import ROOT, run, tool

STRICT = ("-std=c++20", "-Wall", "-Wextra", "-Wconversion", "-Wshadow", "-Werror", "-fsyntax-only", "-x", "c++")
EVERY_ERROR = {"g++": "-fmax-errors=0", "clang++": "-ferror-limit=0"}
HEADERS = ROOT / "cpp" / "include" / "designation"

pytestmark = pytest.mark.builds


@pytest.fixture(scope="module", params=["g++", "clang++"])
def compiler(request: pytest.FixtureRequest) -> str:
    found = tool(request.param)
    if not found:
        pytest.skip(f"there is no {request.param}")
    return found


def complaints(compiler: str, prefix: Path, source: str) -> str:
    command = (compiler, *STRICT, EVERY_ERROR[Path(compiler).name.partition("-")[0]], "-I", prefix / "include", "-")
    return subprocess.run(command, input=source, capture_output=True, text=True, check=False).stderr


@pytest.mark.parametrize("stem", sorted(path.name.split(".")[0] for path in HEADERS.iterdir()))
def test_a_header_compiles_alone_and_twice_without_a_warning(prefix: Path, stem: str) -> None:
    # The target designation_headers does the same with gcc.
    compiler = tool("clang++") or pytest.skip("there is no clang++")
    assert complaints(compiler, prefix, f"#include <designation/{stem}.hpp>\n" * 2) == ""


# Headers with objects that can change, with global state, or with callbacks; designation.hpp has the rule for the rest.
@pytest.mark.parametrize("stem", ["checkpoint", "designation", "editions", "facts", "portfolio", "rules", "timeline"])
def test_a_header_says_what_threads_can_share(stem: str) -> None:
    comments = re.findall(r"///.*", (HEADERS / f"{stem}.hpp").read_text("utf-8"))
    assert [line for line in comments if re.search(r"\bthreads?\b", line) and "0 for one per core" not in line]


GIVEN = """#include <designation/availability.hpp>
#include <designation/designation.hpp>
namespace dsg = designation;
inline const dsg::Day day{std::chrono::year{2026} / 9 / 15};
inline const std::optional<dsg::Day> maybe;
inline const dsg::Amount amount = dsg::Amount::ten_thousandths(1);
inline const dsg::Money money{amount, {}};
inline const dsg::Verdict verdict = dsg::Verdict::met;
"""
MISUSE = {
    "a number is no day": ("dsg::Day x = day + 1;", "dsg::Day x = 1;"),
    "a number is no amount": ("dsg::Amount x = amount;", "dsg::Amount x = 1850;"),
    "an amount is not a number": ("auto x = amount.ten_thousandths();", "double x = amount;"),
    "days and amounts do not add up": ("auto x = amount + amount;", "auto x = amount + day;"),
    "two days do not add up": ("int x = day - day;", "auto x = day + day;"),
    "a day is not compared to an amount": ("bool x = day < day;", "bool x = day < amount;"),
    "money of two currencies has no sum": ("auto x = money.amount + money.amount;", "auto x = money + money;"),
    "money has no order": ("bool x = money.amount < money.amount;", "bool x = money < money;"),
    "a day that may be absent has no order": ("bool x = *maybe < day;", "bool x = maybe < day;"),
    "nor on the other side": ("bool x = day >= *maybe;", "bool x = day >= maybe;"),
    "nor two of them": ("bool x = maybe == day;", "bool x = maybe <= maybe;"),
    "a verdict has no truth value": ("bool x = verdict == dsg::Verdict::met;", "bool x = verdict ? true : false;"),
    "a verdict is not negated": ("bool x = verdict != dsg::Verdict::met;", "bool x = !verdict;"),
    "a verdict is joined by & and |": ("auto x = verdict & verdict;", "auto x = verdict && verdict;"),
    "words of two kinds are not equal": (
        "bool x = dsg::assess({}, day, dsg::builtin_rules()).term.status == dsg::Status::active;",
        "bool x = dsg::Status::active == verdict;",
    ),
    "a text is no partner": (
        'auto x = dsg::assess(dsg::parse_partner("{}"), day, dsg::builtin_rules());',
        'auto x = dsg::assess("{}", day, dsg::builtin_rules());',
    ),
    "a day and rules are not exchanged": (
        "auto x = dsg::available(dsg::Offer::badge, day, dsg::builtin_rules());",
        "auto x = dsg::available(dsg::Offer::badge, dsg::builtin_rules(), day);",
    ),
}


def test_misuse_does_not_compile_and_correct_use_does(compiler: str, prefix: Path) -> None:
    rights, wrongs = ([f"inline {line}\n" for line in lines] for lines in zip(*MISUSE.values(), strict=True))
    numbered = [re.sub(r" x\b", f" x{number}", line, count=1) for number, line in enumerate(rights)]
    assert complaints(compiler, prefix, GIVEN + "".join(numbered)) == ""
    for number, line in enumerate(wrongs):
        wrongs[number] = re.sub(r" x\b", f" x{number}", line, count=1)
    errors = complaints(compiler, prefix, GIVEN + "".join(wrongs))
    first = GIVEN.count("\n") + 1
    refused = {int(line) - first for line in re.findall(r"^<stdin>:(\d+):\d+: error", errors, re.MULTILINE)}
    assert [what for number, what in enumerate(MISUSE) if number not in refused] == []


# A noexcept function must not reach one of these functions; every throw ends in one. The test reads the calls from the
# machine code of the library.
THROWS = re.compile(r"__cxa_(throw|rethrow)|std::__throw_|^operator new(?!\(unsigned long, void\*\))")
# Calls that never happen. Only `findings` passes a list to fill; test_assessment_allocation.cpp shows that `assess`
# allocates nothing. parse_iso and parse_amount check the length before they take parts of a text.
NOT_TAKEN = re.compile(
    r"std::vector<designation::Finding[ ,].*::(_M_realloc_\w+|push_back|emplace_back)|std::__sv_check"
)


def public_classes() -> str:
    """Return a pattern for the classes that public headers declare."""
    text = "".join(path.read_text("utf-8") for path in HEADERS.iterdir())
    return "|".join(sorted(set(re.findall(r"^(?:class|struct) (\w+)", text, re.MULTILINE))))


def promised() -> set[str]:
    """Return the names of the functions that public headers declare noexcept and sources define."""
    declaration = re.compile(r"(\w+)\((?:[^;{}()]|\(\))*\)(?:\s*const)?\s*noexcept;")
    return {name for path in HEADERS.glob("*.hpp") for name in declaration.findall(path.read_text("utf-8"))}


@pytest.fixture(scope="module")
def graph(prefix: Path) -> dict[str, set[str]]:
    """Return the functions that each function of the static library calls or refers to."""
    if not tool("objdump"):
        pytest.skip("there is no objdump")
    (library,) = prefix.rglob("libdesignation.a")
    graph: dict[str, set[str]] = {}
    inside: set[str] = set()
    for line in run("objdump", "-drC", "--no-show-raw-insn", library).splitlines():
        if begun := re.match(r"[0-9a-f]+ <(.+)>:$", line):
            inside = graph.setdefault(begun[1], set())
        elif referred := re.search(r"R_X86_64_(?:PLT32|PC32|GOTPCREL\w*)\s+(.+?)(?:[-+]0x[0-9a-f]+)?$", line):
            inside.add(referred[1])
        elif called := re.search(r"\b(?:call|jmp)\w*\s+[0-9a-f]+ <(.+?)(?:\+0x[0-9a-f]+)?>$", line):
            inside.add(called[1])
    return graph


def ways_to_throw(graph: dict[str, set[str]], start: str) -> Iterator[str]:
    seen, found = {start}, [(start, start)]
    while found:
        name, way = found.pop()
        for called in graph.get(name, set()) - seen:
            if NOT_TAKEN.search(called):
                continue
            seen.add(called)
            if THROWS.search(called):
                yield f"{way} > {called}"
            else:
                found.append((called, f"{way} > {called}"))


def test_a_noexcept_function_never_reaches_a_throw(graph: dict[str, set[str]]) -> None:
    # The function `view` may throw; the member of `Partner` must not.
    names = {name: name for name in promised()} | {"Walk": "Walk::Walk", "view": "Partner::view"}
    member = f"(?:{public_classes()})::"
    held = {
        name: [start for start in graph if re.match(rf"designation::(?:{member})?{names[name]}(\[abi:\w+\])?\(", start)]
        for name in names
    }
    assert [name for name, starts in held.items() if not starts] == []
    assert [way for starts in held.values() for start in starts for way in ways_to_throw(graph, start)] == []


def test_the_check_sees_functions_that_throw(graph: dict[str, set[str]]) -> None:
    for name in ("parse_partner", "make_rules", "timeline", "view"):
        assert any(
            list(ways_to_throw(graph, start)) for start in graph if re.match(rf"designation::{name}\(", start)
        ), name
