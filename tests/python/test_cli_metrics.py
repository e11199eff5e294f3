"""The commands for metrics give the figures of the package, and one line for each error."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

import designation as dsg
from designation.cli import main
from designation.cli._argument_names import name_options
from designation.cli._commands import build_parser

EXAMPLES = Path(dsg.__file__).parent / "examples"
REQUESTS = ("case-rate", "service-requests.csv", "--columns", "partner-center-powershell", "--period", "2026-H1")
POLICY = {"thresholds": {"case_rate": {"at_most": 5, "per": 1_000_000, "unit": "USD"}, "csat": {"at_least": 4.5}}}


@pytest.fixture(autouse=True)
def in_the_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLES)


def output_of(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(words) == 0
    return capsys.readouterr().out


def error_of(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(words) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    return shown.err


def test_the_command_gives_the_case_rate_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    words = (*REQUESTS, "--business", "revenue.csv", "--by", "country", "--exclude", "2026-03", "--rolling", "2")
    shown = json.loads(output_of(capsys, *words, "--format", "json"))
    rate = dsg.metrics.case_rate(
        "service-requests.csv",
        "revenue.csv",
        "2026-H1",
        columns="partner-center-powershell",
        by="country",
        exclude=["2026-03"],
    )
    assert shown.pop("rolling") == json.loads(json.dumps([group.to_dict() for group in rate.rolling(2)]))
    assert shown == json.loads(json.dumps(rate.to_dict()))
    text = output_of(capsys, *words)
    assert text.startswith(str(rate))
    assert max(map(len, text.split("\n"))) <= 80


def test_the_command_gives_the_csat_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("csat", "answers.csv", "--period", "2026-H1", "--by", "product", "--invited", "rows")
    score = dsg.metrics.csat("answers.csv", "2026-H1", by="product", invited="rows")
    assert output_of(capsys, *words) == f"{score}\n"
    assert json.loads(output_of(capsys, *words, "--format", "json")) == json.loads(json.dumps(score.to_dict()))


def test_the_command_gives_the_capability_of_the_package(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    words = ("capability", "evidence.csv", "--as-of", "2026-09-15", "--folder", str(tmp_path))
    found = dsg.metrics.capability("evidence.csv", as_of="2026-09-15", folder=tmp_path)
    assert len(found.evidence_in("no_file")) == 4
    assert output_of(capsys, *words) == f"{found}\n"
    assert json.loads(output_of(capsys, *words, "--format", "json")) == found.to_dict()


@pytest.mark.parametrize(
    "words",
    [(*REQUESTS, "--business", "revenue.csv"), ("csat", "answers.csv", "--by", "product"), ("csat", "answers.csv")],
)
def test_a_threshold_is_labeled_as_policy_and_a_plot_is_drawn(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, words: tuple[str, ...]
) -> None:
    (tmp_path / "policy.json").write_text(json.dumps(POLICY), "utf-8")
    policy, plot = ("--policy", str(tmp_path / "policy.json")), ("--plot", str(tmp_path / "out.svg"))
    assert "not a rule of the program" in output_of(capsys, *words, *policy, *plot)
    assert json.loads(output_of(capsys, *words, *policy, "--format", "json"))["policy"]["kind"] == "policy"
    drawn = (tmp_path / "out.svg").read_text("utf-8")
    assert "<svg" in drawn
    assert ("your policy" in drawn) == (words != ("csat", "answers.csv")), "a distribution has no threshold"


def test_columns_come_from_options_and_files(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "m.json").write_text(json.dumps({"score": "rating", "blank": ["-"]}), "utf-8")
    (tmp_path / "a.csv").write_text("rating;day\n5,0;31/01/2026\n-;\n", "utf-8")
    words = ("csat", str(tmp_path / "a.csv"), "--period", "2026", "--columns", str(tmp_path / "m.json"))
    shown = json.loads(
        output_of(capsys, *words, "--column", "answered=day", "--column", "decimal=,", "--format", "json")
    )
    assert (shown["n"], shown["quality"]["not_counted"][0]["reason"]) == (1, "blank")


@pytest.mark.parametrize(
    ("content", "n"),
    [(b"score\n5\n", 1), (b'{"score": 5}\n{"score": 4}\n', 2), (b'[{"score": "5"}]', 1)],
    ids=["CSV", "NDJSON", "JSON"],
)
def test_a_table_can_come_from_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, content: bytes, n: int
) -> None:
    monkeypatch.setattr("designation.cli._tables.open_input", lambda _: io.BytesIO(content))
    assert json.loads(output_of(capsys, "csat", "-", "--format", "json"))["n"] == n


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ((*REQUESTS, "--business", "nowhere.csv"), "designation: nowhere.csv: No such file or directory"),
        ((*REQUESTS, "--business", "5"), "--unit: state the unit of the business, such as --unit USD or --unit seats"),
        ((*REQUESTS[:-1], "2026-13", "--business", "revenue.csv"), '--period: "2026-13" is not a valid period'),
        (("case-rate", "-", "--business", "-", "--period", "2026"), "standard input (-) can be read only once"),
        (("csat", "answers.csv", "--column", "score"), 'argument --column: must be KEY=VALUE, not "score"'),
        (
            ("csat", "answers.csv", "--plot", "out.doc"),
            'argument --plot: must end in one of .svg, .png, .pdf, not "out.doc"',
        ),
        (
            (*REQUESTS, "--business", "5", "--unit", "seats", "--policy", "policy.json"),
            "/thresholds/case_rate/unit: the threshold is per USD, but the rate is per seats",
        ),
        (("csat", "answers.csv", "--columns", "evidence.csv"), "evidence.csv:1:1: must be JSON"),
        (("csat", "answers.csv", "--scale", "5=6"), "--scale 5: must be a score from 1 to 5, not 6"),
        (("csat", "revenue.csv"), "revenue.csv: --column score: no column for score"),
        (
            ("case-rate", "service-requests.csv", "--business", "revenue.csv", "--period", "2026-01"),
            'the columns fit the mapping "partner-center-powershell"; add --columns partner-center-powershell [column]',
        ),
        (
            (*REQUESTS[:-1], "2025-01", "--business", "revenue.csv"),
            "revenue.csv: --business: the size of the business is missing for 2025-01; it is given for 2026-01,",
        ),
        (
            (*REQUESTS, "--business", "revenue.csv", "--business-column", "amount=Amnt"),
            'country, amount, currency; did you mean "amount"? add --business-column amount=amount [column]',
        ),
        (
            ("case-rate", "service-requests.csv", "--billing", "revenue.csv", "--unit", "USD", "--period", "2026-01"),
            "name it with --business-column date=COLUMN",
        ),
        (
            ("reconcile", "a=answers.csv", "b=revenue.csv", "--period", "2026", "--normalize", "["),
            '--normalize: must be a regular expression without look-around and references, not "["',
        ),
        (
            ("csat", "answers.csv", "--compare-scale", "wide=good=9"),
            "--compare-scale good: must be a score from 1 to 5",
        ),
        (("capability", "revenue.csv"), 'revenue.csv: the table has no column "dimension", "item", "status"'),
        (("csat", "."), "designation: .: Is a directory; name a file in it"),
        (("capability", "evidence.csv", "--folder", "nowhere"), "designation: nowhere: Not a directory"),
    ],
)
def test_an_error_is_one_line_without_a_traceback(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], line: str
) -> None:
    shown = error_of(capsys, *words)
    assert line in shown
    assert "Traceback" not in shown


@pytest.mark.parametrize(
    ("command", "problem", "expected"),
    [
        ("case-rate", ("/period", "x"), "--period: x"),
        ("case-rate", ("/rates/EUR", "x"), "--exchange-rate EUR: x"),
        ("case-rate", ("/through", "x"), "--forecast-to: x"),
        ("case-rate", ("/months", "x"), "--rolling: x"),
        ("case-rate", ("/thresholds/case_rate/unit", "x"), "/thresholds/case_rate/unit: x"),
        ("case-rate", ("/columns", 'unknown mapping "a"'), '--columns: unknown mapping "a"'),
        ("case-rate", ("/columns", 'unknown key "a"', "unknown_key"), '--column: unknown key "a"'),
        (
            "case-rate",
            ("/columns/zone", 'state the zone, such as zone="UTC", for "dates=x"'),
            '--column zone: state the zone, such as --column zone=UTC, for "dates=x"',
        ),
        ("case-rate", ("/columns/dates", "state dates=day_first"), "--column dates: add --column dates=day_first"),
        ("case-rate", ("/columns/format", "state format=%d"), "--column format: add --column format=%d"),
        ("case-rate", ("/business", "state decimal=,"), "--business: add --business-column decimal="),
        ("case-rate", ("/escalated", 'it: escalated="a b=c"'), "--escalated: it: --escalated 'a b=c'"),
        ("csat", ("/scale", "with scale=, or off_scale=exclude"), "--scale: with --scale, or --off-scale exclude"),
        ("csat", ("/scales/wide", "x"), "--compare-scale wide: x"),
        ("reconcile", ("/columns/ours/zone", "state zone=UTC"), "--column ours:zone: add --column ours:zone=UTC"),
        ("reconcile", ("/columns/ours", "unknown mapping"), "--columns ours: unknown mapping"),
        ("reconcile", ("/columns", "unknown list", "unknown_key"), "--columns: unknown list"),
        ("reconcile", ("/columns/ours/id", "state columns=plain"), "--column ours:id: add --columns ours=plain"),
    ],
)
def test_an_error_names_options_and_not_arguments(command: str, problem: tuple[str, ...], expected: str) -> None:
    words = {"case-rate": ["x", "--business", "1", "--period", "2026"], "csat": ["x"]}
    options = build_parser([command]).parse_args([command, *words.get(command, ["a=x", "b=y", "--period", "2026"])])
    pointer, message, code = *problem, *["code"][len(problem) - 2 :]
    with pytest.raises(dsg.InputError) as caught, name_options(options):
        raise dsg.InputError([dsg.Diagnostic(code=code, message=message, pointer=pointer)])
    assert str(caught.value).startswith(expected)


def test_standard_input_is_named_in_messages(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("designation.cli._tables.open_input", lambda _: io.BytesIO(b"score,x\n5\n"))
    assert error_of(capsys, "csat", "-").startswith("<stdin>:2:1: ")


def test_a_missing_extra_is_named(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    shown = error_of(capsys, "csat", "answers.csv")
    assert shown == "designation: this needs duckdb: pip install 'designation[metrics]'\n"


def test_revenue_from_billing_is_the_business(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "cases.csv").write_text("id,created\n1,2026-01-05\n2,2026-02-05\n", "utf-8")
    lines = "ChargeStartDate,Subtotal,Currency,ChargeType,ProductName\n2026-01-05,1000000,USD,New,Azure\n"
    lines += "2026-02-01,1000000,EUR,New,Windows Server\n2026-02-01,500000,USD,New,Azure\n"
    (tmp_path / "lines.csv").write_text(lines, "utf-8")
    command = ["case-rate", str(tmp_path / "cases.csv"), "--escalated", "every", "--period", "2026-01..2026-02"]
    command += ["--billing", str(tmp_path / "lines.csv"), "--format", "json"]
    given = ["--unit", "USD", "--exchange-rate", "EUR:2026-02=1.5", "--perpetual", "ProductName=Windows Server"]
    assert main([*command, *given]) == 0
    found = json.loads(capsys.readouterr().out)
    assert float(found["size"]) == 3_000_000
    assert found["rate"] == pytest.approx(2 / 3)
    assert {way["name"]: float(way["size"]) for way in found["definitions"]["ways"]} == {
        "with_perpetual": 3_000_000,
        "without_perpetual": 1_500_000,
    }
    assert found["billing"]["accounts"][0]["charge_type"] == "New"
    assert main([*command, *given, "--definition", "without_perpetual"]) == 0
    assert float(json.loads(capsys.readouterr().out)["size"]) == 1_500_000
    assert main([*command, "--unit", "USD"]) == 2
    assert "state how much USD one EUR is in 2026-02" in capsys.readouterr().err
    assert main(command) == 2
    assert "--billing needs --unit" in capsys.readouterr().err


def test_a_score_is_compared_under_several_mappings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = "score,answered\nhappy,2026-01-05\nneutral,2026-02-05\nunhappy,2026-03-05\n"
    (tmp_path / "answers.csv").write_text(table, "utf-8")
    command = ["csat", str(tmp_path / "answers.csv"), "--period", "2026-Q1", "--by", "month", "--format", "json"]
    scales = [
        "--compare-scale",
        "wide=unhappy=1,neutral=3,happy=5",
        "--compare-scale",
        "mild=unhappy=2,neutral=3,happy=5",
    ]
    assert main([*command, *scales, "--rolling", "2"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(one["name"], round(one["score"], 2)) for one in found["scales"]["scores"]] == [("wide", 3), ("mild", 3.33)]
    assert (found["mean"], [run["key"] for run in found["rolling"]]) == (
        3,
        ["2026-01 to 2026-02", "2026-02 to 2026-03"],
    )
    assert main([*command, "--compare-scale", "wide=happy"]) == 2
    assert "--compare-scale must be NAME=VALUE=SCORE" in capsys.readouterr().err


def test_standard_input_can_be_counted_several_times(tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text("id,created\n1,2026-01-05\n2,2026-02-05\n", "utf-8")
    (tmp_path / "answers.csv").write_text("score\n5\n4\n", "utf-8")
    rate = ["case-rate", "-", "--escalated", "every", "--period", "2026", "--business", "1", "--unit", "USD", "--ways"]
    scales = ["csat", "-", "--compare-scale", "a=5=5,4=4", "--compare-scale", "b=5=5,4=3"]
    for name, command in (("cases.csv", rate), ("answers.csv", scales)):
        with open(tmp_path / name, "rb") as file:
            args = [sys.executable, "-P", "-m", "designation", *command]
            done = subprocess.run(args, stdin=file, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
