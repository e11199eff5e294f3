"""Reports agree with the assessment, and all data is escaped."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet
import pytest

import designation as dsg
from designation._report import _portfolio
from designation._text.tokens import standing
from designation.cli import main

EXAMPLES = Path(dsg.__file__).parent / "examples"
AS_OF = "2026-09-15"
PARTNERS = {path.stem: dsg.load(path) for path in sorted(EXAMPLES.glob("*.json")) if path.stem != "policy"}
HOSTILE = [
    "</script><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "<!--<script>",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt;",
    "شركة الحلول السحابية",
    "日本クラウド株式会社",
    "☁️👩‍💻",
    "long" * 1000,
]
VOID = {"meta", "input", "br", "wbr"}


class Page(HTMLParser):
    """A strict parser: elements are closed, ids are unique, and nothing refers to the network."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.names: list[str] = []
        self.texts: list[str] = []
        self.data: dict[str, str] = {}
        self.feed(html)
        self.close()
        assert self.open == []
        assert len(set(self.ids)) == len(self.ids)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        assert not [name for name in given if name.startswith("on") or name in ("src", "srcdoc", "action", "data")]
        assert tag != "a" or str(given["href"]).startswith(("#", "https://"))
        assert tag not in ("img", "iframe", "object", "embed", "link", "base", "form")
        self.names.append(tag)
        self.ids += [given["id"] or ""] if "id" in given else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert {"svg", "details"} & set(self.open)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("script", "style"):
            self.data[self.open[-1]] = self.data.get(self.open[-1], "") + data
        else:
            self.texts.append(data)

    @property
    def text(self) -> str:
        return "".join(self.texts)


