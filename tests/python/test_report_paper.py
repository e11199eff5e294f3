"""Reports on paper: PDF pages hold every partner, every column, and repeated headings (scripts/test-browser)."""

from __future__ import annotations

import io
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

import designation as dsg
from designation.cli import main
from support.report_pages import AS_OF, EXAMPLES, PARTNERS, crowd
from test_report_layout import MEASURE

pytestmark = pytest.mark.browser

PAPER = {"A4": 688, "Letter": 710}  # the width between the margins, in pixels
COLUMNS = ["Partner", "Status", "Deadline", "Days", "left", "Missing, or step", "Next", "Due,", "USD", "Outstanding,"]


def sheets(pdf: bytes) -> list[str]:
    """Return the text of each page of a PDF, with single spaces and without ligatures."""
    reader = pytest.importorskip("pypdf").PdfReader(io.BytesIO(pdf))
    texts = (unicodedata.normalize("NFKC", page.extract_text()) for page in reader.pages)
    return [" ".join(text.split()) for text in texts]


@pytest.mark.parametrize("paper", PAPER)
@pytest.mark.parametrize("search", ["", "P0011"])
def test_paper_has_every_partner_that_matches_and_every_column_under_a_heading(
    paper: str, search: str, visit: Any
) -> None:
    page = visit("crowd")
    page.locator("[data-key=search]").fill(search)
    pages = sheets(page.pdf(format=paper))
    printed = [text for text in pages if re.search(r"Partner \d+ p\d{5}", text)]
    found = [name for text in printed for name in re.findall(r"(Partner \d+) p\d{5}", text)]
    expected = {f"Partner {i}" for i in range(1200) if search in f"P{i:05}"}
    assert len(found) == len(set(found)) == len(expected)
    assert set(found) == expected
    for text in printed:
        place = -1
        for word in COLUMNS:
            place = text.find(word, place + 1)
            assert place >= 0, f"the heading {word} is not on a page"
    assert len(page.locator("#table tbody tr").all()) <= 50


@pytest.mark.parametrize("paper", PAPER)
def test_paper_has_the_columns_of_every_partner(paper: str, visit: Any) -> None:
    page = visit("grouped")
    text = " ".join(sheets(page.pdf(format=paper)))
    rows = page.locator("#table tbody tr").evaluate_all(
        "rows => rows.map((row) => [...row.cells].map((cell) => cell.innerText.trim()))"
    )
    table = text[text.index("21 of 21 partners") :]
    words = {word for row in rows for cell in row for word in cell.split()}
    assert len(words) > 50
    assert [word for word in words if word not in table] == []


@pytest.mark.parametrize("paper", PAPER)
@pytest.mark.parametrize("name", ["partner", "portfolio", "grouped"])
def test_nothing_on_paper_is_cut(name: str, paper: str, visit: Any) -> None:
    page = visit(name, width=PAPER[paper])
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= PAPER[paper]
    assert page.evaluate(MEASURE) == {"broken": [], "overlapping": [], "outside": []}


@pytest.mark.parametrize("name", ["partner", "portfolio"])
def test_printing_expands_collapsed_parts(name: str, visit: Any) -> None:
    page = visit(name)
    page.evaluate(
        "addEventListener('beforeprint', () => {"
        "  window.closed_ = document.querySelectorAll('details:not(.data):not([open])').length;"
        "})"
    )
    assert page.pdf(format="A4").startswith(b"%PDF")
    assert page.evaluate("window.closed_") == 0


@pytest.mark.parametrize("paper", PAPER)
@pytest.mark.parametrize("partner", PARTNERS, ids=lambda partner: partner.id)
def test_a_brief_is_one_sheet(partner: dsg.Partner, paper: str, browser: Any) -> None:
    report = dsg.report(partner, AS_OF, brief=True)
    page = browser.new_page()
    page.set_content(report.html)
    (text,) = sheets(page.pdf(format=paper))
    page.close()
    for part in (report.model["status"], "What to do next", "Timeline", f"as of {AS_OF}", "Fees due now"):
        assert part in text
    for action in report.model["actions"]:
        assert action["by"] in text
    assert report.model["deadline"] in text
    for year, amount in report.model["plan"]["by_fiscal_year"]:
        assert year in text
        assert amount in text


def test_the_command_writes_pdf(tmp_path: Path) -> None:
    brief, portfolio = tmp_path / "brief.pdf", tmp_path / "portfolio.pdf"
    arguments = ["--as-of", AS_OF, "--format", "pdf", "-o"]
    assert main(["report", str(EXAMPLES / "contoso.json"), "--brief", *arguments, str(brief)]) == 0
    assert len(sheets(brief.read_bytes())) == 1
    dsg.portfolio.to_documents(dsg.portfolio.from_documents(crowd(300)), tmp_path / "partners.ndjson")
    assert main(["report", str(tmp_path / "partners.ndjson"), *arguments, str(portfolio)]) == 0
    assert len(set(re.findall(r"p\d{5}", " ".join(sheets(portfolio.read_bytes()))))) == 300
