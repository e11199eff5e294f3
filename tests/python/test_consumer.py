"""A C++ program of someone else's builds against an install prefix and against the wheel, and needs nothing else."""

from __future__ import annotations

import json
import os
import re
import shlex
import sys
from pathlib import Path

import pytest

import designation as dsg
from building import ROOT, run, tool

CONSUMER = ROOT / "tests" / "consumer"
EXAMPLE = Path(dsg.__file__).parent / "examples" / "contoso.json"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def prefix(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # The build of the C++ tests is used, where there is one; it has no Python either.
    place = tmp_path_factory.mktemp("a prefix") / "installed"
    run("cmake", "--preset", "dev")
    run("cmake", "--build", "--preset", "dev", "--target", "designation")
    run("cmake", "--install", "build/dev", "--prefix", place)
    assert not list(place.rglob("*python*")), "the core needs no Python"
    return place


def in_the_wheel(which: str) -> Path:
    return Path(run(sys.executable, "-m", "designation", "config", f"--{which}").rstrip("\n"))


def check(program: Path) -> None:
    version, *findings, assessment = run(program, EXAMPLE).splitlines()
    expected = dsg.assess(dsg.load(EXAMPLE), as_of="2026-09-15")
    assert version == dsg.__version__
    assert findings == [f"{finding.on} {finding.code}" for finding in expected.findings]
    assert json.loads(assessment) == expected.to_dict()


def build_by_cmake(package: Path, place: Path) -> Path:
    run("cmake", "-S", CONSUMER, "-B", place, "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={package}")
    run("cmake", "--build", place)
    packages = re.findall(r"^(\w+)_DIR:PATH=", (place / "CMakeCache.txt").read_text("utf-8"), re.MULTILINE)
    assert packages == ["designation"], "no other package is looked for"
    return place / "consumer"


def build_by_pkg_config(folder: Path, place: Path) -> Path:
    if not tool("pkg-config"):
        pytest.skip("there is no pkg-config")
    asked = ("pkg-config", "--cflags", "--libs", "--static", "designation")
    flags = shlex.split(run(*asked, PKG_CONFIG_PATH=str(folder)))
    compiler = os.environ.get("CXX", "c++")
    run(compiler, CONSUMER / "main.cpp", "-o", place / "consumer", *flags)
    return place / "consumer"


def test_cmake_finds_the_prefix(prefix: Path, tmp_path: Path) -> None:
    check(build_by_cmake(prefix, tmp_path))


def test_cmake_finds_the_wheel(tmp_path: Path) -> None:
    check(build_by_cmake(in_the_wheel("cmakedir"), tmp_path))


def test_pkg_config_finds_the_prefix(prefix: Path, tmp_path: Path) -> None:
    check(build_by_pkg_config(prefix / "lib" / "pkgconfig", tmp_path))


def test_pkg_config_finds_the_wheel(tmp_path: Path) -> None:
    check(build_by_pkg_config(in_the_wheel("pkgconfigdir"), tmp_path))


def test_a_version_that_is_not_there_is_refused(prefix: Path, tmp_path: Path) -> None:
    (tmp_path / "CMakeLists.txt").write_text(
        "cmake_minimum_required(VERSION 3.24)\nproject(other LANGUAGES CXX)\n"
        "find_package(designation 99 CONFIG QUIET)\nmessage(STATUS found=${designation_FOUND})\n",
        "utf-8",
    )
    said = run("cmake", "-S", tmp_path, "-B", tmp_path / "build", "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={prefix}")
    assert "found=0" in said


def test_a_mistake_in_the_document_reaches_the_program_as_one_error(prefix: Path, tmp_path: Path) -> None:
    program = build_by_cmake(prefix, tmp_path / "build")
    (tmp_path / "bad.json").write_text('{"id": "", "event": []}', "utf-8")
    with pytest.raises(AssertionError, match=r"bad.json:1:\d+: /event: unknown key"):
        run(program, tmp_path / "bad.json")
