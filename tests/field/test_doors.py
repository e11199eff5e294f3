"""One door: every command and every function reads every kind of input, with the same results."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import designation as dsg
from designation._input.loader import Loader
from designation.cli import main
from designation.portfolio._convert import write_partners

AS_OF = "2026-09-15"
PARTNERS: list[dict[str, Any]] = [
    {
        "id": "contoso",
        "name": "Contoso",
        "csp_authorizations": [{"type": "direct_bill", "from": "2024-01-01"}],
        "support_contracts": [
            {"type": "psfp", "from": "2026-01-01", "annual_value": {"amount": 58000.5, "currency": "USD"}}
        ],
        "solutions_partner_designations": [{"area": "security", "from": "2024-01-01"}],
        "events": [{"on": "2026-03-02", "type": "badge_awarded"}],
    },
    {"id": "fabrikam", "name": "=1+1", "csp_authorizations": [], "events": []},
]
FACTS = """partner_id,kind,type,from,through,on,outcome,name,annual_value,currency
contoso,partner,,,,,,Contoso,,
contoso,authorization,direct_bill,2024-01-01,,,,,,
contoso,contract,psfp,2026-01-01,,,,,58000.5,USD
contoso,designation,security,2024-01-01,,,,,,
contoso,event,badge_awarded,,,2026-03-02,,,,
fabrikam,partner,,,,,,'=1+1,,
"""
INPUTS = (
    *("json list", "json page", "ndjson", "ndjson of utf-16", "csv", "csv of semicolons", "facts", "facts of tabs"),
    *("parquet", "workbook", "folder", "pattern", "several", "standard input", "pipe"),
)
COMMANDS: dict[str, list[str]] = {
    "assess": ["--format", "json"],
    "explain": ["--format", "json"],
    "timeline": ["--format", "json"],
    "plan": ["--format", "json"],
    "budget": ["--format", "json"],
    "calendar": [],
    "report": ["--format", "json"],
    "readings": ["--format", "json"],
    "what-if": ["--add", "on=2026-12-01", "type=interest_registered", "--format", "json"],
    "compare": ["--new-as-of", "2027-01-15", "--format", "json"],
    "portfolio": ["-o", "-", "--format", "json", "--columns", "id,name,status,days_left"],
    "impact": ["2025-11", "2026-04", "--format", "json"],
    "check": ["--format", "json"],
}
ONE = ("timeline", "readings", "what-if", "compare")


def write_input(folder: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Write the partners in a form, and return the arguments that name them."""
    folder.mkdir(exist_ok=True)
    lines = "".join(json.dumps(partner) + "\n" for partner in PARTNERS)
    names = {"facts": "facts.csv", "facts of tabs": "facts.tsv", "workbook": "partners.xlsx", "parquet": "p.parquet"}
    name = {"csv": "p.csv", "csv of semicolons": "p.csv", "pipe": "pipe", **names}.get(kind, "p.json")
    path = folder / name
    if kind == "json list":
        path.write_text(json.dumps(PARTNERS, indent=1), "utf-8-sig")
    elif kind == "json page":
        path.write_text(json.dumps({"totalCount": 2, "items": PARTNERS}), "utf-8")
    elif kind in ("ndjson", "ndjson of utf-16"):
        path = folder / "p.ndjson"
        path.write_text(lines, "utf-16" if "16" in kind else "utf-8")
    elif kind in ("csv", "csv of semicolons"):
        dsg.convert(PARTNERS, path)
        if "semi" in kind:
            frame = pd.read_csv(path, dtype=str)
            frame.rename(columns=str.upper).to_csv(path, sep=";", index=False, encoding="utf-8-sig")
    elif kind in ("facts", "facts of tabs"):
        path.write_text(FACTS.replace(",", "\t") if "tabs" in kind else FACTS, "utf-8")
    elif kind in ("parquet", "workbook"):
        dsg.convert(PARTNERS, path)
    elif kind in ("folder", "pattern", "several"):
        for partner in PARTNERS:
            (folder / f"{partner['id']}.json").write_text(json.dumps(partner), "utf-8")
        files = sorted(map(str, folder.glob("*.json")))
        return files if kind == "several" else [str(folder) if kind == "folder" else str(folder / "*.json")]
    elif kind == "standard input":
        monkeypatch.setattr("designation.cli._input.open_input", lambda _: io.BytesIO(lines.encode()))
        return ["-"]
    else:
        read, write = os.pipe()
        os.write(write, lines.encode())
        os.close(write)
        return [f"/dev/fd/{read}"]
    return [str(path)]


