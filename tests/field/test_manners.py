"""Manners of the command line: settings, relative dates, quiet, colors, and errors that help."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import designation as dsg
from designation.cli import main
from designation.cli._commands import GROUPS

POLICY = {"readings": {"leap_day": "clamp"}}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("p.json").write_text('{"id": "contoso", "events": [{"on": "2025-12-12", "type": "badge_awarded"}]}', "utf-8")
    Path("policy.json").write_text('{"edition": "2026-04"}', "utf-8")
    return tmp_path


def shown(capsys: Any, *words: str) -> tuple[int, str, str]:
    status = main(list(words))
    output = capsys.readouterr()
    return status, output.out, output.err


def test_the_program_alone_shows_short_help(capsys: Any) -> None:
    status, out, err = shown(capsys)
    assert (status, err) == (0, "")
    assert "Portfolios    portfolio, report" in out
    assert len(out.splitlines()) < 20


def test_help_lists_every_command_once_and_in_groups(capsys: Any) -> None:
    short, out = shown(capsys)[1], shown(capsys, "--help")[1]
    for title, names in GROUPS.items():
        assert f"  {title:<14}{', '.join(names)}\n" in short
        _, _, section = out.partition(f"\n{title}:\n")
        lines = section.partition("\n\n")[0].splitlines()
        assert [line.split()[0] for line in lines if not line.startswith("   ")] == list(names)


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("portfolio p.json", "portfolio"),
        ("portfolio p.json -o - --summary", "portfolio"),
        ("convert p.json", "convert"),
        ("convert p.json -o out.pdf", "convert"),
        ("what-if p.json", "what-if"),
        ("compare p.json", "compare"),
        ("assess p.json --as-of", "assess"),
        ("assess - -", "assess"),
        ("rulebook show 2025-11 --rule SSD", "rulebook show"),
        ("rulebook shwo", "rulebook"),
        ("plan p.json --as-of 2026-01-01 --through 2025-01-01", "plan"),
        ("reconcile a=p.json", "reconcile"),
    ],
)
def test_an_error_in_the_arguments_names_the_help_page(words: str, page: str, folder: Path, capsys: Any) -> None:
    status, _, err = shown(capsys, *words.split())
    assert status == 2
    assert err.startswith(f"designation {page}: ") or err.startswith("designation: ")
    assert err.endswith(f"\nTry: designation {page} --help\n")


def test_an_error_in_a_file_names_no_help_page(folder: Path, capsys: Any) -> None:
    for words in ("assess nowhere.json", "assess p.json --policy nowhere.json", "assess p.json -o p.json"):
        assert "--help" not in shown(capsys, *words.split())[2]


@pytest.mark.parametrize(("text", "days"), [("today", 0), ("+30d", 30), ("-1d", -1)])
def test_a_date_can_be_relative_to_today(text: str, days: int, folder: Path, capsys: Any) -> None:
    wanted = str(datetime.date.today() + datetime.timedelta(days))
    assert json.loads(shown(capsys, "assess", "p.json", f"--as-of={text}", "--format", "json")[1])["as_of"] == wanted
    assert (
        f'"as_of": "{wanted}"'
        in shown(capsys, "portfolio", "p.json", f"--as-of={text}", "-o", "-", "--format", "json")[1]
    )


@pytest.mark.parametrize(
    ("text", "place", "caret"),
    [
        ('{"id": "a",\n "events": [],\n}', "2:14", '   "events": [],\n               ^'),
        ('{"id": "a", "events": [{"on": "2026-01-01"},]}', "1:44", ""),
    ],
)
def test_a_trailing_comma_is_called_that(text: str, place: str, caret: str, folder: Path, capsys: Any) -> None:
    Path("bad.json").write_text(text, "utf-8")
    _, _, err = shown(capsys, "assess", "bad.json")
    assert err.startswith(f"bad.json:{place}: a trailing comma before ")
    assert caret in err
    (problem,) = dsg.check("bad.json")
    assert str(problem).startswith(f"bad.json:{place}: a trailing comma before ")


def test_every_reader_of_json_calls_a_trailing_comma_that(folder: Path, capsys: Any) -> None:
    text, message = '{"edition": "2026-04",}', '1:22: a trailing comma before "}"; remove it [syntax]'
    Path("bad.json").write_text(text, "utf-8")
    readers: list[tuple[str, Callable[[], Any]]] = [
        ("", lambda: dsg.parse_partner(text)),
        ("x.json:", lambda: dsg.parse_policy(text, file="x.json")),
        ("bad.json:", lambda: dsg.load("bad.json")),
        ("bad.json:", lambda: dsg.load_policy("bad.json")),
        ("bad.json:", lambda: dsg.rulebooks.load("bad.json")),
    ]
    caret = f"  {text}\n{' ' * 23}^"
    for place, read in readers:
        with pytest.raises(dsg.InputError) as caught:
            read()
        assert (str(caught.value), caught.value.__notes__) == (f"{place}{message}", [caret])
    for words in (["assess", "p.json", "--policy", "bad.json"], ["assess", "p.json", "--rulebook", "bad.json"]):
        assert shown(capsys, *words)[2] == f"bad.json:{message}\n{caret}\n"
    Path("changes.json").write_text('[{"remove": {"type": "badge_awarded"}},]', "utf-8")
    error = shown(capsys, "what-if", "p.json", "--changes", "changes.json")[2]
    assert error.startswith('changes.json:1:39: must be JSON: a trailing comma before "]"')
    assert error.endswith(f"{' ' * 40}^\n")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["--add", "date=2026-12-01", "type=interest_registered"], 'did you mean "on" for "date"?'),
        (["--remove", "date=2025-12-12"], 'did you mean "on" for "date"?'),
        (["--move", "type=badge_awarded", "date=2026-01-01"], 'did you mean "to" for "date"?'),
        (["--extend", "type=psfp", "to=2027-01-01"], 'did you mean "through" for "to"?'),
        (["--extend", "type=psfp", "until=2027-01-01"], 'did you mean "through" for "until"?'),
    ],
)
def test_a_word_that_means_a_key_is_named_with_it(words: list[str], hint: str, folder: Path, capsys: Any) -> None:
    status, _, err = shown(capsys, "what-if", "p.json", *words)
    assert (status, hint in err) == (2, True), err


def test_a_column_that_means_another_is_named_with_it(folder: Path, capsys: Any) -> None:
    Path("facts.csv").write_text("partner_id,kind,type,start,until,date\na,event,badge_awarded,,,2026-01-01\n", "utf-8")
    out = shown(capsys, "check", "facts.csv")[1]
    for given, meant in (("start", "from"), ("until", "through"), ("date", "on")):
        assert f'unknown column "{given}"; did you mean "{meant}"?' in out
    records = [{"date": "2026-01-01", "type": "badge_awarded"}]
    with pytest.raises(dsg.InputError, match=r'unknown column "events.date"; did you mean "events.on"\?'):
        dsg.assess_table(pd.DataFrame({"id": ["a"], "events": [records]}), "2026-09-15")
    Path("in.csv").write_text("id,date\na,2026-01-01\n", "utf-8")
    assert "note: ignored columns: date\n" in shown(capsys, "assess", "in.csv")[2], "not: did you mean rate?"


def test_quiet_prints_no_notes(folder: Path, capsys: Any) -> None:
    Path("in.csv").write_text("id,region\na,x\n", "utf-8")
    assert "note: ignored columns: region" in shown(capsys, "assess", "in.csv")[2]
    assert shown(capsys, "assess", "in.csv", "--quiet")[2] == ""


def test_colors_are_chosen(folder: Path, capsys: Any) -> None:
    assert "\x1b[" in shown(capsys, "assess", "p.json", "--color", "always")[1]
    assert "\x1b[" not in shown(capsys, "assess", "p.json", "--color", "never")[1]
    assert "\x1b[" not in shown(capsys, "assess", "p.json")[1]
    assert "\x1b[" in shown(capsys, "assess", "--color", "always", "--help")[1]
    assert "\x1b[" not in shown(capsys, "assess", "--color=never", "--help")[1]


class TestSettings:
    @pytest.mark.parametrize(
        ("file", "text"),
        [
            ("designation.toml", 'policy = "policy.json"\nformat = "json"\n'),
            ("pyproject.toml", '[project]\nname = "x"\n[tool.designation]\npolicy = "policy.json"\nformat = "json"\n'),
        ],
    )
    def test_a_file_sets_the_policy_and_the_format(self, file: str, text: str, folder: Path, capsys: Any) -> None:
        Path(file).write_text(text, "utf-8")
        status, out, err = shown(capsys, "assess", "p.json")
        assert (status, json.loads(out)["edition"]) == (0, "2026-04")
        assert err == f'designation: note: policy "policy.json" from {file}\n'
        assert shown(capsys, "assess", "p.json", "--no-config")[1].startswith("contoso")
        assert f"policy        policy.json (from {file})" in shown(capsys, "config")[1]
        other = shown(capsys, "assess", "p.json", "--format", "text")[1]
        assert other.startswith("contoso")

    @pytest.mark.parametrize("command", ["assess", "explain", "plan", "timeline", "budget"])
    def test_a_result_names_the_policy_that_a_file_set(self, command: str, folder: Path, capsys: Any) -> None:
        Path("designation.toml").write_text('policy = "policy.json"\n', "utf-8")
        words = [command, "p.json", "--as-of", "2026-05-15"]
        named = {"policy": {"value": "policy.json", "source": "designation.toml"}}
        assert json.loads(shown(capsys, *words, "--format", "json")[1])["settings"] == named
        page = shown(capsys, *words, "-o", "out.txt"), Path("out.txt").read_text("utf-8")
        assert page[1].endswith('\nSettings        policy "policy.json" from designation.toml\n')
        other = [*words, "--policy", "policy.json", "--format", "json"]
        assert "settings" not in json.loads(shown(capsys, *other)[1])

    def test_a_calendar_has_no_page_of_settings(self, folder: Path, capsys: Any) -> None:
        Path("designation.toml").write_text('policy = "policy.json"\n', "utf-8")
        assert shown(capsys, "calendar", "p.json")[1].endswith("END:VCALENDAR\r\n")

    def test_a_variable_comes_before_a_file(self, folder: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        Path("designation.toml").write_text('policy = "nowhere.json"\n', "utf-8")
        monkeypatch.setenv("DESIGNATION_POLICY", "policy.json")
        _, out, err = shown(capsys, "assess", "p.json", "--format", "json")
        assert (json.loads(out)["edition"], err) == (
            "2026-04",
            'designation: note: policy "policy.json" from DESIGNATION_POLICY\n',
        )

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ('polcy = "x"\n', 'designation.toml: unknown key "polcy"; did you mean "policy"?'),
            ("format = 3\n", "designation.toml: format must be one of text, json, not 3"),
            ("format = \n", "designation.toml: must be TOML; correct it, or use --no-config"),
        ],
    )
    def test_a_bad_setting_is_named(self, text: str, message: str, folder: Path, capsys: Any) -> None:
        Path("designation.toml").write_text(text, "utf-8")
        status, _, err = shown(capsys, "assess", "p.json")
        assert (status, err.startswith(message)) == (2, True)

    def test_parent_folders_are_not_searched(self, folder: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        Path("designation.toml").write_text('format = "json"\n', "utf-8")
        (folder / "below").mkdir()
        monkeypatch.chdir(folder / "below")
        assert shown(capsys, "assess", "../p.json")[1].startswith("contoso")
