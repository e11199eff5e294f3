"""The structure of the tree: layers, the same stem for a concept in every folder, and file sizes."""

from __future__ import annotations

import importlib.metadata
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import designation

ROOT = Path(__file__).resolve().parents[2]
HEADERS = ROOT / "cpp" / "include" / "designation"
SOURCES = ROOT / "cpp" / "src"

LAYERS = (
    ("export", "version"),
    ("arrow", "checkpoint", "fields", "enums"),
    ("date", "diagnostic", "money", "verdict"),
    ("facts", "finding", "interpretation"),
    ("evaluation", "facts_after", "partner", "words"),
    ("rulebook",),
    ("policy",),
    ("rules", "safe_by"),
    ("availability", "eligibility", "term"),
    ("benefits", "journey", "renewal"),
    ("fees",),
    ("history",),
    ("assessment",),
    ("action",),
    ("explanation", "plan", "timeline"),
    ("deciding", "reprice"),
    ("editions", "json", "portfolio"),
    ("designation",),
)
RANKS = {stem: rank for rank, layer in enumerate(LAYERS) for stem in layer}

SOURCES_OF_A_HIGHER_LAYER = {
    "diagnostic": ("partner", "a diagnostic escapes control characters as quoted texts do"),
    "facts": ("partner", "facts that a program filled are checked as those of a document are"),
    "evaluation": ("rules", "a rulebook names evaluations, and reads none; the rule itself reads the rulebook"),
}
# The room of a source decides how it is compiled, measured and mutated; a private source has the layer of its room.
ROOMS = {
    "": "partner",
    "explain": "explanation",
    "json": "json",
    "plan": "plan",
    "portfolio": "portfolio",
    "rulebooks": "json",
    "rules": "timeline",
}
WITH_A_HEADER_OF_ANOTHER = {
    "check_rulebook": "reader",
    "encode_assessment": "sink",
    "encode_explanation": "sink",
    "encode_partner": "sink",
    "encode_plan": "sink",
    "encode_policy": "sink",
    "findings": "explainer",
    "prerequisites": "explainer",
    "read_fees": "reader",
    "read_partner": "reader",
    "read_policy": "reader",
    "read_rulebook": "reader",
    "text": "reader",
}

WITHOUT_SOURCE = {
    "arrow": "declarations of a standard",
    "checkpoint": "a name for a function",
    "designation": "the umbrella",
    "export": "written by CMake",
    "fields": "templates",
    "finding": "names and a day",
    "interpretation": "names",
    "policy": "what a user chose, as it is",
    "rulebook": "what an edition says, as it is",
    "verdict": "two operators",
    "version": "written by CMake",
    "enums": "templates",
    "words": "written by CMake, from the schema of a partner",
}
WITHOUT_BINDING = {
    "arrow": "a capsule carries its structs",
    "availability": "a part of eligibility, benefits and history",
    "checkpoint": "the bindings pass one that lets Python handle signals",
    "designation": "the umbrella",
    "export": "for shared libraries",
    "history": "an assessment carries what it finds",
    "interpretation": "a policy is bound as a document",
    "money": "an amount is a Decimal in Python",
    "safe_by": "actions and the steps of plans carry it",
    "verdict": "bound with the other words",
    "version": "an attribute of the module",
}
WITHOUT_TEST = {
    "arrow": "held by the tests of the portfolio",
    "checkpoint": "held by the tests of plans and of signals",
    "designation": "the umbrella; the consumer includes it",
    "export": "held by the shared library's consumer",
    "version": "held by the consumer and by the package",
}

MOST_LINES = 400
LONGER = {
    "python/designation/_core.pyi": "the face of one module",
    "tests/cpp/test_json.cpp": "one reader, from each of its sides",
    "tests/python/test_cli.py": "one command line, from each of its sides",
}


def stems(folder: Path, pattern: str) -> set[str]:
    return {path.name.split(".")[0] for path in folder.glob(pattern)}


def includes(path: Path) -> list[str]:
    return re.findall(r'^#include ["<]([^">]+)[">]', path.read_text("utf-8"), re.MULTILINE)


