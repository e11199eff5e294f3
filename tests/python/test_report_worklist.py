"""A portfolio's report as a worklist, in a real browser (scripts/test-browser)."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest

import designation as dsg
from support.report_pages import AS_OF, NASTY, PARTNERS
from test_report_browser import names, show_in_table

pytestmark = pytest.mark.browser

ASSESSMENTS = [dsg.assess(partner, AS_OF) for partner in PARTNERS]


def opened(page: Any) -> str:
    text: str = page.locator(".summary").inner_text()
    return text


def test_actions_are_in_the_order_of_their_deadlines(visit: Any) -> None:
    page = visit("portfolio")
    periods = page.locator("#actions ~ table .period").all_inner_texts()
    assert periods == ["Overdue", "In the next 90 days, through 2026-12-14", "Later", "No deadline"]
    days = page.locator("#actions ~ table tbody").nth(1).locator("td.day").all_inner_texts()
    assert days == sorted(days)


def test_each_action_opens_its_partners(visit: Any) -> None:
    page = visit("portfolio")
    for button in page.locator("#actions ~ table .open").all():
        row = button.locator("xpath=ancestor::tr")
        count = int(row.locator("td.number").first.inner_text())
        button.click()
        assert page.locator(".summary li").count() == min(count, 50)
        noun = "partner" if count == 1 else "partners"
        assert page.get_by_role("link", name=f"Show {count} {noun} in the table").count() == 1
        button.click()
        assert page.locator(".summary").count() == 0


def test_a_month_opens_what_ends_in_it(visit: Any) -> None:
    page = visit("portfolio")
    page.get_by_role("button", name="2026-12").click()
    ends = [
        (one.partner.name, evaluation.valid_through)
        for one in ASSESSMENTS
        for _, evaluation in one.evaluations.items()
        if evaluation.verdict == "met" and str(evaluation.valid_through).startswith("2026-12")
    ]
    for name, day in ends:
        assert re.search(rf"{name} .*pass {day}", opened(page))
    assert "Contoso Cloud badge 2026-12-12, performance pass 2026-12-08, CSAT pass 2026-12-09" in opened(page)


def test_a_column_groups_the_partners(visit: Any) -> None:
    page = visit("grouped")
    table = page.locator("#groups ~ table")
    rows = [row.split() for row in table.locator("tbody tr").all_inner_texts()]
    assert [row[0] for row in rows] == ["=SUM(1)", "Americas", "EMEA", "(blank)"]
    assert sum(int(row[1]) for row in rows) == len(PARTNERS)
    table.get_by_role("button", name="EMEA").click()
    show_in_table(page, 6)
    assert set(page.locator("#table td[data-label=region]").all_inner_texts()) == {"EMEA"}
    assert len(names(page)) == 6
    page.locator("[data-key=group]").select_option("(blank)")
    assert set(page.locator("#table td[data-label=region]").all_inner_texts()) == {""}


def test_the_state_is_in_the_address(visit: Any) -> None:
    page = visit("grouped")
    page.locator("[data-key=search]").fill("cloud")
    page.locator("[data-key=status]").select_option("active")
    page.locator("[data-key=sort]").select_option("-outstanding")
    address, found = page.url, names(page)
    assert address.endswith("#search=cloud&status=active&sort=-outstanding")
    page.goto("about:blank")
    page.goto(address)
    assert names(page) == found
    assert page.locator("[data-key=search]").input_value() == "cloud"
    assert page.locator("#table thead th", has_text="Outstanding").get_attribute("aria-sort") == "descending"
    page.goto(address.replace("active", "no-such-status"))
    assert page.locator("[data-key=status]").input_value() == ""


@pytest.mark.parametrize(
    ("search", "name"),
    [
        *(("unicode", "Ünïcødé Łódź"), ("LODZ", "Ünïcødé Łódź"), ("Ünïcødé", "Ünïcødé Łódź")),
        *(("strasse son", "Straße & Søn"), ("aether thing", "Æther Þing")),
    ],
)
def test_a_search_ignores_accents_and_special_letters(search: str, name: str, visit: Any) -> None:
    page = visit("grouped")
    page.locator("[data-key=search]").fill(search)
    assert names(page) == [name]


def test_partners_that_match_are_exported_as_csv(visit: Any) -> None:
    page = visit("grouped")
    page.locator("[data-key=status]").select_option("active")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").click()
    text = Path(download.value.path()).read_bytes().decode("utf-8")
    assert text.startswith("\ufeffID,Partner,What to do next,")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row["Partner"] for row in rows] == names(page)
    assert {row["Status"] for row in rows} == {"active"}
    assert {row["region"] for row in rows} <= {"EMEA", "Americas", "", "'=SUM(1)"}
    contoso = next(row for row in rows if row["ID"] == "contoso")
    assert contoso["Outstanding, USD"] == "1850"
    assert "ISSI: Repeat the CSAT evaluation (by 2026-12-12)" in contoso["What to do next"]


def test_a_folder_links_the_portfolio_and_its_partners(visit: Any) -> None:
    page = visit("site")
    with page.expect_navigation():
        page.locator("#table").get_by_role("link", name="Contoso Cloud").click()
    assert page.url.endswith("/site/partners/contoso.html")
    assert page.locator("h1").inner_text().startswith("Contoso Cloud")
    with page.expect_navigation():
        page.get_by_role("link", name="Portfolio").click()
    links = page.locator("#table tbody th a").evaluate_all("links => links.map((link) => link.href)")
    assert len(set(links)) == len(PARTNERS) + 1
    with page.expect_navigation():
        page.locator("#table tbody th a", has_text="onerror").click()
    assert page.locator("h1 bdi").first.inner_text() == NASTY.replace("\u202e", "\ufffd").replace("\u200d", "\u200d")
