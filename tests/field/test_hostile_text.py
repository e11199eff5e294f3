"""Hostile text in every text field of every format does not act: in no command, format, and message."""

from __future__ import annotations

import copy
import csv
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import designation as dsg
from designation._input.guard import undo_guard
from designation.cli import main
from designation.cli._commands import COMMANDS
from support.hostile_text import (
    FORMULA,
    TEXT,
    controls,
    fill,
    injected_lines,
    markup,
    mutations,
    schema,
    svg_markup,
    text_paths,
)

Json = dict[str, Any]

EXAMPLES = Path(dsg.__file__).parent / "examples"
AS_OF = ["--as-of", "2026-09-15"]
OWN_COLORS = re.compile(r"\x1b\[[0-9;]*m")
# Texts that must be ours: an edition that exists, and the notes of a rulebook, which are an object here.
OURS = {
    "partner": (),
    "policy": (),
    "rulebook": (("extends",), ("notes",)),
}
COLUMN = " ".join(TEXT.split())  # as readers normalize names of columns
NAME = "\x1b]0;t\x07\u202e=1\n<hostile-tag>.json"  # of a file
CASES = [["--escalated", "every", "--period", "2026-Q1", "--by", COLUMN], ["--unit", "seats", "--business", "12"]]


def filled(kind: str, document: Json) -> Json:
    """Return a document with hostile text in every member that the schema defines as any text."""
    document = copy.deepcopy(document)
    for path in text_paths(schema(kind)):
        is_reference = path in OURS[kind] or path[-1] in ("source", "$schema")
        if not is_reference:
            found = fill(document, path, TEXT) or fill(document, path, TEXT, add=True)
            assert found, f"the base of {kind} has nothing at {'/'.join(path)}"
    return document


def contoso() -> Json:
    document: Json = json.loads((EXAMPLES / "contoso.json").read_text("utf-8"))
    document["solutions_partner_designations"] = [{"area": "security", "from": "2024-02-29"}]
    return document


def partner() -> Json:
    return filled("partner", contoso())


def rulebook() -> Json:
    return filled("rulebook", {**dsg.rulebooks.load("2025-11").to_dict(), "notes": {"/title": ""}})


def policy() -> Json:
    return filled("policy", json.loads((EXAMPLES / "policy.json").read_text("utf-8")))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    others = [{**partner(), "id": f"{TEXT} {number}"} for number in range(2)]
    Path(NAME).write_text(json.dumps(partner()), "utf-8")
    Path("other.json").write_text(json.dumps({**partner(), "name": f"other {TEXT}", "events": []}), "utf-8")
    Path("all.ndjson").write_text("".join(f"{json.dumps(one)}\n" for one in others), "utf-8")
    Path(f"{NAME}.rules").write_text(json.dumps(rulebook()), "utf-8")
    Path(f"{NAME}.policy").write_text(json.dumps(policy()), "utf-8")
    without_edition = {key: value for key, value in policy().items() if key != "edition"}
    Path(f"{NAME}.metrics").write_text(json.dumps(without_edition), "utf-8")
    names = {"policy": f"{NAME}.policy", "rulebook": f"{NAME}.rules"}
    Path("designation.toml").write_text("".join(f"{key} = {json.dumps(value)}\n" for key, value in names.items()))
    with Path("table.csv").open("w", encoding="utf-8", newline="") as file:
        row = [f"{TEXT}1", TEXT, TEXT, *(json.dumps(partner()[name]) for name in ("events", "support_contracts"))]
        csv.writer(file).writerows([["id", "name", TEXT, "events", "support_contracts"], row])
    for name in ("cases.csv", "more.csv"):
        with Path(name).open("w", encoding="utf-8", newline="") as file:
            cases = [[f"{TEXT}{number}{name}", f"2026-0{number}-05", TEXT, TEXT] for number in (1, 2, 3)]
            csv.writer(file).writerows([["id", "created", "customer", TEXT], *cases])
    Path("answers.csv").write_text("id,answered,score\n1,2026-01-05,5\n2,2026-01-06,4\n", "utf-8")
    with Path("answers.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [["id", "answered", "score", TEXT]] + [[f"{TEXT}{n}", f"2026-01-0{n}", "5", TEXT] for n in (1, 2, 3)]
        )
    with Path("evidence.csv").open("w", encoding="utf-8", newline="") as file:
        cells = ["support_function", TEXT, "ready", TEXT, TEXT, ""]
        csv.writer(file).writerows([["dimension", "item", "status", "owner", "link", "expires"], cells])
    return tmp_path


