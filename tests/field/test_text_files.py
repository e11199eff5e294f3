"""Text tables as programs write them: every reader reads the same file, whatever wrote it."""

from __future__ import annotations

import gzip
import io
import json
import os
import threading
from pathlib import Path
from typing import Any, ClassVar

import pytest

import designation as dsg
from designation.metrics import case_rate, csat

ROWS = "id,created\n1,2026-01-05\n2,2026-02-05\n"


def cases_of(source: Any, columns: Any = None, **options: Any) -> int:
    return case_rate(source, 12, "2026-Q1", unit="seats", escalated="every", columns=columns, **options).cases


def error_of(source: Any, columns: Any = None, **options: Any) -> str:
    with pytest.raises(dsg.InputError) as caught:
        cases_of(source, columns, **options)
    return str(caught.value)


def write(folder: Path, content: str | bytes, name: str = "cases.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


FORMS = {
    "semicolons": ROWS.replace(",", ";"),
    "tabs": ROWS.replace(",", "\t"),
    "bars": ROWS.replace(",", "|"),
    "CR": ROWS.replace("\n", "\r"),
    "CRLF": ROWS.replace("\n", "\r\n"),
    "CRLF and LF": ROWS.replace("\n", "\r\n", 1),
    "no last line break": ROWS.rstrip(),
    "blank lines between rows": ROWS.replace("\n", "\n\n"),
    "PowerShell": f"#TYPE a.b\n{ROWS}",
    "Excel's separator line": "sep=;\r\n" + ROWS.replace(",", ";").replace("\n", "\r\n"),
    "both lines": "sep=;\n#TYPE a.b\n" + ROWS.replace(",", ";"),
    "a quoted separator": '"id","title, or, name, it, is";"created"\n'.replace('"id","title', '"id";"title')
    + '1;"a, b, c";2026-01-05\n2;;2026-02-05\n',
    "capitals": ROWS.replace("id,created", "ID , CREATED"),
    "a quoted line break in a header": '"id","created","the\r\ntitle"\n1,2026-01-05,a\n2,2026-02-05,b\n',
    "a header with spaces that do not break": ROWS.replace("id,created", "\u00a0id\u00a0,\u200bcreated"),
    "a comma at the end": "id,created,\n1,2026-01-05,\n2,2026-02-05,\n",
    "two commas at the end": "id,created,,\n1,2026-01-05,,\n2,2026-02-05,,\n",
    "a comma at the end of the header": "id,created,\n1,2026-01-05\n2,2026-02-05\n",
    "a comma at the end of some rows": "id,created\n1,2026-01-05,\n2,2026-02-05,,\n",
    "a column without a name": "id,,created\n1,x,2026-01-05\n2,y,2026-02-05\n",
    "a quote inside a cell": 'id,created,x\n1,2026-01-05,5" disk\n2,2026-02-05,b\n',
}
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")


class TestForms:
    @pytest.mark.parametrize("form", FORMS)
    def test_a_form_is_read(self, tmp_path: Path, form: str) -> None:
        assert cases_of(write(tmp_path, FORMS[form])) == 2

    @pytest.mark.parametrize("encoding", ENCODINGS)
    @pytest.mark.parametrize("form", ["semicolons", "CRLF", "PowerShell", "a comma at the end of the header"])
    def test_an_encoding_is_known_by_its_mark(self, tmp_path: Path, encoding: str, form: str) -> None:
        mark = "\ufeff" if encoding.endswith("e") else ""
        content = (mark + FORMS[form]).encode(encoding)
        assert cases_of(write(tmp_path, content)) == 2
        assert cases_of(write(tmp_path, gzip.compress(content), "cases.csv.gz")) == 2

    def test_a_name_tells_that_tabs_separate(self, tmp_path: Path) -> None:
        content = "id\tcreated\ta, b, c, d\n1\t2026-01-05\tx\n"
        assert cases_of(write(tmp_path, content, "cases.tsv")) == 1

    def test_a_gzip_file_is_known_by_its_content(self, tmp_path: Path) -> None:
        assert cases_of(write(tmp_path, ROWS, "cases.csv.gz")) == 2
        assert cases_of(write(tmp_path, gzip.compress(ROWS.encode()))) == 2
        damaged = write(tmp_path, gzip.compress(ROWS.encode())[:30], "damaged.csv.gz")
        assert error_of(damaged) == f"{damaged}: the gzip file is damaged or incomplete [unreadable]"

    def test_several_files_of_several_forms_are_read_together(self, tmp_path: Path) -> None:
        for number, (encoding, separator) in enumerate([("utf-8", ","), ("utf-16", ";"), ("utf-8-sig", "\t")]):
            text = f"Id{separator}created\n{number}{separator}2026-01-05\n"
            write(tmp_path, text.encode(encoding), f"{number}.csv")
        assert cases_of(str(tmp_path / "*.csv")) == 3


class TestNames:
    @pytest.mark.parametrize("name", ["case [2]", "q?", "export[1]", "a*b", "{a,b}", "**", "[ab]"])
    @pytest.mark.parametrize("ending", ["csv", "ndjson", "json", "parquet"])
    def test_the_named_file_is_read_and_no_other(self, tmp_path: Path, name: str, ending: str) -> None:
        rows = {"csv": "id,created\n1,2026-01-02\n", "parquet": ""}
        for other in ("case 2", "qa", "export1", "axb", "a", "b", name):
            path = tmp_path / f"{other}.{ending}"
            if ending == "parquet":
                import pyarrow as pa
                import pyarrow.parquet

                pa.parquet.write_table(pa.table({"id": [other], "created": ["2026-01-02"]}), path)
            else:
                path.write_text(rows.get(ending, '{"id":"1","created":"2026-01-02"}\n'), "utf-8")
        assert cases_of(tmp_path / f"{name}.{ending}") == 1

    def test_a_pattern_still_names_several_files(self, tmp_path: Path) -> None:
        for number in (1, 2):
            write(tmp_path, f"id,created\n{number},2026-01-02\n", f"case [{number}].csv")
        assert cases_of(str(tmp_path / "case*.csv")) == 2


class TestRepeatedColumns:
    JIRA = (
        "Summary,Issue key,Labels,Labels,Watchers,Watchers,Satisfaction rating,Comment,Comment\n"
        'Mail is slow,HD-1,mail,slow,A,B,5,"25/Feb/26 10:20 PM;u1;looking","26/Feb/26 1:00 AM;u1;done"\n'
        "Sync fails,HD-2,sync,,,,,,\nLicense missing,HD-3,,,,,3,,\n"
    )
    COLUMNS: ClassVar = {"id": "Issue key", "score": "Satisfaction rating"}

    def test_columns_that_nobody_asked_for_may_be_repeated(self, tmp_path: Path) -> None:
        found = csat(write(tmp_path, self.JIRA, "jira.csv"), columns=self.COLUMNS)
        assert (found.mean, found.n) == (4.0, 2)

    def test_a_repeated_column_is_asked_for_by_its_number(self, tmp_path: Path) -> None:
        path = write(tmp_path, self.JIRA, "jira.csv")
        found = csat(path, columns=self.COLUMNS, by="Labels[2]")
        assert {group.key: group.n for group in found.by["Labels[2]"]} == {"slow": 1, None: 1}
        with pytest.raises(dsg.InputError, match=r'column "Labels" is repeated; .* such as "Labels\[1\]"'):
            csat(path, columns=self.COLUMNS, by="Labels")

    def test_columns_that_differ_in_case_are_repeated_too(self, tmp_path: Path) -> None:
        path = write(tmp_path, "ID,id,created\n1,7,2026-01-05\n2,7,2026-01-05\n")
        assert "columns ID, id differ only in case; ask for one of them by its number" in error_of(path)
        assert cases_of(path, {"id": "ID[1]"}) == 2
        assert cases_of(path, {"id": "id[2]"}) == 1

    def test_a_repeated_and_a_missing_column_are_told_at_once_with_the_file(self, tmp_path: Path) -> None:
        path = write(tmp_path, "Ticket,Created,Created\nA1,2026-01-05,2026-01-06\n")
        with pytest.raises(dsg.InputError) as caught:
            case_rate(path, business=1000, period="2026", unit="seats", escalated="every")
        assert {Path(problem.file) for problem in caught.value.diagnostics} == {path}
        assert [problem.pointer for problem in caught.value.diagnostics] == ["/columns/id", "/columns/created"]


class TestPipes:
    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("in.csv", ROWS),
            ("in", ROWS.replace(",", ";")),
            ("in.ndjson", '{"id":1,"created":"2026-01-05"}\n{"id":2,"created":"2026-01-05"}\n'),
            ("in", '{"id":1,"created":"2026-01-05"}\n{"id":2,"created":"2026-01-05"}\n'),
            ("in", '[{"id":1,"created":"2026-01-05"},{"id":2,"created":"2026-01-05"}]'),
        ],
    )
    def test_a_pipe_is_read_once(self, tmp_path: Path, name: str, content: str) -> None:
        path = tmp_path / name
        os.mkfifo(path)
        writer = threading.Thread(target=path.write_text, args=(content,), daemon=True)
        writer.start()
        assert cases_of(path) == 2
        writer.join(10)

    def test_a_stream_is_read(self) -> None:
        assert cases_of(io.BytesIO(ROWS.encode("utf-16"))) == 2


