"""The command line: streams, exit statuses, files, and one line for each error."""

from __future__ import annotations

import datetime
import io
import json
import os
import pty
import re
import shlex
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

import designation as dsg
from designation.cli import main
from designation.cli import selftest as selftest_command

EXAMPLES = Path(dsg.__file__).parent / "examples"
CONTOSO = str(EXAMPLES / "contoso.json")
OVERDUE = str(EXAMPLES / "northwind-traders.json")
DAY = ["--as-of", "2026-09-15"]
GOOD = '{"id": "good", "events": []}'
Capture = pytest.CaptureFixture[str]
ENVIRONMENT = {"PATH": os.environ["PATH"], "LANG": "C"}


def run(
    *words: str, stdin: bytes | None = b"", env: dict[str, str] | None = None, **options: Any
) -> subprocess.CompletedProcess[bytes]:
    """Run the command line in a new process."""
    environment = {**ENVIRONMENT, **(env or {})}
    command = [sys.executable, "-m", "designation", *words]
    return subprocess.run(
        command, input=stdin, capture_output=True, env=environment, timeout=60, check=False, **options
    )


def printed(capsys: Capture) -> tuple[str, str]:
    captured = capsys.readouterr()
    return captured.out, captured.err


class TestAssess:
    def test_a_page_is_the_text_that_print_writes(self, capsys: Capture) -> None:
        assert main(["assess", CONTOSO, *DAY]) == 0
        assessment = dsg.assess(dsg.load(CONTOSO), as_of="2026-09-15")
        assert printed(capsys) == (f"{assessment}\n", "")

    def test_one_document_gives_one_json_object(self, capsys: Capture) -> None:
        assert main(["assess", CONTOSO, *DAY, "--format", "json"]) == 0
        out, err = printed(capsys)
        assessment = dsg.assess(dsg.load(CONTOSO), as_of="2026-09-15")
        change = assessment.next_change
        shown_here = {"next_change": change and change.to_dict(), "deciding": assessment.deciding}
        assert json.loads(out) == assessment.to_dict() | shown_here
        assert (out.startswith("{\n"), err) == (True, "")

    def test_several_documents_give_one_json_object_per_line(self, capsys: Capture) -> None:
        assert main(["assess", CONTOSO, OVERDUE, *DAY, "--format", "json"]) == 0
        ids = [json.loads(line)["partner"]["id"] for line in printed(capsys)[0].splitlines()]
        assert ids == ["contoso", "northwind-traders"]

    def test_pages_are_separated_by_a_double_line(self, capsys: Capture) -> None:
        assert main(["assess", CONTOSO, OVERDUE, *DAY]) == 0
        assert printed(capsys)[0].count("=" * 80) == 1

    def test_the_date_defaults_to_today(self, capsys: Capture) -> None:
        before = datetime.date.today()
        assert main(["assess", CONTOSO, "--format", "json"]) == 0
        assert json.loads(printed(capsys)[0])["as_of"] in {before.isoformat(), datetime.date.today().isoformat()}

    def test_policy_and_rulebook_are_used(self, capsys: Capture, tmp_path: Path) -> None:
        policy = tmp_path / "policy.json"
        policy.write_text('{"interpretations": {"after_anniversary": "in_force"}}')
        words = ["assess", OVERDUE, *DAY, "--format", "json", "--rulebook", "2026-04", "--policy", str(policy)]
        assert main(words) == 0
        answer = json.loads(printed(capsys)[0])
        assert (answer["edition"], answer["term"]["in_force"]) == ("2026-04", "met")

    def test_valid_documents_are_assessed_despite_invalid_ones(self, capsys: Capture, tmp_path: Path) -> None:
        bad = tmp_path / "bad.json"
        bad.write_text('{"id": "x",\n "event": []}')
        missing = str(tmp_path / "missing.json")
        (empty := tmp_path / "empty").mkdir()
        assert main(["assess", str(bad), CONTOSO, missing, str(empty), *DAY, "--format", "json"]) == 2
        out, err = printed(capsys)
        assert [json.loads(line)["partner"]["id"] for line in out.splitlines()] == ["contoso"]
        first, second, third = err.splitlines()
        assert first.startswith(f"{bad}:2:2: /event: unknown key")
        assert second == f"{missing}: cannot be read: No such file or directory [unreadable]"
        assert third.startswith(f"{empty}: the folder has no file that ends in one of .csv")


