"""In a terminal, pages use its width, and errors show the source line; the colors are readable on any background."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

import designation as dsg
from designation._core import Diagnostic
from designation.cli import _color, _output, report
from designation.cli._main import main
from designation.cli._problems import source_lines
from test_tokens import contrast

EXAMPLES = Path(dsg.__file__).parent / "examples"
CONTOSO = str(EXAMPLES / "contoso.json")
DAY = ["--as-of", "2026-09-15"]
Capture = pytest.CaptureFixture[str]
COMMANDS = [
    ["demo"],
    ["assess", CONTOSO, *DAY, "--explain"],
    ["timeline", CONTOSO, *DAY],
    ["timeline", CONTOSO, *DAY, "--paths"],
    ["plan", CONTOSO, *DAY],
    ["budget", *map(str, EXAMPLES.glob("[a-o]*.json")), *DAY],
    ["budget", CONTOSO, *DAY, "--by", "month"],
    ["readings", CONTOSO, *DAY],
    ["impact", "2026-09-15", "2027-01-15", *map(str, EXAMPLES.glob("[a-o]*.json")), "--plans"],
]


def unstyled(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


@pytest.mark.parametrize("columns", [40, 60, 79, 80, 100, 120, 200])
@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words[:1] + words[-2:])[-40:])
def test_a_page_fits_the_terminal_up_to_120_columns(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, words: list[str], columns: int
) -> None:
    monkeypatch.setattr(_output, "is_terminal", lambda _: True)
    monkeypatch.setenv("COLUMNS", str(columns))
    assert main([*words, "--color", "always"]) in (0, 1)
    widths = [cell_len(line) for line in unstyled(capsys.readouterr().out).splitlines() if "https://" not in line]
    assert max(widths) <= min(columns, 120)
    assert columns < 120 or max(widths) > 80


@pytest.mark.parametrize("form", ["html", "pdf", "svg"])
def test_a_report_is_not_written_to_a_terminal(form: str, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setattr(report, "is_terminal", lambda _: True)
    assert main(["report", CONTOSO, *DAY, "--format", form]) == 2
    out, err = capsys.readouterr()
    assert (out, f"; add -o report.{form}\n" in err) == ("", True)


def test_a_pipe_gets_80_columns(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    assert main(["assess", CONTOSO, *DAY]) == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) == 80


@pytest.mark.parametrize("color", [*_color.STYLES.values(), *_color.HELP_STYLES.values()])
def test_the_colors_are_readable_on_white_and_on_black(color: str) -> None:
    if color.startswith("#"):
        assert contrast(color, "#ffffff") >= 4.5
        assert contrast(color, "#000000") >= 4.5


def test_help_has_these_colors() -> None:
    # A process of its own, because libraries remember the terminal that they saw first.
    command = [sys.executable, "-m", "designation", "assess", "--color", "always", "--help"]
    variables = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    variables |= {"COLORTERM": "truecolor", "TERM": "xterm-256color"}
    shown = subprocess.run(command, env=variables, capture_output=True, text=True, check=True).stdout
    colors = set(re.findall(r"38;2;(\d+);(\d+);(\d+)", shown))
    known = {tuple(str(int(color[at : at + 2], 16)) for at in (1, 3, 5)) for color in ("#0f7f9d", "#996d09")}
    assert colors == known


def test_an_error_shows_the_source_line_and_a_caret_in_a_terminal(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "bad.json"
    path.write_text('{"id": "litware",\n "name": "漢字", "event": []}\n', "utf-8")
    assert main(["assess", str(path), "--color", "always"]) == 2
    styled = capsys.readouterr().err
    assert "\x1b[" in styled
    assert unstyled(styled).splitlines() == [
        f'{path}:2:20: /event: unknown key "event"; did you mean "events"? [unknown_key]',
        '   "name": "漢字", "event": []}',
        "                   ^",
    ]
    assert main(["assess", str(path)]) == 2
    assert capsys.readouterr().err == unstyled(styled).splitlines()[0] + "\n"
    assert main(["check", str(path), "--color", "always"]) == 2
    assert unstyled(capsys.readouterr().out).splitlines()[:3] == unstyled(styled).splitlines()


def test_a_long_source_line_is_shown_around_the_column(tmp_path: Path) -> None:
    path = tmp_path / "long.json"
    path.write_text("漢" * 300 + "X" + "b" * 300 + "\n", "utf-8")
    problem = Diagnostic(code="type", message="m", file=str(path), line=1, column=901)
    for columns in (40, 80):
        source, caret = ("".join(span.text for span in line) for line in source_lines(problem, columns))
        assert cell_len(source) <= columns
        assert cell_len(source[: source.index("X")]) == caret.index("^")


def test_a_source_that_is_not_text_has_no_source_line(tmp_path: Path) -> None:
    data = tmp_path / "data.bin"
    data.write_bytes(b"PK\x03\x04\n\n")
    packed = tmp_path / "table.csv.gz"
    packed.write_bytes(gzip.compress(b"id\nfirst\n"))
    latin = tmp_path / "latin.csv"
    latin.write_bytes(b"id\n\xe9\n")
    for file, line, expected in [
        (data, 1, 0),
        (packed, 2, 2),
        (latin, 2, 0),
        (latin, 9, 0),
        (tmp_path, 1, 0),
        (tmp_path / "none", 1, 0),
    ]:
        problem = Diagnostic(code="type", message="m", file=str(file), line=line, column=1)
        assert len(list(source_lines(problem, 80))) == expected, file
