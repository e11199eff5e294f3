"""CSV files for spreadsheets: no cell becomes a formula, and our readers return every text exactly."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import designation as dsg
from designation._input.guard import RISKY, guard, guarded_json, read_cell, undo_guard
from designation._input.workbook_text import escape_cell, unescape_cell
from designation.cli import main
from designation.cli._table_out import CsvWriter
from designation.metrics._source import read_table

# Characters that matter to a spreadsheet, a reader, or the guard are frequent.
TEXTS = st.text(
    st.sampled_from("=+-@\uff1d\uff0b\uff0d\uff20'\"\t\r\n ;,|ab1.\\_x0\u200b\u00a0\u3000")
    | st.characters(exclude_characters="\0", codec="utf-8"),
    max_size=12,
)
# OWASP's list, alone, after spaces, after quotes, and after a separator of another kind of file.
SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"
DANGEROUS = [
    *(before + sign + "1+1" for sign in SIGNS for before in ("", " ", '"', '" ', "a;", "a|", "a,")),
    *("\t=1", "\r=1", "\n=1", "a\t=1", "a\n=1", 'a;"=1', "a; =1", "\u3000=1"),
    *("\tx", "\rx", "\nx", "-", "-a", "+1-1", "=", "@", "-2+3+cmd|' /C calc'!A0"),
]
HARMLESS = [
    *("a", "Contoso - East", "Smith, - John", "a+b", "x@example.com", "'t Hooft"),
    *("-12.50", "+49123", "-1,250.00", "-5"),
]
OPENS_A_FORMULA = re.compile('["\\s]*[=+@\uff1d\uff0b\uff0d\uff20-]|[\t\r\n]')


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_spreadsheet_sees_no_formula_with_any_separator(text: str) -> None:
    for separator in ",;\t|\n":
        for cell in guard(text).split(separator):
            assert not OPENS_A_FORMULA.match(cell) or (separator not in ",;\t|" and cell != guard(text))


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_and_numbers_stay(text: str) -> None:
    assert guard(text) == text


@settings(max_examples=500, deadline=None)
@given(TEXTS)
@example("'")
@example("'=1")
@example("''=1")
@example("'-5")
@example(" a ")
def test_a_reader_undoes_the_guard_exactly(text: str) -> None:
    cell = guard(text)
    assert undo_guard(cell) == read_cell(cell) == text
    # The writer of tables asks Arrow only for this expression.
    assert text in (cell, "") or pc.match_substring_regex(pa.array([text]), RISKY)[0].as_py()


@given(st.recursive(TEXTS | st.integers(), lambda one: st.lists(one) | st.dictionaries(TEXTS, one), max_leaves=5))
def test_json_in_a_cell_is_the_same_value(value: object) -> None:
    assert json.loads(guarded_json(value)) == value


@given(TEXTS)
def test_a_workbook_holds_every_text(text: str) -> None:
    assert unescape_cell(escape_cell(text)) == text
    assert not re.search("[\x00-\x08\x0b-\x1f]", escape_cell(text))


@settings(max_examples=25, deadline=None)
@given(texts=st.lists(TEXTS.filter(bool), min_size=1, max_size=20), heading=TEXTS)
def test_the_readers_of_partners_and_of_metrics_read_what_was_written(
    texts: list[str], heading: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "written.csv"
    numbers = [str(number) for number in range(len(texts))]
    column = "".join(heading.split()) + "c"
    with CsvWriter(str(path), spreadsheet_safe=True) as writer:
        writer.write(pa.table({"id": numbers, column: texts}))
    table = read_table(str(path), "written")
    rows = {row["id"]: row for row in table.collect(table.frame)}
    assert [list(rows[number].values())[1] for number in numbers] == texts


@settings(max_examples=25, deadline=None)
@given(name=TEXTS, notes=TEXTS)
def test_a_converted_partner_has_the_same_texts(
    name: str, notes: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp()
    partner = dsg.Partner(id="contoso", name=name, notes=notes, events=[])
    dsg.portfolio.convert(partner, folder / "partner.csv")
    dsg.portfolio.convert(folder / "partner.csv", folder / "partner.json")
    again = dsg.load(folder / "partner.json")
    assert (again.name or "", again.notes or "") == (name, notes)


def test_a_partner_can_be_converted_to_exact_texts(tmp_path: Path) -> None:
    dsg.convert(dsg.Partner(id="a", name="=1", notes="-x"), tmp_path / "exact.csv", exact_values=True)
    assert (tmp_path / "exact.csv").read_text("utf-8").splitlines()[1].startswith("a,=1,-x,")


def test_amounts_stay_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("table.csv").write_text("id,owner,balance\na,=1+1,-12.50\nb,-x,+3\n", "utf-8")
    kept = ["--columns", "id", "--keep", "owner", "--keep", "balance"]
    command = ["portfolio", "table.csv", "--as-of", "2026-09-15", *kept]
    assert main([*command, "-o", "safe.csv"]) == 0
    assert main([*command, "-o", "exact.csv", "--exact-values"]) == 0
    rows = {name: list(csv.reader(io.StringIO(Path(name).read_text("utf-8")))) for name in ("safe.csv", "exact.csv")}
    assert rows["safe.csv"][1:] == [["a", "'=1+1", "-12.50"], ["b", "'-x", "+3"]]
    assert rows["exact.csv"][1:] == [["a", "=1+1", "-12.50"], ["b", "-x", "+3"]]
    assert main(["portfolio", "safe.csv", *command[2:], "-o", "again.csv", "--exact-values"]) == 0
    assert Path("again.csv").read_text("utf-8") == Path("exact.csv").read_text("utf-8")


@pytest.mark.parametrize(
    "command",
    [
        ["portfolio", "a.json", "--as-of", "2026-09-15", "-o", "out.csv"],
        ["convert", "a.json", "-o", "out.csv"],
        ["budget", "a.json", "--as-of", "2026-09-15", "--through", "2027-12-31", "-o", "out.csv"],
        ["impact", "2025-11", "2026-09", "a.json", "--as-of", "2026-09-15", "--keep", "name", "-o", "out.csv"],
        ["reconcile", "one=a.csv", "other=a.csv", "--period", "2026", "--cases", "out.csv"],
    ],
    ids=lambda command: str(command[0]),
)
def test_every_command_that_writes_csv_can_write_exact_texts(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    events = [{"on": "2026-03-02", "type": "badge_awarded"}]
    Path("a.json").write_text(json.dumps({"id": "=1+1", "name": "=1+1", "events": events}), "utf-8")
    Path("a.csv").write_text("id,created\n=1+1,2026-01-05\n", "utf-8")
    cells = {}
    for option in ([], ["--exact-values"]):
        assert main([*command, *option]) == 0
        with open("out.csv", encoding="utf-8", newline="") as file:
            cells[len(option)] = next(csv.DictReader(file))
    guarded = [name for name, cell in cells[0].items() if cell == "'=1+1"]
    assert guarded
    assert all(cells[1][name] == "=1+1" for name in guarded)


def test_a_text_that_is_too_long_for_a_cell_is_an_error(tmp_path: Path) -> None:
    partner = dsg.Partner(id="contoso", notes="x" * 40_000, events=[])
    with pytest.raises(dsg.InputError, match="a cell of a workbook holds 32,767 characters, not 40,000"):
        dsg.portfolio.convert(partner, tmp_path / "partner.xlsx")
    assert list(tmp_path.iterdir()) == []