def embedded_data(html: str) -> dict[str, Any]:
    (found,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    data: dict[str, Any] = json.loads(found)
    return data


def unpacked(packed: dict[str, Any]) -> list[list[Any]]:
    def value(place: Any) -> Any:
        return [value(one) for one in place] if isinstance(place, list) else packed["values"][place]

    rows: list[list[Any]] = value(packed["rows"])
    return rows


@pytest.mark.parametrize("name", PARTNERS)
def test_the_report_of_a_partner_agrees_with_the_assessment(name: str) -> None:
    assessment = dsg.assess(PARTNERS[name], AS_OF)
    report = dsg.report(PARTNERS[name], AS_OF)
    text = Page(report.html).text
    model = report.model
    assert model["status"].lower().startswith(assessment.term.status.replace("_", " "))
    assert [(one["do"], one["by"]) for one in model["actions"]] == [
        (action.do, str(action.by or "")) for action in assessment.actions
    ]
    assert model["facts_needed"] == [
        pointer + (" (in a policy)" if pointer.startswith("/availability") else "")
        for pointer in assessment.explain().facts_needed
    ]
    assert len(model["interpretations"]) == 9
    assert model["explanations"][0]["rule"] == "SSD-T7"
    assert model["explanations"][0]["answer"] == assessment.term.in_force.replace("unmet", "not met")
    for part in (*(one["do"] for one in model["actions"]), *assessment.provenance.values(), *model["unknown"]):
        assert part in text
    changed = {one.interpretation.replace("_", " ") for one in dsg.readings(PARTNERS[name], AS_OF).changing}
    assert changed >= {one["name"] for one in model["interpretations"] if one["differences"]}


@pytest.mark.parametrize("policy", [None, {"edition": "2026-04"}, json.loads((EXAMPLES / "policy.json").read_text())])
def test_a_report_accepts_any_policy(policy: dict[str, Any] | None) -> None:
    for partner in (*PARTNERS.values(), dsg.Partner(id="nobody"), dsg.Partner(id="new", events=[])):
        Page(dsg.report(partner, AS_OF, policy).html)
    Page(dsg.report(list(PARTNERS.values()), AS_OF, policy).html)


@pytest.mark.parametrize("as_of", ["1900-01-01", "1901-06-01", "2199-12-31"])
def test_a_report_works_on_the_first_and_the_last_supported_date(as_of: str) -> None:
    Page(dsg.report(PARTNERS["contoso"], as_of).html)
    Page(dsg.report(list(PARTNERS.values()), as_of).html)


def test_a_report_names_unknown_facts() -> None:
    report = dsg.report(dsg.Partner(id="nobody"), AS_OF)
    text = Page(report.html).text
    assert report.model["status"] == "Unknown"
    assert "No plan: the events are not given." in text
    assert "Unknown: the events are not given." in text
    assert "events not given: status, renewal, step, fees, findings" in text
    assert [lane["note"] for lane in report.model["timeline"]["wide"]["lanes"] if not lane["bars"]][:2] == [
        "the events are not given"
    ] * 2


def test_a_report_without_a_plan_says_why() -> None:
    policy = {"planning": {"budgets": [{"fiscal_year": 2027, "at_most": 0}]}}
    text = Page(dsg.report(PARTNERS["contoso"], AS_OF, policy).html).text
    assert "because of /planning/budgets/0 in the policy" in text


class TestDrawing:
    """The timeline."""

    @pytest.mark.parametrize("name", PARTNERS)
    def test_statuses_fill_the_line_at_their_dates(self, name: str) -> None:
        model = dsg.report(PARTNERS[name], AS_OF).model
        drawing, (first, last) = model["timeline"]["wide"], map(date.fromisoformat, model["span"])
        days = (last - first).days + 1
        lane = drawing["lanes"][0]
        if not lane["bars"]:
            assert lane["note"] == "the events are not given"
            return
        assert sum(bar["width"] for bar in lane["bars"]) == pytest.approx(100, abs=0.01)
        for segment in dsg.timeline(PARTNERS[name], first, last).segments:
            at = 100 * (segment.from_ - first).days / days
            (bar,) = [bar for bar in lane["bars"] if bar["x"] - 0.001 <= at < bar["x"] + bar["width"] - 0.001]
            assert bar["kind"] == standing(segment.assessment.term.status, segment.assessment.term.at_risk)
        today = 100 * (date.fromisoformat(AS_OF) - first).days / days
        assert drawing["as_of"]["x"] == pytest.approx(today, abs=0.001)

    def test_overlapping_periods_have_lines_of_their_own(self) -> None:
        lane = dsg.report(PARTNERS["contoso"], AS_OF).model["timeline"]["wide"]["lanes"][-1]
        assert lane["label"] == "Solutions Partner"
        assert [bar["label"] for bar in lane["bars"]] == [
            "Modern Work through 2026-09-30",
            "Infrastructure (Azure) through 2027-03-14",
        ]
        assert lane["bars"][0]["y"] < lane["bars"][1]["y"]

    def test_a_fail_and_an_award_have_marks(self) -> None:
        failed = {"on": "2026-02-02", "type": "csat_evaluated", "outcome": "fail"}
        lanes = dsg.report(dsg.what_if(PARTNERS["contoso"], [failed]), AS_OF).model["timeline"]["wide"]["lanes"]
        marks = {lane["label"]: [mark["title"] for mark in lane["marks"]] for lane in lanes if lane["marks"]}
        assert marks == {"Designation": ["2025-12-12: badge awarded"], "CSAT": ["2026-02-02: CSAT failed"]}

    def test_a_table_repeats_the_drawing(self) -> None:
        rows = dsg.report(PARTNERS["contoso"], AS_OF).model["timeline"]["rows"]
        assert ["Performance", "passed 2025-12-09", "2025-12-09", "2026-12-08"] in rows
        assert ["CSP authorization", "direct bill", "2019-05-01", "no end known"] in rows

    def test_the_drawing_is_a_standalone_svg(self) -> None:
        svg = dsg.report(PARTNERS["contoso"], AS_OF).timeline_svg
        assert svg is not None
        root = ET.fromstring(svg)
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert root.attrib["aria-label"].startswith("Timeline of Contoso Cloud")
        assert dsg.report(list(PARTNERS.values()), AS_OF).timeline_svg is None


class TestPortfolio:
    """The page of a portfolio."""

    def test_the_counts_and_sums_are_those_of_the_partners(self) -> None:
        model = dsg.report(list(PARTNERS.values()), AS_OF).model
        each = [dsg.assess(partner, AS_OF) for partner in PARTNERS.values()]
        assert sum(int(one["text"]) for one in model["statuses"]) == len(each)
        due = sum((one.fees.due or Decimal(0) for one in each), Decimal(0))
        outstanding = sum((one.fees.outstanding or Decimal(0) for one in each), Decimal(0))
        values = {tile["label"]: tile["value"] for tile in model["tiles"]}
        assert values["In force"] == str(sum(one.term.in_force == "met" for one in each))
        assert (values["Fees due now"], values["Fees outstanding"]) == (f"{due:,} USD", f"{outstanding:,} USD")
        paid = [int(one["text"].removesuffix(" USD").replace(",", "")) for one in model["fees"] if one["text"]]
        assert sum(paid) == outstanding
        badges = sum(int(one["text"] or 0) for one in model["ending"]["rows"])
        assert badges == sum(one.renewal is not None for one in each)

    def test_each_partner_has_a_row_sorted_by_urgency(self) -> None:
        html = dsg.report(list(PARTNERS.values()), AS_OF).html
        data = embedded_data(html)
        names = [field["name"] for field in data["fields"]]
        rows = [dict(zip(names, row, strict=True)) for row in unpacked(data["packed"])]
        assert {row["id"] for row in rows} == {partner.id for partner in PARTNERS.values()}
        assert rows[0]["id"] == "northwind-traders"
        contoso = next(row for row in rows if row["id"] == "contoso")
        assert (contoso["days_left"], contoso["outstanding"], contoso["csat"]) == (88, 1850, "met, through 2026-12-09")
        assert contoso["actions"][1] == [
            "ISSI: Repeat the performance evaluation (case rate)",
            "2026-12-12",
            1350,
            "in the next 90 days",
        ]

    def test_a_table_of_any_library_gives_the_same_page(self) -> None:
        table = dsg.portfolio.from_documents(PARTNERS.values()).table
        page = dsg.report(list(PARTNERS.values()), AS_OF).html
        for frame in (table, pl.DataFrame(table), table.to_pandas()):
            assert dsg.report(frame, AS_OF).html == page

    def test_ignored_columns_are_named(self) -> None:
        with pytest.warns(UserWarning, match="ignored columns: region"):
            dsg.report(pd.DataFrame({"id": ["contoso"], "region": [None]}), AS_OF)
        with pytest.raises(dsg.InputError, match='unknown column "event"; did you mean "events"'):
            dsg.report(pd.DataFrame({"id": ["contoso"], "event": [None]}), AS_OF)

    def test_a_problem_of_a_row_has_its_location(self) -> None:
        with pytest.raises(dsg.InputError, match="/1/id: must not be null"):
            dsg.report(pa.table({"id": ["contoso", None]}), AS_OF)
        with pytest.raises(TypeError, match="a table must be"):
            dsg.report(5, AS_OF)

    def test_no_partner_and_too_many_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with pytest.raises(ValueError, match="no partners"):
            dsg.report([], AS_OF)
        monkeypatch.setattr(_portfolio, "MAX_PARTNERS", 1)
        with pytest.raises(ValueError, match="at most 1 partners"):
            dsg.report([{"id": "a"}, {"id": "b"}], AS_OF)


class TestEscaping:
    """A name may contain anything."""

    @pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
    def test_names_and_notes_are_escaped(self, hostile: str) -> None:
        document = {"id": hostile, "name": f"{hostile}!", "notes": hostile, "events": []}
        partner = dsg.parse_partner(document)
        page = Page(dsg.report(partner, AS_OF).html)
        assert page.names.count("script") == 1
        assert f"{hostile}!" in page.text
        html = dsg.report([partner], AS_OF).html
        assert Page(html).names.count("script") == 2
        assert unpacked(embedded_data(html)["packed"])[0][:2] == [hostile, f"{hostile}!"]
        svg = dsg.report(partner, AS_OF).timeline_svg
        assert svg is not None
        assert f"{hostile}!" in ET.fromstring(svg).attrib["aria-label"]

    def test_control_characters_are_replaced(self) -> None:
        partner = dsg.Partner(id="a\x1b[31m\u202eb", events=[])
        for html in (dsg.report(partner, AS_OF).html, dsg.report([partner], AS_OF).html):
            assert not set(html) & set("\x1b\u202e")
            assert "a�[31m�b" in html

    def test_the_wording_of_a_rulebook_is_escaped_and_links_only_to_web_pages(self, tmp_path: Path) -> None:
        own = tmp_path / "own.json"
        own.write_text(
            '{"extends": "2025-11", "edition": "<i>mine</i>", "rules": {"SSD-P2": {"title": "</style><script>t"}}}'
        )
        rulebook = dsg.rulebooks.load(own)
        assert "</style><script>t" in Page(dsg.report(PARTNERS["contoso"], AS_OF, rulebook=rulebook).html).text
        Page(dsg.report([PARTNERS["contoso"]], AS_OF, rulebook=rulebook).html)


@pytest.mark.parametrize("of", [PARTNERS["contoso"], list(PARTNERS.values())], ids=["partner", "portfolio"])
def test_only_the_reports_scripts_run_and_nothing_is_fetched(of: Any) -> None:
    html = dsg.report(of, AS_OF).html
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', html)
    *_, script = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; script-src ")
    assert f"'sha256-{digest}'" in policy


def test_the_same_input_gives_the_same_bytes() -> None:
    code = (
        "import sys, glob, designation as dsg; from hashlib import sha256\n"
        f"ps = [dsg.load(p) for p in sorted(glob.glob({str(EXAMPLES)!r} + '/[a-o]*.json'))]\n"
        f"for of in (ps[5], ps): print(sha256(dsg.report(of, {AS_OF!r}).html.encode()).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed, "TZ": zone}, capture_output=True, check=True
        ).stdout
        for seed, zone in (("0", "UTC"), ("1", "Asia/Tokyo"))
    }
    assert len(seen) == 1
    assert len(seen.pop().split()) == 2


