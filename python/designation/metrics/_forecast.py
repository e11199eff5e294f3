"""The rate of a period on its last day, forecast from the part that is known, if the rate stays the same."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable
from fractions import Fraction
from typing import Any, NamedTuple

from designation._convert import json_object
from designation._display import displayable
from designation._text.blocks import Block, Span, row
from designation._text.figures import format_figure, format_number
from designation.metrics._arguments import parse_number
from designation.metrics._intervals import negative_binomial_cdf, negative_binomial_quantile
from designation.metrics._period import Period

ASSUMPTION = "assumes that the rate of the known part stays the same, and the stated business to come"


class Exposure(NamedTuple):
    """What a rate is per: ``known`` so far, ``to_come``, and the ``whole`` size, of a unit."""

    known: Fraction
    to_come: Fraction
    whole: Fraction
    per: int
    unit: str


@displayable
class Forecast(NamedTuple):
    """A forecast: the cases to come and the rate of the whole period, each with its median, 5 % and 95 % quantiles.

    ``chance_within`` is the probability that the rate is at most ``at_most``, a limit of the user.
    """

    through: datetime.date
    cases_so_far: int
    cases_to_come: tuple[int, int, int]
    rates: tuple[float, float, float]
    per: int
    unit: str
    at_most: float | None = None
    chance_within: float | None = None
    assumption: str = ASSUMPTION

    def to_dict(self) -> dict[str, Any]:
        """Return the forecast as JSON-compatible values."""
        return json_object(self)

    def lines(self) -> Iterable[Block]:
        """Lay out the forecast."""
        low, median, high = map(format_figure, self.rates)
        yield from row("Forecast", Span(f"{median} cases per {format_number(self.per)} {self.unit} on {self.through}"))
        yield from row("", Span(f"90% interval {low} to {high}; {ASSUMPTION}", "muted"))
        few, likely, many = map(format_number, self.cases_to_come)
        yield from row("Cases to come", Span(f"{likely}, 90% interval {few} to {many}"))
        if self.chance_within is not None:
            yield from row("Chance", Span(f"{self.chance_within:.1%} of at most {self.at_most:g}"))


def forecast_rate(cases: int, exposure: Exposure, through: datetime.date, at_most: float | None = None) -> Forecast:
    """Forecast the rate of a period; the cases to come are negative binomial.

    The posterior of the rate is Gamma(cases + 1/2, known exposure), which is that of Jeffreys' prior.
    """
    per, unit = exposure.per, exposure.unit
    shape, share = cases + 0.5, float(exposure.known / (exposure.known + exposure.to_come))
    counts = [negative_binomial_quantile(level, shape, share) for level in (0.05, 0.5, 0.95)]
    rates = [float(per * (cases + count) / exposure.whole) for count in counts]
    chance = None
    if at_most is not None:
        allowed = math.floor(parse_number(at_most, "/at_most", may_be_zero=True) * exposure.whole / per) - cases
        chance = negative_binomial_cdf(allowed, shape, share) if allowed >= 0 else 0.0
    return Forecast(
        *(through, cases, (counts[0], counts[1], counts[2]), (rates[0], rates[1], rates[2])),
        *(per, unit, at_most, chance),
    )


def find_size_by_time(
    size: Fraction, more: Fraction, period: Period, through: datetime.date
) -> tuple[Fraction, Fraction, Fraction]:
    """Return the exposures of a mean such as seats, each times its length of time, and the mean of the whole period."""
    rest = Period(period.through + datetime.timedelta(days=1), through)
    whole_months = period.has_whole_months and rest.has_whole_months
    first, second = (len(one.months) if whole_months else (one.through - one.from_).days + 1 for one in (period, rest))
    known, to_come = size * first, more * second
    return known, to_come, (known + to_come) / (first + second)
