"""What plans cost, as a picture."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from designation._answers.budget import Budget, budget
from designation._answers.plan import Plans
from designation._text.wording import humanize
from designation.plot._style import EDGE, EVALUATIONS, axes_of, dated, finish

if TYPE_CHECKING:
    from decimal import Decimal

    from matplotlib.axes import Axes

MOST_NAMED = 16


def fees(of: Budget | Plans | Iterable[Plans], *, by: str = "month", ax: Axes | None = None) -> Any:
    """Draw the fees of a budget, or of recommended plans, by the evaluation that they are for.

    Args:
        of: A budget; or what `designation.plan` gives, of one partner or of several.
        by: ``"month"`` or ``"fiscal_year"``.
        ax: The axes to draw on.

    Raises:
        ValueError: ``by`` is neither.

    Example:
        >>> import designation as dsg
        >>> partner = dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
        >>> ax = dsg.plot.fees(dsg.plan(partner, as_of="2026-09-15", through="2028-12-31"), by="fiscal_year")
        >>> [label.get_text() for label in ax.get_xticklabels()], ax.get_ylabel()
        (['FY2027', 'FY2028'], 'USD')
    """
    if by not in ("month", "fiscal_year"):
        raise ValueError(f'fees are drawn by "month" or "fiscal_year", not by {by!r}')
    found = of if isinstance(of, Budget) else budget(of)
    axes = axes_of(ax)
    sums = _sums(found, by)
    places = [datetime.date.fromisoformat(f"{key}-01") if by == "month" else f"FY{key}" for key in sums]
    width: Any = datetime.timedelta(22) if by == "month" else 0.6
    heights = [0.0] * len(sums)
    for name, colour in EVALUATIONS.items():
        part = found._replace(fees=tuple(fee for fee in found.fees if fee.evaluation == name))
        amounts = [float(_sums(part, by).get(key, 0)) for key in sums]
        if any(amounts):
            style = {"color": colour, "label": humanize(name), **EDGE}
            axes.bar(places, amounts, width, bottom=heights, **style)
        heights = [height + amount for height, amount in zip(heights, amounts, strict=True)]
    if len(sums) <= MOST_NAMED:
        for place, height in zip(places, heights, strict=True):
            above = {"xytext": (0, 3), "textcoords": "offset points", "ha": "center", "fontsize": "small"}
            axes.annotate(f"{height:,.0f}", (place, height), **above)
    if by == "month":
        dated(axes)
    axes.use_sticky_edges = False  # a part of nothing on top would take the room above
    axes.set_ylim(bottom=0)
    axes.set_ylabel(found.currency)
    axes.yaxis.set_major_formatter("{x:,.0f}")
    without = f"; no plan for {len(found.unplanned)}" if found.unplanned else ""
    return finish(axes, f"Fees of the plans, {found.total:,} {found.currency}{without}")


def _sums(found: Budget, by: str) -> dict[Any, Decimal]:
    return found.by_month if by == "month" else found.by_fiscal_year