class TestJson:
    RECORDS: ClassVar = [{"id": "1", "created": "2026-01-02"}, {"id": "2", "created": "2026-02-03"}]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    @pytest.mark.parametrize(
        "document",
        [
            RECORDS,
            {"items": RECORDS},
            {"value": RECORDS, "@odata.context": "x"},
            {"tickets": RECORDS, "users": [{"id": 1}], "next_page": None, "count": 2},
            {"satisfaction_ratings": RECORDS, "next_page": None, "previous_page": None, "count": 2},
            {"result": RECORDS},
            {"my_list": RECORDS},
            {"d": {"results": RECORDS}},
            {"status": "ok", "data": {"escalations": RECORDS, "total": 2}},
        ],
        ids=lambda document: "list" if isinstance(document, list) else next(iter(document)),
    )
    def test_records_are_found_in_a_response(self, tmp_path: Path, document: Any, encoding: str) -> None:
        path = write(tmp_path, json.dumps(document).encode(encoding), "cases.json")
        assert cases_of(path) == 2
        assert cases_of(write(tmp_path, gzip.compress(path.read_bytes()), "cases.json.gz")) == 2

    def test_a_record_with_lists_is_a_record(self, tmp_path: Path) -> None:
        record = {**self.RECORDS[0], "notes": [{"text": "a"}, {"text": "b"}], "tags": ["x"]}
        assert cases_of(write(tmp_path, json.dumps(record), "case.json")) == 1

    def test_several_lists_of_records_are_named(self, tmp_path: Path) -> None:
        path = write(tmp_path, json.dumps({"open_ones": self.RECORDS, "closed_ones": self.RECORDS}), "cases.json")
        assert error_of(path) == f"{path}: the object has several lists of records: open_ones, closed_ones [unreadable]"

    @pytest.mark.parametrize(
        ("name", "content"),
        [("a.json", "[]"), ("a.json", '{"items": [], "totalCount": 0}'), ("a.ndjson", ""), ("a.csv", "id,created\n")],
    )
    def test_an_export_without_a_case_has_no_cases(self, tmp_path: Path, name: str, content: str) -> None:
        found = (
            case_rate(
                write(tmp_path, content, name), 12, "2026-Q1", unit="seats", escalated="every", by=["month", "country"]
            )
            if not name.endswith("csv")
            else case_rate(write(tmp_path, content, name), 12, "2026-Q1", unit="seats", escalated="every")
        )
        assert (found.cases, found.rate, found.quality.rows) == (0, 0.0, 0)

    def test_no_answers_have_no_score(self, tmp_path: Path) -> None:
        empty = csat(write(tmp_path, "[]", "a.json"))
        assert (empty.n, empty.mean) == (0, None)

    @pytest.mark.parametrize("form", ["items", "lines", "gzip"])
    def test_a_response_may_be_larger_than_any_buffer(self, tmp_path: Path, form: str) -> None:
        records = [{"id": str(n), "title": "x" * 1500, "created": "2026-01-05"} for n in range(12_000)]
        text = json.dumps({"items": records, "totalCount": len(records)})
        if form == "lines":
            text = json.dumps({**records[0], "title": "x" * (17 << 20)}) + "\n" + json.dumps(records[1]) + "\n"
        path = write(tmp_path, text, "cases.ndjson" if form == "lines" else "cases.json")
        if form == "gzip":
            path = write(tmp_path, gzip.compress(path.read_bytes(), 1), "cases.json.gz")
        assert cases_of(path) == (2 if form == "lines" else 12_000)


