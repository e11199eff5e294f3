"""`designation portfolio` reads files and writes files, completely or not at all."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest

import designation as dsg
from designation.cli import main
from support.portfolio_tables import LISTS, rows_of, scalar_row, table_of

Json = dict[str, Any]

AS_OF = "2026-09-15"
PARTNERS: list[Json] = [
    {
        "id": "contoso",
        "csp_authorizations": [{"type": "direct_bill", "from": "2024-01-01"}],
        "support_contracts": [{"type": "psfp", "from": "2026-01-01", "through": "2027-12-31"}],
        "solutions_partner_designations": [],
        "events": [{"on": "2026-03-02", "type": "badge_awarded"}],
    },
    {"id": "=1+1", "events": []},
    {"id": "nobody"},
]
WANTED = [scalar_row(partner, AS_OF) for partner in PARTNERS]


def parquet_of(folder: Path, partners: list[Json], **columns: list[Any]) -> str:
    path = folder / "partners.parquet"
    pa.parquet.write_table(table_of(partners, **columns), path)
    return str(path)


def csv_of(folder: Path, partners: list[Json], **columns: list[Any]) -> str:
    path = folder / "partners.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", *LISTS, *columns])
        for i, partner in enumerate(partners):
            cells = [json.dumps(partner[name]) if name in partner else "" for name in LISTS]
            writer.writerow([partner["id"], *cells, *(values[i] for values in columns.values())])
    return str(path)


def ndjson_of(folder: Path, partners: list[Json]) -> str:
    path = folder / "partners.ndjson"
    path.write_text("".join(json.dumps(partner) + "\n" for partner in partners), "utf-8")
    return str(path)


MAKERS = {"parquet": parquet_of, "csv": csv_of, "ndjson": ndjson_of}


def rows_in(path: Path) -> list[Json]:
    """Return the rows of a result file in the form of `rows_of`."""
    if path.suffix == ".parquet":
        return rows_of(pa.parquet.read_table(path))
    if path.suffix == ".ndjson":
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("ending", ["parquet", "ndjson"])
def test_a_table_is_assessed_into_another_table(kind: str, ending: str, tmp_path: Path) -> None:
    out = tmp_path / f"assessed.{ending}"
    assert main(["portfolio", MAKERS[kind](tmp_path, PARTNERS), "-o", str(out), "--as-of", AS_OF]) == 0
    assert rows_in(out) == WANTED


def test_csv_output_has_words_dates_and_lists_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "assessed.csv"
    assert main(["portfolio", parquet_of(tmp_path, PARTNERS), "-o", str(out), "--as-of", AS_OF, "--exact-values"]) == 0
    first, second, third = rows_in(out)
    assert (first["status"], first["expires_on"], first["at_risk"]) == ("active", "2027-03-02", "true")
    assert json.loads(first["findings"]) == WANTED[0]["findings"]
    assert json.loads(first["renewal_missing"]) == WANTED[0]["renewal_missing"]
    assert (second["id"], third["fees_due"], third["renewal_missing"]) == ("=1+1", "", "")
    assert f"{out}: 3 rows, 0." in capsys.readouterr().err


@pytest.mark.parametrize("option", [[], ["--spreadsheet-safe"]])
def test_spreadsheets_see_no_formulas(tmp_path: Path, option: list[str]) -> None:
    out = tmp_path / "assessed.csv"
    command = ["portfolio", ndjson_of(tmp_path, PARTNERS), "-o", str(out), "--as-of", AS_OF]
    assert main([*command, *option]) == 0
    assert [row["id"] for row in rows_in(out)] == ["contoso", "'=1+1", "nobody"]
    command = [*command, "--spreadsheet-safe"]
    assert main(command) == 0
    assert [row["id"] for row in rows_in(out)] == ["contoso", "'=1+1", "nobody"]
    assert main([*command[:3], str(tmp_path / "a.parquet"), *command[4:]]) == 2


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_each_row_may_have_a_date_of_its_own(kind: str, tmp_path: Path) -> None:
    days = ["2026-03-01", "2026-09-15", "2026-09-16"]
    typed: list[Any] = [date.fromisoformat(day) for day in days] if kind == "parquet" else days
    table = {"parquet": parquet_of, "csv": csv_of}[kind](tmp_path, PARTNERS, day=typed)
    out = tmp_path / "out.ndjson"
    assert main(["portfolio", table, "-o", str(out), "--as-of", "day", "--columns", "id, as_of,status"]) == 0
    assert [row["as_of"] for row in rows_in(out)] == days
    assert list(rows_in(out)[0]) == ["id", "as_of", "status"]


@pytest.mark.parametrize("kind", MAKERS)
def test_a_date_range_gives_a_row_for_each_day(kind: str, tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    options = ["--as-of", "2026-09-14..2026-09-16", "--columns", "id,as_of", "--threads", "2"]
    assert main(["portfolio", MAKERS[kind](tmp_path, PARTNERS), "-o", str(out), *options]) == 0
    assert [row["as_of"][-2:] for row in rows_in(out)] == ["14", "15", "16"] * 3


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("ending", ["parquet", "csv", "ndjson"])
def test_an_empty_table_gives_an_empty_result(
    kind: str, ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, path = tmp_path / f"out.{ending}", MAKERS[kind](tmp_path, [])
    assert main(["portfolio", path, "-o", str(out)]) == 0
    assert rows_in(out) == []
    assert f"designation: note: {path}: there is no partner\n" in capsys.readouterr().err


def test_readings_of_one_of_many_partners_also_name_portfolio(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["readings", MAKERS["csv"](tmp_path, PARTNERS)]) == 2
    assert capsys.readouterr().err.endswith("; choose one with --id, or read all with --portfolio [several]\n")


def test_other_tables_of_an_empty_table_are_empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = MAKERS["csv"](tmp_path, [])
    out = str(tmp_path / "out.ndjson")
    for command in (["readings", "--portfolio"], ["impact", "2025-11", "2026-09"], ["convert", "-o", out]):
        assert main([*command, path]) == 0
        assert f"designation: note: {path}: there is no partner\n" in capsys.readouterr().err


BAD: list[Json] = [{"id": "a", "events": []}, {"id": "b", "events": [{"on": "2026-03-02", "type": "medal"}]}]


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("parquet", '/1/events/0/type: must be one of "interest_registered"'),
        ("csv", "partners.csv:3:"),
        ("ndjson", "partners.ndjson:2:"),
    ],
)
def test_problems_are_printed_and_nothing_is_written(
    kind: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.parquet"
    out.write_text("as it was", "utf-8")
    assert main(["portfolio", MAKERS[kind](tmp_path, BAD), "-o", str(out)]) == 2
    captured = capsys.readouterr()
    assert (captured.out, message in captured.err) == ("", True)
    assert out.read_text("utf-8") == "as it was"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.parquet", f"partners.{kind}"]


@pytest.mark.parametrize("kind", MAKERS)
def test_an_invalid_row_can_be_kept(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.ndjson"
    command = ["portfolio", MAKERS[kind](tmp_path, BAD), "-o", str(out), "--on-error", "null", "--format", "json"]
    assert main(command) == 0
    good, bad = rows_in(out)
    assert (good["id"], good["status"], good["error"]) == ("a", "not_attained", None)
    assert (bad["id"], bad["status"], "/events/0/type" in bad["error"]) == ("b", None, True)
    summary = json.loads(capsys.readouterr().out)
    assert (summary["rows"], summary["failed"]) == (2, 1)


@pytest.mark.parametrize("kind", MAKERS)
def test_many_problems_are_counted(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = MAKERS[kind](tmp_path, [BAD[1] | {"id": f"p{i}"} for i in range(40_000)])
    assert main(["portfolio", table, "-o", str(tmp_path / "out.csv")]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert (len(lines), lines[-1]) == (101, "and 39900 more problems [more]")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id,events\na,nonsense\n", "partners.csv:2:2: events: must be JSON text"),
        ('id,events\na,"[], ""x"": 1"\n', "partners.csv:2:2: events: must be JSON text"),
        ("id,events\na\n", "partners.csv:2:1: the row has 1 cell, but the header has 2"),
        ("name\na\n", 'partners.csv:1:1: the table has no column "id"'),
        ("id,events,events\n", 'partners.csv:1:3: the table has more than one column "events"'),
        ("id,day\na,2026-02-30\n", 'partners.csv:2:1: /as_of: must be a date as "YYYY-MM-DD", not "2026-02-30"'),
        ('id,day\n"a\n', "partners.csv:2:1: the row has a quote that is not closed"),
    ],
)
def test_an_unreadable_csv_file_is_reported_with_the_location(
    text: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "partners.csv"
    path.write_text(text, "utf-8")
    as_of = "day" if "day" in text else AS_OF
    assert main(["portfolio", str(path), "-o", str(tmp_path / "out.csv"), "--as-of", as_of]) == 2
    assert message in capsys.readouterr().err


def test_ignored_columns_are_named_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for table in (parquet_of(tmp_path, PARTNERS, region=[1, 2, 3]), csv_of(tmp_path, PARTNERS, region=[1, 2, 3])):
        assert main(["portfolio", table, "-o", str(tmp_path / "out.csv")]) == 0
        note, written = capsys.readouterr().err.splitlines()
        assert note == "designation: note: ignored columns: region"
        assert written.startswith(f"designation: wrote {tmp_path / 'out.csv'}: 3 rows, ")


def test_the_notes_of_documents_can_be_kept(tmp_path: Path) -> None:
    source = ndjson_of(tmp_path, [{"id": "a", "notes": "north"}, {"id": "b"}])
    out = tmp_path / "out.ndjson"
    assert main(["portfolio", source, "-o", str(out), "--keep", "notes", "--columns", "status"]) == 0
    assert [row["notes"] for row in rows_in(out)] == ["north", None]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["partners.ndjson"], "write the result to a file with -o OUT"),
        (["partners.ndjson", "-o", "-", "--summary"], "-o - and --summary both write to standard output"),
        (["partners.txt", "-o", "out.csv"], "partners.txt: cannot be read: No such file or directory"),
        (["partners.ndjson", "-o", "out.txt"], "out.txt: must be a .parquet, .csv, .ndjson, .jsonl, or .xlsx file"),
        (["nowhere.parquet", "-o", "out.csv"], "nowhere.parquet: cannot be read"),
        (["nowhere.csv", "-o", "out.csv"], "nowhere.csv: cannot be read"),
        (["partners.ndjson", "-o", "nowhere/out.csv"], "nowhere/out.csv: cannot be written"),
        (["partners.ndjson", "-o", "out.csv", "--columns", "staus"], "no column 'staus'"),
        (
            ["partners.ndjson", "-o", "out.csv", "--keep", "region"],
            'partners.ndjson: no column "region"; documents and',
        ),
        (["partners.ndjson", "-o", "out.csv", "--as-of", "2026-02-30"], "not a valid date"),
        (["partners.ndjson", "-o", "out.csv", "--as-of", "day"], "must be a date, not"),
        (["partners.ndjson", "-o", "out.csv", "--threads", "0"], "must be a number from 1 to "),
        (["text.parquet", "-o", "out.csv"], "text.parquet: must be a Parquet file"),
        (["wrong.parquet", "-o", "out.csv"], "/id: missing column"),
    ],
)
def test_an_error_is_one_line(
    words: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    ndjson_of(tmp_path, PARTNERS)
    (tmp_path / "text.parquet").write_text("no columns here", "utf-8")
    pa.parquet.write_table(pa.table({"name": ["a"]}), tmp_path / "wrong.parquet")
    assert main(["portfolio", *words]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert "Traceback" not in error
    assert not (tmp_path / "out.csv").exists()


def test_large_tables_are_processed_in_batches(tmp_path: Path) -> None:
    partners = [PARTNERS[i % 3] | {"id": f"p{i}"} for i in range(150_000)]
    out = tmp_path / "out.parquet"
    assert main(["portfolio", parquet_of(tmp_path, partners), "-o", str(out), "--as-of", AS_OF, "--threads", "1"]) == 0
    answer = pa.parquet.ParquetFile(out)
    assert answer.num_row_groups == 3
    whole = pa.table(dsg.assess_table(table_of(partners), AS_OF))
    assert answer.read().cast(whole.schema).equals(whole)


def test_an_interrupt_leaves_no_file_behind(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "slow.ndjson")
    out = tmp_path / "out.csv"
    command = [sys.executable, "-m", "designation", "portfolio", str(tmp_path / "slow.ndjson"), "-o", str(out)]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        with open(tmp_path / "slow.ndjson", "w", encoding="utf-8") as pipe:
            pipe.write('{"id": "a"}\n')
            pipe.flush()
            deadline = time.monotonic() + 30
            while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < deadline:
                time.sleep(0.01)
            process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert [path.name for path in tmp_path.iterdir()] == ["slow.ndjson"]
