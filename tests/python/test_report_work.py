"""Reports as work: the worklist, groups, kept columns, folders of reports, briefs, and paper without a printer."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow.parquet as pq
import pytest

import designation as dsg
from designation._report import _pdf
from designation._report._site import page_name
from designation._text.wording import humanize
from designation.cli import main
from support.report_pages import AS_OF, EXAMPLES, NASTY, PARTNERS, grouped_table
from test_report import Page, embedded_data, unpacked

ASSESSMENTS = [dsg.assess(partner, AS_OF) for partner in PARTNERS]
ACTIONS = [(one, action) for one in ASSESSMENTS for action in one.actions]


def rows_of(html: str) -> list[dict[str, Any]]:
    data = embedded_data(html)
    names = [field["name"] for field in data["fields"]]
    return [dict(zip(names, row, strict=True)) for row in unpacked(data["packed"])]


class TestWorklist:
    """The actions of a portfolio."""

    def test_it_has_every_action_of_every_partner_in_the_period_of_its_deadline(self) -> None:
        worklist = dsg.report(PARTNERS, AS_OF).model["worklist"]
        expected: Counter[tuple[str, str]] = Counter()
        for one, action in ACTIONS:
            days = None if action.by is None else (action.by - one.as_of).days
            period = (
                "overdue"
                if action.overdue_since
                else "no deadline"
                if days is None
                else "in the next 30 days"
                if days <= 30
                else "in the next 90 days"
                if days <= 90
                else "later"
            )
            expected[period, f"{humanize(action.actor)}: {action.do}"] += 1
        found = {
            (period["period"], action["label"]): action["partners"]
            for period in worklist
            for action in period["actions"]
        }
        assert found == expected
        since = [action["overdue_since"] for action in worklist[0]["actions"]]
        assert since == sorted(since)
        assert {*since} <= {str(action.overdue_since) for _, action in ACTIONS}
        assert [period["period"] for period in worklist] == ["overdue", "in the next 90 days", "later", "no deadline"]

    @pytest.mark.parametrize(("day", "period"), [("2026-10-31", "in the next 90 days"), ("2026-11-01", None)])
    def test_a_period_includes_its_last_day(self, day: str, period: str | None) -> None:
        # On 2026-10-31 the contract ends in 30 days, on 2026-11-01 in 29 days.
        worklist = dsg.report([dsg.load(EXAMPLES / "contoso.json")], day).model["worklist"]
        (first, *_) = worklist
        assert first["period"] == "in the next 30 days"
        assert first["actions"][0]["by"] == "2026-11-30"
        assert period in (None, worklist[1]["period"])

    def test_the_page_works_on_the_last_supported_date(self) -> None:
        Page(dsg.report(PARTNERS, "2199-12-31").html)


@pytest.mark.parametrize("brief", [False, True])
def test_the_first_page_asks_the_questions_that_decide_in_plain_words(brief: bool) -> None:
    report = dsg.report(dsg.load(EXAMPLES / "contoso.json"), AS_OF, brief=brief)
    lapse, suspend = report.model["deciding"]
    assert lapse == (
        "Is the designation in force between the anniversary and the end of the window? "
        "As read here (lapsed): deadline 2026-12-12. With the other reading (in force): deadline 2027-01-11."
    )
    assert suspend.endswith("(flag): in force. With the other reading (suspend): not in force from 2026-12-01.")
    assert "these questions open:" in report.html


@pytest.mark.parametrize("of", [dsg.load(EXAMPLES / "contoso.json"), PARTNERS[:2]])
def test_a_report_names_the_later_editions(of: Any) -> None:
    _, *later = dsg.rulebooks.editions()
    assert f"later editions: {', '.join(later)};" in dsg.report(of, AS_OF).html
    assert "later editions" not in dsg.report(of, AS_OF, {"edition": later[-1]}).html


class TestGroups:
    """Columns of the portfolio in its report."""

    def test_a_column_groups_the_partners_and_its_sums_are_theirs(self) -> None:
        table = grouped_table()
        report = dsg.report(table, AS_OF, keep=["owner"], by="region")
        regions = dict(zip(table["id"].to_pylist(), table["region"].to_pylist(), strict=True))
        for group in report.model["groups"]:
            members = [one for one in ASSESSMENTS if (regions[one.partner.id] or "") == group["value"]]
            assert group["partners"] == len(members)
            assert group["at_risk"] == sum(one.term.at_risk for one in members)
            due = sum(one.fees.due or 0 for one in members)
            assert group["due"] == f"{due:,} USD"
        assert sum(group["partners"] for group in report.model["groups"]) == len(PARTNERS)
        assert "By region" in Page(report.html).text
        labels = {field["label"]: field["name"] for field in report.model["fields"] if field["group"] == "Columns"}
        rows = rows_of(report.html)
        assert {row["id"]: row[labels["region"]] for row in rows} == {
            id: region or "" for id, region in regions.items()
        }
        assert {row[labels["owner"]] for row in rows} == {"Ana", "Bo"}

    def test_files_and_tables_give_the_same_page(self, tmp_path: Path) -> None:
        table, path = grouped_table(), tmp_path / "portfolio.parquet"
        pq.write_table(table, path)
        report = dsg.report(table, AS_OF, by="region", keep=["owner"])
        page = report.html
        assert page.count('data-label="Renewal overdue"') == len(report.model["groups"])
        assert 'data-label="Overdue"' not in page  # overdue alone is about actions
        with pytest.warns(UserWarning, match="ignored columns: region"):
            assert dsg.report(table, AS_OF, keep=["owner"]).html != page
        assert dsg.report(path, AS_OF, by="region", keep=["owner"]).html == page
        output = tmp_path / "portfolio.html"
        arguments = ["--as-of", AS_OF, "--keep", "owner", "--by", "region", "-o", str(output)]
        assert main(["report", str(path), *arguments]) == 0
        assert output.read_text("utf-8") == page

    def test_a_column_that_is_not_there_is_named(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(dsg.InputError, match='the portfolio has no column "area"'):
            dsg.report(PARTNERS, AS_OF, by="area")
        path = str(EXAMPLES / "contoso.json")
        assert main(["report", path, "--by", "area", "-o", str(tmp_path / "out.html")]) == 2
        assert "designation report: --keep and --by need a portfolio\n" in capsys.readouterr().err
        assert list(tmp_path.iterdir()) == []


class TestFolder:
    """A folder of reports."""

    def test_it_has_the_portfolio_and_every_partner(self, tmp_path: Path) -> None:
        hostile = dsg.parse_partner({"id": NASTY, "events": []})
        report = dsg.report([*PARTNERS, hostile], AS_OF)
        report.save(f"{tmp_path}/site/")
        index = (tmp_path / "site" / "index.html").read_text("utf-8")
        links = re.findall(r'<a href="(partners/[^"]*)"', index)
        assert len(links) == len(set(links)) == len(PARTNERS) + 1
        assert sorted(links) == sorted(f"partners/{path.name}" for path in (tmp_path / "site" / "partners").iterdir())
        page = (tmp_path / "site" / "partners" / "contoso.html").read_text("utf-8")
        alone = dsg.report(dsg.load(EXAMPLES / "contoso.json"), AS_OF).html
        assert page.replace('<a href="../index.html">Portfolio</a> ', "") == alone

    def test_the_command_writes_it_with_several_processes(self, tmp_path: Path) -> None:
        path = tmp_path / "partners.ndjson"
        documents = [{**partner.to_dict(), "id": f"{partner.id}-{i}"} for partner in PARTNERS for i in range(3)]
        path.write_text("".join(f"{json.dumps(one)}\n" for one in documents), "utf-8")
        site = tmp_path / "site"
        assert main(["report", str(path), "--as-of", AS_OF, "-o", f"{site}/"]) == 0
        assert len(list((site / "partners").iterdir())) == 63
        assert main(["report", str(path), "--as-of", AS_OF, "-o", str(site)]) == 0  # it exists now

    def test_names_of_pages_are_plain_and_unique(self) -> None:
        ids = ["contoso", "Contoso", "CON", "a/b", "a b", "../x", "", "日本", "x" * 300, NASTY, "\u202e", "a\x00"]
        names = [page_name(id) for id in ids]
        assert len({name.casefold() for name in names}) == len(ids)
        assert names[0] == "contoso.html"
        assert all(re.fullmatch(r"[a-z0-9_-]{1,60}(\.[0-9a-f]{12})?\.html", name) for name in names)

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["--format", "pdf"], "--format pdf needs a file, but "),
            (["--id", "contoso"], "is a folder, and the report of a partner is one file"),
        ],
    )
    def test_what_a_folder_cannot_hold_is_refused(
        self, arguments: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        files = [str(EXAMPLES / f"{name}.json") for name in ("contoso", "adatum")]
        assert main(["report", *files, *arguments, "-o", f"{tmp_path}/"]) == 2
        assert message in capsys.readouterr().err
        assert list(tmp_path.iterdir()) == []
        with pytest.raises(ValueError, match="the report of a partner is one file"):
            dsg.report(PARTNERS[0], AS_OF).save(tmp_path)


class TestBrief:
    """One sheet about a partner."""

    @pytest.mark.parametrize("partner", PARTNERS, ids=lambda partner: partner.id)
    def test_it_has_status_deadline_actions_timeline_and_fees(self, partner: dsg.Partner) -> None:
        brief, report = dsg.report(partner, AS_OF, brief=True), dsg.report(partner, AS_OF)
        text = Page(brief.html).text
        for key in ("status", "sentences", "tiles", "actions", "deadline"):
            assert brief.model[key] == report.model[key]
        assert [lane["label"] for lane in brief.model["timeline"]["wide"]["lanes"]] == [
            *("Designation", "Renewal window", "Capability", "Performance", "CSAT")
        ]
        assert brief.model["status"] in text
        assert "Fees outstanding" in text
        assert "<script>" not in brief.html

    def test_it_is_about_one_partner(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(ValueError, match="a brief is about one partner, not 21"):
            dsg.report(PARTNERS, AS_OF, brief=True)
        assert main(["report", *(str(EXAMPLES / f"{name}.json") for name in ("contoso", "adatum")), "--brief"]) == 2
        assert "designation report: --brief needs one partner; choose one with --id\n" in capsys.readouterr().err


class TestPrinter:
    """PDF."""

    def test_without_a_printer_the_error_says_how_to_print(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr("shutil.which", lambda _: None)
        monkeypatch.setitem(__import__("sys").modules, "weasyprint", None)
        path = tmp_path / "contoso.pdf"
        assert main(["report", str(EXAMPLES / "contoso.json"), "--format", "pdf", "-o", str(path)]) == 2
        assert capsys.readouterr().err.startswith(
            "designation report: a PDF needs Chromium on the PATH, or WeasyPrint (pip install weasyprint); "
            "or write the report as HTML, open it in a browser, and print it\n"
        )
        assert not path.exists()

    def test_a_browser_that_fails_is_named(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("shutil.which", lambda _: "/bin/false")
        with pytest.raises(_pdf.NoPrinterError, match=r"^/bin/false did not print the page; a PDF needs"):
            dsg.report(PARTNERS[0], AS_OF).save(tmp_path / "out.PDF")
        assert list(tmp_path.iterdir()) == []

    def test_weasyprint_gets_all_partners_and_drawings_with_a_style_of_their_own(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pages = []

        def html(string: str) -> Any:
            pages.append(string)
            return SimpleNamespace(write_pdf=lambda: b"%PDF")

        monkeypatch.setattr("shutil.which", lambda _: None)
        monkeypatch.setitem(__import__("sys").modules, "weasyprint", SimpleNamespace(HTML=html))
        report = dsg.report(dsg.load(EXAMPLES / "contoso.json"), AS_OF)
        assert report.pdf() == b"%PDF"
        drawing = pages.pop().partition('<svg class="drawing')[2].partition("</svg>")[0]
        assert ".drawing .active rect{fill:#d6f0e5;stroke:#0b6b4b}" in drawing
        assert "var(" not in drawing
        crowd = [{"id": f"p{i:03}", "events": []} for i in range(250)]
        report = dsg.report(crowd, AS_OF)
        assert report.pdf() == b"%PDF"
        assert len(set(re.findall(r"<bdi>(p\d{3})</bdi>", pages[0]))) == 250
        assert len(set(re.findall(r"<bdi>(p\d{3})</bdi>", report.html))) == 200

    def test_the_command_writes_to_standard_output(
        self, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        monkeypatch.setattr("designation._report.print_pdf", lambda _: b"%PDF\xff")
        assert main(["report", str(EXAMPLES / "contoso.json"), "--format", "pdf"]) == 0
        assert capfdbinary.readouterr().out == b"%PDF\xff"


@pytest.mark.parametrize("brief", [False, True])
def test_verdicts_have_one_vocabulary(brief: bool) -> None:
    for partner in PARTNERS:
        html = dsg.report(partner, AS_OF, brief=brief).html
        assert "unmet" not in Page(re.sub(r"<pre>.*?</pre>", "", html, flags=re.DOTALL)).text
    values = {
        value for row in rows_of(dsg.report(PARTNERS, AS_OF).html) for value in row.values() if isinstance(value, str)
    }
    assert "not met" in values
    assert "unmet" not in values


@pytest.mark.parametrize("number", [1, 2])
def test_plurals_are_right(number: int) -> None:
    report = dsg.report([{"id": f"p{i}"} for i in range(number)], AS_OF)
    assert report.model["title"] == ("1 partner" if number == 1 else "2 partners")
    assert report.model["tiles"][4]["note"] == f"unknown for {report.model['title']}"
    assert "1 partners" not in Page(report.html).text


def test_the_fields_have_unique_names() -> None:
    fields = dsg.report(grouped_table(), AS_OF, keep=["owner", "id", "name"], by="region").model["fields"]
    names = [field["name"] for field in fields]
    assert len(set(names)) == len(names)