class TestNdjson:
    @pytest.mark.parametrize("name", ["many.ndjson", "many.jsonl", "MANY.NDJSON"])
    def test_ndjson_is_recognized_by_the_file_name(self, capsys: Capture, tmp_path: Path, name: str) -> None:
        path = tmp_path / name
        path.write_text('{"id": "a"}\n\n{"id": "b"}')
        assert main(["assess", str(path), *DAY, "--format", "json"]) == 0
        assert [json.loads(line)["partner"]["id"] for line in printed(capsys)[0].splitlines()] == ["a", "b"]

    def test_a_file_with_one_line_gives_one_object_per_line(self, capsys: Capture, tmp_path: Path) -> None:
        path = tmp_path / "one.ndjson"
        path.write_text('{"id": "a"}\r\n')
        assert main(["assess", str(path), *DAY, "--format", "json"]) == 0
        assert len(printed(capsys)[0].splitlines()) == 1

    def test_diagnostics_name_the_line_of_the_file(self, capsys: Capture, tmp_path: Path) -> None:
        path = tmp_path / "many.ndjson"
        path.write_text('{"id": "a"}\n\n{"id": "b", "events": 3}\n{"id": "c"}\n{"id"\n')
        assert main(["assess", str(path), *DAY, "--format", "json"]) == 2
        out, err = printed(capsys)
        assert [json.loads(line)["partner"]["id"] for line in out.splitlines()] == ["a", "c"]
        third, fifth = err.splitlines()
        assert third.startswith(f"{path}:3:23: /events: ")
        assert fifth.startswith(f'{path}:5:6: expected ":"')

    def test_standard_input_is_ndjson_if_an_option_says_so(self) -> None:
        done = run("assess", "--ndjson", "-", *DAY, "--format", "json", stdin=b'{"id": "a"}\n{"id": 2}\n')
        assert (done.returncode, len(done.stdout.splitlines())) == (2, 1)
        assert done.stderr.startswith(b"<stdin>:2:8: /id: must be a string")

    def test_a_line_over_the_size_limit_is_skipped(self, capsys: Capture, tmp_path: Path) -> None:
        path = tmp_path / "many.ndjson"
        path.write_text(f'{{"id": "a"}}\n{{"id": "{"x" * 200_000}"}}\n{{"id": "c"}}\n')
        assert main(["assess", str(path), *DAY, "--format", "json", "--max-bytes", "30"]) == 2
        out, err = printed(capsys)
        assert [json.loads(line)["partner"]["id"] for line in out.splitlines()] == ["a", "c"]
        assert err == f"{path}:2:1: the document has more than 30 bytes (--max-bytes) [size]\n"

    @pytest.mark.parametrize("extra", [0, 1, 2])
    def test_a_line_of_the_maximum_size_is_read(self, capsys: Capture, tmp_path: Path, extra: int) -> None:
        path = tmp_path / "many.ndjson"
        path.write_text('{"id": "' + "a" * (20 + extra) + '"}\n{"id": "z"}\n')
        status = main(["assess", str(path), *DAY, "--format", "json", "--max-bytes", "30"])
        assert (status, len(printed(capsys)[0].splitlines())) == ((0, 2) if extra == 0 else (2, 1))

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("none.ndjson", "\n \n"),
            ("none.json", "[]"),
            ("none.csv", "id,events\n"),
            ("facts.csv", "partner_id,kind,type,on\n"),
        ],
    )
    def test_a_file_without_partners_is_refused(self, name: str, text: str, capsys: Capture, tmp_path: Path) -> None:
        path = tmp_path / name
        path.write_text(text)
        for command in ("assess", "budget", "calendar", "explain", "plan", "readings", "report", "timeline"):
            assert main([command, str(path)]) == 2, command
            assert printed(capsys) == ("", f"{path}: there is no partner [empty]\n")
        assert main(["check", str(path)]) == 2
        assert printed(capsys)[0] == f"{path}: there is no partner [empty]\n0 partners can be read, 1 problem\n"


