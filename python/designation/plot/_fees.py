"""A plot of the fees of plans."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from designation._answers.budget import Budget, budget
from designation._core import Plans
from designation._text.wording import humanize
from designation.plot._style import EDGE, EVALUATIONS, axes_or_new, finish, label_values, use_date_axis

if TYPE_CHECKING:
    from decimal import Decimal

    from matplotlib.axes import Axes


def fees(plans: Budget | Plans | Iterable[Plans], *, by: str = "month", ax: Axes | None = None) -> Any:
    """Draw the fees of a budget, or of recommended plans, by evaluation.

    Args:
        plans: A budget, or the plans of one partner or of several, as `designation.plan` returns them.
        by: ``"month"`` or ``"fiscal_year"``.
        ax: The axes to draw on.

    Raises:
        ValueError: ``by`` is not valid.

    Example:
        >>> import designation as dsg
        >>> partner = dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
        >>> ax = dsg.plot.fees(dsg.plan(partner, as_of="2026-09-15", through="2028-12-31"), by="fiscal_year")
        >>> [label.get_text() for label in ax.get_xticklabels()], ax.get_ylabel()
        (['FY2027', 'FY2028'], 'USD')
    """
    if by not in ("month", "fiscal_year"):
        raise ValueError(f'by must be "month" or "fiscal_year", not "{by}"')
    costs = plans if isinstance(plans, Budget) else budget(plans)
    axes = axes_or_new(ax)
    sums = _sums(costs, by)
    positions = [datetime.date.fromisoformat(f"{key}-01") if by == "month" else f"FY{key}" for key in sums]
    width: Any = datetime.timedelta(22) if by == "month" else 0.6
    heights = [0.0] * len(sums)
    for name, color in EVALUATIONS.items():
        part = costs._replace(fees=tuple(fee for fee in costs.fees if fee.evaluation == name))
        amounts = [float(_sums(part, by).get(key, 0)) for key in sums]
        if any(amounts):
            style = {"color": color, "label": humanize(name), **EDGE}
            axes.bar(positions, amounts, width, bottom=heights, **style)
        heights = [height + amount for height, amount in zip(heights, amounts, strict=True)]
    label_values(axes, list(zip(positions, heights, strict=True)), [f"{height:,.0f}" for height in heights])
    if by == "month":
        use_date_axis(axes)
    axes.use_sticky_edges = False  # Otherwise an empty bar on top would remove the margin above.
    axes.set_ylim(bottom=0)
    axes.set_ylabel(costs.currency)
    axes.yaxis.set_major_formatter("{x:,.0f}")
    unplanned = f"; no plan for {len(costs.unplanned)}" if costs.unplanned else ""
    return finish(axes, f"Fees of the plans, {costs.total:,} {costs.currency}{unplanned}")


def _sums(costs: Budget, by: str) -> dict[Any, Decimal]:
    return costs.by_month if by == "month" else costs.by_fiscal_year
