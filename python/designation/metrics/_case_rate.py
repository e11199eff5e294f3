"""The case rate: cases escalated to Microsoft in a period, per unit of business (SSD-M2)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from designation import _core
from designation._convert import json_object
from designation._errors import require_type
from designation._messages import quote, several
from designation._text.blocks import EMPTY, Block, Card, Span, Title, row
from designation._text.figures import PageValue, format_figure, format_interval, format_number, format_size
from designation.metrics._arguments import parse_count, parse_number
from designation.metrics._business import Business, is_currency
from designation.metrics._chart import ControlChart, chart_rates
from designation.metrics._drivers import Drivers, find_drivers, find_least_removal
from designation.metrics._errors import input_error
from designation.metrics._forecast import Exposure, Forecast, find_size_by_time, forecast_rate
from designation.metrics._intervals import rate_ratio_test
from designation.metrics._period import Period, parse_period
from designation.metrics._policy import ThresholdCheck, read_threshold
from designation.metrics._rates import CaseRateGroup, RateComparison, group_lines, rate_group
from designation.metrics._row_report import RowReport
from designation.metrics._ways import NEEDS, Way, Ways, parse_ways


@dataclass(frozen=True, repr=False)
class CaseRate(PageValue):
    """A case rate, as `case_rate` returns it.

    ``rate`` is ``cases`` over ``size``, times ``per``, in ``unit``. ``interval`` is the exact interval of a Poisson
    count at the confidence ``level``. ``escalated`` describes which cases count as escalated, ``on`` which date of a
    case counts, and ``date_parsing`` how dates were parsed. ``months`` and ``by`` hold the rate of each month and
    group. ``quality`` is the row report of the cases. ``notes`` say what a reader must know, such as that a value which
    the user named never occurs.
    """

    rate: float
    cases: int
    size: Decimal
    per: int
    unit: str
    interval: tuple[float, float]
    level: float
    period: Period
    on: str
    escalated: str
    date_parsing: str
    excluded: tuple[str, ...]
    months: tuple[CaseRateGroup, ...]
    breakdowns: tuple[tuple[str, tuple[CaseRateGroup, ...]], ...]
    quality: RowReport
    notes: tuple[str, ...] = ()
    _count: Callable[..., CaseRate] | None = field(default=None, compare=False, repr=False)

    @property
    def by(self) -> dict[str, tuple[CaseRateGroup, ...]]:
        """The groups by the name of their breakdown."""
        return dict(self.breakdowns)

    def rolling(self, months: int = 12) -> tuple[CaseRateGroup, ...]:
        """Compute the pooled rate over each run of consecutive months inside the period.

        Args:
            months: The number of months in a run.

        Raises:
            InputError: The period is shorter than a run, or the business was not given by month.
        """
        months = parse_count(months, "/months")
        sizes = {month.key: month.size for month in self.months if month.size is not None}
        if not sizes or len(self.period.months) < months:
            what = f"rolling rates need a period of at least {months} months, and the business by month"
            raise input_error("period", f"{what}; the period is {self.period}", "/period")
        cases = {month.key: month.cases for month in self.months}
        runs = []
        for first in range(len(self.period.months) - months + 1):
            run = self.period.months[first : first + months]
            included = [month for month in run if month in sizes]
            if included:
                size = Business(self.unit, Decimal(), sizes).size_over(included)  # type: ignore[arg-type]
                count = sum(cases[month] for month in included)
                runs.append(rate_group(f"{run[0]} to {run[-1]}", count, size, self.per, self.level))
        return tuple(runs)

    def compare(self, later: CaseRate) -> RateComparison:
        """Compare this rate with one of another period or group by the conditional exact test.

        Raises:
            TypeError: The other one is not a case rate.
            ValueError: The units differ.
        """
        require_type(later, CaseRate, "later")
        if self.unit != later.unit:
            raise ValueError(f"rates per {self.unit} and per {later.unit} cannot be compared")
        sizes = (self._exposure, later._exposure)
        interval, p_value = rate_ratio_test((self.cases, later.cases), sizes, self.level)
        ratio = later.cases / sizes[1] * sizes[0] / self.cases if self.cases else math.inf if later.cases else math.nan
        return RateComparison(ratio, interval, p_value)

    @property
    def _exposure(self) -> float:
        # The exposure of a count such as seats is also proportional to the length of the period.
        days = (self.period.through - self.period.from_).days + 1
        return float(self.size) * (1 if is_currency(self.unit) else days)

    def ways(
        self,
        ways: Sequence[str] | Mapping[str, Mapping[str, Any]] | None = None,
        *,
        policy: _core.Policy | Mapping[str, Any] | None = None,
        **given: Any,
    ) -> Ways:
        """Count the same tables in several ways, side by side; how Microsoft counts is not public.

        Args:
            ways: Names of shipped ways (``all``, ``without_duplicates``, ``technical_only``, ``created``, ``closed``,
                ``per_revenue``, ``per_seat``), or what your own ways change, by their names: ``only`` and ``without``
                select cases, ``on`` is the date that counts, and ``business``, ``unit`` and ``per`` are those of
                `case_rate`. Default: the shipped ways for which enough is stated.
            policy: A policy with a threshold; the verdicts of other units are None.
            given: ``technical`` and ``duplicate``, which cases are that, stated as ``escalated`` is; ``revenue`` and
                ``seats``, the business of ``per_revenue`` and ``per_seat``.

        Raises:
            InputError: A way is unknown, or needs what is not stated.
            LookupError: The rate was pickled; its tables are no longer available.
        """
        if self._count is None:
            raise LookupError("the tables are not available, because this rate was pickled")
        unknown = [name for name in given if name not in NEEDS.values()]
        if unknown:
            raise TypeError(f"ways() got an unexpected keyword argument {unknown[0]!r}")
        given = dict.fromkeys(NEEDS.values()) | given
        found = []
        for name, changes in parse_ways(ways, given).items():
            rate = self._count(**{"by": (), **changes})
            limit = None if policy is None else read_threshold(policy, "case_rate")
            within = None
            if limit is not None and limit["unit"] == rate.unit:
                within = rate.cases_allowed(limit["at_most"], limit["per"]) >= 0
            found.append(Way(name, rate.cases, rate.size, rate.per, rate.unit, rate.rate, rate.interval, within))
        differing = [way.name for way in found if None not in (way.within, found[0].within)]
        verdicts = {way.name: way.within for way in found}
        return Ways(tuple(found), tuple(name for name in differing if verdicts[name] != found[0].within))

    def drivers(
        self, by: str | None = None, *, before: CaseRate | None = None, at_most: float | None = None
    ) -> Drivers:
        """Compare the cases of each group with their expected number.

        Args:
            by: The breakdown; default: the first one.
            before: The rate of another period with the same breakdown, for groups without business of their own.
            at_most: A limit of your own in the unit of this rate, to find the least to remove.

        Raises:
            InputError: There is no such breakdown.
            TypeError: The earlier rate is not a case rate.
        """
        if before is not None:
            require_type(before, CaseRate, "before")
        name = by if by is not None else next((one for one in self.by if one != "month"), "")
        # A tuple can be asked for a value that has no hash.
        if name not in tuple(self.by) or (before is not None and name not in before.by):
            raise input_error(
                "by", f'compute the rate by {quote(name) if name else "a column"}, such as by="product"', "/by"
            )
        counts = None if before is None else {group.key: group.cases for group in before.by[name]}
        found = find_drivers(name, self.by[name], CaseRateGroup(None, self.cases, self.size), counts)
        if at_most is None:
            return found
        excess = max(0, -self.cases_allowed(at_most))
        removal = find_least_removal(self.by[name], excess)
        return found._replace(at_most=at_most, cases_to_remove=excess, groups_to_remove=removal)

    def chart(self) -> ControlChart:
        """Chart the rate of each month with exact Poisson limits of the pooled rate (0.135 % and 99.865 %).

        Raises:
            InputError: The business was not given by month.
        """
        if not self.months or any(not month.size for month in self.months):
            raise input_error("business", "a control chart needs the business by month", "/business")
        return chart_rates(self.months, self.per)

    def forecast(self, through: Any, more: Any, *, at_most: float | None = None) -> Forecast:
        """Forecast the rate of the period that ends later, if the rate stays the same.

        Args:
            through: The last day.
            more: The size of the business to come after this period; for a count such as seats, its mean.
            at_most: A limit of your own in the unit of this rate.

        Raises:
            InputError: The day is not after the period, or the size is not above 0.
        """
        end = parse_period((through, through)).through
        if end <= self.period.through:
            message = f"must be a day after the period {self.period}, not {end}"
            raise input_error("order", message, "/through")
        known, to_come = Fraction(self.size), parse_number(more, "/more")
        sizes = (known, to_come, known + to_come)
        if not is_currency(self.unit):
            sizes = find_size_by_time(known, to_come, self.period, end)
        return forecast_rate(self.cases, Exposure(*sizes, self.per, self.unit), end, at_most)

    def cases_allowed(self, at_most: float, per: float | None = None) -> int:
        """Compute how many more cases keep the rate at or below a limit; negative if the rate is above it.

        Args:
            at_most: The limit, which is the user's own.
            per: The size of business that the limit is per; default: that of the rate.

        Raises:
            InputError: The limit is below 0, or the size of business is not above 0.
        """
        size = Fraction(self.size) / parse_number(self.per if per is None else per, "/per")
        return math.floor(parse_number(at_most, "/at_most", may_be_zero=True) * size) - self.cases

    def check_threshold(self, policy: _core.Policy | Mapping[str, Any]) -> ThresholdCheck:
        """Compare the rate with the threshold of a policy, which is the user's own and not a rule of the program.

        Raises:
            InputError: The policy has no such threshold, or one in another unit.
        """
        at_most, per, unit = (read_threshold(policy, "case_rate")[key] for key in ("at_most", "per", "unit"))
        if unit != self.unit:
            what = f"the threshold is per {unit}, but the rate is per {self.unit}"
            raise input_error("unit", what, "/thresholds/case_rate/unit")
        scale = per / self.per
        allowed = self.cases_allowed(at_most, per)
        return ThresholdCheck(
            metric="case_rate",
            threshold=f"at most {at_most:g} per {format_number(per)} {unit}",
            value=self.rate * scale,
            within=allowed >= 0,
            interval_within=self.interval[1] * scale <= at_most,
            margin=f"{format_number(allowed)} more cases allowed"
            if allowed >= 0
            else f"{format_number(-allowed)} cases too many",
            limit=at_most / scale,
            cases_allowed=allowed,
        )

    def case_volume_validated(self, on: Any) -> _core.Event:
        """Build the event of ISSI's validation of the number of cases."""
        return _core.Event(on=on, type="case_volume_validated", cases=self.cases, notes=self._notes)

    def case_rate_determined(self, on: Any, outcome: str) -> _core.Event:
        """Build the event of Microsoft's decision on the case rate; the outcome is Microsoft's."""
        return _core.Event(on=on, type="case_rate_determined", outcome=outcome, rate=self.rate, notes=self._notes)

    def to_dict(self) -> dict[str, Any]:
        """Return the rate as JSON-compatible values."""
        members = {name: value for name, value in vars(self).items() if name != "_count"} | {"breakdowns": self.by}
        document = {"by" if name == "breakdowns" else name: value for name, value in members.items()}
        return json_object({"metric": "case_rate", **document})

    def lines(self) -> Iterable[Block]:
        """Lay out the rate."""
        yield Title(f"Case rate, {self.period}")
        interval = f"{self.level:.0%} interval {format_interval(self.interval)} (exact, Poisson)"
        rate = f"{format_figure(self.rate)} cases per {format_number(self.per)} {self.unit}"
        yield Card("Rate", Span(rate), (Span(interval, "muted"),))
        dates = f"by the date they were {self.on}; {self.date_parsing}"
        cases = f"{format_number(self.cases)} escalated: {self.escalated}"
        yield Card("Cases", Span(cases), (Span(dates, "muted"),))
        is_mean = not is_currency(self.unit) and self.months[0].size is not None
        mean = ", mean of the months" if is_mean else ""
        yield Card("Business", Span(f"{format_size(self.size)} {self.unit}{mean}"))
        if self.excluded:
            yield from row("Excluded", Span(several(self.excluded, 12)))
        yield from self.quality.lines()
        for number, note in enumerate(self.notes):
            yield from row("" if number else "Note", Span(note))
        for name, groups in self.breakdowns:
            yield EMPTY
            yield from self.breakdown_lines(name, groups)

    def breakdown_lines(self, name: str, groups: Sequence[CaseRateGroup]) -> Iterable[Block]:
        """Lay out the groups of a breakdown as a table."""
        return group_lines(name, groups, self.cases, self.level)

    def __repr__(self) -> str:
        return f"<CaseRate {format_figure(self.rate)} per {self.per} {self.unit}: {self.cases} cases, {self.period}>"

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_count": None}

    @property
    def _notes(self) -> str:
        return f"per {format_number(self.per)} {self.unit}, {self.period}"