def test_a_report_is_shown_in_a_notebook_and_saved(tmp_path: Path) -> None:
    report = dsg.report(dsg.Partner(id='"><b>', events=[]), AS_OF)
    assert repr(report) == "<Report '\"><b>' as of 2026-09-15>"
    shown = report._repr_html_()
    style, _, frame = shown.partition("</style>")
    assert style.startswith("<style>")
    assert (frame.startswith("<iframe"), frame.count("<")) == (True, 2)
    report.save(tmp_path / "report.html")
    assert (tmp_path / "report.html").read_text("utf-8") == report.html


class TestCommand:
    """`designation report`."""

    @pytest.fixture
    def folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.chdir(tmp_path)
        return tmp_path

    def test_a_document_and_a_table_have_reports(self, folder: Path) -> None:
        assert main(["report", str(EXAMPLES / "contoso.json"), "--as-of", AS_OF, "-o", "contoso.html"]) == 0
        assert (folder / "contoso.html").read_text("utf-8") == dsg.report(PARTNERS["contoso"], AS_OF).html
        portfolio = dsg.portfolio.from_documents(PARTNERS.values())
        dsg.portfolio.to_documents(portfolio, "partners.ndjson")
        dsg.portfolio.to_documents(portfolio, "partners.txt")
        pyarrow.parquet.write_table(portfolio.table, "partners.parquet", row_group_size=7)
        pages = set()
        for table in (["partners.ndjson"], ["partners.txt", "--ndjson"], ["partners.parquet"]):
            assert main(["report", *table, "--as-of", AS_OF, "-o", "portfolio.html"]) == 0
            pages.add((folder / "portfolio.html").read_text("utf-8"))
        assert pages == {dsg.report(portfolio.table, AS_OF).html}

    def test_csv_files_and_workbooks_are_tables(self, folder: Path) -> None:
        Path("partners.csv").write_text('id,name,events\ncontoso,Contoso,"[]"\nfabrikam,,\n', "utf-8")
        assert main(["report", "partners.csv", "--as-of", AS_OF, "-o", "portfolio.html"]) == 0
        rows = unpacked(embedded_data((folder / "portfolio.html").read_text("utf-8"))["packed"])
        assert [row[:2] for row in rows] == [["contoso", "Contoso"], ["fabrikam", "fabrikam"]]
        assert main(["init", "--excel", "book.xlsx"]) == 0
        assert main(["report", "book.xlsx", "--as-of", AS_OF, "-o", "book.html"]) == 0
        Page((folder / "book.html").read_text("utf-8"))

    def test_the_timeline_and_the_data_have_formats_of_their_own(self, capsys: pytest.CaptureFixture[str]) -> None:
        file = str(EXAMPLES / "contoso.json")
        assert main(["report", file, "--as-of", AS_OF, "--format", "svg"]) == 0
        report = dsg.report(PARTNERS["contoso"], AS_OF)
        assert capsys.readouterr().out == report.timeline_svg
        assert main(["report", file, "--as-of", AS_OF, "--format", "json"]) == 0
        assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(report.model))

    @pytest.mark.parametrize(
        ("name", "text", "message"),
        [
            ("bad.json", '{"id": "x", "event": []}', 'bad.json:1:13: /event: unknown key "event"'),
            ("bad.ndjson", '{"id": "x"}\n{"id": ""}\n', "bad.ndjson:2:"),
            ("bad.csv", 'id,events\nx,"[{}]"\n', "bad.csv:2:"),
            ("empty.ndjson", "\n", "empty.ndjson: there is no partner [empty]"),
            ("empty.json", "", "empty.json:1:1:"),
            ("bad.parquet", "no", "bad.parquet: must be a Parquet file"),
        ],
    )
    def test_an_error_is_named_and_nothing_is_written(
        self, name: str, text: str, message: str, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        Path(name).write_text(text, "utf-8")
        assert main(["report", name, "-o", "out.html"]) == 2
        error = capsys.readouterr().err
        assert error.startswith(message)
        assert "Traceback" not in error
        assert [path.name for path in folder.iterdir()] == [name]

    def test_a_portfolio_has_no_timeline(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        Path("one.ndjson").write_text('{"id": "x"}\n', "utf-8")
        assert main(["report", "one.ndjson", "--format", "svg", "-o", "out.svg"]) == 2
        assert capsys.readouterr().err == (
            "designation report: --format svg needs one partner; a portfolio has no timeline\n"
            "Try: designation report --help\n"
        )