SPAN = ["--through", "2028-01-01"]
CASE_RATE = ["case-rate", "cases.csv", *CASES[0], *CASES[1], "--no-config"]
CSAT = ["csat", "answers.csv", "--by", COLUMN, "--period", "2026-Q1", "--policy", f"{NAME}.metrics"]
RECONCILE = ["reconcile", f"{TEXT.replace('=', '~')}=cases.csv", "b=more.csv", "--period", "2026-Q1"]
PAGES: list[list[str]] = [
    ["assess", NAME, *AS_OF],
    ["assess", "--explain", NAME, *AS_OF],
    ["explain", NAME, *AS_OF],
    ["timeline", NAME, *AS_OF, *SPAN],
    ["what-if", NAME, *AS_OF, "--add", "on=2026-10-20", "type=csat_evaluated", "outcome=pass", f"notes={TEXT}"],
    ["compare", NAME, "other.json", *AS_OF],
    ["compare", NAME, "other.json", *AS_OF, "--paths"],
    ["readings", NAME, *AS_OF, *SPAN],
    ["plan", NAME, *AS_OF, *SPAN],
    ["portfolio", "all.ndjson", *AS_OF, "--summary"],
    ["portfolio", "table.csv", *AS_OF, "--summary", "--by", COLUMN],
    ["budget", "all.ndjson", *AS_OF, *SPAN],
    ["budget", "all.ndjson", *AS_OF, *SPAN, "--against", f"{NAME}.policy"],
    ["check", "all.ndjson", NAME],
    CASE_RATE,
    CSAT,
    RECONCILE,
    ["capability", "evidence.csv", *AS_OF],
    ["rulebook", "show", f"{NAME}.rules"],
    ["rulebook", "show", f"{NAME}.rules", "SSD-P2"],
    ["rulebook", "check", f"{NAME}.rules"],
    ["rulebook", "diff", "2025-11", f"{NAME}.rules"],
    ["impact", "2025-11", f"{NAME}.rules", "all.ndjson", *AS_OF, "--no-config"],
    ["replay", "record.json"],
    ["config"],
]
# Every other command has no text of a user: demo and init have ours, schema and selftest come with the package.
FILES: dict[str, list[list[str]]] = {
    "page.html": [
        ["report", NAME, *AS_OF],
        ["report", "--brief", NAME, *AS_OF],
        ["report", "table.csv", "--keep", COLUMN, "--by", COLUMN, *AS_OF],
    ],
    "image.svg": [["report", NAME, *AS_OF, "--format", "svg"]],
    "data.json": [["report", NAME, *AS_OF, "--format", "json"]],
    "dates.ics": [
        ["calendar", "all.ndjson", *AS_OF, "--name", TEXT, "--all"],
        ["calendar", NAME, *AS_OF],
    ],
    "table.ndjson": [["portfolio", "table.csv", *AS_OF, "--keep", COLUMN, "--columns", "id,name,status,findings"]],
    "assessed.csv": [["portfolio", "table.csv", *AS_OF, "--keep", COLUMN, "--columns", "id,name,status,findings"]],
    "assessed.xlsx": [["portfolio", "table.csv", *AS_OF, "--keep", COLUMN, "--columns", "id,name,status,findings"]],
    "impact.html": [["impact", "2025-11", f"{NAME}.rules", "all.ndjson", *AS_OF, "--no-config"]],
    "impact.csv": [["impact", "2026-09-15", "2027-06-01", "all.ndjson", "--no-config"]],
    "budget.csv": [["budget", "all.ndjson", *AS_OF, *SPAN]],
    "budget.xlsx": [["budget", "all.ndjson", *AS_OF, *SPAN]],
    "partners.csv": [["convert", "all.ndjson"]],
    "partners.xlsx": [["convert", "all.ndjson"]],
    "partners.json": [["convert", "all.ndjson"]],
}
SIDE_FILES = {
    "rate.html": [*CASE_RATE, "--report"],
    "rate.svg": [*CASE_RATE, "--plot"],
    "score.html": [*CSAT, "--report"],
    "score.svg": [*CSAT, "--plot"],
    "lists.html": [*RECONCILE, "--report"],
    "lists.csv": [*RECONCILE, "--cases"],
}


def check_file(path: Path) -> None:
    """Check that the texts in a file do not act in the program that opens it."""
    if path.suffix == ".xlsx":
        check_workbook(path)
        return
    text = path.read_bytes().decode()
    if path.suffix == ".html":
        assert markup(text) == []
    elif path.suffix == ".svg":
        assert svg_markup(text) == []
    elif path.suffix == ".ics":
        assert injected_lines(text) == []
        return
    elif path.suffix in (".json", ".ndjson"):
        for line in text.split("\n")[:-1] if path.suffix == ".ndjson" else [text]:
            json.loads(line)
    elif path.suffix == ".csv":
        cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
        assert any(undo_guard(cell).startswith(FORMULA) for cell in cells)
        assert not [cell for cell in cells if re.match("[=+@\t\r\n]|-[^0-9]", cell) or re.search("[,;\t|]=", cell)]
        return
    assert controls(text) == set()