def concepts(path: Path) -> list[str]:
    return [
        re.sub(r"designation/(\w+)\.hpp", r"\1", name) for name in includes(path) if name.startswith("designation/")
    ]


def room_of(path: Path) -> str:
    return path.relative_to(SOURCES).parts[0] if path.parent != SOURCES else ""


def rank_of_source(path: Path) -> int:
    if path.stem in SOURCES_OF_A_HIGHER_LAYER:
        return RANKS[SOURCES_OF_A_HIGHER_LAYER[path.stem][0]]
    return RANKS[path.stem] if path.stem in RANKS else RANKS[ROOMS[room_of(path)]]


def rank_of_include(name: str) -> int:
    """Return the layer of a header, public or private; the standard library is below all of them."""
    room, *rest = name.split("/")
    if room == "designation":
        return RANKS[rest[0].removesuffix(".hpp")]
    if not (SOURCES / name).is_file():
        return 0
    return rank_of_source(SOURCES / name)


def text_files() -> Iterator[Path]:
    for folder in ("benchmarks", "bindings", "cmake", "cpp", "docs", "notebooks", "python", "scripts", "tests"):
        yield from (p for p in (ROOT / folder).rglob("*") if p.is_file() and not p.is_symlink() and p.suffix != ".pyc")
    yield from (path for path in ROOT.iterdir() if path.is_file())


def code_files() -> list[Path]:
    return [path for path in text_files() if path.suffix in {".py", ".pyi", ".cpp", ".hpp", ".cmake", ".in"}]


class TestLayers:
    def test_every_public_header_has_a_layer(self) -> None:
        assert stems(HEADERS, "*.hpp*") == set(RANKS)

    @pytest.mark.parametrize("stem", sorted(RANKS))
    def test_a_header_includes_only_lower_layers(self, stem: str) -> None:
        (path,) = HEADERS.glob(f"{stem}.hpp*")
        assert [name for name in concepts(path) if RANKS[name] >= RANKS[stem]] == []

    @pytest.mark.parametrize(
        "path", sorted(SOURCES.rglob("*.?pp")), ids=lambda path: path.relative_to(SOURCES).as_posix()
    )
    def test_a_source_includes_no_higher_layer(self, path: Path) -> None:
        assert [name for name in includes(path) if rank_of_include(name) > rank_of_source(path)] == []

    @pytest.mark.parametrize("stem", sorted(RANKS))
    def test_public_headers_include_only_the_standard_library_and_each_other(self, stem: str) -> None:
        (path,) = HEADERS.glob(f"{stem}.hpp*")
        others = [name for name in includes(path) if not name.startswith("designation/")]
        assert [name for name in others if not re.fullmatch(r"[a-z_0-9]+", name)] == []

    @pytest.mark.parametrize("stem", sorted(set(RANKS) - {"arrow", "designation", "export", "version"}))
    def test_a_header_exports_its_namespace(self, stem: str) -> None:
        (path,) = HEADERS.glob(f"{stem}.hpp*")
        assert re.findall(r"^namespace .*", path.read_text("utf-8"), re.MULTILINE) == [
            "namespace DESIGNATION_API designation {"
        ]

    def test_the_core_knows_neither_python_nor_the_bindings(self) -> None:
        for path in (ROOT / "cpp").rglob("*.?pp"):
            assert [name for name in includes(path) if re.search(r"pybind|Python|bind", name)] == []

    def test_only_the_json_folder_uses_the_json_library(self) -> None:
        seen = {
            path.relative_to(SOURCES).parts[0]
            for path in SOURCES.rglob("*.?pp")
            if "nlohmann" in path.read_text("utf-8")
        }
        assert seen == {"json"}


