"""The page of a budget: a table of fees by partner and period, and what it does not count."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal

from designation._answers.budget import Budget
from designation._answers.budget_change import BudgetChange
from designation._core import FeeFrom
from designation._text.assumptions import assumption_rows, later_fees_text
from designation._text.blocks import EMPTY, Block, Span, Table, Title, block, build_table, row
from designation._text.wording import format_count, humanize


def lines(budget: Budget, by: str = "fiscal_year") -> Iterator[Block]:
    """Build the page of a budget: a table of partners and of fiscal years or months, and its notes."""
    yield Title(f"Fees of the plans from {budget.as_of} through {budget.through}, in {budget.currency}")
    yield EMPTY
    yield _table(budget, by)
    yield EMPTY
    yield from notes(budget)
    yield EMPTY
    rows = [
        (Span(f"{humanize(name)}: {', '.join(map(_format_fee, amounts))}"),)
        for name, amounts in budget.schedule.items()
    ]
    yield from block("Schedule", [*rows, (Span("The auditor's fees are subject to change.", "muted"),)])
    if budget.unplanned:
        yield EMPTY
        yield from block("No plan", [(Span(f"{one.partner}: {one.reason}", "warn"),) for one in budget.unplanned])


def notes(budget: Budget) -> Iterator[Block]:
    """Lay out what a budget does not count, what it assumes, and the effect of another policy."""
    if budget.names:
        text = later_fees_text(budget.through, budget.later_total, budget.later_by, budget.currency)
        yield from row("Later", Span(text, "warn" if budget.later_total else "muted"))
    yield from block("Assumes", assumption_rows(budget.attaining, budget.gaps, budget.names))
    if budget.against is not None:
        yield EMPTY
        yield from change_lines(budget.against)


def _table(budget: Budget, by: str) -> Table:
    """Return a table with a row for each partner, and the sums in its footer."""
    columns, rows = budget.table(by)
    planned = [row[1:-3] for row in rows if row[-1] is None]
    sums = [sum(column, Decimal(0)) for column in zip(*(amounts for _, *amounts in planned), strict=True)]
    head = ["Partner", *columns[2:-4], "Total"]
    without = f" without {format_count(len(budget.unplanned), 'partner')} (see below)" if budget.unplanned else ""
    footer = [f"Total{without}", *map(_amount, sums or [Decimal(0)])]
    return build_table(head, ((name, *map(_amount, amounts)) for name, *amounts in planned), footer, most=None)


def _amount(value: Decimal) -> str:
    return f"{value:,}"


def change_lines(change: BudgetChange) -> Iterator[Block]:
    """Lay out the effect of another policy."""
    rows = [(f"{change.before:,}", "now"), (f"{change.prices:+,}", "other prices on the same schedule")]
    rows += [(f"{change.schedule:+,}", "another schedule"), (f"{change.after:,}", "under the other policy")]
    width = 15 + len(change.currency)
    amounts = [(Span(f"{amount:>12} {change.currency}", "", width), Span(text)) for amount, text in rows]
    yield from block("Other policy", amounts)
    before, after = change.lapsed_days
    if before != after:
        text = f"{format_count(before, 'lapsed day')} now, {after:,} under the other policy"
        yield from row("", Span(text, "warn"))
    years = change.by_fiscal_year
    if len(years) > 1:
        yield EMPTY
        cells = [
            (f"FY{year}", _amount(one.before), f"{one.prices:+,}", f"{one.schedule:+,}", _amount(one.after))
            for year, one in years.items()
        ]
        yield build_table(("Fiscal year", "now", "prices", "schedule", "other"), cells)
        yield EMPTY
    if change.left_out:
        yield from row("Not compared", Span(f"no plan before or after: {', '.join(change.left_out)}", "warn"))


def _format_fee(fee: FeeFrom) -> str:
    return f"{fee.amount:,}" if fee.from_ == datetime.date(1900, 1, 1) else f"{fee.amount:,} from {fee.from_}"
