"""The layout of reports on screens of all widths, in a real browser (scripts/test-browser)."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from test_report_browser import REPORTS, expand

pytestmark = pytest.mark.browser

# Return each word that is on two lines, and each pair of texts that overlap. A pointer in code can break anywhere.
MEASURE = """() => {
  const hidden = "code,pre,title,.skip,option";
  const visible = (node) => node.parentElement.checkVisibility() && !node.parentElement.closest(hidden);
  const walker = document.createTreeWalker(document.querySelector("body"), NodeFilter.SHOW_TEXT);
  const [broken, boxes] = [[], []];
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim() || node.parentElement.closest("script,style") || !visible(node)) continue;
    for (const match of node.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      const rects = [...range.getClientRects()].filter((rect) => rect.width > 0);
      if (rects.some((rect) => rect.top >= rects[0].bottom - 1)) broken.push(match[0]);
    }
    range.selectNodeContents(node);
    const inSvg = node.parentElement.closest("svg");
    for (const rect of inSvg ? [node.parentElement.getBoundingClientRect()] : range.getClientRects()) {
      const inset = rect.height / 4;
      if (rect.width > 1) boxes.push([rect.left, rect.top + inset, rect.right, rect.bottom - inset, node.data.trim()]);
    }
  }
  boxes.sort((one, other) => one[1] - other[1]);
  const overlapping = [];
  boxes.forEach((one, index) => {
    for (let next = index + 1; next < boxes.length && boxes[next][1] < one[3]; next += 1) {
      const other = boxes[next];
      if (one[0] < other[2] - 1 && other[0] < one[2] - 1) overlapping.push([one[4], other[4]]);
    }
  });
  const outside = boxes.filter(([left, , right]) => left < -1 || right > innerWidth + 1).map((box) => box[4]);
  return { broken, overlapping, outside };
}"""


@pytest.mark.parametrize("width", [320, 390, 480, 600, 800, 1280])
@pytest.mark.parametrize("name", [name for name in REPORTS if "hostile" not in name and name != "site"])
def test_no_word_is_broken_and_no_texts_overlap(name: str, width: int, visit: Any) -> None:
    page = visit(name, width=width)
    expand(page)
    assert page.evaluate(MEASURE) == {"broken": [], "overlapping": [], "outside": []}


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 2560])
@pytest.mark.parametrize("name", REPORTS)
def test_no_page_scrolls_sideways(name: str, width: int, visit: Any) -> None:
    page = visit(name, width=width)
    expand(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def overlap(one: dict[str, float], other: dict[str, float]) -> bool:
    """Return whether two boxes have more than a pixel in common."""
    return all(
        one[start] + 1 < other[start] + other[size] and other[start] + 1 < one[start] + one[size]
        for start, size in (("x", "width"), ("y", "height"))
    )


@pytest.mark.parametrize("name", ["partner", "grouped"])
def test_tables_are_cards_on_a_phone_and_keep_their_roles(name: str, visit: Any) -> None:
    page = visit(name, width=390)
    rows = page.locator("table.cards:visible tbody tr:not(.period):not(.summary), .partners tbody tr")
    assert rows.count() > 4
    for row in rows.all():
        boxes = [cell.bounding_box() for cell in row.locator("th,td").all() if cell.is_visible()]
        assert all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)
        assert not [pair for pair in combinations(boxes, 2) if overlap(*pair)]
    for table in page.locator("table.cards, .partners").all():
        assert table.get_attribute("role") == "table"
    label = page.locator("td[data-label]:visible").first
    content = label.evaluate("(cell) => getComputedStyle(cell, '::before').content")
    assert label.get_attribute("data-label") in content


@pytest.mark.parametrize("name", ["partner", "at-risk", "overdue", "brief", "nobody"])
@pytest.mark.parametrize("width", [320, 800, 1280])
def test_every_bar_says_what_it_is(name: str, width: int, visit: Any) -> None:
    page = visit(name, width=width)
    bars = page.locator(".drawing:visible .bar:has(title)")
    for bar in bars.all():
        assert bar.locator("text").text_content().strip()
    kinds = set(bars.evaluate_all("bars => bars.map((bar) => bar.classList[1])"))
    legend = page.locator(".drawing:visible .bar:not(:has(title))")
    assert kinds <= set(legend.evaluate_all("entries => entries.map((entry) => entry.classList[1])"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colors_keep_bars_and_chips(scheme: str, visit: Any) -> None:
    page = visit("at-risk", scheme=scheme, forced_colors="active")
    canvas = page.evaluate("getComputedStyle(document.body).backgroundColor")
    for rect in page.locator(".drawing:visible .bar > rect").all():
        assert rect.evaluate("(one) => getComputedStyle(one).stroke") not in ("none", canvas)
    page = visit("portfolio", scheme=scheme, forced_colors="active")
    for bar in page.locator(".bar span").all():
        assert bar.evaluate("(one) => getComputedStyle(one).borderTopColor") != canvas


def test_at_risk_overdue_and_unknown_have_patterns_of_their_own(visit: Any) -> None:
    page = visit("at-risk")
    fills = page.locator(".drawing.wide[aria-label^=Timeline] .bar.at_risk > rect").evaluate_all(
        "all => all.map((one) => one.style.fill)"
    )
    assert set(fills) == {'url("#timeline-wide-at_risk")'}
    page = visit("portfolio")
    images = {
        token: page.locator(f".bar.{token} span").evaluate("(one) => getComputedStyle(one).backgroundImage")
        for token in ("at_risk", "renewal_overdue", "renewal_open", "expired", "unknown")
    }
    assert len(set(images.values())) == len(images)
    assert all("gradient" in image for image in images.values())