def run(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    status = main(list(words))
    shown = capsys.readouterr()
    assert status in (0, 1), shown.err
    return shown.out


@pytest.mark.parametrize("kind", INPUTS)
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_reads_every_input(
    command: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Any
) -> None:
    if kind == "several" and command in ONE:
        pytest.skip("one FILE, or two to compare")
    words = [command, *COMMANDS[command], *([] if command == "check" else ["--as-of", AS_OF])]
    wanted = tmp_path / "wanted.ndjson"
    wanted.write_text("".join(json.dumps(partner) + "\n" for partner in PARTNERS), "utf-8")
    one = ["--id", "contoso"] if command in ONE else []
    expected = run(capfd, *words, str(wanted), *one)
    given = write_input(tmp_path / "in", kind, monkeypatch)
    found = run(capfd, *words, *given, *one)
    if kind in ("facts", "facts of tabs") and command not in ONE:
        return  # a row of facts makes every other list empty, and not unknown
    assert found == expected


@pytest.mark.parametrize("kind", ["json list", "csv", "parquet", "workbook", "folder"])
def test_every_function_reads_every_file(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (path,) = write_input(tmp_path / "in", kind, monkeypatch)
    made = dsg.portfolio.load(path)
    assert list(made.documents()) == PARTNERS
    assert dsg.check(path) == ()
    partner = dsg.load(path, id="contoso")
    assert partner == dsg.parse_partner(PARTNERS[0])
    with pytest.raises(dsg.InputError, match=r'there are 2 partners \("contoso", "fabrikam"\); choose one with load'):
        dsg.assess(path)
    many = dsg.budget(PARTNERS, AS_OF)
    assert dsg.budget(path, AS_OF) == dsg.budget(made, AS_OF) == dsg.budget(made.table, AS_OF) == many
    calendar = dsg.calendar(PARTNERS, AS_OF).to_ical()
    assert dsg.calendar(path, AS_OF).to_ical() == dsg.calendar(made, AS_OF).to_ical() == calendar
    assert dsg.report(path, AS_OF).model["title"] == dsg.report(made, AS_OF).model["title"]


@pytest.mark.parametrize("ending", ["csv", "parquet", "xlsx", "ndjson"])
def test_a_named_pipe_is_opened_once(ending: str, tmp_path: Path, capsys: Any) -> None:
    path, pipe, out = tmp_path / f"p.{ending}", tmp_path / f"in.{ending}", tmp_path / "out.ndjson"
    dsg.convert(PARTNERS, path)
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(path.read_bytes()), daemon=True)
    writer.start()
    assert main(["portfolio", str(pipe), "-o", str(out), "--columns", "id,status", "--as-of", AS_OF]) == 0
    writer.join(10)
    assert [json.loads(line)["id"] for line in out.read_text("utf-8").splitlines()] == ["contoso", "fabrikam"]


def test_a_partner_is_a_record_a_dict_or_a_path(tmp_path: Path) -> None:
    path = tmp_path / "contoso.json"
    path.write_text(json.dumps(PARTNERS[0]), "utf-8")
    record = dsg.parse_partner(PARTNERS[0])
    for source in (record, PARTNERS[0], path, str(path)):
        assert dsg.assess(source, AS_OF) == dsg.assess(record, AS_OF)
        assert dsg.next_change(source, AS_OF).on == dsg.next_change(record, AS_OF).on  # type: ignore[union-attr]
        assert dsg.plan(source, AS_OF) == dsg.plan(record, AS_OF)
        assert dsg.readings(source, AS_OF) == dsg.readings(record, AS_OF)
        assert dsg.what_if(source, []) == record
    with pytest.raises(TypeError, match="for a frame or a portfolio, call assess_table"):
        dsg.assess(pd.DataFrame({"id": ["a"]}))


class TestConvert:
    @pytest.mark.parametrize("ending", ["json", "ndjson", "csv", "parquet", "xlsx"])
    def test_partners_keep_everything_in_every_form(self, ending: str, tmp_path: Path) -> None:
        risky = [{"id": "'=a", "name": "-b"}, {"id": "+c", "events": []}, {"id": "d", "name": "'=='"}]
        partners = [*PARTNERS, *risky]
        path = tmp_path / f"out.{ending}"
        assert dsg.convert(partners, path) == 5
        assert list(dsg.portfolio.load(path).documents()) == partners
        again = tmp_path / f"again.{ending}"
        dsg.convert(path, again)
        if ending != "xlsx":
            assert again.read_bytes() == path.read_bytes()

    def test_the_command_converts_and_names_problems(self, tmp_path: Path, capsys: Any) -> None:
        source, out = tmp_path / "in.ndjson", tmp_path / "out.csv"
        source.write_text('{"id": "a"}\n{"id": "b", "event": []}\n', "utf-8")
        assert main(["convert", str(source), "-o", str(out)]) == 2
        assert capsys.readouterr().err.startswith(f'{source}:2:13: /event: unknown key "event"')
        assert not out.exists()
        assert main(["convert", str(source), "-o", str(out), "--on-error", "exclude"]) == 0
        assert 'note: 1 partner excluded because of errors: "b"\n' in capsys.readouterr().err
        assert [partner.id for partner in map(dsg.parse_partner, dsg.portfolio.load(out).documents())] == ["a"]
        assert main(["convert", str(source), "-o", str(tmp_path / "out.pdf")]) == 2
        assert "must end in one of .json, .ndjson" in capsys.readouterr().err

    @pytest.mark.parametrize(("ending", "most"), [("ndjson", 2_000), ("parquet", 70_000)])
    def test_partners_are_written_while_others_are_read(self, ending: str, most: int, tmp_path: Path) -> None:
        path = tmp_path / f"out.{ending}"
        written_after: list[int] = []

        def partners() -> Iterator[dsg.Partner]:
            for number in range(most):
                yield dsg.Partner(id=f"p{number}", notes="x" * 100 if ending == "ndjson" else None)
                if number % 1_000 == 999 and not written_after:
                    (draft,) = os.listdir(tmp_path)
                    written_after.extend([number] * ((tmp_path / draft).stat().st_size > 100))

        assert write_partners(partners(), path, f".{ending}") == most
        assert written_after

    def test_problems_at_the_end_leave_the_file_as_it_was(self, tmp_path: Path, capsys: Any) -> None:
        path, out = tmp_path / "in.ndjson", tmp_path / "out.ndjson"
        path.write_text('{"id": "a"}\n' * 2, "utf-8")
        out.write_text("before", "utf-8")
        with pytest.raises(dsg.InputError, match='id "a" is already'):
            dsg.convert(path, out)
        assert main(["convert", str(path), "-o", str(out)]) == 2
        assert out.read_text("utf-8") == "before"
        assert sorted(os.listdir(tmp_path)) == ["in.ndjson", "out.ndjson"]


class TestIdentity:
    @pytest.mark.parametrize("command", ["assess", "plan", "budget", "calendar", "portfolio", "report", "check"])
    def test_a_repeated_id_is_an_error_that_names_both_places(self, command: str, tmp_path: Path, capsys: Any) -> None:
        one, two = tmp_path / "one.ndjson", tmp_path / "two.csv"
        one.write_text('{"id": "a"}\n{"id": "b"}\n', "utf-8")
        two.write_text("id\nc\n\u00a0a \n", "utf-8")
        output = ["-o", str(tmp_path / "out.csv")] if command == "portfolio" else []
        day = [] if command == "check" else ["--as-of", AS_OF]
        assert main([command, str(one), str(two), *output, *day]) == 2
        shown = capsys.readouterr()
        assert f'{two}:3:1: /id: id "a" is already in {one}:1 [duplicate]' in shown.err + shown.out
        words = [command, str(one), str(two), *output, *day, "--on-duplicate", "last"]
        assert main(words) == 0

    def test_ids_that_differ_in_case_are_a_note_and_damaged_ones_an_error(self, tmp_path: Path, capsys: Any) -> None:
        path = tmp_path / "in.csv"
        path.write_text("id\na\nA\n", "utf-8")
        assert main(["assess", str(path)]) == 0
        assert 'note: ids "a" and "A" differ only in case' in capsys.readouterr().err
        path.write_text("id\n6.2601E+14\n", "utf-8")
        assert main(["assess", str(path)]) == 2
        assert 'a spreadsheet rounded the id to "6.2601E+14"' in capsys.readouterr().err

    def test_a_parquet_file_with_repeated_ids_is_refused(self, tmp_path: Path, capsys: Any) -> None:
        path = tmp_path / "in.parquet"
        pd.DataFrame({"id": ["a", "b", "a"], "day": ["2026-01-01", "2026-01-01", "2026-01-02"]}).to_parquet(path)
        out = str(tmp_path / "out.ndjson")
        assert main(["portfolio", str(path), "-o", out]) == 2
        assert 'id "a" is already in row 0' in capsys.readouterr().err
        assert main(["portfolio", str(path), "-o", out, "--on-duplicate", "last", "--columns", "id"]) == 0
        assert [json.loads(line)["id"] for line in Path(out).read_text("utf-8").splitlines()] == ["b", "a"]

    @pytest.mark.parametrize("ending", ["csv", "ndjson", "parquet"])
    def test_the_portfolio_notes_ids_that_differ_in_case(self, ending: str, tmp_path: Path, capsys: Any) -> None:
        path = tmp_path / f"in.{ending}"
        dsg.convert([{"id": "a"}, {"id": "A"}], path)
        assert main(["portfolio", str(path), "-o", str(tmp_path / "out.csv"), "--as-of", AS_OF]) == 0
        assert 'note: ids "a" and "A" differ only in case' in capsys.readouterr().err

    def test_partners_of_several_sources_have_one_identity(self) -> None:
        with pytest.raises(dsg.InputError, match=r'/id: id "a" is already'):
            list(Loader().partners([{"id": "a"}, dsg.Partner(id="a")]))


class TestPortfolio:
    @pytest.mark.parametrize("ending", ["ndjson", "parquet"])
    def test_pandas_is_not_loaded(self, ending: str, tmp_path: Path) -> None:
        path, out = tmp_path / f"in.{ending}", tmp_path / "out.parquet"
        dsg.convert(PARTNERS, path)
        program = (
            "import sys; from designation.cli import main\n"
            f"assert main(['portfolio', {str(path)!r}, '-o', {str(out)!r}]) == 0\n"
            "assert 'pandas' not in sys.modules, 'it takes longer to load than to assess 100,000 partners'"
        )
        subprocess.run([sys.executable, "-c", program], check=True)

    def test_columns_are_kept_and_conditions_tested(self, tmp_path: Path, capsys: Any) -> None:
        path = tmp_path / "in.csv"
        path.write_text("id,name,region\na,A,north\nb,,\n", "utf-8")
        out = tmp_path / "out.ndjson"
        words = ["portfolio", str(path), "-o", str(out), "--keep", "region", "--columns", "id,name", "--as-of", AS_OF]
        assert main([*words, "--fail-on", "unknown"]) == 1
        rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
        assert rows == [{"id": "a", "name": "A", "region": "north"}, {"id": "b", "name": None, "region": None}]
        assert "a: unknown" in capsys.readouterr().err

    def test_partners_with_errors_are_excluded_and_counted(self, tmp_path: Path, capsys: Any) -> None:
        path, out = tmp_path / "in.ndjson", tmp_path / "out.ndjson"
        path.write_text('{"id": "a"}\n{"id": "b", "event": []}\n', "utf-8")
        words = ["portfolio", str(path), "-o", str(out), "--columns", "id", "--on-error", "exclude"]
        assert main(words) == 0
        assert out.read_text("utf-8") == '{"id": "a"}\n'
        err = capsys.readouterr().err
        assert '"b": /event: unknown key "event"' in err
        assert '1 row excluded because of errors: "b"\n' in err

    @pytest.mark.parametrize("ending", ["csv", "parquet"])
    def test_a_summary_is_grouped_by_a_column(self, ending: str, tmp_path: Path, capsys: Any) -> None:
        path = tmp_path / f"in.{ending}"
        frame = pd.DataFrame({"id": ["a", "b", "c"], "region": ["north", "south", "north"]})
        frame.to_csv(path, index=False) if ending == "csv" else frame.to_parquet(path)
        words = ["portfolio", str(path), "--summary", "--by", "region", "--as-of", AS_OF]
        assert main([*words, "--format", "json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["partners"] == 3
        assert {name: part["partners"] for name, part in found["by"]["region"].items()} == {"north": 2, "south": 1}
        assert main(words) == 0
        assert "region: north" in capsys.readouterr().out

    def test_a_workbook_with_a_bad_cell_is_answered_for_the_others(self, tmp_path: Path, capsys: Any) -> None:
        import openpyxl

        path, out = tmp_path / "in.xlsx", tmp_path / "out.ndjson"
        dsg.convert(PARTNERS, path)
        book = openpyxl.load_workbook(path)
        book["events"]["B2"] = "soon"
        book.create_sheet("more")
        book.save(path)
        words = ["portfolio", str(path), "-o", str(out), "--columns", "id,status", "--on-error", "null"]
        assert main(words) == 0
        first, second = (json.loads(line) for line in out.read_text("utf-8").splitlines())
        assert (first["id"], first["status"]) == ("contoso", None)
        assert 'events!B2: must be a date as "YYYY-MM-DD", not "soon"' in first["error"]
        assert (second["id"], second["status"]) == ("fabrikam", "not_attained")
        assert "note: ignored sheets: more" in capsys.readouterr().err


@pytest.mark.parametrize("ending", ["csv", "parquet"])
@pytest.mark.parametrize(
    ("column", "status", "message"),
    [("region", 0, "note: ignored columns: region"), ("event", 2, 'unknown column "event"; did you mean "events"?')],
)
def test_other_columns_are_noted_or_refused(  # noqa: PLR0913, PLR0917 (two parameters and two fixtures)
    column: str, status: int, message: str, ending: str, tmp_path: Path, capsys: Any
) -> None:
    path = tmp_path / f"in.{ending}"
    frame = pd.DataFrame({"id": ["x"], column: [1]})
    frame.to_csv(path, index=False) if ending == "csv" else frame.to_parquet(path)
    outputs = {"report": ["-o", str(tmp_path / "out.html")], "portfolio": ["-o", str(tmp_path / "out.csv")]}
    for command in ("report", "assess", "portfolio"):
        assert main([command, str(path), *outputs.get(command, [])]) == status
        assert message in capsys.readouterr().err
