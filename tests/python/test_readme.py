"""Every code block of the README does what it shows."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

import designation as dsg

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
EXAMPLES = Path(dsg.__file__).parent / "examples"
FLAGS = doctest.ELLIPSIS
SOURCES = {"cmake": "CMakeLists.txt", "cpp": "main.cpp"}


class Block(NamedTuple):
    """A fenced block of the README."""

    language: str
    text: str
    line: int


BLOCKS = [
    Block(match[1], match[2], README[: match.start()].count("\n") + 1)
    for match in re.finditer(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
]


def of(language: str) -> list[Block]:
    return [block for block in BLOCKS if block.language == language]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the README's commands run: the examples, and the C++ program that it shows."""
    copy = tmp_path / "examples"
    shutil.copytree(EXAMPLES, copy)
    for language, name in SOURCES.items():
        (copy / name).write_text("\n".join(block.text for block in of(language)), "utf-8")
    monkeypatch.chdir(copy)
    return copy


def test_every_block_is_of_a_kind_that_a_test_runs() -> None:
    assert {block.language for block in BLOCKS} == {"console", "pycon", "sh", *SOURCES}


def test_the_python_blocks_show_what_python_says(folder: Path) -> None:
    text = "\n".join(block.text for block in of("pycon"))
    test = doctest.DocTestParser().get_doctest(text, {}, "README.md", "README.md", 0)
    complaints: list[str] = []
    results = doctest.DocTestRunner(optionflags=FLAGS).run(test, out=complaints.append)
    assert results.attempted > 10
    assert not complaints, "".join(complaints)


@pytest.mark.parametrize("block", of("console"), ids=lambda block: f"line {block.line}")
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


@pytest.mark.parametrize("line", [line for block in of("sh") for line in block.text.splitlines()])
def test_the_commands_to_set_up_are_there(line: str) -> None:
    # They run this test; running them from here would never end.
    assert os.access(ROOT / line, os.X_OK)
    subprocess.run(["bash", "-n", ROOT / line], check=True)


def test_the_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert [link for link in links if not (link.startswith("https://") or (ROOT / link).exists())] == []