class TestMirror:
    def test_each_source_is_in_a_room(self) -> None:
        assert {room_of(path) for path in SOURCES.rglob("*.?pp")} == set(ROOMS)

    def test_a_stem_names_one_source(self) -> None:
        names = [path.stem for path in SOURCES.rglob("*.cpp")]
        assert sorted(set(names)) == sorted(names)

    def test_each_header_has_its_source(self) -> None:
        assert stems(HEADERS, "*.hpp*") - stems(SOURCES, "**/*.cpp") == set(WITHOUT_SOURCE)

    def test_each_source_has_its_header(self) -> None:
        private = {path.stem for path in SOURCES.rglob("*.cpp") if path.with_suffix(".hpp").is_file()}
        others = stems(SOURCES, "**/*.cpp") - private - stems(HEADERS, "*.hpp*")
        assert others == set(WITH_A_HEADER_OF_ANOTHER)
        assert set(WITH_A_HEADER_OF_ANOTHER.values()) <= stems(SOURCES, "**/*.hpp")

    def test_each_rule_has_a_public_header(self) -> None:
        assert stems(SOURCES / "rules", "*") <= stems(HEADERS, "*.hpp*")

    def test_each_header_has_its_binding_and_each_binding_its_header(self) -> None:
        bound = {stem.removeprefix("bind_") for stem in stems(ROOT / "bindings", "bind_*.cpp")}
        assert set(RANKS) - bound == set(WITHOUT_BINDING)
        assert bound - set(RANKS) == set()

    def test_each_header_has_its_test(self) -> None:
        tested = {stem.removeprefix("test_") for stem in stems(ROOT / "tests" / "cpp", "test_*.cpp")}
        assert set(RANKS) - tested == set(WITHOUT_TEST)

    def test_the_umbrella_header_includes_all_headers_but_one(self) -> None:
        reached, found = {"designation"}, ["designation"]
        while found:
            (path,) = HEADERS.glob(f"{found.pop()}.hpp*")
            found += [name for name in concepts(path) if name not in reached]
            reached |= set(found)
        assert set(RANKS) - reached == {"availability"}


class TestPython:
    def test_the_package_imports_nothing_heavy(self) -> None:
        loaded = "import sys; before = set(sys.modules); import designation; print(*set(sys.modules) - before)"
        done = subprocess.run([sys.executable, "-I", "-c", loaded], capture_output=True, text=True, check=True)
        top = {name.split(".")[0] for name in done.stdout.split()}
        light = {
            "collections",
            "contextlib",
            "copyreg",
            "datetime",
            "enum",
            "functools",
            "importlib",
            "itertools",
            "keyword",
            "math",
        }
        light |= {"designation", "operator", "re", "reprlib", "types", "typing", "warnings"}
        assert {name for name in top if not name.startswith("_")} <= light

    def test_the_package_has_one_version(self) -> None:
        (declared,) = re.findall(
            r"project\(designation VERSION ([0-9.]+)", (ROOT / "CMakeLists.txt").read_text("utf-8")
        )
        newest = re.findall(r"^## ([0-9.]+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)[0]
        assert {declared, newest, designation.__version__} == {importlib.metadata.version("designation")}

    def test_the_setup_installs_the_build_requirements(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
        assert set(project["build-system"]["requires"]) <= set(project["dependency-groups"]["build"])


class TestHabits:
    def test_no_file_is_longer_than_400_lines(self) -> None:
        sizes = {path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines()) for path in code_files()}
        assert {name for name, lines in sizes.items() if lines > MOST_LINES} == set(LONGER)

    def test_every_python_program_has_the_suffix_py(self) -> None:
        programs = [path for path in text_files() if path.read_bytes().startswith(b"#!/usr/bin/env python")]
        assert {path.suffix for path in programs} == {".py"}

    def test_no_file_has_an_open_task(self) -> None:
        words = re.compile("TO" + r"DO\b|FIX" + r"ME\b|NotImplemented" + "Error")
        assert [path for path in code_files() if words.search(path.read_text("utf-8"))] == []

    def test_no_file_contains_a_path_of_a_developers_machine(self) -> None:
        place = re.compile(rf"{re.escape(str(ROOT))}\b|/(?:home|root|Users)/\w".encode())
        assert [path for path in text_files() if place.search(path.read_bytes())] == []
