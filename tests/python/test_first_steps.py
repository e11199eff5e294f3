"""The first steps work in an empty folder: the examples, and a document from answers at a terminal."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import designation as dsg
from designation.cli import _commands, _examples
from designation.cli._main import main

Capture = pytest.CaptureFixture[str]
TAILWIND = [
    *("Tailwind Support", "", "direct_bill", "2021-03-01", "", "2", "2025-07-01", "2026-12-31"),
    *("Security", "2025-10-01", "", "yes", "2026-01-12", "2026-01-20", "2026-02-16", "2026-03-02", "2026-03-09"),
    *("2026-03-23", "2026-04-01", "2027-03-01", "", ""),
]
LISTS = ("csp_authorizations", "support_contracts", "solutions_partner_designations")
A_DATE = 'must be a date as "YYYY-MM-DD"'
NUMBER = "must be a number from 1 to 5, or a word of the list"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run each test in an empty folder."""
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    return tmp_path / "empty"


class Terminal:
    """A terminal on which somebody has typed lines."""

    closed = False

    def __init__(self, lines: list[str], end: str = "\n") -> None:
        self.buffer: Any = io.BytesIO("".join(f"{line}{end}" for line in lines).encode("utf-8", "surrogateescape"))

    def isatty(self) -> bool:
        return True


@pytest.fixture
def interview(monkeypatch: pytest.MonkeyPatch) -> Any:
    def answer(*lines: str, words: tuple[str, ...] = ()) -> int:
        monkeypatch.setattr(sys, "stdin", Terminal(list(lines)))
        return main(["init", "--interactive", *words])

    return answer


def commands_of(text: str) -> list[list[str]]:
    """Return the commands that an indented list names."""
    return [shlex.split(line)[1:] for line in re.findall(r"^  (designation .*?)(?:  .*)?$", text, re.MULTILINE)]