class TestFailOn:
    @pytest.mark.parametrize(
        ("name", "holding"),
        [
            ("contoso", set()),
            ("northwind-traders", {"not-in-force", "due", "overdue"}),
            ("humongous-insurance", {"ineligible", "at-risk", "overdue"}),
            ("wingtip-toys", {"unknown"}),
            ("consolidated-messenger", {"unknown"}),
            ("proseware", {"not-in-force", "ineligible"}),
        ],
    )
    @pytest.mark.parametrize("what", ["not-in-force", "ineligible", "unknown", "at-risk", "due", "overdue"])
    def test_a_matching_condition_gives_status_1(
        self, capsys: Capture, name: str, holding: set[str], what: str
    ) -> None:
        assert main(["assess", str(EXAMPLES / f"{name}.json"), *DAY, "--fail-on", what]) == int(what in holding)
        assert printed(capsys)[1] == (f"{name}: {what}\n" if what in holding else "")

    def test_the_option_can_be_repeated(self, capsys: Capture) -> None:
        words = ["assess", CONTOSO, OVERDUE, *DAY, "--fail-on", "due", "--fail-on", "not-in-force", "--fail-on", "due"]
        assert main(words) == 1
        assert printed(capsys)[1] == "northwind-traders: due, not-in-force\n"

    def test_json_lists_the_conditions_that_hold_as_they_were_typed(self, capsys: Capture) -> None:
        words = ["assess", OVERDUE, *DAY, "--format", "json", *("--fail-on", "overdue", "--fail-on", "at-risk")]
        assert main([*words, "--fail-on", "within=007d"]) == 1
        answer = json.loads(printed(capsys)[0])
        assert answer["alarms"] == ["overdue", "within=007d"]
        assert main(["assess", CONTOSO, *DAY, "--format", "json", "--fail-on", "overdue"]) == 0
        assert json.loads(printed(capsys)[0])["alarms"] == []
        assert main(["assess", CONTOSO, *DAY, "--format", "json"]) == 0
        answer = json.loads(printed(capsys)[0])
        assert "alarms" not in answer
        assert answer["next_change"]["on"] == "2026-10-13"

    def test_unusable_input_takes_precedence(self, capsys: Capture) -> None:
        assert main(["assess", OVERDUE, "missing.json", *DAY, "--fail-on", "due"]) == 2

    @pytest.mark.parametrize("what", ["within=30", "late", ""])
    def test_an_unknown_condition_is_refused_with_the_valid_ones(self, capsys: Capture, what: str) -> None:
        assert main(["assess", CONTOSO, "--fail-on", what]) == 2
        assert (
            "must be one of not-in-force, ineligible, unknown, at-risk, due, overdue, within=Nd" in printed(capsys)[1]
        )