def check_workbook(path: Path) -> None:
    with zipfile.ZipFile(path) as packed:
        sheets = [packed.read(name).decode() for name in packed.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not [sheet for sheet in sheets if "<f>" in sheet or "<f " in sheet]
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert [cell for cell in cells if cell.value.startswith(FORMULA)]
    for cell in cells:
        assert cell.data_type == "s"


def test_every_command_has_a_page_or_a_file() -> None:
    shown = {words[0] for words in [*PAGES, *(words for many in FILES.values() for words in many)]}
    assert shown | {"demo", "init", "schema", "selftest", "completion"} == set(COMMANDS)


@pytest.mark.parametrize("words", PAGES, ids=lambda words: " ".join(words[:1] + words[2:3])[:20].split("\x1b")[0])
def test_a_terminal_shows_no_control_character(
    words: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if words[0] == "replay":
        assert main(["assess", NAME, *AS_OF, "--record", words[-1]]) == 0
        capsys.readouterr()
    colored = [] if words[0] in ("rulebook", "reconcile") else [["--color", "always"]]
    for options in ([], *colored, ["--format", "json"]):
        status = main([*words, *options])
        out, err = capsys.readouterr()
        assert status in (0, 1), err
        assert controls(OWN_COLORS.sub("", out + err) if "--color" in options else out + err) == set()
        if "--format" in options:
            json.loads(out)


@pytest.mark.parametrize("name", [*FILES, *SIDE_FILES])
def test_a_file_shows_text_as_text(name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in [[*one, "-o"] for one in FILES.get(name, [])] or [SIDE_FILES[name]]:
        status = main([*words, name])
        out, err = capsys.readouterr()
        assert status == 0, err
        assert controls(out + err) == set()
        check_file(Path(name))


@pytest.mark.parametrize("kind", ["partner", "policy", "rulebook"])
def test_an_error_shows_no_control_character(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    document = {"partner": partner, "policy": policy, "rulebook": rulebook}[kind]()
    mutated = list(mutations(document, TEXT))
    assert len(mutated) > 30
    if kind == "partner":
        lines = "".join(
            f"{json.dumps({**one, 'id': one.get('id') and f'{n}{TEXT}'})}\n" for n, one in enumerate(mutated)
        )
        Path(f"{NAME}.ndjson").write_text(lines, "utf-8")
        commands = [["check", f"{NAME}.ndjson"], ["check", f"{NAME}.ndjson", "--format", "json"]]
    else:
        before = ["rulebook", "check"] if kind == "rulebook" else ["assess", str(EXAMPLES / "contoso.json"), "--policy"]
        # A rulebook has many rules of one shape; every tenth change reaches each member.
        some = mutated[:: 10 if kind == "rulebook" else 1]
        commands = [[*before, f"{number}{NAME}"] for number in range(len(some))]
        for command, one in zip(commands, some, strict=True):
            Path(command[-1]).write_text(json.dumps(one), "utf-8")
    refused = 0
    for words in commands:
        refused += main(words) == 2
        out, err = capsys.readouterr()
        assert controls(out + err) == set(), words
    assert refused


@pytest.mark.parametrize("words", [[name] for name in COMMANDS])
def test_a_message_about_arguments_shows_no_control_character(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for more in (
        [TEXT],
        [f"--{TEXT}"],
        ["--as-of", TEXT],
        ["--format", TEXT],
        ["--period", TEXT],
        ["-o", TEXT],
        [TEXT, TEXT],
    ):
        main([*words, *more])
        out, err = capsys.readouterr()
        assert controls(out + err) == set(), more


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet", "json", "ndjson"])
def test_a_converted_document_has_the_same_texts(ending: str, folder: Path) -> None:
    documents = [json.loads(line) for line in Path("all.ndjson").read_text("utf-8").split("\n")[:-1]]
    if ending == "parquet":  # which has no notes
        for document in documents:
            del document["notes"]
            for records in (value for value in document.values() if isinstance(value, list)):
                for record in records:
                    del record["notes"]
        Path("all.ndjson").write_text("".join(f"{json.dumps(one)}\n" for one in documents), "utf-8")
    dsg.portfolio.convert("all.ndjson", f"copy.{ending}")
    dsg.portfolio.convert(f"copy.{ending}", "again.ndjson")
    again = [json.loads(line) for line in Path("again.ndjson").read_text("utf-8").split("\n")[:-1]]
    for document, read in zip(documents, again, strict=True):
        assert {key: value for key, value in read.items() if key != "format"} == {
            key: value for key, value in document.items() if key not in ("format", "$schema")
        }
