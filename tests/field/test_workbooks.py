"""Workbooks as people keep them."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart

import designation as dsg
from designation.cli import main

DAY = datetime.date(2026, 3, 2)


def book_of(path: Path, sheets: dict[str, list[list[Any]]]) -> Any:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return book


PARTNERS: list[list[Any]] = [["id", "name"], ["contoso", "Contoso"], ["fabrikam", "Fabrikam"]]
EVENTS: list[list[Any]] = [["partner_id", "on", "type"], ["contoso", DAY, "badge_awarded"]]


def problems_of(path: Path) -> list[str]:
    return [str(problem).removeprefix(f"{path}: ") for problem in dsg.check(path)]


@pytest.mark.parametrize("value", ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!"])
def test_an_error_cell_is_named(value: str, tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "in.xlsx"
    book_of(path, {"partners": PARTNERS, "events": EVENTS})
    for sheet, cell in (("partners", "A2"), ("partners", "B3"), ("events", "B2")):
        changed = openpyxl.load_workbook(path)
        changed[sheet][cell] = value
        assert changed[sheet][cell].data_type == "e"
        other = tmp_path / "other.xlsx"
        changed.save(other)
        found = problems_of(other)
        assert f"{sheet}!{cell}: the cell holds an error, {value}; correct its formula, or clear it [error]" in found
    for command in ("assess", "report", "portfolio"):
        output = ["-o", str(tmp_path / ("out.html" if command == "report" else "out.csv"))]
        assert main([command, str(other), *(output if command != "assess" else [])]) == 2
        assert f"events!B2: the cell holds an error, {value}" in capsys.readouterr().err


def test_cells_merged_downwards_have_the_value_that_people_read(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    rows = [*EVENTS, [None, datetime.date(2026, 4, 1), "interest_registered"]]
    book = book_of(path, {"partners": PARTNERS, "events": rows})
    book["events"].merge_cells("A2:A3")
    book.save(path)
    (first, _) = dsg.portfolio.load(path).documents()
    assert len(first["events"]) == 2


def test_names_are_compared_without_case_and_spaces(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    events: list[list[Any]] = [["Partner_ID ", " ON", "Type"], ["\u00a0contoso ", DAY, "badge_awarded"]]
    book_of(path, {"Partners": PARTNERS, " events ": events})
    (first, _) = dsg.portfolio.load(path).documents()
    assert first["events"] == [{"on": "2026-03-02", "type": "badge_awarded"}]


def test_other_sheets_and_columns_are_noted_and_near_names_refused(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    partners = [[*row, "x"] for row in PARTNERS]
    partners[0][2] = "region"
    book_of(path, {"partners": partners, "pivot": [["a"]], "notes": [["b"]]})
    with pytest.warns(UserWarning, match="ignored") as warned:
        assert len(dsg.portfolio.from_excel(path)) == 2
    assert [str(one.message) for one in warned] == ["ignored sheets: pivot", "ignored columns of partners: region"]
    book_of(path, {"partners": PARTNERS, "event": EVENTS})
    assert problems_of(path) == ['unknown sheet "event"; did you mean "events"? [unknown_sheet]']
    book_of(path, {"partners": PARTNERS, "events": [["partner_id", "on", "type", "outcom"], *EVENTS[1:]]})
    assert problems_of(path) == ['events!D1: unknown column "outcom"; did you mean "outcome"? [unknown_column]']


def test_a_chart_sheet_is_ignored(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    book = book_of(path, {"partners": PARTNERS})
    book.create_chartsheet("chart").add_chart(BarChart())
    book.save(path)
    with pytest.warns(UserWarning, match="ignored sheets: chart"):
        assert len(dsg.portfolio.from_excel(path)) == 2


def test_rows_after_blank_ones_are_read(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    dsg.portfolio.write_workbook(path)
    book = openpyxl.load_workbook(path)
    book["partners"].cell(300, 1, "late")
    book["events"].cell(500, 1, "late")
    book["events"].cell(500, 2, DAY)
    book["events"].cell(500, 3, "badge_awarded")
    book.save(path)
    with pytest.warns(UserWarning, match="ignored the example"):
        (late,) = dsg.portfolio.from_excel(path).documents()
    assert (late["id"], len(late["events"])) == ("late", 1)


def test_amounts_are_those_that_people_entered(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    contracts: list[list[Any]] = [
        ["partner_id", "type", "from", "annual_value", "currency"],
        ["contoso", "psfp", DAY, 13201.199999999999, "USD"],
    ]
    book_of(path, {"partners": PARTNERS, "contracts": contracts})
    (first, _) = dsg.portfolio.load(path).documents()
    assert first["support_contracts"][0]["annual_value"]["amount"] == 13201.2


def test_unknown_and_none_are_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    dimensions = {
        name: {"score": 1, "out_of": 2}
        for name in ("support_function", "support_staff_skills", "support_performance_metrics")
    }
    partners: list[dict[str, Any]] = [
        {"id": "a", "events": []},
        {"id": "b"},
        {
            "id": "c",
            "name": "=1",
            "notes": "n",
            "events": [
                {
                    "on": "2026-01-01",
                    "type": "capability_evaluated",
                    "outcome": "pass",
                    "dimensions": dimensions,
                    "notes": "+text",
                }
            ],
        },
    ]
    assert dsg.convert(partners, path) == 3
    again = tmp_path / "again.ndjson"
    dsg.convert(path, again)
    assert [dsg.load(again, id=one["id"]) for one in partners] == [dsg.parse_partner(one) for one in partners]
    assert openpyxl.load_workbook(path).sheetnames == ["partners", "events", "notes"]


BROKEN = {
    "in.xlsx": b"PK\x03\x04 no workbook",
    "in.parquet": b"PAR1 no table",
    "in.csv": b'id,events\n"a\n',
    "in.tsv": "id\t\xfc\n".encode("latin-1"),
    "in.json": b'[{"id": "a"},\n]',
    "in.ndjson": b'{"id": "a",}\n',
    "in.csv.gz": b"\x1f\x8b\x08 no gzip",
    "in.xls": b"\xd0\xcf\x11\xe0",
    "facts.csv": b"partner_id,kind\na,evnt\n",
}
FOREIGN = ("Binder", "Arrow", "_csv", "DuckDB", "openpyxl", "Traceback", "zipfile", "Error:", "Expecting")


@pytest.mark.parametrize("command", ["assess", "plan", "budget", "calendar", "report", "portfolio", "check", "convert"])
@pytest.mark.parametrize("name", BROKEN)
def test_no_reader_speaks_an_engines_words(name: str, command: str, tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / name
    path.write_bytes(BROKEN[name])
    output = ["-o", str(tmp_path / "out.csv")] if command in ("portfolio", "convert") else []
    assert main([command, str(path), *output]) == 2
    shown = capsys.readouterr()
    text = shown.err + (shown.out if command == "check" else "")
    assert str(path) in text
    assert not [word for word in FOREIGN if word in text]