class TestErrors:
    @pytest.mark.parametrize(
        ("words", "message"),
        [
            (["asess"], 'unknown value "asess"; did you mean "assess"?'),
            (["assess"], "the following arguments are required: FILE"),
            (["impact", CONTOSO, "2025-11", "2026-09"], "2026-09 is not a file; the partners come last"),
            (
                ["impact", "a.csv", "p.json", CONTOSO],
                "a.csv is neither a policy nor a rulebook; the partners",
            ),
            (["impact", "2025-11", CONTOSO, "leap_day=clamp"], "leap_day=clamp is not a file; the partners come last"),
            (["assess", CONTOSO, "--as-of", "2026-02-30"], '"2026-02-30" is not a valid date\n'),
            (
                ["assess", CONTOSO, "--as-of", "29.11.2026"],
                'not "29.11.2026"; did you mean "2026-11-29"?\n',
            ),
            (["portfolio", CONTOSO, "--summary", "--as-of", "29.11.2026"], '; did you mean "2026-11-29"? [date]'),
            (["impact", "04/05/2026", "2026-09", CONTOSO], ", which can mean 2026-04-05 or 2026-05-04 [date]"),
            (["assess", CONTOSO, "--as-of", "tomorrow"], "tomorrow"),
            (["assess", CONTOSO, "--as-of", "2300-01-01"], "2300-01-01"),
            (
                ["assess", CONTOSO, "--rulebook", "2025-12"],
                "no such edition or file; the editions are 2025-11, 2026-04, 2026-09",
            ),
            (["assess", CONTOSO, "--rulebook", "/"], "/: cannot be read: Is a directory"),
            (["assess", CONTOSO, "--policy", "none.json"], "none.json: cannot be read: No such file"),
            (["assess", CONTOSO, "--policy", CONTOSO], "this is a partner, not a policy [format]"),
            (["assess", CONTOSO, "--rulebook", CONTOSO], "this is a partner, not a rulebook [format]"),
            (["assess", CONTOSO, "--max-bytes", "0"], 'must be a number of bytes, not "0"'),
            (["assess", CONTOSO, "--max-bytes", "9" * 5000], "must be a number of bytes"),
            (["assess", CONTOSO, "--max-bytes", "10"], "the document has more than 10 bytes"),
            (["assess", CONTOSO, "--form", "json"], 'unknown option "--form"; did you mean "--format"?'),
            (["assess", "-", "-"], "standard input (-) can be read only once"),
            (["schema", "contract"], 'must be one of partner, policy, rulebook, assessment, record, not "contract"'),
            (["rulebook"], "the following arguments are required: ACTION"),
            (["rulebook", "show", "2024-01"], "no such edition or file"),
            (["rulebook", "check", "none.json"], "none.json"),
            (["config", "--libdir", "--cmakedir"], "not allowed with argument"),
        ],
    )
    def test_an_error_prints_one_diagnostic_and_gives_status_2(
        self, capsys: Capture, words: list[str], message: str
    ) -> None:
        assert main(words) == 2
        out, err = printed(capsys)
        assert (out, message in err, "Traceback" in err) == ("", True, False), err

    @pytest.mark.parametrize("spelled", ["Data & AI", "data and ai", "Azure Data & AI"])
    def test_a_word_of_a_document_is_suggested_as_people_spell_it(
        self, spelled: str, capsys: Capture, tmp_path: Path
    ) -> None:
        path, area = tmp_path / "partners.json", {"area": spelled, "from": "2026-01-01"}
        path.write_text(json.dumps([{"id": "a", "solutions_partner_designations": [area]}]))
        assert main(["assess", str(path)]) == 2
        assert f'unknown value "{spelled}"; did you mean "azure_data_ai"? [unknown_value]' in printed(capsys)[1]
        facts = tmp_path / "facts.csv"
        facts.write_text(f"partner_id,kind,type,from\na,partner,,\na,designation,{spelled},2026-01-01\n")
        assert main(["convert", str(facts), "-o", str(tmp_path / "a.json")]) == 0
        assert '"area": "azure_data_ai"' in (tmp_path / "a.json").read_text()

    @pytest.mark.parametrize(
        "text",
        [
            b"",
            b" ",
            b"{",
            b"[]",
            b"\xff\xfe",
            b'{"id": "a\xff"}',
            b'{"id": 1}',
            b"\0" * 10,
            b"[" * 100_000,
            b'{"\\u001b": 1}',
        ],
    )
    def test_bad_standard_input_is_a_diagnostic(self, text: bytes) -> None:
        done = run("assess", "-", stdin=text)
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr.startswith(b"<stdin>:")
        assert b"\x1b" not in done.stderr

    def test_a_huge_file_is_refused_before_it_is_read(self, capsys: Capture, tmp_path: Path) -> None:
        path = tmp_path / "huge.json"
        with path.open("wb") as file:
            file.truncate(1 << 40)
        assert main(["assess", str(path)]) == 2
        assert printed(capsys)[1] == f"{path}:1:1: the document has more than 16777216 bytes (--max-bytes) [size]\n"

    @pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
    def test_an_unreadable_file_is_a_diagnostic(self, capsys: Capture, tmp_path: Path) -> None:
        path = tmp_path / "secret.json"
        path.write_text(GOOD)
        path.chmod(0)
        assert main(["assess", str(path)]) == 2
        assert printed(capsys)[1] == f"{path}: cannot be read: Permission denied [unreadable]\n"

    def test_a_file_name_need_not_be_utf_8(self, tmp_path: Path) -> None:
        path = os.fsencode(tmp_path) + b"/\xff.json"
        Path(os.fsdecode(path)).write_text('{"id": 1}')
        done = subprocess.run([sys.executable, "-m", "designation", "assess", path], capture_output=True, check=False)
        assert done.returncode == 2
        assert b"\\xff.json:1:8: /id: must be a string" in done.stderr

    def test_closed_streams_are_reported(self) -> None:
        command = f"{shlex.quote(sys.executable)} -m designation assess"
        for redirected in ("- <&-", f"{shlex.quote(CONTOSO)} >&-"):
            done = subprocess.run(["sh", "-c", f"{command} {redirected}"], capture_output=True, check=False)
            assert (done.returncode, b"Traceback" in done.stderr) == (2, False)
            assert done.stderr.startswith(b"designation: standard ")


