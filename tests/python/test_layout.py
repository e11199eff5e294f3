"""Every page fits the width of the terminal; amounts, statuses, and dates are never cut."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from rich.cells import cell_len

import designation as dsg
from designation._text import pages
from designation._text.blocks import Block, Table, build_table
from designation._text.page_layout import text_lines
from designation._text.rulebook import lines as rulebook_lines
from designation.cli._examples import example_partners
from designation.cli._overview import overview_lines
from support.page_texts import texts

EXAMPLES = Path(dsg.__file__).parent / "examples"
AS_OF, THROUGH = "2026-09-15", "2029-12-31"
WIDTHS = (40, 60, 79, 80, 100, 120)
AMOUNT = re.compile(r"\d{1,3}(?:,\d{3})+(?: [A-Z]{3}\b)?|\d{4}-\d{2}-\d{2}|\d+\.\d+%?")
WORDS = ["active", "expired", "overdue", "unknown", "attained"]
NAMES = ["x" * 180, "漢字" * 60, "شركة الحلول " * 12, "a b " * 40]


@cache
def all_pages() -> dict[str, list[Block]]:
    """Return every page over the examples, by a name."""
    partners = list(example_partners())
    assessments = [dsg.assess(partner, AS_OF) for partner in partners]
    plans = [dsg.plan(partner, AS_OF, THROUGH) for partner in partners]
    found: dict[str, Any] = {
        "overview": overview_lines(assessments),
        "rulebook": rulebook_lines(assessments[0].rulebook),
    }
    for assessment, plan in zip(assessments, plans, strict=True):
        name, partner = assessment.partner.id, assessment.partner
        line = dsg.timeline(partner, "2025-06-01", THROUGH)
        values: list[Any] = [
            partner,
            assessment,
            assessment.explain(),
            assessment.next_change,
            line,
            plan,
            plan.recommended,
        ]
        values += [dsg.compare(assessment, dsg.assess(partner, "2027-06-01")), dsg.readings(partner, AS_OF)]
        found |= {f"{type(value).__name__} of {name}": pages.lines(value) for value in values if value is not None}
    found["budget by month"] = pages.PAGES[dsg.Budget](dsg.budget(plans), "month")  # type: ignore[call-arg]
    columns = "partner-center-powershell"
    rate = dsg.metrics.case_rate(
        EXAMPLES / "service-requests.csv", EXAMPLES / "revenue.csv", "2026-H1", columns=columns, by="month"
    )
    lists = {name: pl.DataFrame({"id": [name, "2"], "created": ["2026-01-05"] * 2}) for name in ("ours", "theirs")}
    metrics = [rate, rate.chart(), dsg.metrics.csat(EXAMPLES / "answers.csv", "2026-H1", by="month")]
    metrics += [dsg.metrics.capability(EXAMPLES / "evidence.csv", as_of=AS_OF), dsg.metrics.reconcile(lists, "2026-Q1")]
    others = [dsg.budget(plans), dsg.summarize(assessments), dsg.rulebooks.diff("2025-11", "2026-04"), *metrics]
    found |= {type(value).__name__: pages.lines(value) for value in others}
    return {name: list(page) for name, page in found.items()}


@pytest.mark.parametrize("columns", WIDTHS)
def test_no_line_is_wider_than_the_terminal_and_nothing_is_cut(columns: int) -> None:
    for name, blocks in all_pages().items():
        lines = list(text_lines(blocks, columns))
        wide = [line for line in lines if cell_len(line) > columns and "https://" not in line]
        assert wide == [], name
        assert "…" not in "".join(lines), name
        page = " ".join(" ".join(lines).split())
        for text in texts(blocks):
            missing = [amount for amount in AMOUNT.findall(text) if amount not in page]
            assert missing == [], name
        for word in WORDS:
            assert sum(text.count(word) for text in texts(blocks)) <= page.count(word), (name, word)


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_a_long_name_is_wrapped_and_takes_no_room_from_the_amounts(name: str, columns: int) -> None:
    partner = dsg.parse_partner({"id": "p", "name": name, "events": [{"on": "2026-03-02", "type": "badge_awarded"}]})
    assessment, plan = dsg.assess(partner, AS_OF), dsg.plan(partner, AS_OF, THROUGH)
    for blocks in (overview_lines([assessment]), pages.lines(dsg.budget(plan)), pages.lines(assessment)):
        lines = list(text_lines(blocks, columns))
        assert max(map(cell_len, lines)) <= columns
        shown = Counter("".join(lines))
        assert all(shown[letter] >= count for letter, count in Counter("".join(name.split())).items())
        assert "…" not in shown


def test_a_narrow_terminal_shows_a_block_for_each_partner() -> None:
    lines = list(text_lines(overview_lines([dsg.assess(partner, AS_OF) for partner in example_partners()]), 79))
    at = lines.index("Northwind Traders")
    assert lines[at : at + 6] == [
        "Northwind Traders",
        "  Status            renewal overdue",
        "  Missing, or step  performance, CSAT",
        "  Next              ISSI",
        "  USD due           1,850",
        "",
    ]


def test_a_table_that_does_not_fit_is_split_and_repeats_its_first_column() -> None:
    table = build_table(
        ["Partner", *(f"month {number}" for number in range(12))], [["contoso", *["1,850"] * 12]], ["Total"] * 13
    )
    lines = list(text_lines([table], 80))
    assert [line.split()[0] for line in lines if line] == ["Partner", "contoso", "Total"] * 2
    assert max(map(len, lines)) <= 80


def test_the_timeline_says_what_a_list_gains_and_loses() -> None:
    partner = dsg.load(EXAMPLES / "contoso.json")
    page = " ".join(str(dsg.Timeline(dsg.timeline(partner, "2027-11-01", "2028-01-01").segments)).split())
    assert "steps done: no longer capability" in page
    assert "missing for the renewal: performance, CSAT" in " ".join(
        str(dsg.timeline(partner, "2025-12-01", "2025-12-31")).split()
    )


def test_a_budget_is_one_table_with_a_footer() -> None:
    plans = [dsg.plan(dsg.load(EXAMPLES / f"{name}.json"), AS_OF, THROUGH) for name in ("contoso", "bellows")]
    budget = dsg.budget(plans)
    (table,) = (block for block in pages.lines(budget) if isinstance(block, Table))
    assert [row[0].text for row in table.rows] == ["Contoso Cloud", "Bellows College IT"]
    assert (table.footer[0].text, table.footer[-1].text) == ("Total", f"{budget.total:,}")


def test_a_timeline_has_a_row_for_the_days_at_risk() -> None:
    page = str(dsg.timeline(dsg.load(EXAMPLES / "humongous-insurance.json"), "2026-01-01", "2027-12-31"))
    (row,) = (line for line in page.splitlines() if line.startswith("At risk "))
    status = next(line for line in page.splitlines() if line.startswith("Status "))
    assert set(row.removeprefix("At risk ").strip()) == {".", "^"}
    assert "!" in status  # being at risk does not hide that the renewal is overdue
