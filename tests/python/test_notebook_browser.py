"""Pages of a notebook in a real browser, as JupyterLab, VS Code, and other hosts show them (scripts/test-browser)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import designation as dsg

pytestmark = pytest.mark.browser

EXAMPLES = Path(dsg.__file__).parent / "examples"
AS_OF = "2026-09-15"
HOSTILE = "<script>alert(1)</script> شركة " + "long" * 60
# The attributes, the variables, and the system's scheme of a host, and whether its page is dark. JupyterLab also styles
# what is in an output, with the rules below.
HOSTS: dict[str, tuple[str, str, str, bool]] = {
    "lab-light": (
        "data-jp-theme-light=true",
        "--jp-layout-color0:#fff;--jp-content-font-color1:#212121",
        "dark",
        False,
    ),
    "lab-dark": ("data-jp-theme-light=false", "--jp-layout-color0:#111;--jp-content-font-color1:#fff", "light", True),
    "code-light": (
        "class=vscode-light",
        "--vscode-editor-background:#fff;--vscode-editor-foreground:#3b3b3b",
        "dark",
        False,
    ),
    "code-dark": (
        "class=vscode-dark",
        "--vscode-editor-background:#1f1f1f;--vscode-editor-foreground:#ccc",
        "light",
        True,
    ),
    "other-light": ("", "", "light", False),
    "other-dark": ("", "", "dark", True),
}
LAB = """
.jp-RenderedHTMLCommon td,.jp-RenderedHTMLCommon th,.jp-RenderedHTMLCommon tr{text-align:right;padding:.5em}
.jp-RenderedHTMLCommon dt{font-weight:bold;float:left;width:20%}.jp-RenderedHTMLCommon dd{float:left;width:60%}
.jp-RenderedHTMLCommon table{table-layout:fixed;margin-left:auto;border:none}
"""


@pytest.fixture(scope="module")
def values() -> dict[str, Any]:
    partners = [dsg.load(EXAMPLES / f"{name}.json") for name in ("contoso", "humongous-insurance", "northwind-traders")]
    hostile = dsg.parse_partner(partners[1].to_dict() | {"id": "hostile", "name": HOSTILE})
    plans = [dsg.plan(partner, AS_OF, "2029-12-31") for partner in (*partners, hostile)]
    rate = dsg.metrics.case_rate(
        EXAMPLES / "service-requests.csv",
        EXAMPLES / "revenue.csv",
        "2026-H1",
        columns="partner-center-powershell",
        by="month",
    )
    return {
        "assessment": dsg.assess(hostile, AS_OF),
        "explanation": dsg.assess(hostile, AS_OF).explain(),
        "timeline": dsg.timeline(hostile, "2025-12-01", "2028-12-31"),
        "plan": plans[0],
        "budget": dsg.budget(plans),
        "summary": dsg.summarize([dsg.assess(partner, AS_OF) for partner in partners]),
        "rate": rate,
        "csat": dsg.metrics.csat(EXAMPLES / "answers.csv", "2026-H1", by="month"),
    }


def show(browser: Any, host: str, values: Any, width: int = 1000) -> Any:
    attributes, variables, scheme, is_dark = HOSTS[host]
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.on("dialog", lambda _: pytest.fail("a script ran"))
    background = "#111" if is_dark else "#fff"
    outputs = "".join(f'<div class="jp-RenderedHTMLCommon">{value._repr_html_()}</div>' for value in values)
    page.set_content(
        f'<!doctype html><html lang="en"><title>Notebook</title><style>{LAB}</style>'
        f'<body {attributes} style="background:{background};{variables}"><main>{outputs}</main>'
    )
    return page


@pytest.mark.parametrize("host", HOSTS)
def test_axe_finds_no_violations_in_any_host(browser: Any, values: dict[str, Any], host: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = show(browser, host, values.values())
    found = axe.run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa"]})
    assert [
        (one["id"], node["target"], node["failureSummary"])
        for one in found.response["violations"]
        for node in one["nodes"]
    ] == []


@pytest.mark.parametrize("host", HOSTS)
def test_the_colors_follow_the_theme_and_not_the_system(browser: Any, values: dict[str, Any], host: str) -> None:
    page = show(browser, host, [values["timeline"]])
    colors = page.evaluate(
        "() => ['.dsg', '.drawing text', '.rows td'].map((one) => getComputedStyle(document.querySelector(one)))"
        ".map((style, at) => at === 0 ? style.backgroundColor : at === 1 ? style.fill : style.color)"
    )
    is_light = [sum(map(int, color[color.index("(") + 1 :].rstrip(")").split(",")[:3])) > 382 for color in colors]
    assert is_light == ([False, True, True] if HOSTS[host][3] else [True, False, False])


@pytest.mark.parametrize("width", [500, 800, 1200])
def test_nothing_is_wider_than_the_notebook(browser: Any, values: dict[str, Any], width: int) -> None:
    page = show(browser, "lab-light", values.values(), width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    cells = "[...document.querySelectorAll('.rows td:last-child:not(.n)')]"
    aligned = page.evaluate(f"[...new Set({cells}.map((one) => getComputedStyle(one).textAlign))]")
    assert aligned == ["left"]


def test_a_copied_table_has_plain_numbers(browser: Any, values: dict[str, Any]) -> None:
    page = show(browser, "lab-light", [values["budget"]])
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.data'))")
    text = page.evaluate("String(getSelection())")
    rows = [line.split("\t") for line in text.strip().splitlines()]
    assert rows[0][0] == "Partner"
    assert rows[-1][0] == "Total"
    assert all(cell.isdecimal() for row in rows[1:] for cell in row[1:])
