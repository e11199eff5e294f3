"""Portfolios from documents, long tables and spreadsheets: what they hold, and what they say of rows not used."""

from __future__ import annotations

import csv
import datetime
import json
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import narwhals
import openpyxl
import polars as pl
import pyarrow as pa
import pytest

import designation as dsg
from designation._start import start
from designation.cli import main
from model.generator import generate

Json = dict[str, Any]
EXAMPLES = Path(dsg.__file__).parent / "examples"
PARTNERS = [dsg.load(path) for path in sorted(EXAMPLES.glob("*.json")) if path.stem != "policy"]
SHEETS = {
    "authorizations": "csp_authorizations",
    "contracts": "support_contracts",
    "designations": "solutions_partner_designations",
    "events": "events",
}
DAYS = ("from", "through", "on")
AS_OF = "2026-09-15"


def answer(partner: dsg.Partner | Json) -> Json:
    return dsg.assess(partner if isinstance(partner, dsg.Partner) else dsg.parse_partner(partner), AS_OF).to_dict()


def known(partner: dsg.Partner) -> bool:
    return all(partner.to_dict().get(name) is not None for name in SHEETS.values())


def rows_of(partner: dsg.Partner, sheet: str) -> list[Json]:
    """Give the rows of a long table that hold a partner's records."""
    rows = []
    for record in partner.to_dict().get(SHEETS[sheet]) or []:
        row = {"partner_id": partner.id, **{key: value for key, value in record.items() if key != "dimensions"}}
        if value := row.pop("annual_value", None):
            row |= {"annual_value": value["amount"], "currency": value["currency"]}
        rows.append(row)
    return rows


def long_table(rows: list[Json]) -> pa.Table:
    names = dict.fromkeys(name for row in rows for name in row)
    return pa.table({name: [_cell(name, row.get(name)) for row in rows] for name in names})


def _cell(name: str, value: Any) -> Any:
    return datetime.date.fromisoformat(value) if value and name in DAYS else value


FRAMES: dict[str, Any] = {
    "pyarrow": lambda table: table,
    "pandas": lambda table: table.to_pandas(),
    "polars": pl.from_arrow,
    "polars lazy": lambda table: pl.DataFrame(table).lazy(),
    "duckdb": duckdb.from_arrow,
    "narwhals": lambda table: narwhals.from_native(pl.DataFrame(table)),
    "categories": lambda table: pl.DataFrame(table).with_columns(pl.col(pl.String).cast(pl.Categorical)),
}


class TestDocuments:
    def test_a_table_answers_as_its_documents_do(self) -> None:
        cases = [dsg.parse_partner(generate(Random(f"portfolio/{number}"))["partner"]) for number in range(300)]
        made = dsg.portfolio.from_documents({**case.to_dict(), "id": str(at)} for at, case in enumerate(cases))
        assert len(made) == len(cases)
        for case, document in zip(cases, made.documents(), strict=True):
            ours, theirs = answer(document), answer(case)
            assert {**ours, "partner": None} == {**theirs, "partner": None}

    def test_lines_are_written_and_read_back(self, tmp_path: Path) -> None:
        made = dsg.portfolio.from_documents(PARTNERS)
        path = tmp_path / "partners.ndjson"
        assert dsg.portfolio.to_documents(made, path) == len(PARTNERS)
        assert [answer(json.loads(line)) for line in path.read_text("utf-8").splitlines()] == list(
            map(answer, PARTNERS)
        )
        assert dsg.portfolio.from_documents(path).table.equals(made.table)
        assert dsg.portfolio.to_documents(pl.DataFrame(made), path) == len(PARTNERS)

    def test_every_problem_of_every_line_is_named(self, tmp_path: Path) -> None:
        path = tmp_path / "partners.ndjson"
        path.write_text('{"id": "a"}\n{"id": "a"}\n\n{"id": 1, "event": []}\n[\n', "utf-8")
        with pytest.raises(dsg.InputError) as caught:
            dsg.portfolio.from_documents(path)
        assert str(caught.value).splitlines() == [
            f'{path}:2:1: /id: id "a" is on line 1 already [duplicate]',
            f"{path}:4:8: /id: must be a string, not 1 [type]",
            f'{path}:4:11: /event: unknown key "event"; did you mean "events"? [unknown_key]',
            f"{path}:5:1: syntax error while parsing value - unexpected end of input; "
            "expected '[', '{', or a literal [syntax]",
        ]
        made = dsg.portfolio.from_documents(path, on_error="exclude")
        assert [document["id"] for document in made.documents()] == ["a"]
        assert repr(made) == "<Portfolio: 1 partners, 3 rows not used>"

    def test_no_document_is_an_empty_table(self) -> None:
        made = dsg.portfolio.from_documents([])
        assert (len(made), made.table.num_columns, list(made.documents())) == (0, 6, [])

    def test_other_libraries_read_it(self) -> None:
        made = dsg.portfolio.from_documents(PARTNERS)
        assert pl.DataFrame(made).height == len(PARTNERS)
        assert pa.table(made).equals(made.table)
        assert len(duckdb.from_arrow(made.table).fetchall()) == len(PARTNERS)

    def test_another_way_with_errors_is_refused(self) -> None:
        with pytest.raises(ValueError, match='"raise" or "exclude"'):
            dsg.portfolio.from_documents([], on_error="ignore")  # type: ignore[arg-type]


