"""The page of a budget: fees by fiscal year, month, and partner, and the schedule of fees."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from designation._answers.budget import Budget, Unplanned
from designation._core import FeeFrom
from designation._text.layout import EMPTY, Line, Span, block, fill


def lines(budget: Budget) -> Iterator[Line]:
    """Lay out a budget at 80 columns."""
    yield from fill(
        Span(f"Fees of the plans from {budget.as_of} through {budget.through}, in {budget.currency}", "label")
    )
    yield EMPTY
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
    yield EMPTY
    rows = []
    for name, amounts in budget.schedule.items():
        rows.append((Span(f"{name}: {', '.join(map(_format_amount, amounts))}"),))
    yield from block("Schedule", [*rows, (Span("The auditor's fees are subject to change.", "muted"),)])
    if budget.unplanned:
        yield EMPTY
        yield from block(
            "No plan", [(Span(f"{partner.partner}: {_reason(partner)}", "warn"),) for partner in budget.unplanned]
        )


def _format_amount(fee: FeeFrom) -> str:
    return f"{fee.amount:,}" if fee.from_ == datetime.date(1900, 1, 1) else f"{fee.amount:,} from {fee.from_}"


def _reason(unplanned: Unplanned) -> str:
    return str(unplanned.impossible) if unplanned.impossible else f"needs {', '.join(unplanned.facts_needed)}"