class TestExamples:
    def test_the_examples_are_written_and_every_command_that_comes_next_works(
        self, capsys: Capture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert main(["demo", "--write", "my examples"]) == 0
        written, shipped = Path("my examples"), set(_examples.FOLDER.iterdir())
        assert {path.name for path in written.iterdir()} == {path.name for path in shipped} | {"portfolio.ndjson"}
        assert all((written / path.name).read_bytes() == path.read_bytes() for path in shipped)
        assert len(dsg.portfolio.load(str(written / "portfolio.ndjson"))) == len(list(_examples.example_partners()))
        text = capsys.readouterr().out
        assert "\nNext:\n  cd 'my examples'\n" in text
        monkeypatch.chdir(written)
        *commands, interactive = commands_of(text)
        assert [words[0] for words in commands] == ["assess", "explain", "plan", "portfolio", "report"]
        assert [main(words) for words in commands] == [0] * len(commands)
        assert interactive == ["init", "--interactive"]

    def test_a_base_install_names_only_commands_that_it_can_run(
        self, capsys: Capture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for library in ("pyarrow", "jinja2"):
            monkeypatch.setitem(sys.modules, library, None)
        assert main(["demo", "--write", "examples"]) == 0
        monkeypatch.chdir("examples")
        text = capsys.readouterr().out
        assert text.endswith("\nFor portfolios, workbooks, reports, and plots: pip install 'designation[all]'\n")
        *commands, _ = commands_of(text)
        assert [words[0] for words in commands] == ["assess", "explain", "plan"]
        assert [main(words) for words in commands] == [0, 0, 0]

    @pytest.mark.parametrize("kind", ["folder", "file", "link"])
    def test_nothing_is_overwritten(self, capsys: Capture, folder: Path, kind: str) -> None:
        path = folder / "examples"
        if kind == "folder":
            path.mkdir()
        elif kind == "file":
            path.touch()
        else:
            path.symlink_to("nothing")
        assert main(["demo", "--write", "examples"]) == 2
        assert capsys.readouterr() == ("", "examples: already exists; choose another name [exists]\n")
        assert os.listdir(folder) == ["examples"]

    def test_the_folder_is_written_whole_or_not_at_all(
        self, capsys: Capture, monkeypatch: pytest.MonkeyPatch, folder: Path
    ) -> None:
        copies: list[str] = []

        def copy(source: str, target: str) -> None:
            copies.append(target)
            if len(copies) == 5:
                raise OSError(28, os.strerror(28))

        monkeypatch.setattr(shutil, "copyfile", copy)
        assert main(["demo", "--write", "examples"]) == 2
        assert capsys.readouterr().err == "examples: cannot be written: No space left on device [unwritable]\n"
        assert os.listdir(folder) == []

    def test_a_missing_parent_is_an_error(self, capsys: Capture) -> None:
        assert main(["demo", "--write", "missing/examples"]) == 2
        message = "missing/examples: cannot be written: No such file or directory [unwritable]\n"
        assert capsys.readouterr().err == message

    def test_the_other_options_of_the_demo_exclude_it(self, capsys: Capture, folder: Path) -> None:
        for option, value in (("--as-of", "2026-09-15"), ("--output", "x.txt")):
            assert main(["demo", "--write", "examples", option, value]) == 2
            message = f"designation demo: --write and {option} exclude each other\nTry: designation demo --help\n"
            assert capsys.readouterr().err == message
        assert os.listdir(folder) == []

    def test_help_begins_with_commands_that_work_in_an_empty_folder(self, capsys: Capture, interview: Any) -> None:
        assert main([]) == 0
        assert _commands.START in capsys.readouterr().out
        first, second, third = commands_of(_commands.START)
        assert main(first) == main(second) == 0
        assert interview(*TAILWIND, words=tuple(third[2:])) == 0

    def test_the_examples_of_help_pages_exist(self) -> None:
        assert main(["demo", "--write", "examples"]) == 0
        assert set(_commands.EXAMPLE_FILES) <= set(os.listdir("examples"))

    @pytest.mark.parametrize(
        "words", [["assess", "contoso.json"], ["explain", "contoso.json"], ["csat", "answers.csv"]]
    )
    def test_an_example_that_is_not_there_is_explained(self, capsys: Capture, words: list[str]) -> None:
        note = f"{words[1]} is one of the examples; to get them, run: designation demo --write examples"
        assert main(words) == 2
        assert capsys.readouterr().err.endswith(f"\ndesignation: note: {note}\n")
        assert main([words[0], "other.json"]) == 2
        Path(words[1]).write_text("{}", "utf-8")
        assert main(words) == 2
        assert "is one of the examples" not in capsys.readouterr().err


class TestInterview:
    def test_answers_become_a_document(self, capsys: Capture, interview: Any) -> None:
        assert interview(*TAILWIND) == 0
        assert capsys.readouterr().out == ""
        document = json.loads(Path("tailwind-support.json").read_text("utf-8"))
        assert document["csp_authorizations"] == [{"type": "direct_bill", "from": "2021-03-01"}]
        assert document["support_contracts"] == [{"type": "psfp", "from": "2025-07-01", "through": "2026-12-31"}]
        assert document["solutions_partner_designations"] == [{"area": "security", "from": "2025-10-01"}]
        assert [event["on"] for event in document["events"]] == sorted(TAILWIND[12:20])
        assert dsg.assess(dsg.load("tailwind-support.json"), "2026-09-15").term.status == "active"
        assert main(["assess", "tailwind-support.json"]) == 0

    def test_what_is_not_known_is_omitted_and_what_does_not_exist_is_an_empty_list(self, interview: Any) -> None:
        assert interview("Litware", "", "", "none", "unknown", "no", words=("-o", "a.json")) == 0
        assert json.loads(Path("a.json").read_text("utf-8")) == {
            **{"format": "designation/partner@1", "id": "litware", "name": "Litware"},
            **{"support_contracts": [], "events": []},
        }

    def test_words_are_accepted_as_people_spell_them(self, interview: Any) -> None:
        days, words = ("2026-01-01", ""), ("-o", "a.json")
        answers = ("Direct Bill", *days, "Unified for Partners", *days, "Data & AI", *days, "no")
        assert interview("Litware", "", *answers, words=words) == 0
        document = json.loads(Path("a.json").read_text("utf-8"))
        found = [document[name][0] for name in LISTS]
        assert [one.get("type") or one["area"] for one in found] == ["direct_bill", "ufp", "azure_data_ai"]

    def test_an_unknown_day_leaves_its_list_unknown(self, capsys: Capture, interview: Any) -> None:
        days = (
            "1",
            "unknown",
            "1",
            "2026-01-01",
            "unknown",
            "none",
            "yes",
            "2026-01-05",
            "unknown",
            "",
            "unknown",
            "yes",
        )
        assert interview("Litware", "", *days, words=("-o", "a.json")) == 0
        document = json.loads(Path("a.json").read_text("utf-8"))
        assert set(document) == {"format", "id", "name", "support_contracts", "solutions_partner_designations"}
        assert document["support_contracts"] == [{"type": "asfp", "from": "2026-01-01"}]
        asked = capsys.readouterr().err
        assert "  Without its first day, it stays unknown.\n" in asked
        assert asked.count("  A history is complete: without this date, all of it is unknown") == 2

    @pytest.mark.parametrize(
        ("before", "wrong", "message"),
        [
            ([], "", "must not be empty"),
            ([], "\x1b[A", "must not contain control characters"),
            ([], "\udcff", "must be UTF-8 text"),
            (["L", ""], "6", f'{NUMBER}, not "6"'),
            (["L", ""], "distributer", f'{NUMBER}, not "distributer"; did you mean "distributor"?'),
            (["L", "", "1"], "2021-02-30", '"2021-02-30" is not a valid date'),
            (
                ["L", "", "1"],
                "1.3.2021",
                'must be a date as "YYYY-MM-DD", not "1.3.2021", which can mean 2021-01-03 or 2021-03-01',
            ),
            (["L", "", "1"], "31.3.2021", f'{A_DATE}, not "31.3.2021"; did you mean "2021-03-31"?'),
            (["L", "", "1"], "", 'must be a date as "YYYY-MM-DD", or unknown'),
            (["L", "", "1", "2021-03-01"], "2020-01-01", "through must not be before from (2021-03-01)"),
            (["L", "", "", "", "", "yes"], "soon", 'must be a date as "YYYY-MM-DD", not "soon"'),
            (["L", "", "", "", "", ""], "folder", "folder is a folder"),
            (["L", "", "", "", "", ""], "none/a.json", "there is no folder none"),
        ],
    )
    def test_a_wrong_answer_is_explained_and_asked_again(
        self, capsys: Capture, interview: Any, before: list[str], wrong: str, message: str
    ) -> None:
        Path("folder").mkdir()
        assert interview(*before, wrong) == 2
        asked = capsys.readouterr().err
        # The typed line break is not in this text, so several questions can share a line.
        before_it, after_it = asked.split(f"  {message}\n")
        question = after_it.split("\n")[0]
        assert question
        assert before_it.endswith(question)

    def test_an_existing_file_is_replaced_only_on_request(self, capsys: Capture, interview: Any) -> None:
        Path("taken.json").write_text("mine", "utf-8")
        assert interview("L", "", "", "", "", "no", "taken.json", "", "other.json") == 0
        assert "taken.json already exists. Replace it?\n" in capsys.readouterr().err
        assert (Path("taken.json").read_text("utf-8"), Path("other.json").exists()) == ("mine", True)
        assert interview("L", "", "", "", "", "no", "taken.json", "yes") == 0
        assert json.loads(Path("taken.json").read_text("utf-8"))["id"] == "l"

    def test_a_step_before_an_earlier_one_is_kept_only_on_request(self, capsys: Capture, interview: Any) -> None:
        days = ["2026-03-01", "2025-03-10", "no", "2026-03-10", "2026-03-05", "yes", *[""] * 6]
        assert interview("L", "", "", "", "", "yes", *days, words=("-o", "a.json")) == 0
        assert capsys.readouterr().err.count("before the step of 2026-03-") == 2
        events = json.loads(Path("a.json").read_text("utf-8"))["events"]
        assert [event["on"] for event in events] == ["2026-03-01", "2026-03-10", "2026-03-05"]

    def test_the_end_of_the_input_writes_nothing(self, capsys: Capture, interview: Any, folder: Path) -> None:
        for count in range(len(TAILWIND)):
            assert interview(*TAILWIND[:count]) == 2
            message = "\n<stdin>: the answers end before the last question; nothing was written [input]\n"
            assert capsys.readouterr().err.endswith(message)
        assert os.listdir(folder) == []

    def test_ctrl_c_writes_nothing(self, folder: Path) -> None:
        asked, status = on_a_terminal(["init", "--interactive"], [*TAILWIND[:3], "\x03"])
        assert asked.endswith("\r\nNothing was written.\r\n")
        assert (status, os.listdir(folder)) == (130, [])

    def test_it_works_on_a_terminal(self, folder: Path) -> None:
        asked, status = on_a_terminal(["init", "--interactive"], TAILWIND)
        assert (status, os.listdir(folder)) == (0, ["tailwind-support.json"])
        assert max(map(len, asked.splitlines())) <= 80
        assert asked.replace("\r", "").endswith(
            "\ndesignation: wrote tailwind-support.json\n"
            "To change its facts or to add some, edit tailwind-support.json.\n\n"
            "Next:\n  designation assess tailwind-support.json\n"
        )

    def test_a_template_and_a_workbook_name_the_next_commands_on_a_terminal(self, capsys: Capture) -> None:
        shown, status = on_a_terminal(["init", "-o", "a.json", "--excel", "b.xlsx"], [])
        commands = [["check", "b.xlsx"], ["portfolio", "b.xlsx", "--summary"], ["assess", "a.json"]]
        assert (status, commands_of(shown.replace("\r", ""))) == (0, commands)
        assert [main(words) for words in commands] == [0, 0, 0]
        capsys.readouterr()
        assert main(["init", "-o", "c.json"]) == 0
        assert capsys.readouterr() == ("", "designation: wrote c.json\n")

    def test_it_needs_a_terminal(self, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO("Tailwind\n"))
        assert main(["init", "--interactive"]) == 2
        message = "--interactive needs a terminal; edit the document of `designation init -o FILE` instead"
        assert capsys.readouterr().err == f"designation init: {message}\nTry: designation init --help\n"

    def test_an_existing_file_is_refused_before_the_questions(self, capsys: Capture, interview: Any) -> None:
        Path("mine.json").write_text("mine", "utf-8")
        assert interview(*TAILWIND, words=("-o", "mine.json")) == 2
        assert capsys.readouterr().err == "mine.json: already exists; choose another name [exists]\n"
        assert Path("mine.json").read_text("utf-8") == "mine"

    def test_the_document_can_go_to_standard_output(self, capsys: Capture, interview: Any) -> None:
        assert interview(*TAILWIND, words=("-o", "-")) == 0
        assert json.loads(capsys.readouterr().out)["id"] == "tailwind-support"


def on_a_terminal(words: list[str], lines: list[str]) -> tuple[str, int]:
    """Run a command on a new terminal, type a line after each question, and return what it shows and its status."""
    outer, inner = pty.openpty()
    command = [sys.executable, "-m", "designation", *words]
    child = subprocess.Popen(
        ["setsid", "--ctty", *command], stdin=inner, stdout=inner, stderr=inner, env={**os.environ, "NO_COLOR": "1"}
    )
    os.close(inner)
    shown, waiting = b"", list(lines)
    try:
        while piece := os.read(outer, 65536):
            shown += piece
            if shown.endswith(b": ") and waiting:
                line = waiting.pop(0)
                os.write(outer, (line if line == "\x03" else f"{line}\n").encode())
    except OSError:
        pass  # Linux says so when the other side has gone.
    finally:
        os.close(outer)
    return shown.decode(), child.wait(60)
