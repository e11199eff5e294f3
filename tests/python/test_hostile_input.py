"""Each row of docs/hostile-input.md runs in a process with limited memory and time."""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pytest

import designation as dsg
from designation.cli import main
from support.portfolio_tables import TYPES

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "hostile-input.md"
MEBIBYTE = 1024 * 1024
AS_OF = "2026-09-15"


def codes(data: Any) -> list[str]:
    with pytest.raises(dsg.InputError) as caught:
        dsg.parse_partner(data)
    return [each.code for each in caught.value.diagnostics]


def run_limited(
    program: str, *, memory: int, seconds: int, given: IO[bytes] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run Python with limits of memory, in MiB, and of processor time, in seconds."""

    def set_limits() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (memory * MEBIBYTE, memory * MEBIBYTE))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))

    text = "import designation as dsg\nfrom designation.cli import main\n" + textwrap.dedent(program)
    command = [sys.executable, "-c", text]
    return subprocess.run(command, preexec_fn=set_limits, stdin=given, capture_output=True, text=True, check=False)


def problems_of(program: str, *, memory: int, seconds: int) -> list[str]:
    """Run a program that must raise an InputError, and return its lines."""
    guarded = (
        f"try:\n{textwrap.indent(textwrap.dedent(program), '    ')}\nexcept dsg.InputError as error:\n    print(error)"
    )
    done = run_limited(guarded, memory=memory, seconds=seconds)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


class TestSize:
    def test_a_gigabyte_of_brackets_is_refused_before_it_is_read(self, tmp_path: Path) -> None:
        path = tmp_path / "brackets.json"
        with path.open("wb") as file:
            file.write(b"[" * (17 * MEBIBYTE))
            file.truncate(1024 * MEBIBYTE)
        (line,) = problems_of(f"dsg.load({str(path)!r})", memory=400, seconds=10)
        assert line == f"{path}:1:1: the document has more than the limit of 16777216 bytes [size]"
        for loader in ("load_policy", "rulebooks.load"):
            assert "[size]" in problems_of(f"dsg.{loader}({str(path)!r})", memory=400, seconds=10)[0]

    def test_a_document_with_many_events_is_refused_before_it_is_read(self, tmp_path: Path) -> None:
        path = tmp_path / "events.json"
        event = b'{"on": "2026-03-02", "type": "badge_awarded"},'
        with path.open("wb") as file:
            file.write(b'{"id": "a", "events": [' + event * (17 * MEBIBYTE // len(event) + 1))
            file.truncate(1023 * MEBIBYTE)
        (line,) = problems_of(f"dsg.load({str(path)!r})", memory=400, seconds=10)
        assert line == f"{path}:1:1: the document has more than the limit of 16777216 bytes [size]"

    def test_endless_brackets_on_standard_input_are_refused(self) -> None:
        with subprocess.Popen(["yes", "[[[[[[[[[[[[[[["], stdout=subprocess.PIPE) as endless:
            for command in (["assess", "-"], ["explain", "-"]):
                done = run_limited(f"raise SystemExit(main({command}))", memory=400, seconds=10, given=endless.stdout)
                assert (done.returncode, done.stdout) == (2, "")
                assert done.stderr.endswith("the document has more than 16777216 bytes (--max-bytes) [size]\n")
            endless.kill()

    def test_a_string_of_200_megabytes_is_refused(self) -> None:
        (line,) = problems_of("""dsg.parse_partner(b'{"id": "' + b"a" * 200_000_000 + b'"}')""", memory=900, seconds=10)
        assert line == "1:1: the document has more than the limit of 16777216 bytes [size]"

    def test_a_string_of_the_maximum_size_is_read(self) -> None:
        size = 16 * MEBIBYTE - len('{"id": ""}')
        done = run_limited(
            f"""print(len(dsg.parse_partner('{{"id": "' + "a" * {size} + '"}}').id))""", memory=600, seconds=10
        )
        assert done.stdout == f"{size}\n"

    @pytest.mark.parametrize("members", ['"events": [{}0]', "{}0"], ids=["of another type", "no JSON"])
    def test_a_document_with_millions_of_problems_reports_a_thousand(self, members: str) -> None:
        program = f"""dsg.parse_partner('{{"id": "a", {members}}}'.replace("{{}}", "0," * 8_000_000))"""
        lines = problems_of(program, memory=2500, seconds=30)
        assert lines[-1].endswith("and 7999001 more problems [more]") or len(lines) == 1

    def test_a_million_unknown_or_repeated_keys_are_reported_in_time(self) -> None:
        for key in ('f"k{i}"', '"id"'):
            program = f"dsg.parse_partner('{{' + ','.join('\"%s\": 1' % {key} for i in range(1_000_000)) + '}}')"
            lines = problems_of(program, memory=1500, seconds=30)
            assert len(lines) == 1001
            assert lines[-1].endswith("more problems [more]")


class TestDepth:
    @pytest.mark.parametrize("text", ["[" * 100_000 + "]" * 100_000, '{"a":' * 100_000, "[" * (16 * MEBIBYTE)])
    def test_a_text_nests_at_most_64_levels(self, text: str) -> None:
        assert codes(text) == ["depth"]

    def test_python_values_nest_at_most_64_levels(self) -> None:
        nested: list[Any] = []
        for _ in range(100_000):
            nested = [nested]
        assert "depth" in codes({"id": "a", "notes": nested})

    def test_python_values_that_contain_themselves_are_refused(self) -> None:
        nested: list[Any] = []
        nested.append(nested)
        assert "depth" in codes({"id": "a", "events": nested})


class TestValues:
    @pytest.mark.parametrize(
        ("text", "code"),
        [
            (b'{"id": "a", "id": "b"}', "duplicate_key"),
            (b'{"id": "a", "events": [{"on": "2026-01-01", "type": "badge_awarded", "on": null}]}', "duplicate_key"),
            (b'{"id": 1e999}', "range"),
            (b'{"id": -1e999}', "range"),
            (b'{"id": ' + b"1" * 5000 + b"}", "range"),
            (b'{"id": NaN}', "syntax"),
            (b'{"id": "\xff"}', "encoding"),
            (b'{"id": "\xc0\xaf"}', "encoding"),
            (b'{"id": "\xed\xa0\x80"}', "encoding"),
            (b'{"id": "\xf4\x90\x80\x80"}', "encoding"),
            (b'\xff\xfe{\0"\0', "encoding"),
            (rb'{"id": "\ud800"}', "encoding"),
            (rb'{"id": "\udc00\ud800"}', "encoding"),
            ('{"id": "\ud800"}', "encoding"),
            ({"id": "\ud800"}, "type"),
            (b'{"id": "a\0b"}', "nul"),
            (rb'{"id": "a\u0000b"}', "nul"),
            ({"id": "a\0b"}, "nul"),
            ({"id": "a", "name": "b\0"}, "nul"),
        ],
    )
    def test_an_invalid_value_is_refused_with_its_code(self, text: Any, code: str) -> None:
        assert code in codes(text)


def table_with_offsets(offsets: list[int], items: pa.Array, nulls: int = 0) -> pa.Table:
    """Return a table with lists of events that have these offsets."""
    valid = pa.py_buffer(b"\xff") if nulls else None
    buffers = [valid, pa.py_buffer(b"".join(each.to_bytes(4, "little", signed=True) for each in offsets))]
    lists = pa.ListArray.from_buffers(TYPES["events"], len(offsets) - 1, buffers, nulls, children=[items])
    return pa.table({"id": ["a"] * (len(offsets) - 1), "events": lists})


class TestTables:
    EVENTS = pa.array([{"on": None, "type": "badge_awarded", "outcome": None}] * 3, TYPES["events"].value_type)

    @pytest.mark.parametrize(
        ("table", "why"),
        [
            # pyarrow allows these; test_validate.cpp covers the others.
            (table_with_offsets([0, 2, 1], EVENTS), "an offset is less than the one before it"),
            (table_with_offsets([0, 2_000_000_000, 3], EVENTS), "an offset is less than the one before it"),
            (table_with_offsets([0, 1, 2], EVENTS, nulls=2), "null_count must be 0, not 2"),
        ],
    )
    def test_inconsistent_arrays_are_refused(self, table: pa.Table, why: str) -> None:
        with pytest.raises(dsg.InputError) as caught:
            dsg.assess_table(table, AS_OF)
        assert str(caught.value) == f"/events: invalid Arrow data: {why} [arrow]"

    @pytest.mark.parametrize("index", [7, -1])
    def test_an_index_outside_its_dictionary_is_refused(self, index: int) -> None:
        indices = pa.Array.from_buffers(
            pa.int8(), 3, [None, pa.py_buffer(index.to_bytes(1, "little", signed=True) * 3)]
        )
        types = pa.DictionaryArray.from_arrays(indices, pa.array(["badge_awarded"]), safe=False)
        events = pa.StructArray.from_arrays([pa.array([None] * 3, pa.date32()), types], ["on", "type"])
        lists = pa.ListArray.from_arrays([0, 3], events)
        with pytest.raises(dsg.InputError, match=r"/0/events/0/type: must be one of .*, not \"\""):
            dsg.assess_table(pa.table({"id": ["a"], "events": lists}), AS_OF)


def seconds_of(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


class TestTime:
    @staticmethod
    def history(size: int) -> str:
        """Return a document with a number of events, unordered, on all days of forty years."""
        kinds = ("capability_evaluated", "case_rate_determined", "csat_evaluated")
        events = (
            f'{{"on":"20{10 + i * 7919 % 40}-{1 + i * 31 % 12:02}-{1 + i * 17 % 28:02}","type":"{kinds[i % 3]}",'
            f'"outcome":"{"fail" if i % 5 else "pass"}"}}'
            for i in range(size)
        )
        return '{"id":"a","events":[' + ",".join(events) + "]}"

    @pytest.mark.slow
    @pytest.mark.filterwarnings("ignore:.* more than 20 years after")
    def test_the_time_grows_linearly_up_to_a_million_events(self, tmp_path: Path) -> None:
        def answered(size: int) -> float:
            path = tmp_path / "history.json"
            path.write_text(self.history(size), encoding="utf-8")

            def work() -> None:
                partner = dsg.load(path, max_bytes=200 * MEBIBYTE)
                assert len(partner.events or ()) == size
                assessment = dsg.assess(partner, AS_OF)
                assert assessment.term.status == "not_attained"
                assert dsg.next_change(partner, AS_OF) is not None

            return seconds_of(work)

        answered(10_000)
        quarter, whole = answered(250_000), answered(1_000_000)
        assert whole < 6 * quarter  # n log n would be 4.4 times, n squared 16
        assert whole < 60


HOSTILE_IDS = [
    "../../outside",
    "/etc/passwd",
    "..\\..\\outside",
    "a/../../b",
    "\x1b[2J\x1b]0;owned\x07",
    "$(touch owned)",
]


class TestNames:
    @pytest.mark.parametrize("hostile", HOSTILE_IDS)
    def test_a_name_controls_neither_a_path_nor_a_terminal(
        self, hostile: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        place = tmp_path / "place"
        place.mkdir()
        monkeypatch.chdir(place)
        partner = dsg.parse_partner(
            {"id": hostile, "name": hostile, "events": [{"on": "2026-03-02", "type": "badge_awarded"}]}
        )
        Path("partner.json").write_text(partner.to_json(), encoding="utf-8")
        Path("partners.ndjson").write_text(partner.to_json() + "\n", encoding="utf-8")
        wanted = {"partner.json", "partners.ndjson"}
        commands = [
            ["assess", "partner.json", "-o", "assess.txt"],
            ["explain", "partner.json", "-o", "explain.txt"],
            ["timeline", "partner.json", "-o", "timeline.txt"],
            ["plan", "partner.json", "-o", "plan.txt"],
            ["calendar", "partner.json", "-o", "calendar.ics"],
            ["portfolio", "partners.ndjson", "-o", "portfolio.csv"],
        ]
        if (Path(dsg.__file__).parent / "cli" / "report.py").exists():
            commands.append(["report", "partner.json", "-o", "report.html"])
        for command in commands:
            assert main([*command, "--as-of", AS_OF]) == 0, command
            wanted.add(command[-1])
            if command[0] not in ("calendar", "portfolio", "report"):
                shown = Path(command[-1]).read_text("utf-8")
                assert not set(shown) & {"\x1b", "\x07"}
        assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")} == {
            "place",
            *(f"place/{name}" for name in wanted),
        }
        printed = capsys.readouterr()
        assert not set(printed.out + printed.err) & {"\x1b", "\x07"}


def test_the_texts_of_a_rulebook_do_not_control_a_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    evil = "\x1b]8;;http://x\x07A\x1b[31m\u202eabc\x9b31m"
    rule = {"title": evil, "text": evil, "remedy": {"do": evil}}
    offer = {"words": evil}
    rulebook = {"extends": "2025-11", "edition": f"mine{evil}", "title": evil, "rules": {"SSD-P2": rule}}
    rulebook["availability"] = {"unified_for_partners": offer}
    Path("mine.json").write_text(json.dumps(rulebook), "utf-8")
    contoso = str(Path(dsg.__file__).parent / "examples" / "contoso.json")
    partner = [contoso, "--as-of", AS_OF, "--rulebook", "mine.json"]
    commands = [
        *([name, *partner] for name in ("assess", "explain", "readings", "plan", "budget")),
        ["assess", "--explain", *partner],
        ["timeline", contoso, "--rulebook", "mine.json"],
        ["calendar", *partner, "-o", "c.ics"],
        ["report", *partner, "-o", "r.html"],
        ["rulebook", "show", "mine.json"],
        ["rulebook", "check", "mine.json"],
        ["rulebook", "diff", "2025-11", "mine.json"],
    ]
    for command in commands:
        assert main(command) in (0, 1), command
        out, err = capsys.readouterr()
        files = "".join(path.read_text("utf-8") for path in map(Path, ("c.ics", "r.html")) if path.exists())
        assert not set("\x1b\x07\x9b\u202e") & set(out + err + files), command


def test_every_row_of_the_page_names_an_existing_test() -> None:
    kinds, _, _ = PAGE.read_text("utf-8").partition("| limit |")
    rows = [line for line in kinds.splitlines() if line.startswith("| ") and "---" not in line][1:]
    assert len(rows) >= 15
    for row in rows:
        names = re.findall(r"`(test_\w+)\.(py|cpp)(?:::(\w+))?`", row)
        assert names, row
        for stem, ending, test in names:
            (file,) = (ROOT / "tests").glob(f"*/{stem}.{ending}")
            text = file.read_text("utf-8")
            assert f"def {test}(" in text or f"class {test}:" in text or not test, row
