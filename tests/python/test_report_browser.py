"""Reports in a real browser: appearance, accessibility, and keyboard (scripts/test-browser)."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import designation as dsg

pytestmark = pytest.mark.browser

EXAMPLES = Path(dsg.__file__).parent / "examples"
AS_OF = "2026-09-15"
PARTNERS = [dsg.load(path) for path in sorted(EXAMPLES.glob("*.json")) if path.stem != "policy"]
CONTOSO = dsg.load(EXAMPLES / "contoso.json")
NASTY = "</script><img src=x onerror=alert(1)> \u202eشركة ☁️👩‍💻 " + "long" * 100
HOSTILE = dsg.parse_partner({**CONTOSO.to_dict(), "id": NASTY, "name": NASTY})
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
CROWD = [
    dsg.parse_partner({**PARTNERS[i % len(PARTNERS)].to_dict(), "id": f"p{i:05}", "name": f"Partner {i}"})
    for i in range(1200)
]
REPORTS: dict[str, Any] = {
    "partner": CONTOSO,
    "overdue": dsg.load(EXAMPLES / "northwind-traders.json"),
    "nobody": dsg.Partner(id="nobody"),
    "hostile": HOSTILE,
    "portfolio": PARTNERS,
    "hostile-portfolio": [HOSTILE, *PARTNERS],
    "crowd": CROWD,
}
CONTRAST = """() => {
  const luminance = (color) => {
    const [r, g, b] = color.match(/[\\d.]+/g).map((part) => {
      const c = part / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const page = getComputedStyle(document.querySelector("section")).backgroundColor;
  return [...document.querySelectorAll(".drawing text")].map((text) => {
    const bar = text.matches(".legend") ? null : text.parentNode.querySelector(":scope > rect");
    const own = bar && getComputedStyle(bar).fill;
    const [a, b] = [getComputedStyle(text).fill, own && own.startsWith("rgb") ? own : page].map(luminance).sort();
    return [text.textContent, (b + 0.05) / (a + 0.05)];
  });
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("reports")
    for name, of in REPORTS.items():
        dsg.report(of, AS_OF).save(folder / f"{name}.html")
    return {name: (folder / f"{name}.html").as_uri() for name in REPORTS}


@pytest.fixture
def visit(browser: Any, pages: dict[str, str]) -> Iterator[Any]:
    """Open a report; at the end check that the console is empty and that nothing but the file was loaded."""
    contexts, messages, requests = [], [], []

    def open_(name: str, width: int = 1280, scheme: str = "light") -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: messages.append(message.text))
        page.on("pageerror", lambda error: messages.append(str(error)))
        page.on("dialog", lambda dialog: messages.append(dialog.message))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(pages[name])
        return page

    yield open_
    assert messages == []
    assert set(requests) <= set(pages.values())
    for context in contexts:
        context.close()


def names(page: Any) -> list[str]:
    found: list[str] = page.locator("#table tbody th bdi:first-child").all_inner_texts()
    return found


def column(page: Any, name: str) -> list[str]:
    found: list[str] = page.locator(f"#table tbody td.{name}").all_inner_texts()
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", REPORTS)
def test_axe_finds_no_accessibility_violations(name: str, scheme: str, visit: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = visit(name, scheme=scheme)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    if page.locator("#table").count():
        page.locator("#table .open").first.click()
    found = axe.run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["partner", "overdue"])
def test_text_in_drawings_has_enough_contrast(name: str, scheme: str, visit: Any) -> None:
    ratios = visit(name, scheme=scheme).evaluate(CONTRAST)
    assert len(ratios) > 20
    assert [text for text, ratio in ratios if ratio < 4.5] == []


def test_dark_and_light_pages_differ(visit: Any) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    assert visit("partner").evaluate(ground) == "rgb(245, 246, 248)"
    assert visit("partner", scheme="dark").evaluate(ground) == "rgb(15, 19, 24)"


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 2560])
@pytest.mark.parametrize("name", REPORTS)
def test_no_page_scrolls_sideways(name: str, width: int, visit: Any) -> None:
    page = visit(name, width=width)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    if page.locator("#table").count():
        page.locator("#table .open").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


class TestTable:
    """The table of a portfolio."""

    def test_a_click_sorts_and_a_second_click_reverses_the_order(self, visit: Any) -> None:
        page = visit("portfolio")
        assert names(page)[0] == "Northwind Traders"
        head = page.locator("#table thead th", has_text="Partner")
        head.locator("button").click()
        assert head.get_attribute("aria-sort") == "ascending"
        assert names(page) == sorted(names(page), key=str.lower)
        head.locator("button").click()
        assert head.get_attribute("aria-sort") == "descending"
        assert names(page) == sorted(names(page), key=str.lower, reverse=True)

    def test_numbers_are_sorted_as_numbers_with_unknown_last(self, visit: Any) -> None:
        page = visit("portfolio")
        button = page.locator("#table thead th", has_text="Days left").locator("button")
        for reverse in (False, True):
            button.click()
            days = column(page, "days_left")
            known = [int(day) for day in days if day]
            assert known == sorted(known, reverse=reverse)
            assert not any(days[len(known) :])
        page.locator("#table thead th", has_text="Due").locator("button").click()
        due = column(page, "due")
        assert due[-2:] == ["unknown"] * 2

    def test_the_keyboard_reaches_sorting_opening_and_paging(self, visit: Any) -> None:
        page = visit("crowd")
        page.locator("#only").focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.textContent") == "Partner"
        assert names(page)[:2] == ["Partner 0", "Partner 1"]
        for _ in range(7):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        opened = page.locator("#table .open").first
        assert opened.get_attribute("aria-expanded") == "true"
        assert page.locator(f"#{opened.get_attribute('aria-controls')}").count() == 1
        page.keyboard.press("Space")
        assert opened.get_attribute("aria-expanded") == "false"
        assert page.locator("#table .summary").count() == 0
        page.locator("#following").focus()
        page.keyboard.press("Enter")
        assert names(page)[0] == "Partner 50"
        page.keyboard.press("Tab")
        page.locator("#previous").press("Enter")
        assert names(page)[0] == "Partner 0"

    def test_a_row_opens_a_summary_of_its_partner(self, visit: Any) -> None:
        page = visit("portfolio")
        page.get_by_role("button", name="Contoso Cloud").click()
        text = page.locator("#table .summary").inner_text()
        assessment = dsg.assess(CONTOSO, AS_OF)
        for action in assessment.actions:
            assert f"by {action.by}: {action.do}" in text
        for part in ("Anniversary\n2026-12-12", "CSAT evaluation\nmet, through 2026-12-09", "Badge\nmet"):
            assert part in text
        assert page.locator("#table .summary").count() == 1

    def test_a_search_finds_words_in_every_column(self, visit: Any) -> None:
        page = visit("portfolio")
        page.locator("#search").fill("cloud PARTNER")
        assert page.locator("#found").inner_text() == f"{len(names(page))} of {len(PARTNERS)} partners"
        assert "Contoso Cloud" in names(page)
        page.locator("#search").fill("no such thing")
        assert names(page) == []
        assert page.locator("#found").inner_text() == f"0 of {len(PARTNERS)} partners"
        assert page.locator("#following").is_disabled()

    def test_a_status_filters_the_table_from_the_list_and_the_counts(self, visit: Any) -> None:
        page = visit("portfolio")
        page.locator("[data-filter=active]").click()
        assert page.locator("#only").input_value() == "active"
        assert page.locator("[data-filter=active]").get_attribute("aria-pressed") == "true"
        assert set(column(page, "status")) == {"active", "active at risk"}
        page.locator("[data-filter=active]").click()
        assert len(names(page)) == len(PARTNERS)
        page.locator("#only").select_option("expired")
        assert column(page, "status") == ["expired"]

    def test_many_partners_are_shown_page_by_page(self, visit: Any) -> None:
        page = visit("crowd")
        assert page.locator("#found").inner_text() == "1,200 of 1,200 partners"
        assert len(names(page)) == 50
        assert page.locator("#page").inner_text() == "Page 1 of 24"
        page.locator("#search").fill("p01199")
        assert names(page) == ["Partner 1199"]

    def test_a_name_in_the_table_is_escaped(self, visit: Any) -> None:
        page = visit("hostile-portfolio")
        page.locator("#search").fill("onerror")
        page.locator("#table .open").first.click()
        assert page.locator("img").count() == 0
        assert names(page)[0].startswith("</script><img src=x onerror=alert(1)>")


class TestPartner:
    """The page of a partner."""

    def test_the_tree_expands_to_facts_and_sources(self, visit: Any) -> None:
        page = visit("partner")
        fact = page.get_by_text("/events/6: 2025-12-12 badge_awarded").first
        assert not fact.is_visible()
        page.locator("summary", has_text="Attainment").focus()
        page.keyboard.press("Enter")
        assert fact.is_visible()
        page.get_by_role("button", name="Close all").click()
        assert page.locator("#why-trees details[open]").count() == 0
        page.get_by_role("button", name="Open all").click()
        assert page.locator("#why-trees details:not([open])").count() == 0

    def test_the_first_tab_stop_leads_to_the_content(self, visit: Any) -> None:
        page = visit("partner")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"

    def test_every_entry_of_the_contents_has_a_target(self, visit: Any) -> None:
        page = visit("partner")
        targets = page.locator("nav a").evaluate_all("links => links.map((link) => link.hash)")
        assert [page.locator(target).count() for target in targets] == [1] * 10


@pytest.mark.parametrize("name", ["partner", "portfolio"])
def test_printing_expands_collapsed_parts(name: str, visit: Any) -> None:
    page = visit(name)
    page.evaluate(
        "addEventListener('beforeprint', () => {"
        "  window.closed_ = document.querySelectorAll('details:not(.data):not([open])').length;"
        "})"
    )
    pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) >= 1
    assert page.evaluate("window.closed_") == 0


def test_a_page_without_scripts_says_what_does_not_work(browser: Any, pages: dict[str, str]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(pages["portfolio"])
    assert page.get_by_text("The table needs JavaScript").is_visible()
    assert page.get_by_text("What expires when").is_visible()
    context.close()
