"""Reports in a real browser: appearance, accessibility, and keyboard (scripts/test-browser)."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

import designation as dsg
from designation._input.guard import guard
from support.report_pages import AS_OF, CONTOSO, PARTNERS

pytestmark = pytest.mark.browser

REPORTS = (
    *("partner", "overdue", "at-risk", "brief", "nobody", "hostile", "portfolio", "grouped", "hostile-portfolio"),
    *("crowd", "site"),
)
MEDIA: dict[str, dict[str, Any]] = {
    "light": {"scheme": "light"},
    "dark": {"scheme": "dark"},
    "phone": {"width": 390},
    "print": {"media": "print"},
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


def names(page: Any) -> list[str]:
    found: list[str] = page.locator("#table tbody th bdi:first-child").all_inner_texts()
    return found


def show_in_table(page: Any, count: int) -> None:
    """Follow the link below a list of partners, and wait for the table: the page hears of its new address later."""
    page.get_by_role("link", name=f"Show {count} partners in the table").click()
    page.get_by_text(f"{count} of {len(PARTNERS)} partners").wait_for()


def column(page: Any, name: str) -> list[str]:
    found: list[str] = page.locator(f"#table tbody td.{name}").all_inner_texts()
    return found


def expand(page: Any) -> None:
    """Open everything that can be opened."""
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    for place in ("#table .open", "[data-filter] button"):
        if page.locator(place).count():
            page.locator(place).first.click()


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize("name", REPORTS)
def test_axe_finds_no_accessibility_violations(name: str, medium: str, visit: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    options = dict(MEDIA[medium])
    media = options.pop("media", None)
    page = visit(name, **options)
    expand(page)
    page.emulate_media(media=media)
    found = axe.run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["partner", "overdue", "at-risk"])
def test_text_in_drawings_has_enough_contrast(name: str, scheme: str, visit: Any) -> None:
    ratios = visit(name, scheme=scheme).evaluate(CONTRAST)
    assert len(ratios) > 20
    assert [text for text, ratio in ratios if ratio < 4.5] == []


def test_dark_and_light_pages_differ(visit: Any) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    assert visit("partner").evaluate(ground) == "rgb(245, 246, 248)"
    assert visit("partner", scheme="dark").evaluate(ground) == "rgb(15, 19, 24)"


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
        page.locator("#download").focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.textContent") == "Partner"
        assert names(page)[:2] == ["Partner 0", "Partner 1"]
        for _ in range(8):
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
        page.locator("[data-key=search]").fill("cloud PARTNER")
        assert page.locator("#found").inner_text() == f"{len(names(page))} of {len(PARTNERS)} partners"
        assert "Contoso Cloud" in names(page)
        page.locator("[data-key=search]").fill("no such thing")
        assert names(page) == []
        assert page.locator("#found").inner_text() == f"0 of {len(PARTNERS)} partners"
        assert page.locator("#following").is_disabled()

    def test_a_status_filters_the_table_from_the_list_and_the_counts(self, visit: Any) -> None:
        page = visit("portfolio")
        page.get_by_role("button", name="active", exact=True).click()
        show_in_table(page, 6)
        assert page.locator("[data-key=status]").input_value() == "=active"
        assert set(column(page, "status")) == {"active", "active at risk"}
        page.get_by_role("button", name="Show all", exact=True).click()
        assert len(names(page)) == len(PARTNERS)
        page.locator("[data-key=status]").select_option("expired")
        assert column(page, "status") == ["expired"]
        page.locator("[data-key=status]").select_option("at risk")
        assert column(page, "status") == ["active at risk"]

    def test_many_partners_are_shown_page_by_page(self, visit: Any) -> None:
        page = visit("crowd")
        assert page.locator("#found").inner_text() == "1,200 of 1,200 partners"
        assert len(names(page)) == 50
        assert page.locator("#page").inner_text() == "Page 1 of 24"
        page.locator("[data-key=search]").fill("p01199")
        assert names(page) == ["Partner 1199"]

    def test_a_name_in_the_table_is_escaped(self, visit: Any) -> None:
        page = visit("hostile-portfolio")
        page.locator("[data-key=search]").fill("onerror")
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


@pytest.mark.parametrize("name", ["portfolio", "grouped", "crowd"])
def test_a_page_without_scripts_has_200_partners_and_all_sections_but_no_controls(name: str, visit: Any) -> None:
    page = visit(name, java_script_enabled=False)
    expected = min(200, len(PARTNERS) if name != "crowd" else 1200)
    assert len(names(page)) == expected
    assert page.get_by_text("The first 200 of 1,200 partners.").is_visible() == (name == "crowd")
    for heading in page.locator("h2").all():
        assert heading.is_visible()
    assert page.get_by_text("Repeat the CSAT evaluation").first.is_visible()
    assert page.locator("button:visible, input:visible, select:visible").count() == 0


def test_the_download_guards_text_as_the_package_does(browser: Any) -> None:
    # Control characters are replaced in a page, so only spaces and signs matter.
    rng, signs = random.Random(20261129), "=+-@\uff1d\uff0b\uff0d\uff20'\"\t\r\n ;,|a1.\u3000\u200b"
    texts = ["".join(rng.choice(signs) for _ in range(rng.randrange(1, 9))) for _ in range(2000)]
    source = (Path(dsg.__file__).parent / "_report" / "portfolio.js").read_text("utf-8")
    functions = source[source.index("  const isNumber") : source.index("  const csvCell")]
    page = browser.new_page()
    assert page.evaluate(f"(texts) => {{ {functions} return texts.map(guard); }}", texts) == list(map(guard, texts))
    page.close()
