"""The page of support metrics shows each figure with its parts, and escapes what it shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import designation as dsg
from designation.cli import main

EXAMPLES = Path(dsg.__file__).parent / "examples"
NASTY = "</script><img src=x onerror=alert(1)>"
POLICY = {"thresholds": {"case_rate": {"at_most": 4, "per": 1_000_000, "unit": "USD"}}}
FACES = {"wide": {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5}, "mild": {"1": 2, "2": 2, "3": 3, "4": 4, "5": 5}}


@pytest.fixture(scope="module")
def results() -> list[Any]:
    metrics = dsg.metrics
    rate = metrics.case_rate(
        EXAMPLES / "service-requests.csv",
        EXAMPLES / "revenue.csv",
        "2026-H1",
        columns="partner-center-powershell",
        by="country",
    )
    ours = pa.table({"id": ["1", NASTY], "created": ["2026-01-05", "2026-01-07"], "customer": ["X", NASTY]})
    theirs = pa.table({"id": ["1", "3"], "created": ["2026-01-08", "2026-01-07"], "customer": ["X", NASTY]})
    lines = pa.table({"ChargeStartDate": ["2026-01-05"], "Subtotal": [10], "Currency": ["USD"], "ChargeType": [NASTY]})
    score = metrics.csat(EXAMPLES / "answers.csv", "2026-H1", by=("month", "product"), invited="rows")
    return [
        rate,
        rate.check_threshold(POLICY),
        rate.ways(["all", "technical_only"], technical="severity=Critical", policy=POLICY),
        rate.drivers(at_most=4),
        rate.chart(),
        rate.forecast("2026-12-31", more=16_000_000, at_most=5),
        metrics.reconcile({"ours": ours, NASTY: theirs}, "2026-Q1"),
        metrics.billed_revenue(lines, "2026-01", "USD"),
        score,
        score.chart(),
        metrics.compare_scales(EXAMPLES / "answers.csv", FACES, "2026-H1"),
    ]


def test_each_result_has_a_section_with_its_figures(results: list[Any]) -> None:
    model = dsg.report(results).model
    titles = [section["title"] for section in model["sections"]]
    assert titles == [
        "Case rate, 2026-01-01 to 2026-06-30",
        "Your own threshold",
        "Ways of counting",
        "Drivers by country",
        "Control chart of the rate",
        "Forecast for 2026-12-31",
        "Reconciliation of 2 lists, 2026-01-01 to 2026-03-31",
        "Billed revenue, 2026-01-01 to 2026-01-31",
        "CSAT, 2026-01-01 to 2026-06-30",
        "Control chart of the score",
        "Mappings of answers",
    ]
    rate = {tile["label"]: tile["value"] for tile in model["sections"][0]["tiles"]}
    assert rate == {
        "Rate": "4.96",
        "95% interval": "3.91 to 6.20",
        "Numerator": "76 cases",
        "Denominator": "15,331,550 USD",
    }
    rows = {row["cells"][0]: row["cells"][1] for row in model["sections"][0]["tables"][0]["rows"]}
    assert rows["left out: same id as another row"] == "2"
    assert (rows["counted"], rows["all rows"]) == ("76", "83")
    assert "assumes that the rate" in model["sections"][5]["texts"][0]
    assert model["figures"][0]["cases"] == 76


def test_a_page_escapes_what_it_shows_and_is_reproducible(results: list[Any]) -> None:
    page = dsg.report(results).html
    assert NASTY not in page
    assert page == dsg.report(results).html
    assert "edition" not in page.partition("<h1>")[0]


def test_one_result_is_a_report_too(results: list[Any]) -> None:
    report = dsg.report(results[8])
    assert repr(report) == "<Report 'CSAT, 2026-01-01 to 2026-06-30' as of 2026-06-30>"
    assert "<nav" not in report.html


def test_marks_stay_within_their_cells(results: list[Any]) -> None:
    marks = [
        row["mark"]
        for section in dsg.report(results).model["sections"]
        for table in section["tables"]
        for row in table["rows"]
        if row["mark"]
    ]
    assert len(marks) > 20
    for mark in marks:
        assert 0 <= mark["low"] <= mark["low"] + mark["width"] <= 99.1
        assert all(mark[name] is None or 0 <= mark[name] <= 99.1 for name in ("value", "center"))


def test_commands_write_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cases, page = str(EXAMPLES / "service-requests.csv"), tmp_path / "rate.html"
    command = ["case-rate", cases, "--columns", "partner-center-powershell", "--period", "2026-H1", "--chart"]
    assert main([*command, "--business", str(EXAMPLES / "revenue.csv"), "--report", str(page)]) == 0
    assert "Control chart" in page.read_text("utf-8")
    lists = [f"a={cases}", f"b={cases}", "--columns", "a=partner-center-powershell"]
    lists += ["--columns", "b=partner-center-powershell", "--period", "2026-H1"]
    assert main(["reconcile", *lists, "--report", str(page)]) == 0
    assert "Reconciliation of 2 lists" in page.read_text("utf-8")
    assert main(["csat", str(EXAMPLES / "answers.csv"), "--report", str(page)]) == 0
    assert "CSAT, all dates" in page.read_text("utf-8")
    capsys.readouterr()
    assert main(["csat", str(EXAMPLES / "answers.csv"), "--report", "x.txt"]) == 2
    assert "must end in one of .html, .pdf" in capsys.readouterr().err


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1200])
def test_a_page_fits_the_screen_and_has_no_violations(
    results: list[Any], tmp_path: Path, width: int, browser: Any
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    dsg.report(results).save(tmp_path / "page.html")
    page, messages = browser.new_page(viewport={"width": width, "height": 800}), []
    page.on("console", lambda message: messages.append(message.text))
    page.goto((tmp_path / "page.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert messages == []
    assert [(one["id"], one["nodes"][0]["html"]) for one in axe.run(page).response["violations"]] == []
    page.close()
