"""Outputs: never over an input, of the kind that the name says, and without rests."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

import designation as dsg
from designation.cli import main

PARTNER = {"id": "contoso", "events": [{"on": "2025-12-12", "type": "badge_awarded"}]}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("p.json").write_text(json.dumps(PARTNER), "utf-8")
    Path("p.ndjson").write_text(json.dumps(PARTNER) + "\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "words",
    [
        ["assess", "p.json", "--format", "json", "-o", "p.json"],
        ["plan", "p.json", "--format", "json", "-o", "link.json"],
        ["what-if", "p.json", "--add", "on=2026-01-01", "type=interest_registered", "--format", "json", "-o", "p.json"],
        ["report", "p.ndjson", "p.json", "--format", "json", "-o", "p.json"],
        ["portfolio", "p.ndjson", "-o", "p.ndjson"],
        ["convert", "p.ndjson", "-o", "p.ndjson"],
        ["convert", "p.ndjson", "-o", "./p.ndjson"],
    ],
)
def test_an_input_is_never_written_over(words: list[str], folder: Path, capsys: Any) -> None:
    os.symlink("p.json", "link.json")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert main(words) == 2
    assert capsys.readouterr().err == f"{words[-1]}: is an input; write to another file [output]\n"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["assess", "p.json", "-o", "out.pdf"], "designation assess does not write .pdf files; use .txt, or --format"),
        (["assess", "p.json", "-o", "out.json"], "add --format json to write JSON"),
        (
            ["assess", "p.json", "--format", "json", "-o", "out.xlsx"],
            "use .json or .ndjson or .jsonl; designation",
        ),
        (["report", "p.json", "-o", "out.pdf"], "out.pdf: add --format pdf to write a .pdf file"),
        (["report", "p.json", "-o", "out.svg"], "out.svg: add --format svg to write a .svg file"),
        (
            ["report", "p.json", "-o", "out.docx"],
            "use .html or .htm; designation report --format pdf writes a PDF file",
        ),
        (["init", "-o", "out.xlsx"], "use .json or .ndjson or .jsonl; designation portfolio, designation convert, and"),
        (["init", "--excel", "out.pdf"], "argument --excel: must end in .xlsx"),
        (["schema", "partner", "-o", "out.html"], "designation schema does not write .html files; use .json or"),
        (["calendar", "p.json", "-o", "out.html"], "use .ics; designation report writes an .html file"),
        (["portfolio", "p.ndjson", "-o", "out.pdf"], "must be a .parquet, .csv, .ndjson, .jsonl, or .xlsx file"),
        (["convert", "p.ndjson", "-o", "out.html"], "must end in one of .json, .ndjson"),
    ],
)
def test_an_ending_that_says_another_kind_is_refused(words: list[str], message: str, folder: Path, capsys: Any) -> None:
    assert main(words) == 2
    assert message in capsys.readouterr().err
    assert not [path for path in folder.iterdir() if path.name.startswith("out")]


@pytest.mark.parametrize("name", ["out.txt", "out", "out.md", "assessed.out"])
def test_other_endings_are_written(name: str, folder: Path) -> None:
    assert main(["assess", "p.json", "-o", name]) == 0
    assert Path(name).read_text("utf-8").startswith("contoso")


@pytest.mark.parametrize("command", ["portfolio", "convert", "assess"])
def test_a_pipe_is_written_into(command: str, folder: Path) -> None:
    os.mkfifo("out.ndjson")
    found: list[str] = []
    reader = threading.Thread(target=lambda: found.append(Path("out.ndjson").read_text("utf-8")), daemon=True)
    reader.start()
    more = ["--format", "json"] if command == "assess" else []
    assert main([command, "p.ndjson", "-o", "out.ndjson", *more]) == 0
    reader.join(10)
    assert "contoso" in found[0]
    assert Path("out.ndjson").is_fifo()


def test_a_killed_run_leaves_a_draft_that_the_next_one_removes(folder: Path) -> None:
    program = (
        "import os, time; from designation._io import replace_file\n"
        "with replace_file('out.txt') as draft:\n    print(draft, flush=True)\n    time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        draft = Path(process.stdout.readline().strip())
        assert draft.exists()
        assert main(["assess", "p.json", "-o", "out.txt"]) == 0
        assert draft.exists(), "the draft of a running process stays"
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert draft.exists()
    assert main(["assess", "p.json", "-o", "out.txt"]) == 0
    assert not draft.exists()
    assert sorted(path.name for path in folder.iterdir()) == ["out.txt", "p.json", "p.ndjson"]


def open_when_read(pipe: str) -> int:
    """Open a pipe to write, as soon as another process reads it."""
    for _ in range(200):
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(pipe)


@pytest.mark.parametrize("command", ["assess", "portfolio", "report", "check", "convert"])
def test_an_interrupt_gives_130(command: str, folder: Path) -> None:
    os.mkfifo("in.ndjson")
    output = ["-o", "out.csv"] if command in ("portfolio", "convert") else []
    words = [sys.executable, "-m", "designation", command, "in.ndjson", *output]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as process:
        descriptor = open_when_read("in.ndjson")
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=20)
        os.close(descriptor)
    assert (process.returncode, "Traceback" in error) == (130, False)


def test_a_python_call_never_writes_over_its_input(folder: Path) -> None:
    with pytest.raises(ValueError, match="is the input"):
        dsg.convert("p.ndjson", "p.ndjson")