BROKEN = {
    "a short row": ("a.csv", b"id,created\n1\n", ":2:1: the row has 1 cell, but the header has 2 [columns]"),
    "a long row": ("a.csv", b"id,created\n1,2026-01-05,x\n", ":2:3: the row has 3 cells, but the header has 2"),
    "a title before the header": (
        "a.csv",
        b"Cases of 2026\nid,created\n1,2026-01-05\n",
        ":2:2: the row has 2 cells, but the header has 1; the first line must be the header",
    ),
    "a long row after a cell with lines": (
        "a.csv",
        b'id,created,t\n1,2026-01-05,"a\nb"\n2,2026-01-05,x,y\n',
        ":4:4: the row has 4 cells, but the header has 3",
    ),
    "nothing": ("a.csv", b"", ":1:1: the file has no header"),
    "only separators": ("a.csv", b",,\n1,2,3\n", ":1:1: the header has no name of a column"),
    "a blank first line": ("a.csv", b"\nid,created\n", ":1:1: line 1 is blank; delete what is before the header"),
    "blank first lines": ("a.csv", b"\xef\xbb\xbf\r\n \r\nid,created\r\n", ":1:1: lines 1 to 2 are blank"),
    "another encoding": (
        "a.csv",
        "id,created\n1,2026-01-05\n\xfc,2026-01-05\n".encode("latin-1"),
        ":3:1: the byte 0xFC",
    ),
    "another encoding in the header": (
        "a.csv",
        "id,\xfc\n".encode("latin-1"),
        ":1:2: the byte 0xFC is not valid UTF-8",
    ),
    "UTF-16 without a mark": ("a.csv", ROWS.encode("utf-16-le"), ":1:1: the file contains NUL bytes"),
    "half of UTF-16": ("a.csv", ROWS.encode("utf-16")[:-1], ": the file begins like UTF-16, but is not"),
    "an open quote": ("a.csv", b'id,created\n1,"2026-01-05\n2,2026-01-05\n', ":2:1: the row has a quote that is not"),
    "an open quote in the header": (
        "a.csv",
        b'id,"created\n1,2026-01-05\n',
        ":1:1: the header has a quote that is not",
    ),
    "text after a quote": (
        "a.csv",
        b'id,created\n1,"2026"x\n',
        ":2:1: the row has a quote that is not closed, or text",
    ),
    "half of JSON": ("a.json", b'{"id": ', ":1:8: must be JSON: the document is incomplete"),
    "a trailing comma": ("a.json", b'[\n {"id": 1},\n]', ':2:11: must be JSON: a trailing comma before "]"; remove it'),
    "single quotes": ("a.json", b"[{'id': 1}]", ":1:3: must be JSON: a key must be in double quotes"),
    "JSON of numbers": ("a.json", b"[1, 2]", ": the file must hold records, which are JSON objects"),
    "JSON without a record": ("a.json", b"{}", ": the file has no records"),
    "an empty JSON file": ("a.json", b"", ": the file has no records"),
    "NDJSON with a broken line": (
        "a.ndjson",
        b'{"id": 1}\n\n{"id" 2}\n',
        ":3:7: must be JSON: a key must be followed by",
    ),
    "NDJSON in another encoding": (
        "a.ndjson",
        b'{"id": 1}\n{"id": "\xfc"}\n',
        ":2:1: the byte 0xFC is not valid UTF-8",
    ),
    "deep JSON": ("a.json", b"[" * 100_000, ":1:1: must be JSON: values are nested too deeply"),
    "half of Parquet": (
        "a.parquet",
        b"PAR1",
        ": must be a Parquet file; it is damaged, incomplete, or of another kind",
    ),
    "Parquet by name only": ("a.parquet", b"hello\n", ": must be a Parquet file"),
    "a workbook": ("a.xlsx", b"PK\x03\x04", ": the file is a workbook; save the sheet as CSV in UTF-8"),
    "a workbook by content": (
        "a.csv",
        b"PK\x03\x04\x14",
        ": the file is named like a text table, but it is a workbook",
    ),
    "an old workbook": ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1", ": the file is an old workbook (.xls); save it as .xlsx"),
    "a PDF file": ("a.pdf", b"%PDF-1.7\n", ": the file is a PDF file"),
    "half of gzip": ("a.csv.gz", gzip.compress(ROWS.encode())[:25], ": the gzip file is damaged or incomplete"),
}
# No message may contain an engine's own words.
FOREIGN = ("Binder", "Arrow", "_csv", "DuckDB", "duckdb", "openpyxl", "Traceback", "Invalid Input", "Parser", "polars")


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_file_is_named_in_our_words(tmp_path: Path, fault: str) -> None:
    name, content, message = BROKEN[fault]
    path = write(tmp_path, content, name)
    text = error_of(path)
    assert text.startswith(f"{path}{message}")
    assert not [word for word in FOREIGN if word in text]
