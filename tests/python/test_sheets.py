"""Portfolios from workbooks and CSV files, and the starter documents."""

from __future__ import annotations

import csv
import datetime
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest

import designation as dsg
from designation._input.facts import KINDS, TYPE_MEMBERS
from designation._input.sheets import REQUIRED
from designation._input.sheets import SHEETS as COLUMNS_OF_SHEETS
from designation._start import read_starter_document
from designation.cli import main
from support.long_tables import PARTNERS, SHEETS, assess, has_all_lists, rows_of, value_of


class TestExcel:
    def test_the_starter_workbook_can_be_read(self, tmp_path: Path) -> None:
        path = tmp_path / "portfolio.xlsx"
        assert main(["init", "--excel", str(path)]) == 0
        (document,) = dsg.portfolio.from_excel(path).documents()
        assert assess(document) == assess(dsg.parse_partner(read_starter_document()))
        book = openpyxl.load_workbook(path)
        assert book.sheetnames == ["partners", *SHEETS, "notes"]
        lists = {rule.formula1 for rule in book["events"].data_validations.dataValidation}
        assert f'"{",".join(word.value for word in dsg.EventType)}"' in lists
        assert all(book[sheet]["A1"].comment for sheet in ("partners", *SHEETS))

    def test_the_examples_are_written_and_read_back(self, tmp_path: Path) -> None:
        partners = [partner for partner in PARTNERS if has_all_lists(partner)]
        book = openpyxl.Workbook()
        (sheet_of_partners := book.worksheets[0]).title = "partners"
        for partner in (("id", "name"), *((one.id, one.name) for one in partners)):
            sheet_of_partners.append(partner)
        for sheet in SHEETS:
            rows = [row for one in partners for row in rows_of(one, sheet)]
            names = list(dict.fromkeys(name for row in rows for name in row))
            book.create_sheet(sheet).append(names)
            for row in rows:
                book[sheet].append([value_of(name, row.get(name)) for name in names])
        path = tmp_path / "portfolio.xlsx"
        book.save(path)
        made = dsg.portfolio.from_excel(path)
        assert list(map(assess, made.documents())) == list(map(assess, partners))

    def test_every_problem_has_its_sheet_row_and_column(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        (sheet_of_partners := book.worksheets[0]).title = "partners"
        for partner in (("id", "nam"), ("a", "A"), ("a", "again"), (7, "seven"), (None, None), ("b", "B")):
            sheet_of_partners.append(partner)
        events = book.create_sheet("events")
        for row in (
            ("partner_id", "on", "type", "outcome", "score"),
            ("a", datetime.datetime(2026, 3, 2, 12), "badge_awarded"),
            ("b", datetime.date(2026, 3, 2), "badge_award"),
            ("c", datetime.date(2026, 3, 2), "badge_awarded"),
            ("b", "=TODAY()", "badge_awarded"),
            ("b", datetime.date(2026, 3, 2), "csat_evaluated", "pass", 9),
            ("b", datetime.date(2026, 3, 2), "interest_registered", None, None, "aside"),
        ):
            events.append(row)
        book.create_sheet("more")
        path = tmp_path / "portfolio.xlsx"
        book.save(path)
        with pytest.raises(dsg.InputError) as caught:
            dsg.portfolio.from_excel(path)
        assert [(one.pointer, one.code) for one in caught.value.diagnostics] == [
            ("events!B2", "date"),
            ("events!C3", "unknown_value"),
            ("events!A4", "unmatched"),
            ("events!A5", "missing_key"),
            ("events!B5", "formula"),
            ("events!E6", "range"),
            ("events!F7", "columns"),
            ("partners!B1", "unknown_column"),
            ("partners!A3", "duplicate"),
            ("partners!A4", "type"),
        ]
        assert {one.file for one in caught.value.diagnostics} == {str(path)}
        with pytest.warns(UserWarning, match="ignored sheets: more"):
            assert len(dsg.portfolio.from_excel(path, on_error="exclude")) == 0

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no workbook"])
    def test_a_file_that_is_not_a_workbook_is_refused(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "portfolio.xlsx"
        path.write_bytes(content)
        with pytest.raises(dsg.InputError, match="must be an Excel workbook"):
            dsg.portfolio.from_excel(path)

    def test_an_assessed_table_is_written_unchanged(self, tmp_path: Path) -> None:
        day = datetime.date(2026, 9, 15)
        table = pa.table({"id": ["=1+1", "b"], "expires_on": [day, None], "missing": [["csat", "performance"], []]})
        path = tmp_path / "assessed.xlsx"
        assert dsg.portfolio.to_excel(table, path) == 2
        sheet = openpyxl.load_workbook(path).worksheets[0]
        assert [[cell.value for cell in row] for row in sheet] == [
            ["id", "expires_on", "missing"],
            ["=1+1", datetime.datetime(2026, 9, 15), "csat, performance"],
            ["b", None, None],
        ]
        assert sheet["A2"].data_type == "s"


class TestCsv:
    HEADER = ("partner_id", "kind", "type", "from", "through", "on", "outcome")

    def write(self, path: Path, *rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> Path:
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])
        return path

    def test_each_row_is_a_fact(self, tmp_path: Path) -> None:
        header = (*self.HEADER, "name", "annual_value", "currency", "score")
        path = self.write(
            tmp_path / "facts.csv",
            ("a", "authorization", "direct_bill", "2020-01-01", "", "", ""),
            ("b", "partner", "", "", "", "", "", "Béla"),
            ("a", "contract", "psfp", "2020-01-01", "2026-12-31", "", "", "", "61500.50", "EUR"),
            ("a", "designation", "security", "2021-01-01", "", "", ""),
            ("a", "event", "csat_evaluated", "", "", "2026-03-02", "pass", "", "", "", "4.5"),
            header=header,
        )
        assert list(dsg.portfolio.from_csv(path).documents()) == [
            {
                "id": "a",
                "csp_authorizations": [{"type": "direct_bill", "from": "2020-01-01"}],
                "support_contracts": [
                    {
                        "type": "psfp",
                        "from": "2020-01-01",
                        "through": "2026-12-31",
                        "annual_value": {"amount": 61500.5, "currency": "EUR"},
                    }
                ],
                "solutions_partner_designations": [{"area": "security", "from": "2021-01-01"}],
                "events": [{"on": "2026-03-02", "type": "csat_evaluated", "outcome": "pass", "score": 4.5}],
            },
            {"id": "b", "name": "Béla", **{name: [] for name in SHEETS.values()}},
        ]
        (first, _) = dsg.portfolio.from_csv(
            self.write(path, ("a", "partner"), ("b", "partner")), unknown=["event"]
        ).documents()
        assert first == {"id": "a", **{name: [] for sheet, name in SHEETS.items() if sheet != "events"}}

    def test_every_problem_is_named_and_its_partner_omitted(self, tmp_path: Path) -> None:
        path = self.write(
            tmp_path / "facts.csv",
            ("a", "event", "badge_awarded", "", "", "2026-03-02", ""),
            ("b", "event", "badge_awarded", "", "", "2.3.2026", ""),
            ("b", "event", "interest_registered", "", "", "2026-01-02", ""),
            ("c", "evnt", "badge_awarded", "", "", "2026-03-02", ""),
            ("d", "designation", "security", "2026-03-02", "", "2026-01-01", ""),
            ("", "event", "badge_awarded", "", "", "2026-03-02", ""),
            ("e", "event", "badge_awarded", "", "", "2026-03-02", "", "more"),
        )
        with pytest.raises(dsg.InputError) as caught:
            dsg.portfolio.from_csv(path)
        assert [(one.line, one.column, one.code) for one in caught.value.diagnostics] == [
            (3, 6, "date"),
            (5, 2, "unknown_value"),
            (6, 6, "unknown_key"),
            (7, 1, "type"),
            (8, 8, "columns"),
        ]
        made = dsg.portfolio.from_csv(path, on_error="exclude")
        assert [document["id"] for document in made.documents()] == ["a"]
        assert [one.line for one in made.unused if one.code == "omitted"] == [4]
        assert {one.line for one in made.unused} == {3, 4, 5, 6, 7, 8}

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "unreadable"),
            (b"id;kind\n", "missing_column"),
            (b"partner_id,kind\n\xff,partner\n", "encoding"),
            (b'partner_id,kind\n"a,partner\n', "syntax"),
            (b"partner_id,kind,kind\na,partner,event\n", "duplicate"),
        ],
    )
    def test_an_invalid_file_is_refused(self, tmp_path: Path, content: bytes, code: str) -> None:
        path = tmp_path / "facts.csv"
        path.write_bytes(content)
        with pytest.raises(dsg.InputError) as caught:
            dsg.portfolio.from_csv(path)
        assert code in {one.code for one in caught.value.diagnostics}

    def test_an_unknown_kind_of_record_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match=r'unknown must be kinds of facts .*, not "events"'):
            dsg.portfolio.from_csv(tmp_path / "facts.csv", unknown=["events"])


