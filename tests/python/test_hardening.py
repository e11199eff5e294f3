"""The compiled module has the protections that CMakeLists.txt asks for; the test reads its ELF headers."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from designation import _core
from support.commands import run, tool

pytestmark = pytest.mark.skipif(sys.platform != "linux" or not tool("readelf"), reason="it needs ELF and readelf")


@pytest.fixture(scope="module")
def headers() -> dict[str, str]:
    module = Path(_core.__file__)
    shown = {name: run("readelf", "--wide", f"--{name}", module) for name in ("dynamic", "segments", "dyn-syms")}
    if "__asan_init" in shown["dyn-syms"]:
        pytest.skip("sanitizers replace the hardening")
    return shown


def test_the_loader_resolves_everything_at_once_and_then_locks_it(headers: dict[str, str]) -> None:
    assert re.search(r"\(FLAGS_1\).*\bNOW\b", headers["dynamic"])
    assert "GNU_RELRO" in headers["segments"]


def test_no_memory_is_both_writable_and_executable(headers: dict[str, str]) -> None:
    flags = re.findall(r"^  (LOAD|GNU_STACK) .* ([R ][W ][E ]) 0x", headers["segments"], re.MULTILINE)
    assert {kind for kind, _ in flags} == {"LOAD", "GNU_STACK"}
    assert [each for each in flags if "WE" in each[1]] == []
    assert "TEXTREL" not in headers["dynamic"]


def test_the_module_loads_libraries_from_the_system_only(headers: dict[str, str]) -> None:
    assert not re.search(r"\((RPATH|RUNPATH)\)", headers["dynamic"])


def test_functions_check_their_stack_and_the_bounds_of_copies(headers: dict[str, str]) -> None:
    assert "__stack_chk_fail" in headers["dyn-syms"]
    assert re.search(r"\b__\w+_chk\b", headers["dyn-syms"])
