"""The page of each class, as blocks, as text, and as HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from designation._answers.budget import Budget
from designation._answers.budget_change import BudgetChange
from designation._answers.compare import Comparison
from designation._answers.difference import Change
from designation._answers.readings import Readings
from designation._answers.replay import Replay
from designation._answers.timeline import Timeline
from designation._core import Assessment, Explanation, Partner, Plan, Plans
from designation._rulebooks.diff import RulebookDiff
from designation._tables.impact import Impact
from designation._tables.portfolio_readings import PortfolioReadings
from designation._tables.summary import Summary
from designation._text import (
    assessment,
    budget,
    compare,
    explanation,
    impact,
    partner,
    plan,
    portfolio_readings,
    readings,
    replay,
    rulebook_diff,
    summary,
    timeline,
)
from designation._text.blocks import Block
from designation._text.html import page, tree
from designation._text.page_layout import text_lines

PAGES: dict[type, Callable[[Any], Iterable[Block]]] = {
    Assessment: assessment.lines,
    Budget: budget.lines,
    BudgetChange: budget.change_lines,
    Change: compare.lines,
    Comparison: compare.lines,
    Explanation: explanation.lines,
    Impact: impact.lines,
    Partner: partner.lines,
    Plan: plan.lines,
    Plans: plan.lines,
    PortfolioReadings: portfolio_readings.lines,
    Readings: readings.lines,
    Replay: replay.lines,
    RulebookDiff: rulebook_diff.lines,
    Summary: summary.lines,
    Timeline: timeline.lines,
}


def lines(value: Any) -> Iterable[Block]:
    """Lay out a value with the page of its class; a value of a higher layer has its own ``lines``."""
    page_lines = next((PAGES[cls] for cls in type(value).__mro__ if cls in PAGES), None)
    return value.lines() if page_lines is None else page_lines(value)


def html(value: Any) -> str:
    """Return the page of a value as HTML, for an explanation a collapsible tree."""
    return tree(value) if isinstance(value, Explanation) else page(lines(value))


def text(value: Any) -> str:
    """Return the page of a value as text."""
    return "\n".join(text_lines(lines(value)))