def test_the_page_lists_the_columns_of_each_kind_of_fact() -> None:
    rows = []
    for kind, sheet in KINDS.items():
        columns = {TYPE_MEMBERS.get(sheet): "type", "id": "partner_id"}
        required = [columns.get(name, name) for name in REQUIRED[sheet]]
        optional = [name for name in COLUMNS_OF_SHEETS[sheet] if columns.get(name, name) not in required]
        names = (", ".join(f"`{name}`" for name in part) for part in (required, optional))
        rows.append(f"| `{kind}` | {' | '.join(names)} |")
    page = (Path(__file__).parents[2] / "docs" / "data.md").read_text("utf-8")
    assert "\n".join(["| kind | required | optional |", "| --- | --- | --- |", *rows]) in page


class TestCommand:
    def test_a_workbook_is_assessed_into_a_workbook(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        given, assessed = tmp_path / "portfolio.xlsx", tmp_path / "assessed.xlsx"
        dsg.portfolio.write_workbook(given)
        assert main(["portfolio", str(given), "-o", str(assessed), "--as-of", "2026-09-15"]) == 0
        assert f"wrote {assessed}: 1 row, " in capsys.readouterr().err
        header, row = openpyxl.load_workbook(assessed).worksheets[0].iter_rows(values_only=True)
        assessed_row = dict(zip(header, row, strict=True))
        assert (assessed_row["id"], assessed_row["status"], assessed_row["fees_outstanding"]) == (
            "contoso",
            "active",
            1850,
        )
        assert assessed_row["expires_on"] == datetime.datetime(2026, 12, 12)
        assert assessed_row["renewal_missing"] == "performance, csat"

    def test_an_invalid_workbook_leaves_no_file_behind(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        given, assessed = tmp_path / "portfolio.xlsx", tmp_path / "assessed.xlsx"
        dsg.portfolio.write_workbook(given)
        book = openpyxl.load_workbook(given)
        book["events"]["C4"] = "badge"
        book.save(given)
        assert main(["portfolio", str(given), "-o", str(assessed)]) == 2
        assert capsys.readouterr().err.startswith(f'{given}: events!C4: unknown value "badge"')
        assert list(tmp_path.iterdir()) == [given]

    def test_a_file_with_a_row_per_fact_is_recognized_by_its_header(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        given, assessed = tmp_path / "facts.csv", tmp_path / "assessed.csv"
        heading = "\ufeffpartner_id,kind,type,on\n"
        given.write_text(f"{heading}contoso,event,badge_awarded,2025-12-12\n", "utf-8")
        assert main(["portfolio", str(given), "-o", str(assessed), "--as-of", "2026-09-15"]) == 0
        header, row = csv.reader(assessed.read_text("utf-8").splitlines())
        assert dict(zip(header, row, strict=True))["expires_on"] == "2026-12-12"
        given.write_text(f"{heading}contoso,event,badge_award,2025-12-12\n", "utf-8")
        assert main(["portfolio", str(given), "--summary"]) == 2
        assert f'{given}:2:3: unknown value "badge_award"' in capsys.readouterr().err
        for missing in (tmp_path / "nothing.csv", tmp_path / "nothing.parquet"):
            assert main(["portfolio", str(missing), "--summary"]) == 2
            assert capsys.readouterr().err == f"{missing}: cannot be read: No such file or directory [unreadable]\n"


class TestInit:
    def test_the_starter_document_is_valid_and_is_not_overwritten(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "contoso.json"
        assert main(["init", "-o", str(path)]) == 0
        assert dsg.load(path).id == "contoso"
        assert main(["init"]) == 0
        assert capsys.readouterr().out == path.read_text("utf-8")
        path.write_text("mine", "utf-8")
        assert main(["init", "-o", str(path)]) == 2
        assert capsys.readouterr().err == f"{path}: already exists; choose another name [exists]\n"
        assert path.read_text("utf-8") == "mine"