class TestTables:
    @pytest.mark.parametrize("kind", FRAMES)
    def test_long_tables_of_any_library_make_the_partners_answers(self, kind: str) -> None:
        partners = [partner for partner in PARTNERS if known(partner)]
        assert len(partners) > 10
        named = pa.table({"id": [one.id for one in partners], "name": [one.name for one in partners]})
        tables = {sheet: long_table([row for one in partners for row in rows_of(one, sheet)]) for sheet in SHEETS}
        turn = FRAMES[kind]
        made = dsg.portfolio.from_tables(turn(named), **{sheet: turn(table) for sheet, table in tables.items()})
        assert made.unused == ()
        assert list(map(answer, made.documents())) == list(map(answer, partners))

    def test_a_table_that_is_not_given_is_unknown_and_a_row_that_is_not_there_is_none(self) -> None:
        events = pa.table({"partner_id": ["b"], "on": ["2026-03-02"], "type": ["badge_awarded"]})
        made = dsg.portfolio.from_tables(pa.table({"id": ["a", "b"]}), events=events)
        assert list(made.documents()) == [
            {"id": "a", "events": []},
            {"id": "b", "events": [{"on": "2026-03-02", "type": "badge_awarded"}]},
        ]

    def test_a_column_without_values_and_a_day_at_midnight_are_read(self) -> None:
        events = pa.table(
            {
                "partner_id": ["a"],
                "on": [datetime.datetime(2026, 3, 2)],
                "type": ["csat_evaluated"],
                "outcome": ["pass"],
                "score": pa.nulls(1),
            }
        )
        (document,) = dsg.portfolio.from_tables(pa.table({"id": ["a"]}), events=events).documents()
        assert document["events"] == [{"on": "2026-03-02", "type": "csat_evaluated", "outcome": "pass"}]

    def test_tables_without_rows_make_a_portfolio_without_partners(self) -> None:
        none = pa.table({"id": pa.array([], pa.string())})
        events = pa.table({name: pa.array([], pa.string()) for name in ("partner_id", "on", "type")})
        assert len(dsg.portfolio.from_tables(none, events=events)) == 0

    def test_rows_keep_their_order(self) -> None:
        on = [datetime.date(2026, 1, 1) + datetime.timedelta(days) for days in (5, 3, 9, 1)]
        events = pa.table({"partner_id": ["a", "b", "a", "a"], "on": on, "type": ["badge_awarded"] * 4})
        first, _ = dsg.portfolio.from_tables(pa.table({"id": ["a", "b"]}), events=events).documents()
        assert [event["on"] for event in first["events"]] == ["2026-01-06", "2026-01-10", "2026-01-02"]

    def test_every_row_that_is_not_used_is_named(self) -> None:
        partners = pa.table({"id": ["a", "a", None, ""]})
        events = pa.table({"partner_id": ["a", "z", None], "on": ["2026-03-02"] * 3, "type": ["badge_awarded"] * 3})
        with pytest.raises(dsg.InputError) as caught:
            dsg.portfolio.from_tables(partners, events=events)
        assert [(one.file, one.line, one.code) for one in caught.value.diagnostics] == [
            ("partners", 3, "type"),
            ("partners", 4, "type"),
            ("partners", 2, "duplicate"),
            ("events", 2, "unmatched"),
            ("events", 3, "unmatched"),
        ]
        made = dsg.portfolio.from_tables(partners, events=events, on_error="exclude")
        assert made.unused == caught.value.diagnostics
        assert [len(document["events"]) for document in made.documents()] == [1]

    @pytest.mark.parametrize(
        ("partners", "events", "complaint"),
        [
            ({"id": [1]}, None, "partners: column 'id' is no string: its type is int64 [type]"),
            ({"idd": ["a"]}, None, "partners: column 'id' is missing; there are: idd [missing_column]"),
            ({"id": ["a"]}, {"partner_id": ["a"], "on": [1.5]}, "events: column 'type' is missing"),
            (
                {"id": ["a"]},
                {"partner_id": ["a"], "on": ["2026-13-01"], "type": ["badge_awarded"]},
                "events: column 'on' is no date32[day]: ",
            ),
            (
                {"id": ["a"]},
                {"partner_id": ["a"], "on": [datetime.datetime(2026, 3, 2, 12)], "type": ["badge_awarded"]},
                "events: column 'on' is no date32[day]: a value of type timestamp[us] would lose a part [type]",
            ),
            (
                {"id": ["a"]},
                {"partner_id": ["a"], "on": ["2026-03-02"], "type": ["csat_evaluated"], "cases": [1.5]},
                "events: column 'cases' is no int64: ",
            ),
        ],
    )
    def test_a_column_that_is_none_is_named(self, partners: Json, events: Json | None, complaint: str) -> None:
        with pytest.raises(dsg.InputError) as caught:
            dsg.portfolio.from_tables(pa.table(partners), events=events and pa.table(events))
        assert str(caught.value).startswith(complaint)