class TestOutput:
    def test_output_is_written_completely_or_not_at_all(self, tmp_path: Path, capsys: Capture) -> None:
        target = tmp_path / "out.json"
        target.write_text("before")
        target.chmod(0o640)
        assert main(["assess", CONTOSO, *DAY, "--format", "json", "-o", str(target)]) == 0
        assert json.loads(target.read_text("utf-8"))["partner"]["id"] == "contoso"
        assert stat.S_IMODE(target.stat().st_mode) == 0o640
        assert (os.listdir(tmp_path), printed(capsys)) == (["out.json"], ("", f"designation: wrote {target}\n"))

    @pytest.mark.parametrize(
        ("command", "written"),
        [
            ("assess FILE -o a.txt --record r.json", ["r.json", "a.txt"]),
            ("calendar FILE -o c.ics", ["c.ics"]),
            ("report FILE -o r.html", ["r.html"]),
            ("report FILE --format svg -o r.svg", ["r.svg"]),
            ("report FILES -o site/", ["site/"]),
            ("impact 2025-11 2026-09 FILES -o i.html", ["i.html"]),
            ("impact 2025-11 2026-09 FILES -o i.csv", ["i.csv: results of 0 of 2 partners differ"]),
            ("portfolio FILES --on-error exclude -o p.csv", ["p.csv: 2 rows, ... s"]),
            ("convert FILES -o c.csv", ["c.csv: 2 partners"]),
            ("budget FILES -o b.xlsx", ["b.xlsx"]),
            ("init -o i.json --excel i.xlsx", ["i.xlsx", "i.json"]),
            (
                "case-rate CASES --business 2 --unit USD --period 2026 -o r.txt --report r.html",
                ["r.html", "r.txt"],
            ),
            ("completion bash -o c.bash", ["c.bash"]),
        ],
    )
    def test_every_file_that_a_command_writes_is_named_on_standard_error(
        self, command: str, written: list[str], tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        cases = [str(EXAMPLES / "service-requests.csv"), "--columns", "partner-center-powershell"]
        files = {"FILE": [CONTOSO], "FILES": [CONTOSO, OVERDUE], "CASES": cases}
        words = [name for word in command.split() for name in files.get(word, [word])]
        for folder, option, expected in (("a", [], written), ("b", ["--quiet"], [])):
            (tmp_path / folder).mkdir()
            monkeypatch.chdir(tmp_path / folder)
            assert main([*words, *option]) == 0
            out, err = printed(capsys)
            lines = [re.sub(r"[0-9.]+ s$", "... s", line) for line in err.splitlines()]
            assert (out, lines) == ("", [f"designation: wrote {name}" for name in expected])

    def test_a_new_file_follows_the_umask(self, tmp_path: Path) -> None:
        before = os.umask(0o027)
        try:
            assert main(["assess", CONTOSO, "-o", str(tmp_path / "new")]) == 0
        finally:
            os.umask(before)
        assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640

    def test_a_symbolic_link_stays_a_link(self, tmp_path: Path) -> None:
        (tmp_path / "real").write_text("before")
        (tmp_path / "link").symlink_to("real")
        assert main(["schema", "policy", "-o", str(tmp_path / "link")]) == 0
        assert (tmp_path / "link").is_symlink()
        assert json.loads((tmp_path / "real").read_text("utf-8"))["title"] == "Policy"

    def test_a_device_is_written_to_and_not_replaced(self) -> None:
        assert main(["schema", "policy", "-o", os.devnull]) == 0
        assert stat.S_ISCHR(os.stat(os.devnull).st_mode)

    def test_valid_documents_are_written_despite_invalid_ones(self, tmp_path: Path) -> None:
        target = tmp_path / "out"
        assert main(["assess", CONTOSO, "missing.json", "-o", str(target)]) == 2
        assert "Contoso Cloud" in target.read_text("utf-8")

    def test_nothing_is_written_without_an_assessment(self, tmp_path: Path) -> None:
        target = tmp_path / "out"
        target.write_text("before")
        assert main(["assess", "missing.json", "-o", str(target)]) == 2
        assert (os.listdir(tmp_path), target.read_text()) == (["out"], "before")

    @pytest.mark.usefixtures("capsys")  # because the command discards what it has not written
    def test_an_error_leaves_no_file_behind(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def interrupted(*_: object) -> str:
            raise KeyboardInterrupt

        monkeypatch.setattr("designation._text.assessment.lines", interrupted)
        assert main(["assess", CONTOSO, "-o", str(tmp_path / "out")]) == 130
        assert os.listdir(tmp_path) == []

    def test_an_unwritable_path_is_a_diagnostic(self, tmp_path: Path, capsys: Capture) -> None:
        for place in (tmp_path / "none" / "out", tmp_path, Path(CONTOSO) / "out"):
            assert main(["assess", CONTOSO, "-o", str(place)]) == 2
            out, err = printed(capsys)
            assert (out, err.startswith(f"{place}: cannot be written: "), err.endswith(" [unwritable]\n")) == (
                "",
                True,
                True,
            )

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
    def test_a_full_disk_is_a_diagnostic(self, capsys: Capture) -> None:
        assert main(["assess", CONTOSO, "-o", "/dev/full"]) == 2
        assert printed(capsys)[1] == "/dev/full: cannot be written: No space left on device [unwritable]\n"
        with open("/dev/full", "wb") as full:
            command = [sys.executable, "-m", "designation", "assess", CONTOSO]
            done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
        assert (done.returncode, done.stderr) == (2, b"designation: standard output: No space left on device\n")


class TestStreams:
    def test_a_broken_pipe_is_quiet(self) -> None:
        command = [sys.executable, "-m", "designation", "demo", "--format", "json"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.close()
            assert (process.stderr.read(), process.wait(60)) == (b"", 141)

    def test_an_interrupt_gives_130_and_no_traceback(self) -> None:
        command = [sys.executable, "-m", "designation", "assess", "--ndjson", "-", "--format", "json"]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0
        ) as process:
            assert process.stdin is not None
            assert process.stderr is not None
            process.stdin.write(b'{"id": 1}\n')
            process.stderr.readline()
            time.sleep(0.1)
            process.send_signal(signal.SIGINT)
            assert (process.wait(60), process.stderr.read()) == (130, b"")

    @pytest.mark.parametrize("environment", [{}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}])
    def test_output_is_utf_8_in_any_locale(self, environment: dict[str, str]) -> None:
        document = '{"id": "c1", "name": "株式会社コントソ"}'.encode()
        for words in ([], ["--format", "json"]):
            done = run("assess", "-", *DAY, *words, stdin=document, env=environment)
            assert (done.returncode, "株式会社コントソ" in done.stdout.decode("utf-8")) == (0, True)

    @pytest.mark.parametrize("words", [["demo"], ["assess", CONTOSO], ["--help"], ["rulebook", "show", "2025-11"]])
    def test_a_pipe_gets_no_escape_codes(self, words: list[str]) -> None:
        done = run(*words, env={"FORCE_COLOR": "1", "TERM": "xterm-256color"})
        assert (done.returncode, b"\x1b" in done.stdout, done.stderr) == (0, False, b"")

    @pytest.mark.parametrize(
        ("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
    )
    @pytest.mark.parametrize("words", [["assess", CONTOSO, *DAY], ["demo"], ["assess", "--help"]])
    def test_a_terminal_gets_colors_unless_no_color_is_set(
        self, words: list[str], environment: dict[str, str], coloured: bool
    ) -> None:
        assert (b"\x1b[" in on_a_terminal(words, environment)) is coloured

    def test_a_terminal_of_80_columns_shows_the_same_text_as_a_pipe(self) -> None:
        narrow = {"NO_COLOR": "1", "COLUMNS": "80"}
        shown = on_a_terminal(["assess", CONTOSO, *DAY], narrow).replace(b"\r\n", b"\n")
        assert shown == run("assess", CONTOSO, *DAY).stdout


def on_a_terminal(words: list[str], environment: dict[str, str]) -> bytes:
    """Return what a command writes to a new terminal."""
    outer, inner = pty.openpty()
    env = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "COLUMNS": "100", **environment}
    command = [sys.executable, "-m", "designation", *words]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=inner, stderr=subprocess.STDOUT, env=env
    ) as process:
        os.close(inner)
        shown = io.BytesIO()
        try:
            while piece := os.read(outer, 65536):
                shown.write(piece)
        except OSError:
            pass  # Linux says so when the other side has gone.
        finally:
            os.close(outer)
        assert process.wait(60) == 0
    return shown.getvalue()


