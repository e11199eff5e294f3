"""The HTML in notebooks is well formed, and names are escaped."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import designation as dsg
from designation._text import pages
from designation._text.tokens import DARK, LIGHT
from support.page_texts import texts

EXAMPLES = Path(dsg.__file__).parent / "examples"
AS_OF = "2026-09-15"
BADGE = {"on": "2026-03-02", "type": "badge_awarded"}
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</pre></div>",
    "&lt;b&gt;",
]
STEERING = "a\x1b[31m\u202eb"
ELEMENTS = {"style", "div", "span", "details", "summary", "code", "p", "b", "i", "dl", "dt", "dd"}
ELEMENTS |= {"table", "thead", "tbody", "tfoot", "tr", "th", "td"}
ELEMENTS |= {"time", "svg", "title", "defs", "pattern", "rect", "path", "line", "text"}
ATTRIBUTES = {
    "class",
    "open",
    "scope",
    "colspan",
    "tabindex",
    "role",
    "aria-label",
    "id",
    "style",
    "overflow",
    "transform",
}
ATTRIBUTES |= {"x", "y", "x1", "x2", "y1", "y2", "dx", "rx", "d", "width", "height", "text-anchor", "patternunits"}


class Reader(HTMLParser):
    """A strict parser: every element must be known and closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert tag in ELEMENTS
        assert {name for name, _ in attributes} <= ATTRIBUTES
        assert all(re.fullmatch(r"fill:url\(#[a-z_-]+\)", value or "") for name, value in attributes if name == "style")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text.append(data)


def read(text: str) -> str:
    return "".join(Reader(text).text)


def all_that_is_shown(name: str) -> list[Any]:
    """Return a value of each kind that has HTML, with the name wherever it can be."""
    partner = dsg.parse_partner({"id": name, "name": name, "notes": name, "events": [BADGE]})
    assessment = dsg.assess(partner, AS_OF)
    line, plans = dsg.timeline(partner, AS_OF, "2027-12-31"), dsg.plan(partner, AS_OF, "2027-12-31")
    columns = {"id": [name, name], "created": ["2026-01-05"] * 2, "product": [name] * 2, "score": [4, 5]}
    table = pa.table(columns)
    item = {"dimension": "support_function", "item": name, "status": "ready"}
    rate = dsg.metrics.case_rate(table, 1, "2026-01", unit="USD", escalated="every", by="product")
    policy = {"thresholds": {"case_rate": {"at_most": 1, "per": 1, "unit": "USD"}}}
    return [
        *(partner, assessment, assessment.explain(), assessment.next_change, line, plans, plans.recommended),
        *(dsg.budget(plans), dsg.compare(assessment, assessment), dsg.readings(partner, AS_OF)),
        *(rate, rate.quality, dsg.metrics.csat(table, by="product"), dsg.metrics.capability([item], as_of=AS_OF)),
        *(rate.compare(rate), rate.check_threshold(policy), dsg.rulebooks.diff("2025-11", "2026-04")),
        dsg.summarize([assessment]),
        dsg.portfolio.from_documents([partner.to_dict()]),
    ]


# The others contain no text from the user.
NAMED = {
    *(
        "Assessment",
        "Budget",
        "Capability",
        "CaseRate",
        "Change",
        "Comparison",
        "Csat",
        "Partner",
        "Plans",
        "Portfolio",
        "Readings",
    ),
    *("RowReport", "Summary", "Timeline"),
}


@pytest.mark.parametrize("hostile", [*HOSTILE, STEERING])
def test_a_name_is_escaped(hostile: str) -> None:
    for value in all_that_is_shown(hostile):
        kind, seen = type(value).__name__, read(value._repr_html_())
        assert set(seen) & set("\x1b\u202e") == set()
        assert hostile == STEERING or ("".join(hostile.split()) in "".join(seen.split())) == (kind in NAMED), kind


def test_a_notebook_gets_text_and_html() -> None:
    for value in all_that_is_shown("contoso"):
        both = {"text/plain": str(value), "text/html": value._repr_html_()}
        assert value._repr_mimebundle_() == value._repr_mimebundle_(include=set(), exclude=set()) == both
        assert list(value._repr_mimebundle_(include={"text/html", "image/png"})) == ["text/html"]
        assert list(value._repr_mimebundle_(exclude={"text/html"})) == ["text/plain"]
        assert all(len(line) <= 80 or "https://" in line for line in str(value).split("\n"))
        assert repr(value) != str(value)


def test_a_long_timeline_is_truncated_with_a_note() -> None:
    line = dsg.timeline(dsg.load(EXAMPLES / "contoso.json"), "2025-01-01", "2028-12-31")
    assert str(line).endswith(f"and {len(line.segments) - 9} more changes")
    shown, all_shown = (
        [row for row in str(each).splitlines() if row.startswith("20")]
        for each in (line, dsg.Timeline(line.segments[:9]))
    )
    assert len(shown) == 8
    assert shown == all_shown


