"""What a notebook shows is well formed, and nothing that a name holds gets out of its place."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

import designation as dsg

EXAMPLES = Path(dsg.__file__).parent / "examples"
AS_OF = "2026-09-15"
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</pre></div>",
    "&lt;b&gt;",
]
STEERING = "a\x1b[31m\u202eb"
ELEMENTS = {"style", "pre", "div", "span", "details", "summary", "code", "p", "b"}


class Reader(HTMLParser):
    """Reads strictly: every element is known and closed where it should be."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert tag in ELEMENTS
        assert {name for name, _ in attributes} <= {"class", "open"}
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text.append(data)


def read(text: str) -> str:
    return "".join(Reader(text).text)


@pytest.mark.parametrize("hostile", [*HOSTILE, STEERING])
def test_a_name_stays_text(hostile: str) -> None:
    assessment = dsg.assess(dsg.parse_partner({"id": hostile, "name": hostile, "events": []}), AS_OF)
    seen = read(assessment._repr_html_())
    assert set(seen) & set("\x1b\u202e") == set()
    assert hostile == STEERING or hostile in seen.replace("\n", "")


def test_the_words_of_a_rulebook_stay_text(tmp_path: Path) -> None:
    own = tmp_path / "own.json"
    own.write_text(
        '{"extends": "2025-11", "edition": "<i>mine</i>", "rules": {"SSD-P2": {"title": "<script>t</script>"}}, '
        '"requests": {"support_contracts": "<b>give</b>"}}'
    )
    assessment = dsg.assess(dsg.Partner(id="p"), AS_OF, rulebook=dsg.rulebooks.load(own))
    assert "<script>t</script>" in read(assessment.explain()._repr_html_())
    assert "<b>give</b>" in read(assessment._repr_html_())


def test_a_notebook_shows_the_page_and_the_tree() -> None:
    assessment = dsg.assess(dsg.load(EXAMPLES / "northwind-traders.json"), AS_OF)
    shown = read(assessment._repr_html_())
    assert [line.rstrip() for line in shown.split("\n")] == str(assessment).split("\n")
    subjects: list[str | dsg.Finding] = ["SSD-T7", "SSD-B5", "SSD-F2", *assessment.findings]
    for of in subjects:
        explanation = assessment.explain(of)
        seen = read(explanation._repr_html_())
        assert explanation.title in seen
        assert explanation.why_not is None or explanation.why_not in seen


def test_what_is_not_met_is_open_and_what_is_met_is_closed() -> None:
    html = dsg.assess(dsg.load(EXAMPLES / "northwind-traders.json"), AS_OF).explain()._repr_html_()
    assert '<details open><summary><span class="bad">unmet</span> Validity' in html
    assert '<details><summary><span class="good">met</span> Attainment' in html


def test_dark_pages_have_their_own_colours() -> None:
    html = dsg.assess(dsg.Partner(id="p"), AS_OF).explain()._repr_html_()
    assert "prefers-color-scheme:dark" in html
    assert "data-jp-theme-light=false" in html