class TestExcel:
    def test_the_workbook_to_begin_with_reads_back(self, tmp_path: Path) -> None:
        path = tmp_path / "portfolio.xlsx"
        assert main(["init", "--excel", str(path)]) == 0
        (document,) = dsg.portfolio.from_excel(path).documents()
        assert answer(document) == answer(dsg.parse_partner(start()))
        book = openpyxl.load_workbook(path)
        assert book.sheetnames == ["partners", *SHEETS, "notes"]
        lists = {rule.formula1 for rule in book["events"].data_validations.dataValidation}
        assert f'"{",".join(word.value for word in dsg.EventType)}"' in lists
        assert all(book[sheet]["A1"].comment for sheet in ("partners", *SHEETS))

    def test_examples_go_in_and_come_out(self, tmp_path: Path) -> None:
        partners = [partner for partner in PARTNERS if known(partner)]
        book = openpyxl.Workbook()
        (sheet_of_partners := book.worksheets[0]).title = "partners"
        for partner in (("id", "name"), *((one.id, one.name) for one in partners)):
            sheet_of_partners.append(partner)
        for sheet in SHEETS:
            rows = [row for one in partners for row in rows_of(one, sheet)]
            names = list(dict.fromkeys(name for row in rows for name in row))
            book.create_sheet(sheet).append(names)
            for row in rows:
                book[sheet].append([_cell(name, row.get(name)) for name in names])
        path = tmp_path / "portfolio.xlsx"
        book.save(path)
        made = dsg.portfolio.from_excel(path)
        assert list(map(answer, made.documents())) == list(map(answer, partners))

    def test_every_problem_is_named_with_sheet_row_and_column(self, tmp_path: Path) -> None:
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
        assert [
            (one.file.removeprefix(str(path)), one.line, one.column, one.code) for one in caught.value.diagnostics
        ] == [
            ("[events]", 2, 2, "date"),
            ("[events]", 3, 3, "unknown_value"),
            ("[events]", 4, 1, "unmatched"),
            ("[events]", 5, 1, "missing_key"),
            ("[events]", 5, 2, "formula"),
            ("[events]", 6, 5, "range"),
            ("[events]", 7, 1, "columns"),
            ("[more]", 0, 0, "unknown_sheet"),
            ("[partners]", 1, 2, "unknown_column"),
            ("[partners]", 3, 1, "duplicate"),
            ("[partners]", 4, 1, "type"),
        ]
        assert len(dsg.portfolio.from_excel(path, on_error="exclude")) == 0

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no workbook"])
    def test_a_file_that_is_no_workbook_is_refused(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "portfolio.xlsx"
        path.write_bytes(content)
        with pytest.raises(dsg.InputError, match="no workbook that can be read"):
            dsg.portfolio.from_excel(path)

    def test_an_assessed_table_is_written_as_it_is(self, tmp_path: Path) -> None:
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

    def test_a_row_is_a_fact(self, tmp_path: Path) -> None:
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

    def test_every_problem_is_named_and_its_partner_left_out_as_a_whole(self, tmp_path: Path) -> None:
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
            (8, 1, "columns"),
        ]
        made = dsg.portfolio.from_csv(path, on_error="exclude")
        assert [document["id"] for document in made.documents()] == ["a"]
        assert [one.line for one in made.unused if one.code == "left_out"] == [4]
        assert {one.line for one in made.unused} == {3, 4, 5, 6, 7, 8}

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "missing_column"),
            (b"id;kind\n", "missing_column"),
            (b"partner_id,kind\n\xff,partner\n", "syntax"),
            (b'partner_id,kind\n"a,partner\n', "syntax"),
            (b"partner_id,kind,kind\na,partner,event\n", "duplicate"),
        ],
    )
    def test_a_file_that_is_none_is_refused(self, tmp_path: Path, content: bytes, code: str) -> None:
        path = tmp_path / "facts.csv"
        path.write_bytes(content)
        with pytest.raises(dsg.InputError) as caught:
            dsg.portfolio.from_csv(path)
        assert code in {one.code for one in caught.value.diagnostics}

    def test_a_kind_that_is_none_cannot_be_unknown(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="'events' is no kind of fact"):
            dsg.portfolio.from_csv(tmp_path / "facts.csv", unknown=["events"])


class TestInit:
    def test_the_document_to_begin_with_is_valid_and_is_not_written_over(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "contoso.json"
        assert main(["init", "-o", str(path)]) == 0
        assert dsg.load(path).id == "contoso"
        assert main(["init"]) == 0
        assert capsys.readouterr().out == path.read_text("utf-8")
        path.write_text("mine", "utf-8")
        assert main(["init", "-o", str(path)]) == 2
        assert capsys.readouterr().err == f"{path}: it is there already, and stays as it is [exists]\n"
        assert path.read_text("utf-8") == "mine"