def test_a_partner_shows_known_and_unknown_facts() -> None:
    partner = dsg.Partner(
        id="contoso",
        support_contracts=[
            {"type": "psfp", "from": "2025-01-01", "annual_value": {"amount": 1200, "currency": "USD"}},
            {"type": "asfp", "from": "2024-01-01", "through": "2024-12-31"},
        ],
        solutions_partner_designations=[],
        events=[{"on": "2026-05-04", "type": "csat_evaluated", "outcome": "pass", "score": 4.5}],
    )
    assert str(partner).split("\n") == [
        "contoso",
        "Authorizations  not given",
        "Contracts       from 2025-01-01           PSfP, 1,200 USD per year",
        "                2024-01-01 to 2024-12-31  ASfP",
        "Designations    none",
        "Events          2026-05-04                CSAT evaluated, pass, score 4.5",
    ]


def test_the_wording_of_a_rulebook_is_escaped(tmp_path: Path) -> None:
    own = tmp_path / "own.json"
    own.write_text(
        '{"extends": "2025-11", "edition": "<i>mine</i>", "rules": {"SSD-P2": {"title": "<script>t</script>"}}, '
        '"requests": {"support_contracts": "<b>give</b>"}}'
    )
    assessment = dsg.assess(dsg.Partner(id="p"), AS_OF, rulebook=dsg.rulebooks.load(own))
    assert "<script>t</script>" in read(assessment.explain()._repr_html_())
    assert "<b>give</b>" in read(assessment._repr_html_())


def test_a_notebook_shows_everything_that_the_page_of_text_says() -> None:
    for value in all_that_is_shown("contoso"):
        if not isinstance(value, dsg.Explanation):
            seen = "".join(read(value._repr_html_()).replace(",", "").split())
            said = {text: "".join(re.sub("[,`]", "", text).split()) for text in texts(pages.lines(value))}
            missing = [text for text, letters in said.items() if letters not in seen]
            assert missing == [], type(value).__name__


def test_a_notebook_shows_the_tree_of_an_explanation() -> None:
    assessment = dsg.assess(dsg.load(EXAMPLES / "northwind-traders.json"), AS_OF)
    subjects: list[str | dsg.Finding] = ["SSD-T7", "SSD-B5", "SSD-F2", *assessment.findings]
    for of in subjects:
        explanation = assessment.explain(of)
        seen = read(explanation._repr_html_())
        assert explanation.title in seen
        assert explanation.why_not is None or explanation.why_not in seen


class Cells(HTMLParser):
    """The cells of the tables of data, by row."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.is_open = False
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        self.is_open = self.is_open or tag in ("td", "th")
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self.is_open = self.is_open and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self.is_open:
            self.rows[-1][-1] += data


def test_a_table_has_plain_numbers_for_a_spreadsheet() -> None:
    budget: Any = dsg.budget(
        [dsg.plan(dsg.load(EXAMPLES / f"{name}.json"), AS_OF, "2028-12-31") for name in ("contoso", "bellows")]
    )
    rows = Cells(budget._repr_html_()).rows
    columns, table = budget.table()
    periods = len(columns) - 5
    assert rows[0] == ["Partner", *columns[2:-4], "Total"]
    assert rows[1:3] == [[row[1], *map(str, row[2 : periods + 2])] for row in table]
    assert rows[3] == [
        "Total",
        *(str(sum(column)) for column in zip(*(row[2 : periods + 2] for row in table), strict=True)),
    ]


def test_a_timeline_is_drawn_as_in_the_report() -> None:
    line: Any = dsg.timeline(dsg.load(EXAMPLES / "humongous-insurance.json"), "2026-01-01", "2028-12-31")
    html = line._repr_html_()
    assert html.count('<svg class="drawing wide"') == 1
    assert "active, at risk through 2026-12-31" in read(html)


def test_the_colors_follow_the_theme_of_the_notebook() -> None:
    html = dsg.assess(dsg.Partner(id="p"), AS_OF)._repr_html_()
    for theme, paper in (("[data-jp-theme-light=true]", LIGHT), (".vscode-dark", DARK)):
        rule = next(line for line in html.splitlines() if theme in line)
        assert f"--paper:{paper.paper}" in rule
    assert "var(--jp-layout-color0,var(--vscode-editor-background,var(--paper)))" in html
    style = html[html.index("<style>") : html.index("</style>")]
    selectors = re.findall(r"(?:^|[},])([^{}@]+)\{", style.replace("<style>", ""))
    assert [one for one in selectors if ".dsg" not in one] == []  # the style concerns only our own elements


def test_an_embedded_report_follows_the_theme_of_the_notebook() -> None:
    html = dsg.report(dsg.load(EXAMPLES / "contoso.json"), AS_OF)._repr_html_()
    assert "[data-jp-theme-light=false] .dsg-report,.vscode-dark .dsg-report" in html
    assert html.count("<iframe") == 1


def test_unmet_rules_are_expanded_and_met_rules_are_collapsed() -> None:
    html = dsg.assess(dsg.load(EXAMPLES / "northwind-traders.json"), AS_OF).explain()._repr_html_()
    assert '<details open><summary><span class="token unmet">not met</span> Validity' in html
    assert '<details><summary><span class="token met">met</span> Attainment' in html
