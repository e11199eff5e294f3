"""Every code block of the README and of the pages in docs does what it shows."""

from __future__ import annotations

import doctest
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import designation as dsg

ROOT = Path(__file__).parents[2]
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in (ROOT / "README.md", *ROOT.glob("docs/*.md"))
}
EXAMPLES = Path(dsg.__file__).parent / "examples"
FLAGS = doctest.ELLIPSIS
SOURCES = {"cmake": "CMakeLists.txt", "cpp": "main.cpp"}


class Block(NamedTuple):
    """A fenced block of a page."""

    page: str
    line: int
    language: str
    text: str


BLOCKS = [
    Block(page, text[: match.start()].count("\n") + 1, match[1], match[2])
    for page, text in PAGES.items()
    for match in re.finditer(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
]


def of(language: str, page: str = "") -> list[Block]:
    return [block for block in BLOCKS if block.language == language and page in ("", block.page)]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the pages' commands run: the examples, and the C++ program that the README shows."""
    copy = tmp_path / "examples"
    shutil.copytree(EXAMPLES, copy)
    for language, name in SOURCES.items():
        (copy / name).write_text("\n".join(block.text for block in of(language, "README.md")), "utf-8")
    monkeypatch.chdir(copy)
    return copy


def test_every_block_is_of_a_kind_that_a_test_runs() -> None:
    assert {block.language for block in BLOCKS} == {"console", "json", "pycon", "python", "sh", *SOURCES}


@pytest.mark.parametrize("page", dict.fromkeys(block.page for block in of("pycon")))
def test_the_python_blocks_show_what_python_says(page: str, folder: Path) -> None:
    text = "\n".join(block.text for block in of("pycon", page))
    test = doctest.DocTestParser().get_doctest(text, {}, page, page, 0)
    complaints: list[str] = []
    results = doctest.DocTestRunner(optionflags=FLAGS).run(test, out=complaints.append)
    assert results.attempted > 2
    assert not complaints, "".join(complaints)


@pytest.mark.parametrize("block", of("console"), ids=lambda block: f"{block.page}:{block.line}")
def test_the_console_blocks_show_what_the_commands_say(block: Block, folder: Path) -> None:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "LANG": "C.UTF-8"}
    for command in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        line, _, expected = command.partition("\n")
        done = subprocess.run(
            ["bash", "-c", line],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=environment,
            encoding="utf-8",
            check=False,
        )
        example = doctest.Example(line, expected)
        assert doctest.OutputChecker().check_output(example.want, done.stdout, FLAGS), f"$ {line}\n{done.stdout}"


@pytest.mark.parametrize("block", of("python"), ids=lambda block: f"{block.page}:{block.line}")
def test_the_python_that_needs_a_cluster_is_python(block: Block) -> None:
    # What it calls is run by test_spark.py.
    compile(block.text, block.page, "exec")


@pytest.mark.parametrize("block", of("json"), ids=lambda block: f"{block.page}:{block.line}")
def test_the_json_blocks_can_be_read(block: Block, tmp_path: Path) -> None:
    path = tmp_path / "block.json"
    path.write_text(block.text, "utf-8")
    readers: dict[str, Callable[[Path], object]] = {
        "designation/partner@1": dsg.load,
        "designation/policy@1": dsg.load_policy,
        "designation/rulebook@1": dsg.rulebooks.load,
    }
    readers[json.loads(block.text)["format"]](path)


@pytest.mark.parametrize("line", [line for block in of("sh", "README.md") for line in block.text.splitlines()])
def test_the_commands_to_set_up_are_there(line: str) -> None:
    # They run this test; running them from here would never end.
    assert os.access(ROOT / line, os.X_OK)
    subprocess.run(["bash", "-n", ROOT / line], check=True)


@pytest.mark.parametrize("page", PAGES)
def test_the_links_lead_somewhere(page: str) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", PAGES[page])
    folder = (ROOT / page).parent
    assert [link for link in links if not (link.startswith("https://") or (folder / link).exists())] == []
