"""Control charts: monthly figures with the limits that chance alone keeps 99.73 % of them within."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from designation._convert import json_object
from designation._display import displayable
from designation._text.blocks import Block, Span, build_table, row
from designation._text.figures import format_figure, format_number
from designation.metrics._intervals import poisson_quantile
from designation.metrics._rates import CaseRateGroup

LOWER, UPPER = 0.00135, 0.99865


class ChartPoint(NamedTuple):
    """A month: its value, the number of cases or answers behind it, and its limits."""

    month: str
    n: int
    value: float
    lower: float
    upper: float

    @property
    def is_outside(self) -> bool:
        """Whether the value is outside of its limits."""
        return not self.lower <= self.value <= self.upper


@displayable
class ControlChart(NamedTuple):
    """Monthly values with their limits around the pooled value, ``center``; ``outside`` names months outside them."""

    metric: str
    center: float
    points: tuple[ChartPoint, ...]

    @property
    def outside(self) -> tuple[str, ...]:
        """The months whose value is outside of its limits."""
        return tuple(point.month for point in self.points if point.is_outside)

    def to_dict(self) -> dict[str, Any]:
        """Return the chart as JSON-compatible values."""
        return json_object({**self._asdict(), "outside": self.outside})

    def lines(self) -> Iterable[Block]:
        """Lay out the chart."""
        is_rate = self.metric == "case_rate"
        header = ("Month", "Cases" if is_rate else "Answers", "Rate" if is_rate else "Score", "Lower", "Upper", "")
        yield build_table(
            header,
            [
                (
                    *(point.month, format_number(point.n)),
                    *(format_figure(value) for value in (point.value, point.lower, point.upper)),
                    "outside" if point.is_outside else "",
                )
                for point in self.points
            ],
        )
        yield from row("Outside", Span(", ".join(self.outside) or "no month"))


def chart_rates(months: Sequence[CaseRateGroup], per: int) -> ControlChart:
    """Chart monthly rates with exact Poisson limits of the pooled rate; each month needs a size."""
    total, cases = sum(Fraction(month.size or 0) for month in months), sum(month.cases for month in months)
    points = []
    for month in months:
        size = Fraction(month.size or 0)
        expected, scale = float(cases * size / total), float(Fraction(per) / size)
        low, high = (poisson_quantile(share, expected) * scale for share in (LOWER, UPPER))
        points.append(ChartPoint(str(month.key), month.cases, month.cases * scale, low, high))
    return ControlChart("case_rate", float(cases * per / total), tuple(points))


def chart_means(months: Sequence[tuple[str, int, float, float | None]], mean: float) -> ControlChart:
    """Chart monthly means with limits of 3 pooled standard deviations.

    Args:
        months: The month, the number of answers, their mean, and their standard deviation; None for a single answer.
        mean: The mean of all answers.
    """
    freedom = sum(n - 1 for _, n, _, _ in months)
    squares = sum((n - 1) * (deviation or 0) ** 2 for _, n, _, deviation in months)
    pooled = math.sqrt(squares / freedom) if freedom else 0.0
    points = (
        ChartPoint(month, n, value, mean - 3 * pooled / math.sqrt(n), mean + 3 * pooled / math.sqrt(n))
        for month, n, value, _ in months
    )
    return ControlChart("csat", mean, tuple(points))
