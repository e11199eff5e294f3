"""Every code block of the README and of the pages in docs runs and shows its real output.

A block that begins with a file name (```json contoso.json) is that file for the following blocks of its page.
"""

from __future__ import annotations

import doctest
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple
from unittest import mock

import duckdb
import pytest

import designation as dsg
from designation.cli._examples import write_examples
from designation.cli._main import main

ROOT = Path(__file__).parents[2]
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
    for path in (ROOT / "README.md", *ROOT.glob("docs/**/*.md"))
}
EXTRAS = re.findall(r"optional-dependencies\]\n(.*?)\n\n", (ROOT / "pyproject.toml").read_text("utf-8"), re.DOTALL)[0]
FLAGS = doctest.ELLIPSIS
ENVIRONMENT = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "LANG": "C.UTF-8"}
KINDS = {"cmake", "console", "cpp", "json", "pycon", "python", "sh", "shell", "text", "yaml"}


class Block(NamedTuple):
    """A fenced block of a page."""

    page: str
    line: int
    language: str
    file: str | None
    text: str


BLOCKS = [
    Block(page, text[: match.start()].count("\n") + 1, *match.groups())
    for page, text in PAGES.items()
    for match in re.finditer(r"^```(\w*)(?: (\S+))?\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
]


def blocks_of(language: str, page: str = "") -> list[Block]:
    return [block for block in BLOCKS if block.language == language and page in ("", block.page)]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy the examples into a folder, in which the commands of the pages run."""
    copy = tmp_path / "examples"
    write_examples(str(copy))
    monkeypatch.chdir(copy)
    return copy


def save(blocks: list[Block]) -> None:
    """Write the blocks that are files."""
    for block in blocks:
        if block.file:
            Path(block.file).parent.mkdir(parents=True, exist_ok=True)
            Path(block.file).write_text(block.text, "utf-8")


def test_no_block_is_hidden_from_the_tests() -> None:
    # A fence that is indented, of tildes, or in another form, and an example on a page outside docs, would never run.
    for page, text in PAGES.items():
        fences = re.findall(r"^[ \t]*(?:`{3,}|~{3,})", text, re.MULTILINE)
        assert fences == ["```"] * 2 * len([block for block in BLOCKS if block.page == page]), page
    folders = ("", "benchmarks", "notebooks", ".github")
    others = [path for folder in folders for path in (ROOT / folder).glob("*.md") if path.name != "README.md" or folder]
    assert [path for path in others if re.search(r"```(console|pycon|python)", path.read_text("utf-8"))] == []
    pages = [path.read_text("utf-8") for path in ROOT.glob("docs/**/*.rst")]
    assert [text for text in pages if re.search(r"^\.\. code|^[^.\n].*::$|^\s*>>> ", text, re.MULTILINE)] == []


def test_a_test_runs_every_kind_of_block() -> None:
    assert {block.language for block in BLOCKS} == KINDS
    assert [block for block in BLOCKS if block.language in ("cmake", "cpp", "text", "yaml") and not block.file] == []


@pytest.mark.parametrize("page", dict.fromkeys(block.page for block in blocks_of("pycon")))
def test_the_python_blocks_show_the_output_of_python(page: str, folder: Path) -> None:
    save([block for block in BLOCKS if block.page == page])
    text = "\n".join(block.text for block in blocks_of("pycon", page))
    test = doctest.DocTestParser().get_doctest(text, {}, page, page, 0)
    complaints: list[str] = []
    results = doctest.DocTestRunner(optionflags=FLAGS).run(test, out=complaints.append)
    assert results.attempted > 2
    assert not complaints, "".join(complaints)


@pytest.mark.parametrize("page", dict.fromkeys(block.page for block in blocks_of("console")))
def test_the_console_blocks_show_the_output_of_the_commands(page: str, folder: Path) -> None:
    for block in BLOCKS:
        if block.page != page:
            continue
        save([block])
        commands = re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:] if block.language == "console" else []
        for command in commands:
            line, _, expected = command.partition("\n")
            done = subprocess.run(
                ["bash", "-c", line],
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                cwd=folder,
                env=ENVIRONMENT,
                encoding="utf-8",
                check=False,
            )
            example = doctest.Example(line, expected)
            seen = f"{page}:{block.line}\n$ {line}\n{done.stdout}"
            assert doctest.OutputChecker().check_output(example.want, done.stdout, FLAGS), seen


@pytest.mark.parametrize("block", blocks_of("shell"), ids=lambda block: f"{block.page}:{block.line}")
def test_the_lines_to_copy_work_in_an_empty_folder(block: Block, tmp_path: Path) -> None:
    subprocess.run(["bash", "-euc", block.text], cwd=tmp_path, env=ENVIRONMENT, stdout=subprocess.DEVNULL, check=True)


def test_the_commands_in_the_text_of_the_readme_work(folder: Path) -> None:
    commands = re.findall(r"`(designation [^`]*)`", PAGES["README.md"])
    assert len(commands) > 5
    for command in commands:
        if not command.endswith("--interactive"):  # test_first_steps.py answers its questions
            assert main(shlex.split(command)[1:]) == 0


def test_the_readme_begins_with_a_sentence_and_an_image_and_is_short() -> None:
    title, sentence, image, *rest = PAGES["README.md"].split("\n\n")
    assert (title, sentence.count(". "), image[:2], rest[0][:3]) == ("# designation", 0, "![", "## ")
    assert len(PAGES["README.md"].split()) <= 500


@pytest.mark.parametrize("block", blocks_of("python"), ids=lambda block: f"{block.page}:{block.line}")
def test_the_python_blocks_for_a_cluster_compile(block: Block) -> None:
    # test_spark.py runs what these blocks call.
    compile(block.text, block.page, "exec")


def test_the_dbt_model_returns_a_table() -> None:
    # A stand-in for dbt finds a table by its name, and has settings.
    (model,) = (block for block in blocks_of("python") if block.file == "models/assessed.py")
    given: dict[str, Any] = {}
    exec(model.text, given)
    with duckdb.connect() as warehouse:
        warehouse.execute("create table partners as select 'contoso' as id")
        for name, columns in {
            "authorizations": 'type varchar, "from" date',
            "contracts": 'type varchar, "from" date',
            "designations": 'area varchar, "from" date',
            "events": 'type varchar, "on" date',
        }.items():
            warehouse.execute(f"create table {name} (partner_id varchar, {columns})")
        config = mock.Mock()
        config.get = {"as_of": "2026-09-15"}.get
        answer = given["model"](SimpleNamespace(ref=warehouse.table, config=config), warehouse)
    assert answer.column("id").to_pylist() == ["contoso"]


@pytest.mark.parametrize("block", blocks_of("yaml"), ids=lambda block: f"{block.page}:{block.line}")
def test_the_workflows_call_existing_commands(block: Block, folder: Path) -> None:
    partners = folder / "partners"
    partners.mkdir()
    for name in ("contoso.json", "fabrikam.json"):
        shutil.copy(folder / name, partners)
    for line in re.findall(r"run: (designation .*)", block.text):
        assert subprocess.run(["bash", "-c", line], env=ENVIRONMENT, check=False).returncode in (0, 1)


@pytest.mark.parametrize("block", blocks_of("json"), ids=lambda block: f"{block.page}:{block.line}")
def test_the_json_blocks_are_valid_documents(block: Block, tmp_path: Path) -> None:
    path = tmp_path / "block.json"
    path.write_text(block.text, "utf-8")
    readers: dict[str, Callable[[Path], object]] = {
        "designation/partner@1": dsg.load,
        "designation/policy@1": dsg.load_policy,
        "designation/rulebook@1": dsg.rulebooks.load,
    }
    readers[json.loads(block.text)["format"]](path)


@pytest.mark.parametrize("line", sorted({line for block in blocks_of("sh") for line in block.text.splitlines()}))
def test_the_setup_commands_exist(line: str) -> None:
    # These commands run this test or need a network, so it cannot run them.
    command, *words = line.split()
    if command in ("conda", "pip"):
        extras = {
            extra for word in words for found in re.findall(r"designation\[(.*)\]", word) for extra in found.split(",")
        }
        provided = {extra.partition("=")[0].strip() for extra in EXTRAS.splitlines()}
        assert words[0] == "install"
        assert extras <= provided
    else:
        assert os.access(ROOT / command, os.X_OK)
        subprocess.run(["bash", "-n", ROOT / command], check=True)


@pytest.mark.parametrize("page", PAGES)
def test_the_links_have_targets(page: str) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", PAGES[page])
    folder = (ROOT / page).parent
    assert [link for link in links if not (link.startswith("https://") or (folder / link).exists())] == []
