"""The page of a budget: fees by fiscal year, month, and partner, the table of both, and what they do not count."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal

from designation._answers.budget import Budget
from designation._answers.budget_change import BudgetChange
from designation._core import FeeFrom
from designation._text.assumptions import assumption_rows, later_fees_text
from designation._text.layout import (
    COLUMNS,
    EMPTY,
    GUTTER,
    Line,
    Span,
    block,
    cells,
    fill,
    pad,
    replace_controls,
    row,
    shorten,
)
from designation._text.wording import format_count

WIDTH = 11
NAME_WIDTH = 32


def lines(budget: Budget, by: str | None = None) -> Iterator[Line]:
    """Lay out a budget at 80 columns; with ``by``, as a table of partners and fiscal years or months."""
    yield from fill(
        Span(f"Fees of the plans from {budget.as_of} through {budget.through}, in {budget.currency}", "label")
    )
    yield EMPTY
    yield from _totals(budget) if by is None else _table(budget, by)
    yield EMPTY
    yield from notes(budget)
    yield EMPTY
    rows = [(Span(f"{name}: {', '.join(map(_format_amount, amounts))}"),) for name, amounts in budget.schedule.items()]
    yield from block("Schedule", [*rows, (Span("The auditor's fees are subject to change.", "muted"),)])
    if budget.unplanned:
        yield EMPTY
        yield from block("No plan", [(Span(f"{one.partner}: {one.reason}", "warn"),) for one in budget.unplanned])


def notes(budget: Budget) -> Iterator[Line]:
    """Lay out what a budget does not count, what it assumes, and the effect of another policy."""
    if budget.names:
        text = later_fees_text(budget.through, budget.later_total, budget.later_by, budget.currency)
        yield from row("Later", Span(text, "warn" if budget.later_total else "muted"))
    yield from block("Assumes", assumption_rows(budget.attaining, budget.gaps, budget.names))
    if budget.against is not None:
        yield EMPTY
        yield from change_lines(budget.against)


def _totals(budget: Budget) -> Iterator[Line]:
    groups = {
        "Fiscal year": {f"FY{year}": sum_ for year, sum_ in budget.by_fiscal_year.items()},
        "Month": budget.by_month,
        "Partner": budget.by_partner,
    }
    for label, sums in groups.items():
        if sums:
            yield from block(label, [(Span(f"{amount:>12,}  "), Span(name)) for name, amount in sums.items()])
            yield EMPTY
    yield from block("Total", [(Span(f"{budget.total:>12,}"),)])


def _table(budget: Budget, by: str) -> Iterator[Line]:
    """Lay out a row for each partner and a last row with the sums; many periods stand in several tables."""
    columns, rows = budget.table(by)
    headers = [*columns[2:-4], "Total"]
    amounts = [row[2:-3] for row in rows if row[-1] is None]
    labels = [shorten(replace_controls(row[1]), NAME_WIDTH) for row in rows if row[-1] is None]
    sums = [sum(column, Decimal(0)) for column in zip(*amounts, strict=True)] or [Decimal(0)]
    width = max(map(cells, ["Partner", *labels])) + 1
    step = max(1, (COLUMNS - width) // WIDTH)
    for first in range(0, len(sums), step):
        part = slice(first, first + step)
        if first:
            yield EMPTY
        yield (Span(pad("Partner", width) + "".join(f"{name:>{WIDTH}}" for name in headers[part]), "label"),)
        for label, values in zip(labels, amounts, strict=True):
            yield (Span(pad(label, width) + _amounts(values[part])),)
        yield (Span(pad("Total", width) + _amounts(sums[part]), "label"),)


def _amounts(values: list[Decimal]) -> str:
    return "".join(f"{value:>{WIDTH},}" for value in values)


def change_lines(change: BudgetChange) -> Iterator[Line]:
    """Lay out the effect of another policy at 80 columns."""
    rows = [(f"{change.before:,}", "now"), (f"{change.prices:+,}", "other prices on the same schedule")]
    rows += [(f"{change.schedule:+,}", "another schedule"), (f"{change.after:,}", "under the other policy")]
    yield from block("Other policy", [(Span(f"{amount:>12} {change.currency}  "), Span(text)) for amount, text in rows])
    before, after = change.lapsed_days
    if before != after:
        text = f"{format_count(before, 'lapsed day')} now, {after:,} under the other policy"
        yield from row("", Span(text, "warn"))
    years = change.by_fiscal_year
    if len(years) > 1:
        yield EMPTY
        header = "".join(f"{name:>{WIDTH}}" for name in ("now", "prices", "schedule", "other"))
        yield (Span(pad("Fiscal year", GUTTER + 4) + header, "label"),)
        for year, one in years.items():
            text = f"{one.before:>{WIDTH},}{one.prices:>+{WIDTH},}{one.schedule:>+{WIDTH},}{one.after:>{WIDTH},}"
            yield (Span(pad(f"FY{year}", GUTTER + 4) + text),)
        yield EMPTY
    if change.left_out:
        yield from row("Not compared", Span(f"no plan before or after: {', '.join(change.left_out)}", "warn"))


def _format_amount(fee: FeeFrom) -> str:
    return f"{fee.amount:,}" if fee.from_ == datetime.date(1900, 1, 1) else f"{fee.amount:,} from {fee.from_}"
