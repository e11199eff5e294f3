"""Files as people first bring them: a tracker, a folder with other files, words as they are spoken, and near names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import designation as dsg
from designation.cli import main

FACTS = "partner_id,kind,type,from,through,on,outcome\na,authorization,direct_bill,2019-05-01,,,\n"
TRACKER = "id,name,Region,CSP type,Badge\na,A,North,Direct,2026-04-01\n"
NO_FACTS = "no column holds facts of partners (csp_authorizations, support_contracts, "


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shown(capsys: Any, *words: str) -> tuple[int, str, str]:
    status = main([*words])
    return status, *capsys.readouterr()


def template_with(folder: Path, **rows: list[list[Any]]) -> str:
    """Write the template with more rows, and return its path."""
    path = str(folder / "p.xlsx")
    dsg.portfolio.write_workbook(path)
    book = openpyxl.load_workbook(path)
    for sheet, added in rows.items():
        first = max(line for line, cells in enumerate(book[sheet].values, 1) if cells[0])
        for line, cells in enumerate(added, first + 1):
            for number, value in enumerate(cells, 1):
                book[sheet].cell(line, number, value)
    book.save(path)
    return path


class TestUnknownKinds:
    def test_a_table_of_facts_does_not_cover_the_kinds_that_are_named(self, folder: Path, capsys: Any) -> None:
        Path("facts.csv").write_text(FACTS, "utf-8")
        words = ["convert", "facts.csv", "-o", "out.json", "--unknown", "contract", "--unknown", "designation"]
        status, _, err = shown(capsys, *words)
        document = json.loads(Path("out.json").read_text("utf-8"))
        assert (status, sorted(document)) == (0, ["csp_authorizations", "events", "format", "id"])
        assert "no row of kind event: each partner is taken to have none; if it is unknown, use --unknown event" in err

    def test_a_kind_with_rows_or_without_a_table_cannot_be_unknown(self, folder: Path, capsys: Any) -> None:
        Path("facts.csv").write_text(FACTS, "utf-8")
        Path("p.json").write_text('{"id": "a"}', "utf-8")
        assert 'a row of kind "authorization"' in shown(capsys, "check", "facts.csv", "--unknown", "authorization")[1]
        status, _, err = shown(capsys, "check", "p.json", "--unknown", "event")
        assert (status, err) == (2, "no table has one row per fact, so no kind can be unknown: event [unknown]\n")
        pq.write_table(pa.table({"id": ["a"]}), "p.parquet")
        assert shown(capsys, "portfolio", "p.parquet", "--summary", "--unknown", "event")[0] == 2

    def test_one_partner_names_its_unknown_kinds_or_sheets(self, folder: Path) -> None:
        Path("facts.csv").write_text('partner_id,kind,unknown\na,partner,"Events, contract"\n', "utf-8")
        (document,) = dsg.portfolio.from_csv("facts.csv").documents()
        assert sorted(document) == ["csp_authorizations", "id", "solutions_partner_designations"]


class TestTablesWithoutFacts:
    @pytest.mark.parametrize("ending", ["csv", "parquet"])
    def test_a_check_refuses_them_and_other_commands_note_them(self, ending: str, folder: Path, capsys: Any) -> None:
        Path("t.csv").write_text(TRACKER, "utf-8")
        pq.write_table(pa.table({"id": ["a"], "Badge": ["2026-04-01"]}), "t.parquet")
        status, out, _ = shown(capsys, "check", f"t.{ending}")
        assert (status, out.startswith(f"t.{ending}: {NO_FACTS}")) == (2, True)
        assert "see docs/migration.md [no_facts]\n0 partners can be read, 1 problem" in out
        assert [one.code for one in dsg.check(f"t.{ending}")] == ["no_facts"]
        for command in (["assess", f"t.{ending}"], ["portfolio", f"t.{ending}", "--summary"]):
            status, _, err = shown(capsys, *command)
            assert (status, f"note: t.{ending}: {NO_FACTS}" in err) == (0, True), err

    def test_columns_that_are_kept_or_absent_are_no_problem(self, folder: Path, capsys: Any) -> None:
        Path("t.csv").write_text("id,region\na,x\n", "utf-8")
        assert NO_FACTS not in shown(capsys, "portfolio", "t.csv", "--summary", "--by", "region")[2]
        assert dsg.check([{"id": "a"}]) == ()

    def test_a_spreadsheet_without_any_known_name_is_pointed_to_the_page(self, folder: Path, capsys: Any) -> None:
        Path("t.csv").write_text(TRACKER.replace("id,", "Partner ID,"), "utf-8")
        assert 'no column "id" and no column of facts; it has Partner ID' in shown(capsys, "check", "t.csv")[1]
        openpyxl.Workbook().save("t.xlsx")
        assert 'missing sheet "partners"; to convert a spreadsheet, see' in shown(capsys, "check", "t.xlsx")[1]


def test_each_other_file_of_a_folder_is_one_problem_and_the_partners_are_read(folder: Path, capsys: Any) -> None:
    assert main(["demo", "--write", "examples"]) == 0
    Path("examples/portfolio.ndjson").unlink()
    capsys.readouterr()
    status, out, _ = shown(capsys, "check", "examples")
    problems = {line.split(":")[0].partition("/")[2]: line for line in out.splitlines()[:-1]}
    assert (status, out.splitlines()[-1]) == (2, "21 partners can be read, 5 problems")
    assert sorted(problems) == ["answers.csv", "evidence.csv", "policy.json", "revenue.csv", "service-requests.csv"]
    assert "/format: this is a policy, not a partner [format]" in problems["policy.json"]
    assert NO_FACTS in problems["answers.csv"]
    assert len(shown(capsys, "assess", "examples/*.csv", "examples/policy.json")[2].splitlines()) == 5


@pytest.mark.parametrize(
    ("text", "words", "message"),
    [
        ('{"id": "a", "events": []}', ["--policy"], "this is a partner, not a policy"),
        ('{"edition": "2026-04", "interpretations": {}}', ["--rulebook"], '"title" is required'),
        ('{"format": "designation/policy@1"}', ["--rulebook"], "this is a policy, not a rulebook"),
        ('{"edition": "mine", "fees": {}}', ["--policy"], "for a custom edition, also name its file (--rulebook)"),
    ],
)
def test_a_document_in_the_place_of_another_is_called_what_it_is(
    text: str, words: list[str], message: str, folder: Path, capsys: Any
) -> None:
    Path("p.json").write_text('{"id": "a"}', "utf-8")
    Path("other.json").write_text(text, "utf-8")
    status, _, err = shown(capsys, "assess", "p.json", *words, "other.json")
    assert (status, message in err) == (2, True), err


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("04/05/2026", ", which can mean 2026-04-05 or 2026-05-04; to convert a spreadsheet, see docs/migration.md"),
        ("31.12.2026", '; did you mean "2026-12-31"?'),
        ("05-05-2026", '; did you mean "2026-05-05"?'),
        ("31.02.2026", ""),
        ("soon", ""),
    ],
)
def test_a_date_in_another_form_is_named_with_what_it_can_mean(written: str, meant: str, folder: Path) -> None:
    events = [{"on": written, "type": "badge_awarded"}]
    Path("p.json").write_text(json.dumps({"id": "a", "events": events}), "utf-8")
    Path("facts.csv").write_text(f"partner_id,kind,type,on\na,event,badge_awarded,{written}\n", "utf-8")
    expected = f'must be a date as "YYYY-MM-DD", not "{written}"{meant}'
    assert [dsg.check(source)[0].message for source in ("p.json", "facts.csv", [{"id": "a", "events": events}])] == [
        expected
    ] * 3
    with pytest.raises(dsg.InputError) as raised:
        dsg.assess_table(pa.table({"id": ["a"], "events": [events]}))
    assert expected.partition("; to convert")[0] in str(raised.value)


def test_a_near_name_is_said_once_and_keep_only_where_it_exists(folder: Path, capsys: Any) -> None:
    Path("p.csv").write_text("id,Event\na,\n", "utf-8")
    status, out, err = shown(capsys, "check", "p.csv")
    assert (status, err) == (2, "")
    assert 'unknown column "Event"; did you mean "events"? If not, rename it [unknown_column]' in out
    assert "name it in keep" in shown(capsys, "portfolio", "p.csv", "--summary")[2]


class TestWorkbooks:
    def test_words_are_read_as_people_write_them(self, folder: Path) -> None:
        path = template_with(
            folder,
            partners=[["a"]],
            authorizations=[["a", "Direct Bill", "2020-01-01"], ["a", "Indirect provider", "2020-01-01"]],
            contracts=[["a", "PSfP", "2020-01-01"], ["a", "Unified for Partners", "2020-01-01"]],
            designations=[["a", "Data & AI (Azure)", "2020-01-01"]],
            events=[["a", "2026-01-01", "CSAT-evaluated", "Pass"]],
        )
        with pytest.warns(UserWarning, match="ignored the example"):
            (found,) = dsg.portfolio.from_excel(path).documents()
        assert [one["type"] for one in found["csp_authorizations"]] == ["direct_bill", "distributor"]
        assert [one["type"] for one in found["support_contracts"]] == ["psfp", "ufp"]
        assert found["solutions_partner_designations"][0]["area"] == "azure_data_ai"
        assert (found["events"][0]["type"], found["events"][0]["outcome"]) == ("csat_evaluated", "pass")

    def test_a_row_of_an_unknown_partner_shows_its_other_problems(self, folder: Path, capsys: Any) -> None:
        path = template_with(folder, contracts=[["contosso", "premier", "2020-13-01"]])
        out = shown(capsys, "check", path)[1]
        for at, message in (
            ("A3", 'no partner has the id "contosso"'),
            ("B3", 'unknown value "premier"'),
            ("C3", '"2020-13-01" is not a valid date'),
        ):
            assert f"contracts!{at}: {message}" in out
        assert "1 partner can be read, 3 problems" in out

    def test_the_example_counts_only_as_long_as_it_is_alone(self, folder: Path, capsys: Any) -> None:
        assert shown(capsys, "check", template_with(folder))[1:] == ("1 partner can be read, 0 problems\n", "")
        status, out, err = shown(capsys, "portfolio", template_with(folder, partners=[["a"]]), "--summary")
        assert (status, out.startswith("1 partner as of")) == (0, True)
        assert 'note: ignored the example of the template, "contoso"; delete its rows' in err
        own = template_with(folder, partners=[["a"]])
        book = openpyxl.load_workbook(own)
        book["partners"]["B2"] = "Contoso Ltd."
        book.save(own)
        assert shown(capsys, "check", own)[1] == "2 partners can be read, 0 problems\n"

    def test_other_columns_of_the_sheet_of_partners_are_kept(self, folder: Path, capsys: Any) -> None:
        path = template_with(folder, partners=[["a", "A", None, "South"]])
        book = openpyxl.load_workbook(path)
        book["partners"]["D1"] = "region"
        book["partners"]["A2"], book["partners"]["D2"] = "b", "North"
        book["partners"]["B2"] = "B"
        for sheet in ("authorizations", "contracts", "designations", "events"):
            del book[sheet]
        book.save(path)
        words = ["portfolio", path, "-o", "out.ndjson", "--columns", "id", "--keep", "region"]
        assert shown(capsys, *words)[0] == 0
        message = f"{path}: no sheet holds facts of partners (authorizations, contracts, designations, events)"
        assert f"{message}; ignored columns of partners: region; " in shown(capsys, "check", path)[1]
        rows = [json.loads(line) for line in Path("out.ndjson").read_text("utf-8").splitlines()]
        assert rows == [{"id": "b", "region": "North"}, {"id": "a", "region": "South"}]
        assert shown(capsys, "report", path, "--by", "region", "-o", "out.html")[0] == 0
        assert 'partners!A1: missing column "area"' in shown(capsys, *words[:-1], "area")[2]


class TestExcluded:
    LINES = ('{"id": "a", "events": []}', *(f'{{"id": "b{number}", "event": []}}' for number in range(7)))

    @pytest.mark.parametrize(
        ("words", "what"),
        [
            (["portfolio", "--summary"], "row"),
            (["portfolio", "-o", "out.csv", "--columns", "status"], "row"),
            (["impact", "2025-11", "2026-04"], "partner"),
            (["convert", "-o", "out.json"], "partner"),
        ],
    )
    def test_each_command_names_them_and_succeeds(self, words: list[str], what: str, folder: Path, capsys: Any) -> None:
        Path("p.ndjson").write_text("\n".join(self.LINES), "utf-8")
        status, _, err = shown(capsys, *words, "p.ndjson", "--on-error", "exclude")
        assert (status, f'7 {what}s excluded because of errors: "b0", "b1", "b2", "b3", "b4" and 2 more' in err) == (
            0,
            True,
        ), err
        assert '/event: unknown key "event"; did you mean "events"? [unknown_key]' in err
        assert shown(capsys, *words, "p.ndjson", "none.json", "--on-error", "exclude")[0] == 2

    def test_one_without_an_id_is_named_by_its_location(self, folder: Path, capsys: Any) -> None:
        Path("p.ndjson").write_text('{"id": "a"}\n{"name": "b"}\n', "utf-8")
        for words, place in (
            (["portfolio", "--summary"], "p.ndjson:2:1"),
            (["convert", "-o", "o.json"], "in p.ndjson:2"),
        ):
            err = shown(capsys, *words, "p.ndjson", "--on-error", "exclude")[2]
            assert 'p.ndjson:2:1: "id" is required [missing_key]\n' in err
            assert f"excluded because of errors: {place}\n" in err

    @pytest.mark.parametrize("ending", ["ndjson", "parquet"])
    def test_a_summary_does_not_count_them(self, ending: str, folder: Path, capsys: Any) -> None:
        Path("p.ndjson").write_text("\n".join(self.LINES), "utf-8")
        events = [[], [{"on": "soon", "type": "badge_awarded"}]]
        pq.write_table(pa.table({"id": ["a", "b0"], "name": ["x", "y"], "events": events}), "p.parquet")
        words = ["portfolio", f"p.{ending}", "--summary", "--by", "name", "--format", "json", "--on-error"]
        found = json.loads(shown(capsys, *words, "exclude")[1])
        assert (found["partners"], found["excluded"], len(found["by"]["name"])) == (
            1,
            len(self.LINES) - 1 if ending == "ndjson" else 1,
            1,
        )
        status, out, err = shown(capsys, *words, "null")
        assert (status, json.loads(out)["partners"] > 1, 'without a result because of errors: "b0"' in err) == (
            0,
            True,
            True,
        )