class TestOtherCommands:
    def test_the_version_prints_quickly(self) -> None:
        done = run("--version")
        assert done.stdout.decode() == f"designation {dsg.__version__}\n"
        imported = subprocess.run(
            [
                sys.executable,
                "-c",
                "import sys; from designation.cli import main; main(['--version']); print(*sys.modules)",
            ],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        assert {"rich", "rich_argparse", "json", "tempfile"} & set(imported.split()) == set()

    def test_the_demo_shows_every_partner_and_one_page(self, capsys: Capture) -> None:
        assert main(["demo"]) == 0
        out, err = printed(capsys)
        shown = [dsg.load(path) for path in EXAMPLES.glob("*.json") if path.stem != "policy"]
        assert all((partner.name or partner.id).split()[0] in out for partner in shown)
        assert out.endswith(f"{dsg.assess(dsg.load(CONTOSO), as_of='2026-09-15')}\n")
        assert (err, max(map(len, out.splitlines()))) == ("", 80)

    def test_the_demo_in_json_has_one_object_per_partner(self, capsys: Capture) -> None:
        assert main(["demo", "--format", "json", "--as-of", "2027-01-01"]) == 0
        answers = [json.loads(line) for line in printed(capsys)[0].splitlines()]
        assert len(answers) == len(list(EXAMPLES.glob("*.json"))) - 1
        assert {answer["as_of"] for answer in answers} == {"2027-01-01"}

    def test_selftest_counts_the_cases(self, capsys: Capture) -> None:
        count = len(list(selftest_command.cases()))
        assert count >= 402
        assert main(["selftest"]) == 0
        assert printed(capsys)[0] == f"{count} of {count} conformance cases pass\n"
        assert main(["selftest", "--format", "json"]) == 0
        assert json.loads(printed(capsys)[0]) == {"cases": count, "hold": count, "failed": {}}

    def test_selftest_fails_if_a_case_fails(self, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
        case = next(selftest_command.cases())[1]
        wrong = {**case, "expected": {**case["expected"], "edition": "2000-01", "extra": 1}}
        bad = {**case, "partner": {"id": 1}}
        monkeypatch.setattr(selftest_command, "cases", lambda: iter([("right", case), ("wrong", wrong), ("bad", bad)]))
        assert main(["selftest"]) == 1
        out = printed(capsys)[0]
        assert 'wrong: /edition: expected "2000-01", got "2025-11"' in out
        assert out.endswith("1 of 3 conformance cases pass\n")

    def test_selftest_fails_without_cases(self, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(selftest_command, "cases", lambda: iter(()))
        assert main(["selftest"]) == 1

    @pytest.mark.parametrize("name", ["partner", "policy", "rulebook", "assessment", "record"])
    def test_schema_prints_a_json_schema(self, capsys: Capture, name: str) -> None:
        assert main(["schema", name]) == 0
        jsonschema.Draft202012Validator.check_schema(json.loads(printed(capsys)[0]))

    def test_an_assessment_matches_its_schema(self, capsys: Capture) -> None:
        assert main(["schema", "assessment"]) == 0
        schema = json.loads(printed(capsys)[0])
        assert main(["demo", "--format", "json"]) == 0
        for line in printed(capsys)[0].splitlines():
            jsonschema.validate(json.loads(line), schema)

    @pytest.mark.parametrize(
        ("option", "holds"),
        [
            ("cmakedir", "designation-config.cmake"),
            ("includedir", "designation/designation.hpp"),
            ("libdir", "libdesignation.a"),
            ("pkgconfigdir", "designation.pc"),
        ],
    )
    def test_config_prints_folders_with_the_expected_contents(self, capsys: Capture, option: str, holds: str) -> None:
        assert main(["config", f"--{option}"]) == 0
        folder = printed(capsys)[0].rstrip("\n")
        assert (Path(folder) / holds).is_file()
        assert main(["config", "--format", "json"]) == 0
        assert json.loads(printed(capsys)[0])[option] == folder

    def test_rulebooks_are_listed(self, capsys: Capture) -> None:
        assert main(["rulebook", "list"]) == 0
        assert [line.split()[0] for line in printed(capsys)[0].splitlines()] == dsg.rulebooks.editions()
        assert main(["rulebook", "list", "--format", "json"]) == 0
        editions = [json.loads(line) for line in printed(capsys)[0].splitlines()]
        assert [(e["edition"], e["default"]) for e in editions] == [
            (edition, edition == "2025-11") for edition in dsg.rulebooks.editions()
        ]

    @pytest.mark.parametrize("edition", dsg.rulebooks.editions())
    def test_a_rulebook_is_shown_as_a_page_and_as_json(self, capsys: Capture, edition: str) -> None:
        assert main(["rulebook", "show", edition]) == 0
        page = printed(capsys)[0]
        content = dsg.rulebooks.load(edition).to_dict()
        assert all(f"  {name}" in page for part in ("rules", "findings", "interpretations") for name in content[part])
        assert all(len(line) <= 80 or "https://" in line for line in page.splitlines())
        assert main(["rulebook", "show", edition, "ssd-t2"]) == 0
        shown = printed(capsys)[0]
        for part in (f"SSD-T2 Validity, edition {edition}", "/term/years: 1", "  leap_day: ", "Sources\n  "):
            assert part in shown
        assert max(map(len, shown.splitlines())) <= 80
        assert main(["rulebook", "show", edition, "SSD-P1", "--format", "json"]) == 0
        rule = json.loads(printed(capsys)[0])
        assert rule["parameters"] == {"/prerequisites/csp_authorization": {"types": ["direct_bill", "distributor"]}}
        assert rule["sources"][0]["section"] == "CSP Authorization"
        assert main(["rulebook", "show", edition, "SSD-P9"]) == 2
        assert 'unknown rule "SSD-P9"; did you mean "SSD-P' in printed(capsys)[1]
        assert main(["rulebook", "show", edition, "--format", "json"]) == 0
        assert json.loads(printed(capsys)[0]) == content

    def test_a_custom_rulebook_is_checked(self, capsys: Capture, tmp_path: Path) -> None:
        own = tmp_path / "own.json"
        own.write_text('{"extends": "2025-11", "edition": "mine"}')
        assert main(["rulebook", "check", str(own)]) == 0
        assert printed(capsys)[0].startswith("OK: mine fnv1a64:")
        own.write_text('{"extends": "2025-11",\n "edition": "mine", "term": {"years": 0}}')
        assert main(["rulebook", "check", str(own)]) == 2
        assert printed(capsys)[1].startswith(f"{own}:2:")

    @pytest.mark.skipif(shutil.which("designation") is None, reason="the package's scripts are not on the path")
    def test_the_script_and_the_module_are_the_same_program(self) -> None:
        done = subprocess.run(["designation", "config"], env=ENVIRONMENT, capture_output=True, check=True)
        assert done.stdout == run("config").stdout

    LINES = pytest.mark.parametrize(
        ("line", "offered"),
        [
            ("designation as", ["assess"]),
            ("designation assess --fail-on not", ["not-in-force"]),
            ("designation rulebook sh", ["show"]),
            ("designation rulebook show --f", ["--format"]),
            ("designation assess x.json --format j", ["json"]),
            ("designation schema po", ["policy"]),
            ("designation portfolio --on-error n", ["null"]),
            ("designation case-rate --on c", ["created"]),
            ("designation explain x.json --of solu", ["solutions_partner"]),
            ("designation explain x.json --of SSD-B", ["SSD-B1", "SSD-B2", "SSD-B3", "SSD-B4", "SSD-B5"]),
            ("designation explain x.json --of award_while", ["award_while_held"]),
        ],
    )

    @LINES
    @pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
    def test_bash_completes(self, line: str, offered: list[str]) -> None:
        words = line.split()
        asking = (
            f"{run('completion', 'bash').stdout.decode()}\nCOMP_WORDS=({line}); COMP_CWORD={len(words) - 1}\n"
            "_designation; printf '%s\\n' \"${COMPREPLY[@]}\""
        )
        done = subprocess.run(["bash", "-c", asking], capture_output=True, text=True, check=False)
        assert (done.stdout.split(), done.stderr) == (offered, "")

    @LINES
    @pytest.mark.skipif(shutil.which("fish") is None, reason="no fish")
    def test_fish_completes(self, line: str, offered: list[str]) -> None:
        asking = f"{run('completion', 'fish').stdout.decode()}\ncomplete -C '{line}'"
        done = subprocess.run(["fish", "-c", asking], capture_output=True, text=True, check=False)
        assert set(offered) <= set(done.stdout.splitlines())  # beside names of files
        assert done.stderr == ""

    @pytest.mark.skipif(shutil.which("zsh") is None, reason="no zsh")
    def test_zsh_loads_the_script(self) -> None:
        asking = f"{run('completion', 'zsh').stdout.decode()}\nprint $_comps[designation]"
        done = subprocess.run(["zsh", "-fc", asking], capture_output=True, text=True, check=False)
        assert (done.stdout, done.stderr) == ("_bash_complete -o default -F _designation\n", "")
